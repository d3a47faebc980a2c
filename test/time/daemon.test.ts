import { afterEach, expect, test } from 'vitest';
import type { CompiledSchedule } from '../../src/spec/compiled.ts';
import { mondays, outcomeOf, specsOf, syncNamed } from '../daemon/invented.ts';
import { hour, minute, Rig, start } from '../daemon/rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const day = 24 * hour;
const staff = syncNamed('staff', { schedule: mondays });
const everyDay: CompiledSchedule = {
  kind: 'cron',
  cron: '0 5 * * *',
  timezone: 'UTC',
  jitterMs: 0,
  windows: { allow: [], deny: [] },
};
const nightly = syncNamed('staff', { schedule: everyDay });
const jumps = [
  { name: 'an hour back', ms: -hour },
  { name: 'a day back', ms: -day },
  { name: 'to 1970', ms: -start },
];

test.each(jumps)(
  'a clock that goes $name does not put off the next try of a pass that failed',
  async ({ ms }) => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async (sync) => outcomeOf(sync, { summary: { result: 'waiting', reason: 'Timeout' } });
    await rig.daemon.request('staff');
    await rig.clock.advance(30_000);
    rig.clock.jump(ms);
    await rig.clock.advance(2 * minute);
    expect(rig.passes.map(({ trigger }) => trigger)).toEqual(['request', 'retry']);
  },
);

test('a moment that the other side named is kept under a clock that goes back', async () => {
  rig = await new Rig(specsOf('r1', [staff])).start();
  rig.reconcile = async (sync) =>
    outcomeOf(sync, { summary: { result: 'waiting', reason: 'Throttled' }, retryAfterMs: 20 * minute });
  await rig.daemon.request('staff');
  rig.clock.jump(-day);
  await rig.clock.advance(19 * minute);
  expect(rig.passes).toHaveLength(1);
  await rig.clock.advance(2 * minute);
  expect(rig.passes).toHaveLength(2);
});

test.each([...jumps, { name: 'a day ahead', ms: day }])(
  'a clock that goes $name and is set right again has no day passed over, and none done twice at once',
  async ({ ms }) => {
    rig = await new Rig(specsOf('r1', [nightly])).start();
    await rig.clock.advance(18 * hour);
    expect(rig.passes).toHaveLength(1);
    rig.clock.jump(ms);
    await rig.clock.advance(hour);
    rig.clock.jump(-ms);
    const before = rig.passes.length;
    expect(before).toBeLessThanOrEqual(2);
    await rig.clock.advance(day);
    // The occurrence of a day ahead is not done again when that day comes.
    expect(rig.passes.length - before).toBe(ms === day ? 0 : 1);
  },
);
