import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Migration } from 'kysely/migration';
import { join } from 'node:path';
import { createFile, openFile } from '../../../src/store/sqlite/file.ts';
import { migrate, migrations } from '../../../src/store/sqlite/migrations.ts';
import { connectKysely } from '../../../src/store/sqlite/open.ts';
import { leaseOf, link, noon } from '../fixtures.ts';
import { openTestStore, testFolder } from './folder.ts';

test('a store of an older version is brought up to date and keeps everything', async () => {
  const { db, file, store } = await openedTwice();
  await store.saveLinks([link('p1', 'a1')], await leaseOf(store));
  const grown = { ...migrations, '9998-note': { up: addNote } };
  await migrate(db, file, grown);
  await migrate(db, file, grown);
  const { rows } = await sql`select person_id, note from links`.execute(db);
  expect(rows).toEqual([{ person_id: 'p1', note: 'none' }]);
});

test('a store that knew nothing of strays keeps its links, and the moment at which an account was disabled', async () => {
  const file = join(await testFolder(), 'store.sqlite');
  await createFile(file, async (database) => {
    const db = connectKysely(database, file);
    await migrate(db, file, { '0001-tables': migrations['0001-tables'] as Migration });
    await sql`insert into links values
      ('staff', 'lms', 'p1', 'a1', 'active', null, 0, null, 0, ${noon}, 'mapping-1', ${link('p1', 'a1').applied}),
      ('staff', 'lms', 'p2', 'a2', 'tombstone', 'left', 0, null, 0, ${noon}, 'mapping-1', ${link('p1', 'a1').applied})
    `.execute(db);
    await db.destroy();
  });
  const { store } = await openTestStore(file);
  const left = link('p2', 'a2', { state: 'tombstone', ended: 'left', endedAt: noon });
  expect(await store.links('staff')).toEqual([link('p1', 'a1'), left]);
  const strayed = link('p1', 'a1', { strays: 'email=1' });
  await store.saveLinks([strayed], await leaseOf(store));
  expect(await store.links('staff')).toEqual([strayed, left]);
});

test('a step that fails leaves the store as it was', async () => {
  const { db, file, store } = await openedTwice();
  const broken = {
    ...migrations,
    '9998-broken': {
      up: async (step: typeof db) => {
        await addNote(step);
        throw new Error('no space');
      },
    },
  };
  await expect(migrate(db, file, broken)).rejects.toThrow('no space');
  await expect(sql`select note from links`.execute(db)).rejects.toThrow('no such column');
  await migrate(db, file);
  expect(await store.links('staff')).toEqual([]);
});

async function addNote(db: Awaited<ReturnType<typeof openedTwice>>['db']): Promise<void> {
  await sql`alter table links add column note text not null default 'none'`.execute(db);
}

async function openedTwice() {
  const { file, store } = await openTestStore();
  const db = connectKysely(openFile(file), file);
  onTestFinished(() => db.destroy());
  return { db, file, store };
}
