import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { change, heldSet, intent, leaseOf, link, noon, person, run, settled, summary } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';
import { openTestStore } from './folder.ts';

test("no value of a person lies in the clear in the store's files", async () => {
  const { file, store } = await openTestStore();
  await putIn(store);

  const log = await readFile(`${file}-wal`);
  const keeper = new DatabaseSync(file);
  onTestFinished(() => keeper.close());
  keeper.exec('pragma wal_checkpoint(truncate)');
  const database = await readFile(file);

  for (const bytes of [log, database]) {
    // Ids are in the clear: they show that the search finds what is there.
    expect(bytes.includes('person-4711')).toBe(true);
    expect(bytes.includes('canary')).toBe(false);
    expect(bytes.includes(Buffer.from('canary', 'utf16le'))).toBe(false);
  }
  expect(await store.people('r1')).toMatchObject([{ read: { name: 'canary-read' } }]);
  expect(await store.waitingMail(noon)).toMatchObject([{ text: 'Dear canary-text' }]);
});

/** Values through every method that takes some. */
async function putIn(store: OpenedStore['store']): Promise<void> {
  const lease = await leaseOf(store);
  const set = { email: 'canary-set@example.com', tags: ['canary-tag'] };
  const identity = { hris_id: 'canary-identity' };
  const intents = [intent('k1', 'person-4711', { set, identity, scope: { branch: 'canary-scope' } })];
  await store.recordIntents('r1', 'staff', 'lms', intents, lease);
  await store.settle([settled('k1', 'unknown', { link: link('person-4711', 'account-1') })], lease);

  const held = change('update/person-4711', 'person-4711', 'canary-after');
  const before = held.attributes.map((attribute) => ({ ...attribute, before: 'canary-before' }));
  const item = {
    change: { ...held, identity, attributes: before },
    reason: 'Policy',
    message: 'held',
  } as const;
  await store.saveHeld(heldSet('d1', [item]), noon, lease);
  await store.useHeld('d1', ['update/person-4711'], 'staff', lease);

  await store.beginRun(run('r1'));
  const values = {
    read: { name: 'canary-read' },
    mapped: { name: 'canary-mapped' },
    sent: { name: 'canary-sent' },
  };
  const error = { reason: 'Rejected', message: 'canary-error' };
  await store.recordPeople('r1', [person('person-4711', { ...values, error, reason: 'canary-reason' })]);
  await store.endRun('r1', summary());

  await store
    .details('hr')
    .remember([{ id: 'person-4711', version: '1', data: { born: 'canary-born' }, readAt: noon }]);
  await store.queueMail({
    id: 'm1',
    to: ['canary-to@example.com'],
    subject: 'canary-subject',
    text: 'Dear canary-text',
    queuedAt: noon,
  });
}
