import { z } from 'zod';

const fingerprint = z
  .string()
  .regex(
    /^SHA256:[A-Za-z0-9+/]{43}$/,
    'must be a fingerprint as ssh-keygen -lf prints it, SHA256:… with 43 characters',
  );

/** A file on an SFTP server. */
export const sftpFile = z.strictObject({
  host: z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/,
      'must be a host name or an address',
    )
    .describe('Host name or address; the operator binds the credentials to it'),
  port: z.int().min(1).max(65_535).default(22),
  user: z.string().min(1).describe('Name of the login'),
  path: z
    .string()
    .regex(/^[^\p{Cc}]*[^\p{Cc}/]$/u, 'must be the path of a file')
    .describe('The file, as the server names it after the login'),
  hostKey: z
    .union([fingerprint, z.array(fingerprint).min(1)])
    .describe(
      'Fingerprint of the key by which the server proves itself, SHA256:…, or several while it is replaced',
    ),
  marker: z
    .string()
    .regex(/^[^\p{Cc}/]+$/u, 'must be what is added to the name of the file')
    .optional()
    .describe(
      'What is added to the name of the file for the empty one that says that it is complete, for example .done: waited for before it is read, made after it was written',
    ),
  settleSeconds: z
    .int()
    .min(2)
    .max(600)
    .default(3)
    .describe('How long the file must stay as it is before it is read; not waited for where a marker tells'),
  lastLineEnds: z
    .boolean()
    .default(true)
    .describe(
      'Whether the last line of the file has an end as all others: without it an upload broke off. false: the export leaves it out; not looked at where a marker tells',
    ),
  replace: z
    .enum(['atomic', 'aside'])
    .default('atomic')
    .describe(
      'aside: where the server cannot put a file in the place of another, the old one is renamed for a moment; atomic: it is not written then',
    ),
  staging: z
    .string()
    .regex(/^[^\p{Cc}]+$/u)
    .optional()
    .describe(
      'Folder for files that are not complete yet, on the same disk; without it, the one of the file',
    ),
  oldAlgorithms: z
    .boolean()
    .default(false)
    .describe(
      'Also speak to servers that know only algorithms which are no longer held to be safe (SHA-1, CBC)',
    ),
});

export type SftpConfig = z.infer<typeof sftpFile>;

/** `host:port`, for the operator's lists of hosts. */
export function hostOf({ host, port }: Pick<SftpConfig, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** Credentials that a login takes: one of the first two at least. */
export const sftpCredentials = [
  { name: 'password', required: false, about: 'Password of the login on an SFTP server' },
  {
    name: 'privateKey',
    required: false,
    about: 'Private key of the login on an SFTP server (OpenSSH or PEM)',
  },
  { name: 'passphrase', required: false, about: 'What the private key is encrypted with' },
] as const;
