import { chmod, copyFile, mkdir, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { leaseOf, link, setClock, testSealer } from '../fixtures.ts';
import { openTestStore, testFolder } from './folder.ts';

test('a store that is not there is made, readable by nobody else', async () => {
  const folder = await testFolder();
  const file = join(folder, 'data', 'deep', 'store.sqlite');
  await openTestStore(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(`${file}-wal`)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
});

test('two processes that make the store at once end with one', async () => {
  const file = join(await testFolder(), 'store.sqlite');
  const [one, two] = await Promise.all([openTestStore(file), openTestStore(file)]);
  await one.store.saveLinks([link('p1', 'a1')], await leaseOf(one.store));
  expect(await two.store.links('staff')).toHaveLength(1);
});

test.each([
  { what: 'empty', damage: (file: string) => truncate(file, 0) },
  { what: 'cut within its first bytes', damage: (file: string) => truncate(file, 7) },
  { what: 'cut within its header', damage: (file: string) => truncate(file, 50) },
  { what: 'cut within its first page', damage: (file: string) => truncate(file, 3_000) },
  { what: 'cut after its first page', damage: (file: string) => truncate(file, 4_096) },
  { what: 'cut in the middle', damage: halve },
  { what: 'a text', damage: (file: string) => writeFile(file, 'not a database, '.repeat(1_000)) },
  { what: 'a header and then garbage', damage: garble },
  { what: "another program's database", damage: replace },
])('a store that is $what is refused with the way out, and left as it is', async ({ damage }) => {
  const file = await filledFile();
  await damage(file);
  const before = await readFile(file);
  const opened = openSqliteStore({ file, sealer: testSealer(), clock: setClock() });
  await expect(opened).rejects.toMatchObject({ name: 'Stalled', reason: 'StoreDamaged' });
  await expect(opened).rejects.toThrow(file);
  await expect(opened).rejects.toThrow(/backup/);
  expect((await readFile(file)).equals(before)).toBe(true);
});

test('damage that shows only later stops the pass that meets it', async () => {
  const file = await filledFile();
  const bytes = await readFile(file);
  // Everything but the first page, which holds the header and the list of tables.
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(bytes.length - 8 * 4_096, 0xa5), 0, null, 8 * 4_096);
  await handle.close();
  const read = openTestStore(file).then(({ store }) => store.links('staff'));
  await expect(read).rejects.toMatchObject({ name: 'Stalled', reason: 'StoreDamaged' });
});

test('a store of which only the log is left is not begun anew', async () => {
  const file = join(await testFolder(), 'store.sqlite');
  await writeFile(`${file}-wal`, 'what was written last');
  const opened = openSqliteStore({ file, sealer: testSealer(), clock: setClock() });
  await expect(opened).rejects.toMatchObject({ name: 'Stalled', reason: 'StoreDamaged' });
});

test('a store of a newer version is refused, and both ways out are named', async () => {
  const file = await filledFile();
  const database = new DatabaseSync(file);
  database.exec(`insert into kysely_migration (name, timestamp) values ('0999-later', '2030-01-01')`);
  database.close();
  const opened = openSqliteStore({ file, sealer: testSealer(), clock: setClock() });
  await expect(opened).rejects.toMatchObject({ name: 'Stalled', reason: 'StoreNewer' });
  await expect(opened).rejects.toThrow(/0999-later.*run that version, or restore/);
});

test('a path through a file can be mended, so the pass waits', async () => {
  const folder = await testFolder();
  await writeFile(join(folder, 'plain'), '');
  const opened = openSqliteStore({
    file: join(folder, 'plain', 'store.sqlite'),
    sealer: testSealer(),
    clock: setClock(),
  });
  await expect(opened).rejects.toMatchObject({ name: 'Waiting', reason: 'StoreUnavailable' });
});

test('a folder in place of the file can be mended, so the pass waits', async () => {
  const file = join(await testFolder(), 'store.sqlite');
  await mkdir(file);
  await chmod(file, 0o755);
  const opened = openSqliteStore({ file, sealer: testSealer(), clock: setClock() });
  await expect(opened).rejects.toMatchObject({ name: 'Waiting', reason: 'StoreUnavailable' });
});

/** A store that was closed in order, with enough in it to have many pages. */
async function filledFile(): Promise<string> {
  const source = await openTestStore();
  const links = Array.from({ length: 2_000 }, (_, index) => link(`p${index}`, `a${index}`));
  await source.store.saveLinks(links, await leaseOf(source.store));
  await source.store.close();
  const file = join(await testFolder(), 'copy.sqlite');
  await copyFile(source.file, file);
  return file;
}

async function halve(file: string): Promise<void> {
  await truncate(file, Math.floor((await stat(file)).size / 2));
}

async function garble(file: string): Promise<void> {
  const bytes = await readFile(file);
  await writeFile(file, Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(bytes.length - 16, 0xa5)]));
}

async function replace(file: string): Promise<void> {
  await truncate(file, 0);
  const database = new DatabaseSync(file);
  database.exec('create table notes (text)');
  database.close();
}
