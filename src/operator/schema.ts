import { z } from 'zod';
import { durationSchema } from '../spec/documents/document.ts';
import { limitsSchema } from '../spec/documents/limits.ts';
import { parseDuration } from '../spec/duration.ts';

/** A secret of the operator's own; unlike those of specs it is not looked for in the secrets folder. */
const ownSecretSchema = z.union([
  z.strictObject({ env: z.string().min(1).describe('Name of an environment variable.') }),
  z.strictObject({ file: z.string().min(1).describe('A file that holds it, relative to this file.') }),
]);

const hostsSchema = z
  .array(z.string().regex(/^[^\s/@]+$/, { error: 'must be host or host:port' }))
  .min(1)
  .describe('The only hosts (`host` or `host:port`) that it may be sent to.');

const allowSchema = z.union([
  z.strictObject({ env: z.string().min(1).describe('Name of an environment variable.'), hosts: hostsSchema }),
  z.strictObject({ file: z.string().min(1).describe('Path below the secrets folder.'), hosts: hostsSchema }),
]);

const gitSchema = z.strictObject({
  url: z.string().min(1).describe('Address of the repository: https or ssh; file: only with network.http.'),
  branch: z.string().min(1).default('main').describe('The branch that decides.'),
  path: z.string().default('').describe('The specs folder inside the repository; its root when left out.'),
  pollSeconds: z.number().min(1).max(86_400).default(60).describe('How often to look for a new commit.'),
  token: ownSecretSchema.optional().describe('Token for https.'),
});

const specsSchema = z.union([
  z.string().min(1),
  z.strictObject({ folder: z.string().min(1).describe('A plain folder; its content is watched.') }),
  z.strictObject({ git: gitSchema.describe('A branch of a repository.') }),
]);

const secretsSchema = z.strictObject({
  folder: z.string().min(1).optional().describe('Folder that file secrets of specs lie in.'),
  allow: z
    .array(allowSchema)
    .default([])
    .describe('Each secret that specs may refer to, with the hosts it may be sent to.'),
});

const smtpSchema = z
  .strictObject({
    host: z.string().min(1).describe('The mail server.'),
    port: z.int().min(1).max(65_535).default(587).describe('Its port.'),
    from: z.string().min(3).describe('The sender of every mail.'),
    user: z.string().min(1).optional().describe('Login name.'),
    password: ownSecretSchema.optional().describe('Password; never sent without TLS.'),
    tls: z
      .enum(['starttls', 'implicit', 'off'])
      .default('starttls')
      .describe('How the connection is protected; off only for a server on this machine.'),
  })
  .superRefine(({ user, password }, context) => {
    if ((user === undefined) === (password === undefined)) return;
    const message =
      user === undefined ? 'needs user: whose password it is' : 'needs password: user alone does not sign in';
    context.addIssue({ code: 'custom', message });
  });

const tokenSchema = z.strictObject({
  name: z.string().min(1).describe('Who or what uses it; named when it is refused.'),
  role: z.enum(['viewer', 'operator']).describe('viewer looks; operator also starts passes.'),
  token: ownSecretSchema.describe('The token itself.'),
});

const nameOfVariable = z.string().regex(/^[A-Za-z_]\w*$/, { error: 'must be the name of a variable' });

/** Of a limit for passes, in ms. */
function isWithin(ms: number): boolean {
  return ms >= 60_000 && ms <= 7 * 86_400_000;
}

/** `rosterd.config.yaml`: what whoever edits a spec must not be able to change. */
export const operatorSchema = z
  .strictObject({
    installation: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and dashes' })
      .default('default')
      .describe('Name of this installation, in its log.'),
    specs: specsSchema.optional().describe('Where the specs are: a folder or a Git repository.'),
    data: z.string().min(1).default('.rosterd').describe('Folder for the store and what else is kept.'),
    store: z
      .strictObject({
        sqlite: z
          .string()
          .min(1)
          .optional()
          .describe('The database file; rosterd.db in the data folder by default.'),
      })
      .default({})
      .describe('Where state is kept.'),
    sealing: z
      .strictObject({
        keyId: z.string().min(1).describe('Name of the key, stored with what it seals.'),
        key: ownSecretSchema.describe('32 bytes as base64 or hex.'),
      })
      .optional()
      .describe('The key that seals what must stay readable. Made in the data folder when left out.'),
    secrets: secretsSchema.prefault({}).describe('Which secrets specs may use, and for which hosts.'),
    network: z
      .strictObject({
        private: z
          .array(z.string().min(1))
          .default([])
          .describe('Hosts, addresses or ranges (10.1.0.0/16) on private networks that may be reached.'),
        http: z
          .boolean()
          .default(false)
          .describe('Allows plain http to this machine; every other host is reached by https.'),
      })
      .prefault({})
      .describe('Which networks connections may reach; public ones always, by https.'),
    files: z
      .strictObject({
        folders: z
          .array(
            z.union([
              z.string().min(1),
              z.strictObject({ env: nameOfVariable.describe('Variable that holds the folder.') }),
            ]),
          )
          .default([])
          .describe('Folders that file connectors and Lookups may read.'),
        write: z
          .array(
            z.union([
              z.string().min(1),
              z.strictObject({ env: nameOfVariable.describe('Variable that holds the folder.') }),
            ]),
          )
          .default([])
          .describe(
            'Folders in which file connectors may also write: whoever edits a spec can have any file there replaced.',
          ),
      })
      .prefault({})
      .describe('Which files may be read besides the specs, and which may be written.'),
    environment: z
      .array(nameOfVariable)
      .default([])
      .describe('Variables that the config of a connection may refer to; not for secrets.'),
    smtp: smtpSchema.optional().describe('The mail server.'),
    listen: z
      .string()
      .regex(/^(?:[^\s:]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/, {
        error: 'must be host:port, such as 127.0.0.1:8080',
      })
      .refine((listen) => Number(listen.slice(listen.lastIndexOf(':') + 1)) <= 65_535, {
        error: 'must have a port of at most 65535',
      })
      .default('127.0.0.1:8080')
      .describe('Address of health, metrics and API.'),
    tokens: z.array(tokenSchema).default([]).describe('Who may use the API.'),
    limits: limitsSchema.default({}).describe('How much may change at once over all syncs together.'),
    passLimit: durationSchema
      .refine((text) => isWithin(parseDuration(text) ?? 0), { error: 'must be from 1m to 7d' })
      .default('6h')
      .describe('A pass that takes longer is ended between two people; the next one does the rest.'),
    webhooks: z
      .strictObject({
        quiet: durationSchema
          .refine((text) => (parseDuration(text) ?? 0) <= 3_600_000, { error: 'must be at most 1h' })
          .default('5s')
          .describe('From the first webhook on so long others are waited for; one pass follows all of them.'),
      })
      .prefault({})
      .describe('Webhooks of connections, at /hooks/<connection>.'),
    killSwitch: z.boolean().default(false).describe('true: nothing is written anywhere; passes only look.'),
  })
  .describe("The operator's configuration, kept apart from the specs.");

export type OperatorFile = z.infer<typeof operatorSchema>;
