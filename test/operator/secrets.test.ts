import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Random } from '../../src/model/effects.ts';
import { messageOf, Stalled } from '../../src/model/error.ts';
import { loadSealingKey } from '../../src/operator/sealing-key.ts';
import { resolveOwnSecret, resolveSecret } from '../../src/operator/secrets.ts';
import type { SecretReference } from '../../src/spec/compiled.ts';

const text = 'canary-7f3a';

function secretsFolder() {
  const root = mkdtempSync(path.join(tmpdir(), 'rosterd-secrets-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = path.join(root, 'secrets');
  mkdirSync(path.join(folder, 'personio'), { recursive: true });
  writeFileSync(path.join(folder, 'personio/secret'), `${text}\n`);
  writeFileSync(path.join(folder, 'empty'), '\n');
  writeFileSync(path.join(root, 'outside'), text);
  symlinkSync(path.join(root, 'outside'), path.join(folder, 'link'));
  return folder;
}

const env = { TOKEN: text, EMPTY: '' };

function allowing(folder: string | undefined, ...references: readonly SecretReference[]) {
  return {
    secrets: { folder, allow: references.map((reference) => ({ reference, hosts: ['api.example.com'] })) },
  };
}

describe('secrets that specs refer to', () => {
  test.each([{ env: 'TOKEN' }, { file: 'personio/secret' }])(
    '%j is given for its hosts only',
    (reference) => {
      const secret = resolveSecret(reference, allowing(secretsFolder(), reference), env);

      expect(secret.reveal('api.example.com')).toBe(text);
      expect(() => secret.reveal('evil.example.com')).toThrow('may not be sent to evil.example.com');
      expect(inspect(secret) + JSON.stringify({ secret }) + String(secret)).not.toContain(text);
    },
  );

  test.each([
    {
      name: 'one that the operator does not list',
      reference: { env: 'OTHER' },
      message:
        "the operator's configuration does not let specs refer to env:OTHER; add it under secrets.allow with its hosts",
      allow: [],
    },
    {
      name: 'a variable that is not set',
      reference: { env: 'NONE' },
      message: 'the environment variable NONE is not set',
    },
    {
      name: 'a variable that is empty',
      reference: { env: 'EMPTY' },
      message: 'the environment variable EMPTY is not set',
    },
    {
      name: 'a name of every object',
      reference: { env: 'toString' },
      message: 'the environment variable toString is not set',
    },
    { name: 'a file that is not there', reference: { file: 'none' }, message: 'file:none is not there' },
    { name: 'an empty file', reference: { file: 'empty' }, message: 'file:empty is empty' },
    {
      name: 'a file outside the folder',
      reference: { file: '../outside' },
      message: 'file:../outside lies outside the folder that secrets.folder names',
    },
    {
      name: 'a link that leads out of the folder',
      reference: { file: 'link' },
      message: 'file:link lies outside the folder that secrets.folder names',
    },
  ] as const)('$name is refused', ({ reference, message, ...rest }) => {
    const config = 'allow' in rest ? allowing(secretsFolder()) : allowing(secretsFolder(), reference);

    const error = thrownBy(() => resolveSecret(reference, config, env));

    expect(error).toBeInstanceOf(Stalled);
    expect(messageOf(error)).toBe(message);
  });

  test('files need a folder', () => {
    const reference = { file: 'personio/secret' };

    expect(() => resolveSecret(reference, allowing(undefined, reference), env)).toThrow(
      'needs secrets.folder',
    );
  });
});

test("the operator's own secrets need no list", () => {
  const folder = secretsFolder();

  const secret = resolveOwnSecret({ file: 'personio/secret' }, ['mail.example.com'], { folder }, env);

  expect(secret.reveal('mail.example.com')).toBe(text);
});

function dataFolder(): string {
  const data = mkdtempSync(path.join(tmpdir(), 'rosterd-data-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return path.join(data, 'new');
}

describe('the sealing key', () => {
  const random: Random = {
    fraction: () => 0.5,
    bytes: (length) => new Uint8Array(length).fill(7),
    id: () => 'id',
  };
  const hex = '0f'.repeat(32);

  test('is made once, for its owner only, and is the same ever after', () => {
    const config = { sealing: undefined, data: dataFolder(), folder: '/' };

    const first = loadSealingKey(config, {}, random);
    const second = loadSealingKey(config, {}, { ...random, bytes: (length) => new Uint8Array(length) });

    const file = path.join(config.data, 'sealing.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim()).toHaveLength(44);
    expect(Buffer.from(first.key)).toEqual(Buffer.alloc(32, 7));
    expect(second).toEqual(first);
    expect(first.keyId).toMatch(/^file-[0-9a-f]{12}$/);
  });

  test('is refused where others can read it', () => {
    const config = { sealing: undefined, data: dataFolder(), folder: '/' };
    loadSealingKey(config, {}, random);
    chmodSync(path.join(config.data, 'sealing.key'), 0o644);

    expect(() => loadSealingKey(config, {}, random)).toThrow('others can read');
  });

  test.each([
    ['hex', hex],
    ['base64', Buffer.from(hex, 'hex').toString('base64')],
  ])('is taken as %s', (_form, written) => {
    const sealing = { keyId: 'k1', key: { env: 'KEY' } };

    const key = loadSealingKey({ sealing, data: '/', folder: '/' }, { KEY: written }, random);

    expect(key.keyId).toBe('k1');
    expect(Buffer.from(key.key).toString('hex')).toBe(hex);
  });

  test('of another length is refused without showing it', () => {
    const sealing = { keyId: 'k1', key: { env: 'KEY' } };

    const error = thrownBy(() => loadSealingKey({ sealing, data: '/', folder: '/' }, { KEY: text }, random));

    expect(messageOf(error)).toContain('env:KEY is no sealing key: 32 bytes as base64 or hex');
    expect(messageOf(error)).not.toContain(text);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new TypeError('nothing was thrown');
}
