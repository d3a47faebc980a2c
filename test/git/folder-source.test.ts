import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { systemClock } from '../../src/effects/system.ts';
import { folderDigest } from '../../src/git/folder-digest.ts';
import { createFolderSource, isIgnored } from '../../src/git/folder-source.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

let root: string;
let folder: string;
const { signal } = new AbortController();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rosterd-folder-'));
  folder = join(root, 'specs');
  await mkdir(folder);
});
afterEach(async () => await rm(root, { recursive: true, force: true }));

const source = () =>
  createFolderSource({
    folder,
    pollMs: 50,
    data: join(root, 'data'),
    clock: systemClock,
    telemetry: { log: createLogger({ level: 'silent' }) },
  });

test('the same files have the same digest wherever they lie, hidden ones do not count', async () => {
  await writeFile(join(folder, 'a.yaml'), 'one');
  const first = await folderDigest(folder);
  const copy = join(root, 'copy');
  await mkdir(join(copy, '.git'), { recursive: true });
  await writeFile(join(copy, '.git', 'HEAD'), 'ref');
  await writeFile(join(copy, 'a.yaml'), 'one');
  expect(await folderDigest(copy)).toBe(first);
  await writeFile(join(copy, 'a.yaml'), 'two');
  expect(await folderDigest(copy)).not.toBe(first);
  await rename(join(copy, 'a.yaml'), join(copy, 'b.yaml'));
  await writeFile(join(copy, 'b.yaml'), 'one');
  expect(await folderDigest(copy)).not.toBe(first);
});

test('a log or an export beside the specs makes no revision and is not copied', async () => {
  await writeFile(join(folder, 'a.yaml'), 'one');
  const first = await folderDigest(folder);
  await writeFile(join(folder, 'daemon.log'), 'a line');
  await writeFile(join(folder, 'people.xlsx'), 'a sheet');
  expect(await folderDigest(folder)).toBe(first);
  expect(await readdir((await source().fetch(signal)).folder)).toEqual(['a.yaml']);
  await writeFile(join(folder, 'people.csv'), 'x'.repeat(1_000_001));
  expect(await folderDigest(folder)).toBe(first);
  await writeFile(join(folder, 'divisions.csv'), 'a,b');
  expect(await folderDigest(folder)).not.toBe(first);
});

test('what was read stays as it was, although the folder goes on', async () => {
  await writeFile(join(folder, 'a.yaml'), 'one');
  const one = await source().fetch(signal);
  await source().markGood(one);
  await writeFile(join(folder, 'a.yaml'), 'two');
  const two = await source().fetch(signal);
  expect(two.revision).toEqual({ kind: 'folder', id: await folderDigest(folder) });
  expect(await readFile(join(one.folder, 'a.yaml'), 'utf8')).toBe('one');
  await rm(folder, { recursive: true });
  await expect(source().fetch(signal)).rejects.toMatchObject({ fate: 'waiting', reason: 'SpecsUnreadable' });
  expect(await source().lastGood()).toEqual(one);
});

test('a Kubernetes volume is read through its own links, and its exchange is a new revision', async () => {
  const exchange = async (moment: string, text: string): Promise<void> => {
    await mkdir(join(folder, moment, 'lists'), { recursive: true });
    await writeFile(join(folder, moment, 'staff.yaml'), text);
    await writeFile(join(folder, moment, 'lists', 'a.csv'), 'a;b');
    await symlink(moment, join(folder, '..data_tmp'));
    await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  };
  await exchange('..2026_11_22_a', 'one');
  await symlink('..data/staff.yaml', join(folder, 'staff.yaml'));
  await symlink('..data/lists', join(folder, 'lists'));
  const one = await source().fetch(signal);
  expect(await readFile(join(one.folder, 'staff.yaml'), 'utf8')).toBe('one');
  expect(await readFile(join(one.folder, 'lists', 'a.csv'), 'utf8')).toBe('a;b');
  await exchange('..2026_11_22_b', 'two');
  const two = await source().fetch(signal);
  expect(await readFile(join(two.folder, 'staff.yaml'), 'utf8')).toBe('two');
});

test.each([
  { name: 'a link to a file elsewhere', path: 'staff.yaml', target: '/etc/passwd' },
  { name: 'a link to the folder itself', path: 'loop', target: '.' },
  { name: 'a volume whose files lie elsewhere', path: '..data', target: '/etc' },
])('$name is refused', async ({ path, target }) => {
  await symlink(target, join(folder, path));
  await expect(source().fetch(signal)).rejects.toMatchObject({ fate: 'stalled', reason: 'SymbolicLink' });
});

test.each([
  { data: 'data', refused: true },
  { data: '.', refused: true },
  { data: '.rosterd', refused: false },
  { data: '../elsewhere', refused: false },
])('a data folder at $data of the specs is refused: $refused', ({ data, refused }) => {
  const create = () =>
    createFolderSource({
      folder,
      pollMs: 50,
      data: join(folder, data),
      clock: systemClock,
      telemetry: { log: createLogger({ level: 'silent' }) },
    });
  if (refused) expect(create).toThrow('lies among the specs');
  else expect(create).not.toThrow();
});

test('more than 10 MB is refused', async () => {
  for (let i = 0; i < 11; i += 1) await writeFile(join(folder, `${i}.csv`), Buffer.alloc(999_999, 32));
  await expect(source().fetch(signal)).rejects.toMatchObject({ fate: 'stalled', reason: 'SpecsTooLarge' });
});

test('a file that is written is noticed', async () => {
  const controller = new AbortController();
  const { promise: change, resolve: noticed } = Promise.withResolvers<void>();
  const watching = source().watch(noticed, controller.signal);
  await writeFile(join(folder, 'a.yaml'), 'one');
  await change;
  controller.abort();
  await watching;
});

test('what the daemon writes below the specs is no news about them', () => {
  const data = '/specs/.rosterd';
  const paths = ['.rosterd/rosterd.db-wal', '.rosterd', '.git/HEAD', 'staff.csv', '.rosterd.yaml', '..data'];
  expect(paths.filter((path) => isIgnored(`/specs/${path}`, data))).toEqual(paths.slice(0, 3));
});
