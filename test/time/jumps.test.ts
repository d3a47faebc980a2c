import { expect, onTestFinished, test } from 'vitest';
import type { Writer } from '../../src/connectors/connector.ts';
import { person } from '../plan/people.ts';
import { withThen } from '../plan/specs.ts';
import { noon } from '../plan/columns.ts';
import { Rig } from '../reconcile/rig.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How far a wall clock may be set, from one moment to the next (ms). */
const jumps = [
  { name: 'a day ahead', ms: day },
  { name: 'an hour back', ms: -hour },
  { name: 'a day back', ms: -day },
  { name: 'to 1970', ms: -noon },
];
const back = jumps.filter(({ ms }) => ms < 0);
const ids = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];

/** Seven people, all linked. */
async function openRig(): Promise<Rig> {
  const rig = await Rig.open();
  onTestFinished(() => rig.close());
  rig.people = ids.map((id) => person(id));
  expect((await rig.pass()).summary.result).toBe('applied');
  expect((await rig.pass()).summary.result).toBe('settled');
  rig.log.length = 0;
  return rig;
}

test.each(jumps)('a clock that goes $name between two passes has nothing written', async ({ ms }) => {
  const rig = await openRig();
  for (const step of [ms, -ms]) {
    rig.later(step);
    expect((await rig.pass()).summary).toMatchObject({ result: 'settled', held: 0 });
  }
  expect(rig.log).toEqual([]);
});

test.each(jumps)('a clock that goes $name within a pass loses and repeats nothing', async ({ ms }) => {
  const rig = await openRig();
  rig.people = [...rig.people, person('new1'), person('new2')];
  rig.writer = (inner: Writer): Writer => ({
    ...inner,
    async *apply(orders, signal) {
      for await (const result of inner.apply(orders, signal)) {
        if (rig.log.length === 1) rig.later(ms);
        yield result;
      }
    },
  });
  expect((await rig.pass()).summary.result).toBe('applied');
  rig.writer = (inner) => inner;
  expect((await rig.pass()).summary.result).toBe('settled');
  rig.later(-ms);
  expect((await rig.pass()).summary.result).toBe('settled');
  expect(rig.log).toEqual(['create new1', 'create new2']);
  expect(await rig.store.openIntents('lms')).toEqual([]);
});

test.each(back)('a clock that goes $name gives no new room for leavers', async ({ ms }) => {
  const rig = await openRig();
  rig.people = ids.map((id, at) => person(id, at < 5 ? { status: 'inactive' } : {}));
  expect((await rig.pass()).summary.result).toBe('applied');
  expect(rig.log).toHaveLength(5);
  rig.later(ms);
  rig.people = ids.map((id) => person(id, { status: 'inactive' }));
  expect((await rig.pass()).summary).toMatchObject({ result: 'held', held: 2 });
  expect(rig.log).toHaveLength(5);
});

test.each(back)(
  'who is missing while the clock goes $name is not gone for longer than that',
  async ({ ms }) => {
    const rig = await openRig();
    const policy = withThen({ vanished: 'disable' });
    rig.people = rig.people.slice(1);
    for (const step of [0, ms, hour, hour, -ms, hour]) {
      rig.later(step);
      expect((await rig.pass(policy)).summary.result).toBe('settled');
    }
    expect(rig.log).toEqual([]);
    rig.later(7 * day);
    await rig.pass(policy);
    expect(rig.log).toEqual(['disable p1']);
  },
);

test('an account that is missing while the clock goes back is not made anew', async () => {
  const rig = await openRig();
  const lost = [...rig.accounts.keys()][0] ?? '';
  rig.accounts.delete(lost);
  rig.later(-day);
  for (let times = 0; times < 3; times += 1) await rig.pass();
  expect(rig.log).toEqual([]);
});

test.each([day, 30 * day, noon])(
  'who was refused waits no longer because the clock goes back (%i ms)',
  async (ms) => {
    const rig = await openRig();
    const scheduled = { trigger: 'schedule' } as const;
    rig.people = [...rig.people, person('new')];
    rig.fate = () => 'rejected';
    await rig.pass({}, scheduled);
    expect(rig.log).toEqual(['create new']);
    await rig.pass({}, scheduled);
    expect(rig.log).toHaveLength(1);
    rig.fate = () => 'applied';
    rig.later(-ms);
    await rig.pass({}, scheduled);
    expect(rig.log).toEqual(['create new', 'create new']);
  },
);

test('a pass takes as long as the steady clock says, whatever the wall clock does meanwhile', async () => {
  const rig = await openRig();
  const metrics = createMetrics();
  const telemetry = { log: createLogger({ level: 'silent' }), metrics };
  let steady = 0;
  const clock = {
    now: () => rig.now(),
    monotonic: () => (steady += 1),
    sleep: rig.clock.sleep.bind(rig.clock),
  };
  rig.around = (store) => ({
    ...store,
    beginRun: async (run) => {
      rig.later(day);
      await store.beginRun(run);
    },
  });
  await rig.pass({}, { telemetry, clock });
  const { values } = await metrics.passSeconds.get();
  const sum = values.find(({ metricName }) => metricName?.endsWith('_sum'))?.value;
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThan(1);
});
