import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });

const granted = {
  tokenUrl: address.describe(
    'Address of the token endpoint; the operator must allow the credentials for its host',
  ),
  clientAuth: z
    .enum(['basic', 'form'])
    .default('basic')
    .describe('Where clientId and clientSecret stand: in an Authorization header, or in the form'),
  scope: z.string().min(1).optional().describe('What is asked for, with spaces between'),
  parameters: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('Sent besides, such as an audience'),
  prefix: z.string().default('Bearer ').describe('What stands before the token in the header Authorization'),
};

/** How requests are authorised. The secrets themselves are the connection's `credentials`. */
export const authSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('header'),
      name: z
        .string()
        .regex(/^[\w-]+$/, 'no name of a header')
        .describe('Header that carries the credential "token"'),
      prefix: z.string().default('').describe('What stands before the token, for example "Token "'),
    }),
    z.strictObject({ kind: z.literal('bearer') }),
    z.strictObject({ kind: z.literal('basic') }),
    z.strictObject({ kind: z.literal('client-credentials'), ...granted }),
    z.strictObject({
      kind: z.literal('refresh-token'),
      ...granted,
      authorizeUrl: address
        .optional()
        .describe('The page that asks a person to agree, for `rosterd connection connect`'),
      consent: z
        .record(z.string().min(1), z.string())
        .default({})
        .describe('Parameters of that page besides the standard ones, such as prompt or access_type'),
    }),
  ])
  .describe('How requests are authorised');

export type AuthConfig = z.infer<typeof authSchema>;
