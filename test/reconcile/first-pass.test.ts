import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Writer } from '../../src/connectors/connector.ts';
import { person, stranger } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** The account is made, its answer is lost, and the target wants no more now. */
function breaking(inner: Writer): Writer {
  return {
    ...inner,
    async *apply(orders, signal) {
      for await (const result of inner.apply(orders, signal)) {
        const error = { reason: 'Away', message: 'away', fate: 'waiting', retryAfterMs: 60_000 } as const;
        yield { ...result, outcome: 'unknown', error };
      }
    },
  };
}

/** A first pass that ends at ada's account, of which cannot be told yet what became. */
async function firstPassBreaksOff(): Promise<void> {
  rig.people = [person('ada'), person('ben')];
  rig.writer = breaking;
  expect((await rig.pass()).summary.result).toBe('waiting');
  rig.writer = (inner) => inner;
  rig.resolve = async () => ({ state: 'unknown' });
}

test('an account that we have begun is no stranger: the next pass makes the others', async () => {
  await firstPassBreaksOff();
  const { summary } = await rig.pass();
  expect([summary.held, summary.people.unlinked]).toEqual([0, 1]);
  expect(rig.log).toEqual(['create ada', 'create ben']);
});

test('beside one that we have begun, a stranger still is one', async () => {
  await firstPassBreaksOff();
  rig.hold(stranger('zoe'));
  expect((await rig.pass()).summary).toMatchObject({ result: 'held', reason: 'FirstPass' });
  expect(rig.log).toEqual(['create ada']);
});

test('another sync’s create into the same target says nothing for this one', async () => {
  await firstPassBreaksOff();
  const { summary } = await rig.pass({ name: 'interns' });
  expect(summary).toMatchObject({ result: 'held', reason: 'FirstPass' });
  expect(rig.log).toEqual(['create ada']);
});
