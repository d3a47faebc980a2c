import { expect, onTestFinished, test } from 'vitest';
import type { CompiledConnection, CompiledSync } from '../../src/spec/compiled.ts';
import { untouched } from '../../src/store/queries/sync-states.ts';
import { everyFiveMinutes, mondays, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig, start } from './rig.ts';

/** Sunday noon to three. */
const freeze = { cron: '0 12 * * 0', timezone: 'UTC', durationMs: 3 * hour };
const frozen = { allow: [], deny: [freeze] };

let seen: string[];

async function running(sync: CompiledSync, firstPassDone = true): Promise<Rig> {
  const connection = { name: 'personio', digest: 'one', connector: 'test' } as CompiledConnection;
  const rig = new Rig(specsOf('r1', [sync], { connections: [connection] }));
  let sent = 0;
  rig.webhook = () => () => ({ kind: 'genuine', people: ['7'], id: String((sent += 1)) });
  rig.store.states.set('staff', {
    ...untouched,
    firstPassDone,
    activatedAt: start - hour,
    lastOccurrence: start - hour,
  });
  seen = [];
  rig.reconcile = async (name, _specs, trigger, _signal, _probes, { leaversOnly, only }) => {
    const at = (rig.clock.now() - start) / minute;
    const whom = only === undefined ? '' : ` ${[...only].join(' ')}`;
    seen.push(`${trigger} at ${at}${leaversOnly === true ? ', leavers only' : ''}${whom}`);
    return outcomeOf(name, { trigger, at: rig.clock.now() });
  };
  await rig.start();
  onTestFinished(() => rig.end());
  return rig;
}

test('in a closed window each time of the schedule does only what leavers need, and the rest follows when it opens', async () => {
  const hourly = { ...everyFiveMinutes, everyMs: hour, windows: frozen };
  const rig = await running(syncNamed('staff', { schedule: hourly }));
  await rig.clock.advance(3 * hour - minute);
  expect(seen).toEqual([
    'schedule at 0, leavers only',
    'schedule at 60, leavers only',
    'schedule at 120, leavers only',
  ]);
  seen.length = 0;
  await rig.clock.advance(2 * minute);
  expect(seen).toEqual(['schedule at 180']);
});

test('a person who asks need not wait for a window', async () => {
  const rig = await running(syncNamed('staff', { schedule: { ...mondays, windows: frozen } }));
  seen.length = 0;
  await rig.daemon.request('staff');
  expect(seen).toEqual(['request at 0']);
});

test('what a webhook says of somebody passes a closed window as far as they have left, and whole when it opens', async () => {
  const rig = await running(syncNamed('staff', { schedule: { ...mondays, windows: frozen } }));
  seen.length = 0;
  await rig.daemon.webhook('personio', { headers: {}, readBody: async () => new Uint8Array() });
  await rig.clock.advance(minute);
  expect(seen).toEqual([`webhook at ${5 / 60}, leavers only 7`]);
  await rig.clock.advance(3 * hour);
  expect(seen.slice(1)).toEqual(['webhook at 180 7']);
});

test('while everybody waits for the window, a webhook has only those looked at whom it names', async () => {
  const hourly = { ...everyFiveMinutes, everyMs: hour, windows: frozen };
  const rig = await running(syncNamed('staff', { schedule: hourly }));
  await rig.clock.advance(minute);
  seen.length = 0;
  for (let at = 0; at < 3; at += 1) {
    await rig.daemon.webhook('personio', { headers: {}, readBody: async () => new Uint8Array() });
    await rig.clock.advance(minute);
  }
  expect(seen.map((pass) => pass.replace(/at [\d.]+/, 'at any time'))).toEqual(
    Array.from({ length: 3 }, () => 'webhook at any time, leavers only 7'),
  );
});

test('who asks for one person has only that one looked at, though everybody waits for the window', async () => {
  const hourly = { ...everyFiveMinutes, everyMs: hour, windows: frozen };
  const rig = await running(syncNamed('staff', { schedule: hourly }));
  await rig.clock.advance(minute);
  seen.length = 0;
  await rig.daemon.request('staff', new Set(['4711']));
  expect(seen).toEqual(['request at 1 4711']);
});

test('before the first pass nobody can have left: the window is waited for', async () => {
  const rig = await running(
    syncNamed('staff', { schedule: { ...everyFiveMinutes, windows: frozen } }),
    false,
  );
  await rig.clock.advance(3 * hour - minute);
  expect(seen).toEqual([]);
  await rig.clock.advance(minute);
  expect(seen).toEqual(['schedule at 180']);
});
