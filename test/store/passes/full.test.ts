import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createStore } from '../../../src/store/create-store.ts';
import { openFile } from '../../../src/store/sqlite/file.ts';
import { connectKysely } from '../../../src/store/sqlite/open.ts';
import { person } from '../../plan/people.ts';
import { Rig } from '../../reconcile/rig.ts';
import { testSealer } from '../fixtures.ts';
import { openTestStore } from '../sqlite/folder.ts';

const joiners = Array.from({ length: 250 }, (_, at) => `p${at}`);

/** Whole passes over a store whose disk is in our hands. */
async function openRig(): Promise<{ readonly rig: Rig; readonly database: DatabaseSync }> {
  const rig = await Rig.open();
  const { file } = await openTestStore();
  const database = openFile(file);
  const own = rig.store;
  rig.store = await createStore({
    db: connectKysely(database, file),
    sealer: testSealer(),
    clock: rig.clock,
  });
  onTestFinished(async () => {
    await rig.store.close();
    rig.store = own;
    await rig.close();
  });
  rig.people = [person('first')];
  expect((await rig.pass()).summary.result).toBe('applied');
  rig.people = [...rig.people, ...joiners.map((id) => person(id))];
  rig.log.length = 0;
  return { rig, database };
}

/** Everybody gets one account by one order, whatever went wrong before. */
async function endsWell(rig: Rig): Promise<void> {
  expect((await rig.pass()).summary.result).toMatch(/applied|settled/);
  expect((await rig.pass()).summary.result).toBe('settled');
  expect(rig.log.toSorted()).toEqual(joiners.map((id) => `create ${id}`).toSorted());
  expect(rig.accounts.size).toBe(joiners.length + 1);
  expect(await rig.store.links('staff')).toHaveLength(joiners.length + 1);
  expect(await rig.store.openIntents('lms')).toEqual([]);
}

test('wherever in a pass the disk becomes full, nobody is written to whose write is not on it', async () => {
  const sent = new Set<number>();
  for (const room of [0, 12, 36, 60]) {
    const { rig, database } = await openRig();
    const { page_count: pages } = database.prepare('pragma page_count').get() ?? {};
    database.exec(`pragma max_page_count = ${Number(pages) + room}`);
    const recorded = new Set<string>();
    rig.around = (store) => ({
      ...store,
      recordIntents: async (...args) => {
        await store.recordIntents(...args);
        for (const { personId } of args[3]) recorded.add(`create ${personId}`);
      },
    });

    const { summary } = await rig.pass();

    expect(rig.log.filter((order) => !recorded.has(order))).toEqual([]);
    if (rig.log.length < joiners.length) {
      expect(summary).toMatchObject({ result: 'waiting', reason: 'StoreUnavailable' });
      expect(summary.message).toContain('disk is full');
      // Something may have been sent before the disk was full.
      expect(summary.message).not.toContain('nothing was written');
    }
    sent.add(rig.log.length);
    rig.around = (store) => store;
    database.exec('pragma max_page_count = 1000000');
    await endsWell(rig);
  }
  // Before the first batch, between two of them, and after the last. Where rows grow, `room` must.
  expect([...sent]).toEqual([0, 100, 200, 250]);
});

test('a store that turns read-only has nothing written anywhere until it can be written again', async () => {
  const { rig, database } = await openRig();
  database.exec('pragma query_only = on');
  for (let times = 0; times < 2; times += 1) {
    expect((await rig.pass()).summary).toMatchObject({ result: 'waiting', reason: 'StoreUnavailable' });
  }
  expect(rig.log).toEqual([]);
  database.exec('pragma query_only = off');
  await endsWell(rig);
});
