import { z } from 'zod';
import { listSchema } from '../rest/schema/requests.ts';
import { sftpFile } from '../sftp/schema.ts';

const dataClass = z.enum(['public', 'internal', 'personal', 'sensitive']);

/** A property of users besides the standard ones, or another name of one of those. */
const propertySchema = z.union([
  z.string().min(1),
  z.strictObject({
    name: z
      .string()
      .min(1)
      .describe('What Talos Perform calls it: a property of its API, a header of its file'),
    type: z.enum(['text', 'int', 'decimal', 'bool', 'date']).default('text'),
    class: dataClass.default('personal'),
  }),
]);

/**
 * The API at api.appraisd.com. What it does is told by a public page, what its properties, addresses and pages are
 * called by a reference that is not public: every name is a setting, and the defaults are a guess.
 */
const apiSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://api.appraisd.com'),
  auth: z
    .strictObject({
      header: z
        .string()
        .regex(/^[\w-]+$/, 'no name of a header')
        .default('Authorization'),
      prefix: z.string().default('Bearer '),
    })
    .prefault({})
    .describe('How the credential "token" is sent'),
  limits: z
    .array(z.strictObject({ requests: z.int().min(1), perSeconds: z.number().positive().max(86_400) }))
    .default([{ requests: 60, perSeconds: 60 }])
    .describe('How many requests are sent in how many seconds'),
  users: z
    .string()
    .regex(/^[\w/-]+$/, 'a path below baseUrl')
    .default('users')
    .describe('Path of the users; one of them is at users/{id}'),
  list: listSchema
    .optional()
    .describe('The request that lists every user, deactivated ones too, in the keys of the connector "rest"'),
  id: z.string().min(1).default('id').describe('The property that holds the id of a user'),
  active: z.string().min(1).default('isActive').describe('The property that says whether a user is active'),
  readOnly: z
    .array(z.string().min(1))
    .default([])
    .describe('Properties that are shown and not taken back when a user is sent whole'),
  adminGroups: z
    .strictObject({
      path: z
        .string()
        .regex(/^[\w/-]+$/, 'a path below baseUrl')
        .default('admingroups'),
      records: z
        .string()
        .default('adminGroups')
        .describe('Where the list stands; empty where it is the answer'),
      id: z.string().min(1).default('id'),
      name: z.string().min(1).default('name'),
      numeric: z.boolean().default(true).describe('Whether ids are numbers'),
    })
    .prefault({})
    .describe('Where names of admin groups are turned into ids'),
  welcomeMail: z
    .string()
    .min(1)
    .optional()
    .describe('The property of a new user that has Talos Perform send its own welcome mail'),
});

/** The file that Talos Perform takes from its SFTP server. */
const csvSchema = z.strictObject({
  file: z
    .union([z.string().min(1), z.strictObject({ env: z.string().min(1), path: z.string().min(1) })])
    .describe(
      'What was delivered last: a path below the specs, or { env, path }; the operator must allow it',
    ),
  deliver: z
    .strictObject({ sftp: sftpFile, takenAway: z.boolean().default(true) })
    .optional()
    .describe('The SFTP server; without it somebody uploads the file'),
  delimiter: z.string().length(1).default(','),
  dateFormat: z
    .string()
    .regex(/^(?=.*y)(?=.*M)(?=.*d)(?:yyyy|MM?|dd?|[^A-Za-z0-9])+$/, 'must be made of yyyy, MM or M, dd or d')
    .default('yyyy-MM-dd'),
  active: z
    .strictObject({
      header: z.string().min(1),
      true: z.string().min(1).default('true'),
      false: z.string().min(1).default('false'),
    })
    .optional()
    .describe('The column that says whether a user is active; without it nobody is deactivated'),
  managers: z
    .enum(['in-file', 'any'])
    .default('in-file')
    .describe('any: managers may be users that the file does not have'),
});

export const talosConfig = z
  .strictObject({
    api: apiSchema.optional().describe('Users are written through the API'),
    csv: csvSchema.optional().describe('Users are delivered as a file'),
    properties: z
      .record(z.string().regex(/^[A-Za-z]\w*$/, 'no name of an attribute'), propertySchema)
      .default({})
      .describe('What Talos Perform calls attributes, and attributes besides the standard ones'),
  })
  .refine(({ api, csv }) => (api === undefined) !== (csv === undefined), {
    path: ['api'],
    message: 'users go one way; say either "api" or "csv"',
  });

export type TalosConfig = z.infer<typeof talosConfig>;
export type ApiConfig = z.infer<typeof apiSchema>;
export type CsvWay = z.infer<typeof csvSchema>;
