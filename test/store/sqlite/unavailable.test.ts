import { spawn } from 'node:child_process';
import { chmod, chown } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createStore } from '../../../src/store/create-store.ts';
import { openFile } from '../../../src/store/sqlite/file.ts';
import { connectKysely } from '../../../src/store/sqlite/open.ts';
import { intent, leaseOf, link, setClock, settled, testSealer } from '../fixtures.ts';
import { openTestStore } from './folder.ts';

test('on a full disk nothing half is written, and all goes on when there is room again', async () => {
  const { file } = await openTestStore();
  const database = openFile(file);
  const store = await createStore({
    db: connectKysely(database, file),
    sealer: testSealer(),
    clock: setClock(),
  });
  onTestFinished(() => store.close());
  const lease = await leaseOf(store);
  await store.recordIntents('r', 'staff', 'lms', [intent('k', 'p')], lease);

  const { page_count: pages } = database.prepare('pragma page_count').get() ?? {};
  database.exec(`pragma max_page_count = ${Number(pages) + 2}`);
  const many = Array.from({ length: 2_000 }, (_, index) => link(`p${index}`, `a${index}`));
  const full = store.settle(
    many.map((one, index) => settled(`k${index === 0 ? '' : index}`, 'applied', { link: one })),
    lease,
  );
  await expect(full).rejects.toMatchObject({ name: 'Waiting', reason: 'StoreUnavailable' });
  await expect(full).rejects.toThrow(/full/);
  expect(await store.links('staff')).toEqual([]);
  expect(await store.openIntents('lms')).toHaveLength(1);

  database.exec('pragma max_page_count = 100000');
  await store.saveLinks(many, lease);
  expect(await store.links('staff')).toHaveLength(2_000);
});

test('a lock that another process keeps makes the pass wait, not fail', async () => {
  const { file, store } = await openTestStore();
  const lease = await leaseOf(store);
  const impatient = openFile(file);
  impatient.exec('pragma busy_timeout = 0');
  const second = await createStore({
    db: connectKysely(impatient, file),
    sealer: testSealer(),
    clock: setClock(),
  });
  onTestFinished(() => second.close());
  const other = new DatabaseSync(file);
  onTestFinished(() => other.close());
  other.exec('begin immediate');
  await expect(second.saveLinks([link('p1', 'a1')], lease)).rejects.toMatchObject({
    name: 'Waiting',
    reason: 'StoreUnavailable',
  });
  other.exec('rollback');
  await second.saveLinks([link('p1', 'a1')], lease);
  expect(await store.links('staff')).toHaveLength(1);
});

test('a read-only store is not opened, and the pass waits until it can be written', async () => {
  const { file, store } = await openTestStore();
  await store.saveLinks([link('p1', 'a1')], await leaseOf(store));
  await store.close();
  await chmod(file, 0o444);
  await chmod(dirname(file), 0o755);
  expect(await openAsNobody(file)).toBe('Waiting StoreUnavailable');

  await chmod(file, 0o600);
  if (process.getuid?.() === 0)
    await chown(file, nobody, nobody).then(() => chown(dirname(file), nobody, nobody));
  expect(await openAsNobody(file)).toBe('opened');
});

const nobody = 65_534;

/** Nothing is read-only for root, so root asks somebody else. */
async function openAsNobody(file: string): Promise<string> {
  const script = fileURLToPath(new URL('open-child.ts', import.meta.url));
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const child = spawn(process.execPath, [script, file], {
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}

test('where SQLite has rolled back by itself, the reason is told and the next write goes through', async () => {
  const { file, store } = await openTestStore();
  const database = openFile(file);
  const db = connectKysely(database, file);
  onTestFinished(() => db.destroy());
  const cut = db.transaction().execute(() => {
    database.exec('rollback');
    return Promise.reject(new Error('the disk went away'));
  });
  await expect(cut).rejects.toThrow('the disk went away');
  await store.saveLinks([link('p1', 'a1')], await leaseOf(store));
  expect(await store.links('staff')).toHaveLength(1);
});
