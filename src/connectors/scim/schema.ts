import { z } from 'zod';

/** Types that an attribute of an extension may have. */
const extensionTypes = ['text', 'int', 'decimal', 'bool', 'date'] as const;

/** Where a server differs from the standards. */
const profileSchema = z.strictObject({
  listHidesInactive: z
    .boolean()
    .default(false)
    .describe('The list leaves out inactive users: they are asked for by a filter of their own'),
  userNameMutable: z.boolean().default(true).describe('False where a userName can never change'),
  attributesParameter: z
    .boolean()
    .default(true)
    .describe('False where the server refuses the parameter "attributes"'),
  deactivationDeletes: z
    .enum(['refused', 'accepted'])
    .optional()
    .describe(
      'The server deletes whoever is deactivated: `refused` disables nobody, `accepted` lets accounts be deleted so',
    ),
  reactivateVia: z
    .enum(['patch', 'post'])
    .default('patch')
    .describe('post: an inactive user is enabled by creating it once more, as some servers want it'),
  attributes: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('What this server knows of the standard schemas; without it, all of it'),
});

/** Config of a connection to a SCIM 2.0 service. */
export const scimConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .describe('Address of the service, for example https://host.example/scim/v2'),
  pageSize: z.int().min(1).max(10_000).default(200).describe('How many users are asked for at once'),
  profile: profileSchema.prefault({}),
  extensions: z
    .array(
      z.strictObject({
        urn: z.string().regex(/^urn:/i, 'must begin with urn:'),
        attributes: z
          .array(
            z.strictObject({
              name: z.string().regex(/^[A-Za-z$][\w$-]*$/, 'must be an attribute name of SCIM'),
              type: z.enum(extensionTypes).default('text'),
              class: z
                .enum(['public', 'internal', 'personal', 'sensitive'])
                .optional()
                .describe('Without it, by its name: `sensitive` for birth, pay, health and the like'),
            }),
          )
          .min(1),
      }),
    )
    .default([])
    .refine((extensions) => {
      const names = extensions.flatMap(({ attributes }) => attributes.map(({ name }) => name));
      return new Set(names).size === names.length;
    }, 'two attributes are published under one name: custom.<name> must tell them apart')
    .describe('Extension schemas of this server; their attributes are published as custom.<name>'),
});

export type ScimConfig = z.infer<typeof scimConfig>;
