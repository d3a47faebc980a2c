import { onTestFinished, expect, test } from 'vitest';

import type { Writer } from '../../src/connectors/connector.ts';
import { FakeClock } from '../fake-clock.ts';
import { noon } from '../plan/columns.ts';
import { person } from '../plan/people.ts';
import { Rig } from './rig.ts';

const minute = 60_000;
const passLimitMs = 10 * minute;

async function openRig(people = 5): Promise<Rig> {
  const rig = await Rig.open();
  onTestFinished(() => rig.close());
  rig.people = Array.from({ length: people }, (_, at) => person(`p${at}`));
  return rig;
}

/** A target that needs four minutes for each order. */
function slow(clock: FakeClock, inner: Writer): Writer {
  return {
    ...inner,
    async *apply(orders, signal) {
      for await (const result of inner.apply(orders, signal)) {
        await clock.advance(4 * minute);
        yield result;
      }
    },
  };
}

test('a pass that takes longer than its limit ends between two people, and the next one does the rest', async () => {
  const rig = await openRig();
  const clock = new FakeClock(noon);
  rig.writer = (inner) => slow(clock, inner);
  const first = await rig.pass({}, { clock, passLimitMs });
  expect(first.summary).toMatchObject({ result: 'waiting', reason: 'PassTooLong' });
  expect(first.summary.message).toContain('took longer than 10 min');
  expect(first.away).toBeUndefined();
  expect(rig.log).toHaveLength(3);
  expect(await rig.store.openIntents('lms')).toEqual([]);
  expect(clock.sleeping).toBe(0);

  rig.writer = (inner) => inner;
  const second = await rig.pass({}, { clock, passLimitMs });
  expect(second.summary.result).toBe('applied');
  expect(rig.log.toSorted()).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'].map((id) => `create ${id}`));
});

test('a planning that takes longer than the limit is ended as well', async () => {
  const rig = await openRig(2000);
  const clock = new FakeClock(noon);
  const over = Promise.withResolvers<void>();
  let looks: number | undefined;
  const { summary } = await rig.pass(
    {},
    {
      passLimitMs,
      progress: ({ step }) => (looks = step === 'plan' ? 0 : undefined),
      clock: {
        now: () => clock.now(),
        sleep: async (ms, signal) => await (ms === passLimitMs ? over.promise : clock.sleep(ms, signal)),
        // Each look at it while people are planned is another minute.
        monotonic() {
          if (looks === undefined) return clock.monotonic();
          looks += 1;
          if (looks * minute >= passLimitMs) over.resolve();
          return looks * minute;
        },
      },
    },
  );
  expect(summary).toMatchObject({ result: 'waiting', reason: 'PassTooLong' });
  expect(summary.people).toEqual({});
  expect(rig.log).toEqual([]);
});
