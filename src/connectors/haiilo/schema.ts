import { z } from 'zod';

const baseUrl = z.url({ protocol: /^https?$/ });
const pageSize = z.int().min(1).max(1000).default(100).describe('How many users are asked for at once');

/** That deactivating deletes, for good, must be said by somebody who knows it. */
const deactivationDeletes = z
  .literal('accepted')
  .optional()
  .describe('Accounts may be disabled although that deletes them for good');

/** Haiilo Home, Intranet (COYO): the SCIM user directory, and the REST API for what that leaves open. */
const intranetSchema = z.strictObject({
  product: z.literal('intranet'),
  baseUrl: baseUrl.describe('Address of the platform, for example https://acme.haiilo.app'),
  pageSize,
  profileFields: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w-]+$/, 'must be the name behind profileField_'),
        class: z.enum(['public', 'internal', 'personal', 'sensitive']).optional(),
      }),
    )
    .default([])
    .describe('Profile fields by the name behind profileField_; published as custom.NAME'),
  profileFieldsUrn: z
    .string()
    .regex(/^urn:/i, 'must begin with urn:')
    .optional()
    .describe('The extension that has the profile fields; without it they stand beside userName'),
  attributes: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('What the directory takes of the standard attributes; without it, all of them'),
  userNameMutable: z.boolean().default(true).describe('False where a userName can never change'),
  listHidesInactive: z
    .boolean()
    .default(false)
    .describe('The list leaves out inactive users: they are asked for by a filter of their own'),
  deprovisionPolicy: z
    .enum(['deactivate', 'delete'])
    .optional()
    .describe(
      'The deprovision policy of the user directory in Haiilo; nobody is disabled by SCIM without it',
    ),
  deactivateVia: z
    .enum(['scim', 'rest'])
    .default('scim')
    .describe(
      'rest: accounts are deactivated, activated and deleted by the REST API, whatever the policy says',
    ),
  deactivationDeletes,
});

/** Haiilo Advocacy (Smarp). */
const advocacySchema = z
  .strictObject({
    product: z.literal('advocacy'),
    baseUrl: baseUrl.describe('Address of the platform, for example https://acme.smarpshare.com'),
    pageSize,
    tokenOwner: z
      .email()
      .optional()
      .describe('userName of whose access token this is: never touched, as the token dies with the account'),
    tokenPrefix: z
      .enum(['Bearer', 'none'])
      .default('Bearer')
      .describe('What stands before the token in the Authorization header'),
    countries: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The country groups in Advocacy, exact in case: no other country is sent'),
    addressPlace: z
      .enum(['addresses', 'user'])
      .default('addresses')
      .describe('Where country, locality and region stand: in the address at work, or beside userName'),
    userNameMutable: z.boolean().default(true).describe('False where a userName can never change'),
    deactivationDeletes,
  })
  .refine((config) => config.deactivationDeletes === undefined || config.tokenOwner !== undefined, {
    path: ['tokenOwner'],
    message: 'whoever may be deleted must not be the owner of the token: name them',
  });

/** Config of a connection to one of the two products. */
export const haiiloConfig = z.discriminatedUnion('product', [intranetSchema, advocacySchema]);

export type HaiiloConfig = z.infer<typeof haiiloConfig>;
export type IntranetConfig = z.infer<typeof intranetSchema>;
export type AdvocacyConfig = z.infer<typeof advocacySchema>;
