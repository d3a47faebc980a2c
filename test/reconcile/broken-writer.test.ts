import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Writer } from '../../src/connectors/connector.ts';
import type { Store } from '../../src/store/store.ts';
import { person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('orders that a writer does not take are known not to be sent', async () => {
  rig.people = [person('ada'), person('ben'), person('cleo')];
  rig.around = writerOf((inner) => ({
    ...inner,
    async *apply(orders, signal) {
      for await (const result of inner.apply(orders, signal)) {
        yield result;
        return;
      }
    },
  }));
  const { run } = await rig.pass();

  expect(await rig.store.openIntents('lms')).toEqual([]);
  const people = await rig.store.people(run.id);
  expect(people.map(({ personId, outcome }) => [personId, outcome])).toEqual([
    ['ada', 'applied'],
    ['ben', 'not-sent'],
    ['cleo', 'not-sent'],
  ]);
});

test('what a broken writer says stays out of the run, because it may quote a person', async () => {
  rig.people = [person('ada')];
  rig.around = writerOf((inner) => ({
    ...inner,
    // oxlint-disable-next-line require-yield -- it breaks before its first result
    async *apply() {
      throw new SyntaxError('unexpected token in "ada@example.com"');
    },
  }));

  const { run, summary } = await rig.pass();

  expect(summary).toMatchObject({ result: 'waiting', reason: 'WriterFailed' });
  expect(JSON.stringify([summary, (await rig.store.people(run.id)).map(({ error }) => error)])).not.toContain(
    'ada@',
  );
});

test('a writer is closed also when the store fails', async () => {
  let closed = 0;
  rig.people = [person('ada')];
  rig.around = writerOf(
    (inner) => ({ ...inner, close: async () => void (closed += 1) }),
    (store) => ({ ...store, settle: () => Promise.reject(new Error('disk')) }),
  );

  await rig.pass();

  expect(closed).toBe(1);
});

/** Changes the rig's writer, and its store if asked. */
function writerOf(change: (inner: Writer) => Writer, store: (store: Store) => Store = (same) => same) {
  rig.writer = change;
  return store;
}
