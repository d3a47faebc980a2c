import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Invalid } from '../model/error.ts';
import type { Finding } from '../model/error.ts';
import type { Limits, SecretReference } from '../spec/compiled.ts';
import { compileLimits } from '../spec/compile/limits.ts';
import { durationMs } from '../spec/duration.ts';
import { Findings } from '../spec/findings.ts';
import { checkDocument } from '../spec/yaml/check.ts';
import { fileStart, parseYaml } from '../spec/yaml/parse.ts';
import { networkFault, type NetworkSettings } from './network.ts';
import { operatorSchema } from './schema.ts';
import type { OperatorFile } from './schema.ts';

/** A folder by its path, or the one that a variable names. */
export type FolderReference = string | { readonly env: string };

/** The operator's configuration, checked, with every path absolute. */
export interface OperatorConfig {
  readonly installation: string;
  /** Left out when neither the file nor a flag says where they are. */
  readonly specs: SpecsPlace | undefined;
  readonly data: string;
  readonly store: { readonly sqlite: string };
  readonly sealing: { readonly keyId: string; readonly key: SecretReference } | undefined;
  readonly secrets: { readonly folder: string | undefined; readonly allow: readonly AllowedSecret[] };
  readonly network: NetworkSettings;
  readonly files: {
    readonly folders: readonly FolderReference[];
    readonly write: readonly FolderReference[];
  };
  readonly environment: readonly string[];
  readonly smtp: SmtpConfig | undefined;
  readonly listen: { readonly host: string; readonly port: number };
  readonly tokens: readonly TokenConfig[];
  readonly limits: Limits;
  /** A pass that takes longer (ms) is ended between two people. */
  readonly passLimitMs: number;
  readonly webhooks: { readonly quietMs: number };
  readonly killSwitch: boolean;
  /** Folder that file references of the operator's own secrets are relative to. */
  readonly folder: string;
}

type SpecsPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'git';
      readonly url: string;
      readonly branch: string;
      readonly path: string;
      readonly pollMs: number;
      readonly token: SecretReference | undefined;
    };

interface AllowedSecret {
  readonly reference: SecretReference;
  readonly hosts: readonly string[];
}

interface SmtpConfig {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly user: string | undefined;
  readonly password: SecretReference | undefined;
  readonly tls: 'starttls' | 'implicit' | 'off';
}

interface TokenConfig {
  readonly name: string;
  readonly role: 'viewer' | 'operator';
  readonly token: SecretReference;
}

export interface ConfigOptions {
  /** The file; left out: defaults only. */
  readonly file?: string;
  /** Folder that `file` and the flags are relative to. */
  readonly folder: string;
  /** Flags that win over the file. */
  readonly specs?: string;
  readonly data?: string;
}

/** Reads the operator's configuration. Throws `Invalid` with every finding; warnings come beside the result. */
export async function loadOperatorConfig(
  options: ConfigOptions,
): Promise<{ readonly config: OperatorConfig; readonly warnings: readonly Finding[] }> {
  const findings = new Findings();
  const written =
    options.file === undefined
      ? operatorSchema.parse({})
      : await readConfig(options.file, options.folder, findings);
  if (written === undefined || findings.errorCount > 0) throw new Invalid(findings.all);
  return { config: resolvePaths(written, options), warnings: findings.all };
}

const largestFile = 1_048_576;

async function readConfig(
  file: string,
  folder: string,
  findings: Findings,
): Promise<OperatorFile | undefined> {
  const bytes = await readFile(path.resolve(folder, file)).catch((error: unknown) => {
    const code = (error as { readonly code?: unknown }).code;
    findings.error('config/unreadable', fileStart(file), `the configuration can't be read: ${String(code)}`);
    return undefined;
  });
  if (bytes === undefined) return undefined;
  if (bytes.length > largestFile) {
    findings.error('config/too-large', fileStart(file), 'the configuration has more than 1 MB');
    return undefined;
  }
  if (!isUtf8(bytes)) {
    findings.error('config/encoding', fileStart(file), 'the configuration is not UTF-8', 'save it as UTF-8');
    return undefined;
  }
  const documents = parseYaml(file, bytes.toString('utf8'), findings);
  const [document, second] = documents;
  if (document === undefined) return findings.errorCount > 0 ? undefined : operatorSchema.parse({});
  if (second !== undefined) {
    findings.error(
      'config/documents',
      second.place([]),
      'the configuration is one document; this is a second',
    );
  }
  const checked = checkDocument(operatorSchema, document, findings);
  for (const [index, entry] of (checked?.network.private ?? []).entries()) {
    const fault = networkFault(entry);
    if (fault !== undefined)
      findings.error('config/network', document.place(['network', 'private', index]), fault);
  }
  return checked;
}

function resolvePaths(written: OperatorFile, options: ConfigOptions): OperatorConfig {
  const base = path.resolve(options.folder, path.dirname(options.file ?? '.'));
  const folder = options.file === undefined ? path.resolve(options.folder) : base;
  const at = (text: string) => path.resolve(folder, text);
  const data = options.data === undefined ? at(written.data) : path.resolve(options.folder, options.data);
  const { sqlite } = written.store;
  return {
    installation: written.installation,
    specs:
      options.specs === undefined
        ? specsPlace(written.specs, at)
        : { kind: 'folder', folder: path.resolve(options.folder, options.specs) },
    data,
    store: { sqlite: sqlite === undefined ? path.join(data, 'rosterd.db') : at(sqlite) },
    sealing: written.sealing,
    secrets: {
      folder: written.secrets.folder === undefined ? undefined : at(written.secrets.folder),
      allow: written.secrets.allow.map(({ hosts, ...reference }) => ({ reference, hosts })),
    },
    network: written.network,
    files: { folders: foldersAt(written.files.folders, at), write: foldersAt(written.files.write, at) },
    environment: written.environment,
    smtp: smtpOf(written.smtp),
    listen: listenOf(written.listen),
    tokens: written.tokens,
    limits: compileLimits(written.limits),
    passLimitMs: durationMs(written.passLimit),
    webhooks: { quietMs: durationMs(written.webhooks.quiet) },
    killSwitch: written.killSwitch,
    folder,
  };
}

function specsPlace(specs: OperatorFile['specs'], at: (text: string) => string): SpecsPlace | undefined {
  if (specs === undefined) return undefined;
  if (typeof specs === 'string') return { kind: 'folder', folder: at(specs) };
  if ('folder' in specs) return { kind: 'folder', folder: at(specs.folder) };
  const { url, branch, path: below, pollSeconds, token } = specs.git;
  return { kind: 'git', url, branch, path: below, pollMs: pollSeconds * 1000, token };
}

function smtpOf(smtp: OperatorFile['smtp']): SmtpConfig | undefined {
  if (smtp === undefined) return undefined;
  return { ...smtp, user: smtp.user, password: smtp.password };
}

function listenOf(listen: string): OperatorConfig['listen'] {
  const colon = listen.lastIndexOf(':');
  return { host: listen.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(listen.slice(colon + 1)) };
}

function foldersAt(
  folders: readonly FolderReference[],
  at: (path: string) => string,
): readonly FolderReference[] {
  return folders.map((one) => (typeof one === 'string' ? at(one) : one));
}
