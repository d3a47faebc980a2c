import { afterEach, expect, test } from 'vitest';
import type { CompiledSchedule } from '../../src/spec/compiled.ts';
import { onActivation, specsOf, syncNamed } from './invented.ts';
import { hour, Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const windows = { allow: [], deny: [] };
const every = (everyMs: number, initialDelayMs: number): CompiledSchedule => ({
  kind: 'every',
  everyMs,
  initialDelayMs,
  jitterMs: 0,
  windows,
});

/** HR is looked at every two hours; what people do on the platform comes twelve hours later, and then once a day. */
const staff = syncNamed('staff', { from: 'hr', to: 'lms', schedule: every(2 * hour, 0) });
const back = (schedule: CompiledSchedule) => syncNamed('back', { from: 'lms', to: 'hr', schedule });

const momentsOf = (name: string) =>
  rig.passes.filter(({ sync }) => sync === name).map(({ at }) => (at - start) / hour);

test('the direction into HR runs twelve hours after it was activated and every day from then on, the other at its own pace', async () => {
  rig = await new Rig(specsOf('r1', [staff, back(every(24 * hour, 12 * hour))])).start();
  await rig.clock.advance(37 * hour);
  expect(momentsOf('back')).toEqual([12, 36]);
  expect(momentsOf('staff').length).toBe(19);
});

test('a restart does not begin the twelve hours anew', async () => {
  rig = await new Rig(specsOf('r1', [staff, back(every(24 * hour, 12 * hour))])).start();
  await rig.clock.advance(6 * hour);
  await rig.restart();
  await rig.clock.advance(7 * hour);
  expect(momentsOf('back')).toEqual([12]);
});

test('by hand it runs once when it is activated, and then when somebody asks', async () => {
  rig = await new Rig(specsOf('r1', [staff, back(onActivation)])).start();
  await rig.clock.advance(24 * hour);
  expect(momentsOf('back')).toEqual([0]);
  await rig.daemon.request('back');
  expect(momentsOf('back')).toEqual([0, 24]);
});
