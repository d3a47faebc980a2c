import { z } from 'zod';

/** Config of a connection to one Torii organisation, by one of its three ways. */
export const toriiConfig = z.strictObject({
  api: z
    .enum(['scim', 'users', 'custom-integration'])
    .describe(
      'scim: who may log in to Torii. users: the list of people, whose life cycle can be set. custom-integration: the users and licences of one application, by files',
    ),
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://api.toriihq.com/v1.0'),
  users: z
    .strictObject({
      view: z
        .enum(['currentEmployees', 'pastEmployees', 'allEmployees', 'currentUsers', 'pastUsers', 'allUsers'])
        .default('allEmployees')
        .describe('Which of its people Torii lists'),
      leavers: z
        .enum(['offboarding', 'offboarded'])
        .default('offboarding')
        .describe('The life cycle status of who has left: offboarding starts what Torii does with leavers'),
    })
    .prefault({}),
  scim: z
    .strictObject({
      pageSize: z.int().min(1).max(200).default(200).describe('How many users are asked for at once'),
      protectedRoles: z
        .array(z.string().min(1))
        .default(['Admin'])
        .describe('Users with one of these roles are never touched'),
    })
    .prefault({}),
  customIntegration: z
    .strictObject({
      app: z.int().min(1).describe('Id of the application in Torii (`idApp`), whose users are read'),
      account: z
        .int()
        .min(1)
        .describe('Id of the account of that application (`idAppAccount`), which each file is for'),
      licenses: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            unassignedAmount: z.int().min(0).optional().describe('Licences that nobody has'),
            pricePerUser: z.int().min(0).optional().describe("In cents of the organisation's currency"),
          }),
        )
        .refine(
          (licenses) => new Set(licenses.map(({ name }) => name)).size === licenses.length,
          'a licence is named twice',
        )
        .default([])
        .describe('The licences that people may have'),
      waitSeconds: z
        .int()
        .min(0)
        .max(900)
        .default(300)
        .describe('How long a pass waits for Torii to take a file over'),
      uploadHost: z
        .string()
        .min(1)
        .optional()
        .describe('Host of the storage that Torii names for files above 3 MB; without it none is sent there'),
    })
    .optional(),
});

export type ToriiConfig = z.output<typeof toriiConfig>;

/** What a custom integration is fed by. */
export type IntegrationConfig = NonNullable<ToriiConfig['customIntegration']>;
