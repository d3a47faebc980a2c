import { expect, onTestFinished, test } from 'vitest';
import type { Order, Result } from '../../src/model/order.ts';
import type { CompiledSchedule, CompiledSpecs } from '../../src/spec/compiled.ts';
import { person } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { answering } from '../reconcile/refusing.ts';
import { House } from './house.ts';
import { byHand, peopleOps, specsOf } from './invented.ts';
import { hour, minute, start } from './rig.ts';

const specs = {
  ...specsOf('r1', [sync({ schedule: byHand, notify: [peopleOps.name] })]),
  channels: new Map([[peopleOps.name, { ...peopleOps, events: ['failure'] as const }]]),
};

/** Ada and ben are new; the answers to these tries are lost, and the creates with them. */
async function house(...lost: readonly number[]): Promise<House> {
  return await houseOf(specs, lost);
}

async function houseOf(compiled: CompiledSpecs, lost: readonly number[]): Promise<House> {
  const made = await new House(compiled, start).start();
  onTestFinished(async () => await made.stop());
  made.system('hr').hold(person('ada'), person('ben'));
  let tries = 0;
  made.change = (deps) => {
    const answers = answering(({ key, personId }: Order): Result | undefined => {
      if (personId !== 'ben' || !lost.includes((tries += 1))) return undefined;
      const error = { reason: 'AnswerLost', message: 'the connection was reset', fate: 'person' } as const;
      return { key, outcome: 'unknown', error };
    });
    const { target, ...rest } = answers(deps);
    const reader = { ...target.reader, resolve: async () => ({ state: 'not-done' }) as const };
    return { ...rest, target: { ...target, reader } };
  };
  return made;
}

test('what became of a write whose answer was lost is looked up a minute later, and nobody gets a mail', async () => {
  const lms = await house(1);
  const { summary } = await lms.daemon.request('staff');
  expect(summary).toMatchObject({ result: 'failed-people', reason: 'PeopleFailed' });
  await lms.clock.advance(hour);
  expect(lms.passes.map(({ trigger, at }) => [trigger, Math.round((at - start) / minute)])).toEqual([
    ['request', 0],
    ['retry', 1],
  ]);
  expect([...lms.system('lms').rows.keys()]).toEqual(['acc-ada', 'acc-ben']);
  expect(lms.mails).toEqual([]);
});

test('where the answer is lost again it comes back later each time, three times, and somebody is told, once', async () => {
  const lms = await house(1, 2, 3, 4);
  await lms.daemon.request('staff');
  await lms.clock.advance(24 * hour);
  const times = lms.passes.map(({ at }) => Math.round((at - start) / minute));
  expect(times).toHaveLength(4);
  expect(times[2]).toBeGreaterThanOrEqual(5);
  expect(times[3]).toBeGreaterThanOrEqual(17);
  expect(lms.mails).toEqual(['staff fails: PeopleFailed']);

  await lms.daemon.request('staff');
  await lms.clock.advance(hour);
  expect(lms.passes).toHaveLength(5);
  expect(lms.mails.slice(1)).toEqual(['staff fails: PeopleFailed: resolved']);
});

test('who has failed for another reason is told of at once', async () => {
  const lms = await house(1);
  lms.system('hr').hold({ ...person('cleo'), fault: 'no date' });
  await lms.daemon.request('staff');
  await lms.clock.advance(0);
  expect(lms.mails).toEqual(['staff fails: PeopleFailed']);
});

test('where the schedule comes before each next try somebody is told as well', async () => {
  const schedule: CompiledSchedule = {
    kind: 'every',
    everyMs: minute / 3,
    initialDelayMs: 0,
    jitterMs: 0,
    windows: { allow: [], deny: [] },
  };
  const staff = sync({ schedule, notify: [peopleOps.name] });
  const often = { ...specs, syncs: new Map([[staff.name, staff]]) };
  const lms = await houseOf(
    often,
    Array.from({ length: 100 }, (_, at) => at + 1),
  );
  await lms.clock.advance(10 * minute);
  expect(lms.passes.map(({ trigger }) => trigger)).not.toContain('retry');
  expect(lms.mails).toEqual(['staff fails: PeopleFailed']);
});
