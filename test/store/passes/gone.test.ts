import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { person } from '../../plan/people.ts';
import { Rig } from '../../reconcile/rig.ts';
import { openTestStore } from '../sqlite/folder.ts';

let rig: Rig;
let file: string;

beforeEach(async () => {
  rig = await Rig.open();
  const opened = await openTestStore();
  await rig.store.close();
  ({ file } = opened);
  rig.store = opened.store;
  rig.people = [person('ada')];
  expect((await rig.pass()).summary.result).toBe('applied');
  rig.people = [...rig.people, person('ben')];
  rig.log.length = 0;
});
afterEach(() => rig.close());

async function writesNothing(): Promise<void> {
  const { summary } = await rig.pass();
  expect(summary).toMatchObject({ result: 'waiting', reason: 'StoreUnavailable' });
  expect(summary.message).toContain(file);
  expect(rig.log).toEqual([]);
}

test('a folder that vanishes while rosterd runs stops the writing, and it goes on when the folder is back', async () => {
  const folder = dirname(file);
  await rename(folder, `${folder}-away`);
  await writesNothing();
  await rename(`${folder}-away`, folder);
  expect((await rig.pass()).summary.result).toBe('applied');
  expect(rig.log).toEqual(['create ben']);
});

test.each([
  { what: 'removed', harm: async () => await rm(file) },
  { what: 'replaced by a backup', harm: replace },
  { what: 'replaced by a folder', harm: async () => await rm(file).then(async () => await mkdir(file)) },
])('a store that is $what while it is open is written to no more', async ({ harm }) => {
  await harm();
  await writesNothing();
  await writesNothing();
});

test('a store that is removed within a pass ends it before the next batch', async () => {
  rig.people = [...rig.people, ...Array.from({ length: 250 }, (_, at) => person(`p${at}`))];
  rig.writer = (inner) => ({
    ...inner,
    async *apply(orders, signal) {
      for await (const result of inner.apply(orders, signal)) {
        if (rig.log.length === 1) await rm(file);
        yield result;
      }
    },
  });
  expect((await rig.pass()).summary).toMatchObject({ result: 'waiting', reason: 'StoreUnavailable' });
  expect(rig.log).toHaveLength(100);
});

async function replace(): Promise<void> {
  await copyFile(file, `${file}.backup`);
  await rename(`${file}.backup`, file);
}
