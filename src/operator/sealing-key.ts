import { createHash } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, statSync, writeSync, closeSync, fsyncSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../model/effects.ts';
import { messageOf, Stalled } from '../model/error.ts';
import type { OperatorConfig } from './config.ts';
import { referenceName, resolveOwnSecret } from './secrets.ts';
import type { Env } from './secrets.ts';

export interface SealingKey {
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * The installation's key. Where none is configured, one is made once in the data folder, for its owner's eyes only; without
 * it, what is sealed in the store can't be read again. Throws `Stalled` for a key that is none.
 */
export function loadSealingKey(
  config: Pick<OperatorConfig, 'sealing' | 'data' | 'folder'>,
  env: Env,
  random: Random,
): SealingKey {
  const { sealing } = config;
  if (sealing === undefined) return generatedKey(config.data, random);
  const name = referenceName(sealing.key);
  const secret = resolveOwnSecret(sealing.key, [ownHost], config, env);
  return { keyId: sealing.keyId, key: decodeKey(secret.reveal(ownHost), name) };
}

/** The key is sent nowhere; the word stands for this process. */
const ownHost = 'rosterd';

function generatedKey(data: string, random: Random): SealingKey {
  const file = path.join(data, 'sealing.key');
  makeDataFolder(data);
  writeOnce(file, `${Buffer.from(random.bytes(32)).toString('base64')}\n`);
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Stalled('SealingKeyExposed', `others can read ${file}; take that away with chmod 600`);
  }
  const key = decodeKey(readFileSync(file, 'utf8').trim(), file);
  // Derived from the key, so that a file that was exchanged is noticed and not taken for the same key.
  return { keyId: `file-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`, key };
}

function makeDataFolder(data: string): void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Stalled(
      'DataFolderUnwritable',
      `the data folder ${data} cannot be made (${messageOf(error)}); name one that rosterd may write to, with data in the configuration or --data`,
      { cause: error },
    );
  }
}

/** Never overwrites: the key that is there may have sealed something. */
function writeOnce(file: string, text: string): void {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'EEXIST') return;
    throw new Stalled('SealingKeyUnwritable', `no sealing key can be made at ${file}`, { cause: error });
  }
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function decodeKey(text: string, name: string): Uint8Array {
  const trimmed = text.trim();
  const isHex = /^[0-9a-fA-F]{64}$/.test(trimmed);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed);
  if (isHex) return Buffer.from(trimmed, 'hex');
  if (isBase64) return Buffer.from(trimmed, 'base64');
  const message = `${name} is no sealing key: 32 bytes as base64 or hex; make one with: openssl rand -base64 32`;
  throw new Stalled('SealingKeyInvalid', message);
}
