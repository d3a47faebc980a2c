import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { Stalled } from '../model/error.ts';
import { Secret } from '../model/secret.ts';
import type { SecretReference } from '../spec/compiled.ts';
import type { OperatorConfig } from './config.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The secret that a spec refers to, bound to the hosts that the operator lists for it. Throws `Stalled` for one that is
 * not allowed, not there or empty; the message names the reference and never the text.
 */
export function resolveSecret(
  reference: SecretReference,
  config: Pick<OperatorConfig, 'secrets'>,
  env: Env,
): Secret {
  const name = referenceName(reference);
  const allowed = config.secrets.allow.find((one) => referenceName(one.reference) === name);
  if (allowed === undefined) {
    const message = `the operator's configuration does not let specs refer to ${name}; add it under secrets.allow with its hosts`;
    throw new Stalled('SecretNotAllowed', message);
  }
  if ('env' in reference) return new Secret(name, fromEnvironment(reference.env, env), allowed.hosts);
  const { folder } = config.secrets;
  if (folder === undefined) {
    throw new Stalled('SecretNotAllowed', `${name} needs secrets.folder in the operator's configuration`);
  }
  return new Secret(name, readSecret(insideFolder(folder, reference.file, name), name), allowed.hosts);
}

/** A secret of the operator's own configuration; files are relative to its folder. Throws `Stalled` likewise. */
export function resolveOwnSecret(
  reference: SecretReference,
  hosts: readonly string[],
  config: Pick<OperatorConfig, 'folder'>,
  env: Env,
): Secret {
  const name = referenceName(reference);
  const text =
    'env' in reference
      ? fromEnvironment(reference.env, env)
      : readSecret(path.resolve(config.folder, reference.file), name);
  return new Secret(name, text, hosts);
}

/** `env:NAME` or `file:PATH`. */
export function referenceName(reference: SecretReference): string {
  return 'env' in reference ? `env:${reference.env}` : `file:${reference.file}`;
}

function fromEnvironment(name: string, env: Env): string {
  const text = Object.hasOwn(env, name) ? env[name] : undefined;
  if (text !== undefined && text !== '') return text;
  throw new Stalled('SecretMissing', `the environment variable ${name} is not set`);
}

function insideFolder(folder: string, below: string, name: string): string {
  const root = realPath(folder, name);
  const file = realPath(path.resolve(root, below), name);
  if (!path.isAbsolute(below) && file.startsWith(root + path.sep)) return file;
  throw new Stalled('SecretNotAllowed', `${name} lies outside the folder that secrets.folder names`);
}

function realPath(file: string, name: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    throw new Stalled('SecretMissing', `${name} is not there`, { cause: error });
  }
}

const largestSecret = 65_536;

/** One line break at the end is the editor's, not the secret's. */
function readSecret(file: string, name: string): string {
  let text: string;
  try {
    if (statSync(file).size > largestSecret) throw new RangeError('more than 64 KB');
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Stalled('SecretMissing', `${name} can't be read`, { cause: error });
  }
  if (text === '') throw new Stalled('SecretMissing', `${name} is empty`);
  return text;
}
