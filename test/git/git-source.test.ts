import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { systemClock } from '../../src/effects/system.ts';
import { createGitSource, type GitSourceOptions } from '../../src/git/git-source.ts';
import { Stalled, Waiting } from '../../src/model/error.ts';
import { Secret } from '../../src/model/secret.ts';
import { FakeClock } from '../fake-clock.ts';
import { startGitServer, type GitServer } from './git-server.ts';

let server: GitServer;
let data: string;
const { signal } = new AbortController();

beforeEach(async () => {
  server = await startGitServer();
  data = await mkdtemp(join(tmpdir(), 'rosterd-data-'));
});

afterEach(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const source = (options: Partial<GitSourceOptions> = {}) =>
  createGitSource({
    url: server.url,
    branch: 'main',
    pollMs: 1000,
    data,
    allowLocal: true,
    environment: { PATH: process.env['PATH'] },
    clock: systemClock,
    ...options,
  });

describe('a branch of a remote repository', () => {
  test('each commit is put on disk once, in a folder of its own', async () => {
    const first = await server.push({
      'specs/staff.yaml': 'one',
      'specs/lists/a.csv': 'a;b\n',
      'README.md': 'read me',
    });
    const git = source({ path: 'specs' });
    const one = await git.fetch(signal);
    expect(one.revision.kind).toBe('commit');
    expect(one.revision.id.startsWith(first)).toBe(true);
    expect(await readdir(one.folder, { recursive: true })).toEqual(['lists', 'staff.yaml', 'lists/a.csv']);

    const before = server.requests.length;
    expect(await git.fetch(signal)).toEqual(one);
    expect(server.requests.slice(before).filter((line) => line.startsWith('POST'))).toHaveLength(1);

    await server.push({ 'specs/staff.yaml': 'two' });
    const two = await git.fetch(signal);
    expect(await readFile(join(two.folder, 'staff.yaml'), 'utf8')).toBe('two');
    expect(await readFile(join(one.folder, 'staff.yaml'), 'utf8')).toBe('one');
  });

  test('a rewritten branch is another revision, and the last good one stays until that is good as well', async () => {
    await server.push({ 'staff.yaml': 'one' });
    const git = source();
    const one = await git.fetch(signal);
    await git.markGood(one);
    await server.push({ 'staff.yaml': 'rewritten' }, { rewrite: true });
    const two = await git.fetch(signal);
    expect(two.revision.id).not.toBe(one.revision.id);
    expect(await git.lastGood()).toEqual(one);
    await git.markGood(two);
    expect(await git.lastGood()).toEqual(two);
  });

  test('revisions of an earlier process are removed, all but the last good one', async () => {
    let git = source();
    const folders: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      if (text === 'three') git = source();
      await git.lastGood();
      await server.push({ 'staff.yaml': text });
      const checkout = await git.fetch(signal);
      await git.markGood(checkout);
      folders.push(checkout.revision.id);
    }
    expect((await readdir(join(data, 'revisions'))).toSorted()).toEqual(folders.slice(1).toSorted());
  });

  test('the last good revision is there after a restart without the remote', async () => {
    await server.push({ 'staff.yaml': 'one' });
    const checkout = await source().fetch(signal);
    await source().markGood(checkout);
    await server.stop();
    const restarted = source();
    await expect(restarted.fetch(signal)).rejects.toMatchObject({
      fate: 'waiting',
      reason: 'SpecsUnreachable',
    });
    expect(await restarted.lastGood()).toEqual(checkout);
    expect(await source({ branch: 'other' }).lastGood()).toBeUndefined();
  });

  test('a file of before a power cut that is only half there is no last good revision', async () => {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(data, 'last-good.json'), '{"origin":');
    expect(await source().lastGood()).toBeUndefined();
  });
});

describe('a remote that has no specs for us', () => {
  test('a page of HTML with status 200 is a failed fetch and no empty repository', async () => {
    await server.push({ 'staff.yaml': 'one' });
    server.answerHtml(true);
    const failure = await source()
      .fetch(signal)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Waiting);
    expect((failure as Waiting).message).toContain('the address of something else');
    server.answerHtml(false);
    await expect(source().fetch(signal)).resolves.toBeDefined();
  });

  test('an empty repository, and a branch that is gone', async () => {
    await expect(source().fetch(signal)).rejects.toMatchObject({ fate: 'waiting', reason: 'BranchMissing' });
    await server.push({ 'staff.yaml': 'one' }, { branch: 'live' });
    await expect(source({ branch: 'live' }).fetch(signal)).resolves.toBeDefined();
    await server.git('push', '--quiet', 'origin', '--delete', 'live');
    await expect(source({ branch: 'live' }).fetch(signal)).rejects.toMatchObject({ reason: 'BranchMissing' });
  });

  test('a folder that the commit does not have', async () => {
    await server.push({ 'staff.yaml': 'one' });
    await expect(source({ path: 'specs' }).fetch(signal)).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'SpecsFolderMissing',
    });
  });

  test('a symbolic link below the specs folder is refused, elsewhere it is nobody’s business', async () => {
    await server.push({ 'specs/staff.yaml': 'one' }, { links: { 'docs/latest': '../specs' } });
    await expect(source({ path: 'specs' }).fetch(signal)).resolves.toBeDefined();
    await server.push({}, { links: { 'specs/passwords.yaml': '/etc/passwd' } });
    await expect(source({ path: 'specs' }).fetch(signal)).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'SymbolicLink',
    });
  });

  test('a submodule and too large a file are refused', async () => {
    const commit = await server.push({ 'specs/staff.yaml': 'one' });
    await server.git('update-index', '--add', '--cacheinfo', `160000,${commit},specs/other`);
    await server.git('commit', '--quiet', '-m', 'Add a submodule');
    await server.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    await expect(source({ path: 'specs' }).fetch(signal)).rejects.toMatchObject({ reason: 'Submodule' });
    await server.push({ 'specs/large.yaml': '#'.repeat(1_000_001) }, { rewrite: true });
    await expect(source({ path: 'specs' }).fetch(signal)).rejects.toMatchObject({ reason: 'SpecsTooLarge' });
  });

  test('a fetch that is called off ends at once and leaves nothing behind', async () => {
    await server.push({ 'staff.yaml': 'one' });
    const controller = new AbortController();
    const fetching = source().fetch(controller.signal);
    controller.abort(new Error('stop'));
    await expect(fetching).rejects.toThrow('stop');
    expect(await readdir(join(data, 'revisions'))).toEqual([]);
  });
});

describe('credentials', () => {
  const token = new Secret('env:SPECS_TOKEN', 'sesame-9c1', ['127.0.0.1']);

  test('the token opens the repository, a wrong one is refused without being shown', async () => {
    await server.push({ 'staff.yaml': 'one' });
    server.requirePassword('sesame-9c1');
    await expect(source({ token }).fetch(signal)).resolves.toBeDefined();
    await rm(join(data, 'revisions'), { recursive: true });
    server.requirePassword('another');
    const failure = await source({ token })
      .fetch(signal)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Stalled);
    expect((failure as Stalled).reason).toBe('AuthenticationFailed');
    expect(String(failure)).not.toContain('sesame');
    await expect(source().fetch(signal)).rejects.toMatchObject({ reason: 'AuthenticationFailed' });
  });

  test('a token for another host stays at home', async () => {
    const elsewhere = new Secret('env:SPECS_TOKEN', 'sesame-9c1', ['git.example.com']);
    await expect(source({ token: elsewhere }).fetch(signal)).rejects.toThrow('may not be sent to 127.0.0.1');
  });

  test.each([
    {
      name: 'a password in the address',
      options: { url: 'https://ada:sesame@git.example.com/specs.git' },
      reason: 'GitUrlRefused',
    },
    {
      name: 'http',
      options: { url: 'http://git.example.com/specs.git', allowLocal: false },
      reason: 'GitUrlRefused',
    },
    { name: 'a file', options: { url: 'file:///srv/specs.git', allowLocal: false }, reason: 'GitUrlRefused' },
    { name: 'a program', options: { url: 'ext::sh -c touch% /tmp/x' }, reason: 'GitUrlRefused' },
    { name: 'an option as address', options: { url: '--upload-pack=touch x' }, reason: 'GitUrlRefused' },
    { name: 'an option as branch', options: { branch: '--upload-pack=x' }, reason: 'GitBranchRefused' },
    { name: 'two dots in a branch', options: { branch: 'a..b' }, reason: 'GitBranchRefused' },
    { name: 'a folder outside', options: { path: '../../etc' }, reason: 'GitFolderRefused' },
  ])('$name is refused before anything is asked, without repeating it', ({ options, reason }) => {
    let failure: unknown;
    try {
      source(options);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ fate: 'stalled', reason });
    expect(String(failure)).not.toContain('sesame');
  });

  test.each([
    'https://git.example.com/specs.git',
    'ssh://git@git.example.com/specs.git',
    'git@git.example.com:acme/specs.git',
  ])('%s is an address', (url) => {
    expect(() => source({ url, allowLocal: false })).not.toThrow();
  });
});

test('a poll that is due says so, until it is ended', async () => {
  const clock = new FakeClock(0);
  const controller = new AbortController();
  let calls = 0;
  const watching = source({ clock }).watch(() => (calls += 1), controller.signal);
  await clock.advance(3500);
  expect(calls).toBe(3);
  controller.abort();
  await watching;
});

describe('git of this machine', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'rosterd-home-'));
    execFileSync('git', [
      'config',
      '--file',
      join(home, '.gitconfig'),
      'url.https://elsewhere.invalid/.insteadOf',
      'http://',
    ]);
  });
  afterAll(async () => await rm(home, { recursive: true, force: true }));

  test('its user’s configuration counts for nothing', async () => {
    await server.push({ 'staff.yaml': 'one' });
    await expect(
      source({ environment: { PATH: process.env['PATH'], HOME: home } }).fetch(signal),
    ).resolves.toBeDefined();
  });
});
