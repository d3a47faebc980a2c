import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';

import type { Outcome, RunSummary } from '../../src/model/run.ts';
import type { CompiledConnection, CompiledSync } from '../../src/spec/compiled.ts';
import { sync } from '../plan/specs.ts';
import { House } from './house.ts';
import { everyFiveMinutes, mondays, outcomeOf, peopleOps, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig, start } from './rig.ts';

const gone: Partial<RunSummary> = { result: 'waiting', reason: 'Unreachable', message: 'no answer' };
const receipt = { pages: 1, records: 1, end: 'total reached', asOf: '2026-11-22T12:00:00Z' };
const seen = { source: receipt, targetReceipt: receipt };

function connection(name: string, more: Partial<CompiledConnection> = {}): CompiledConnection {
  return { name, connector: name, digest: 'one', suspend: undefined, ...more } as CompiledConnection;
}

function awayOutcome(name: string, away: string, summary: Partial<RunSummary> = {}): Outcome {
  return { ...outcomeOf(name, { summary: { ...gone, ...summary } }), away };
}

const writer = syncNamed('writer', { from: 'workday', to: 'scim' });
const reader = syncNamed('reader', { from: 'scim', to: 'lms' });
const wrote: RunSummary['changes'] = [{ kind: 'update', cause: 'data', outcome: 'applied', count: 1 }];

describe('a target that can be read but not written', () => {
  let rig: Rig;
  afterEach(async () => await rig.end());

  test('stays away while others only read it', async () => {
    const weekly = { ...reader, schedule: mondays };
    rig = await new Rig(specsOf('r1', [writer, weekly])).start();
    let broken = true;
    rig.reconcile = async (name) =>
      name === 'writer' && broken
        ? awayOutcome(name, 'scim', seen)
        : outcomeOf(name, { summary: { ...seen, changes: name === 'writer' ? wrote : [] } });
    const minutes = () =>
      rig.passes.map(({ sync: name, at }) => `${name} ${Math.round((at - start) / minute)}`);
    await rig.daemon.request('writer');
    await rig.clock.advance(30 * minute);
    await rig.daemon.request('reader');
    await rig.clock.advance(40 * minute);
    expect(minutes()).toEqual(['writer 0', 'writer 1', 'writer 6', 'writer 21', 'reader 30']);
    broken = false;
    await rig.clock.advance(20 * minute);
    expect(minutes().at(-1)).toBe('writer 81');
    expect((await rig.daemon.status()).queue).toEqual([]);
  });
});

describe('what a new revision does to a connection that is away', () => {
  let rig: Rig;
  afterEach(async () => await rig.end());

  const away = async () => await rig.metric('rosterd_connection_away');

  test.each<{ name: string; left: readonly CompiledSync[] }>([
    { name: 'removed', left: [reader] },
    {
      name: 'suspended',
      left: [{ ...writer, suspend: { reason: 'audit', until: undefined } }, reader],
    },
    { name: 'turned elsewhere', left: [{ ...writer, to: 'lms' }, reader] },
  ])('the only sync that could not write to it is $name: who can read it finds it back', async ({ left }) => {
    rig = await new Rig(specsOf('r1', [writer, reader])).start();
    rig.reconcile = async (name, specs) =>
      name === 'writer' && specs.syncs.get(name)?.to === 'scim'
        ? awayOutcome(name, 'scim', seen)
        : outcomeOf(name, { summary: seen });
    await rig.daemon.request('writer');
    expect(await away()).toContain('{connection="scim"} 1');
    await rig.push(specsOf('r2', left));
    await rig.clock.advance(minute);
    await rig.daemon.request('reader');
    expect(await away()).toContain('{connection="scim"} 0');
    expect(rig.ended).toEqual(['connection/scim/']);
  });

  test('a suspension lets it rest: it is not called away, and is probed at once when that is over', async () => {
    const staff = syncNamed('staff');
    const revision = (id: string, more: Partial<CompiledConnection>) =>
      specsOf(id, [staff], { connections: [connection('personio', more)] });
    rig = await new Rig(revision('r1', {})).start();
    rig.reconcile = async (name) => awayOutcome(name, 'personio');
    await rig.daemon.request('staff');
    await rig.clock.advance(2 * hour);
    await rig.push(revision('r2', { suspend: { reason: 'they move house', until: undefined } }));
    expect(await away()).toContain('{connection="personio"} 0');
    const [status] = (await rig.daemon.status()).connections;
    expect(status).toMatchObject({ nextProbe: null, conditions: [{ type: 'Suspended' }] });
    const before = rig.passes.length;
    await rig.push(revision('r3', {}));
    expect(rig.passes.length).toBe(before + 1);
  });

  test('a pass that began before it was taken out of the specs brings it back neither there nor in the metrics', async () => {
    const staff = syncNamed('staff', { from: 'personio', to: 'talentlms' });
    const other = syncNamed('other', { from: 'workday', to: 'scim' });
    rig = await new Rig(specsOf('r1', [staff, other])).start();
    rig.reconcile = async (name) => {
      await rig.clock.sleep(5 * minute);
      return awayOutcome(name, 'personio');
    };
    const pass = rig.daemon.request('staff');
    await rig.clock.advance(minute);
    await rig.push(specsOf('r2', [other]));
    await rig.clock.advance(5 * minute);
    expect((await pass).summary.result).toBe('waiting');
    expect(await away()).not.toContain('personio');
    expect(rig.failures).toEqual([]);
  });

  test('a system that is none of the sync’s own and is away is asked again after the usual back-off', async () => {
    rig = await new Rig(specsOf('r1', [syncNamed('staff')])).start();
    rig.reconcile = async (name) => (rig.passes.length < 50 ? awayOutcome(name, 'lookups') : outcomeOf(name));
    await rig.daemon.request('staff');
    await rig.clock.advance(7 * minute);
    expect(rig.passes.map(({ at }) => Math.round((at - start) / minute))).toEqual([0, 1, 6]);
  });
});

test('an absence that the store could not keep is told with the next probe, and its end with the next pass', async () => {
  const staff = sync({
    name: 'staff',
    from: 'hr',
    to: 'lms',
    direction: 'hr → lms',
    schedule: everyFiveMinutes,
    notify: [peopleOps.name],
  });
  const channels = new Map([[peopleOps.name, { ...peopleOps, events: ['failure'] as const }]]);
  const house = await new House({ ...specsOf('r1', [staff]), channels }, start).start();
  onTestFinished(async () => await house.stop());
  const broken = () => vi.spyOn(house.store, 'alerts').mockRejectedValue(new Error('disk is full'));
  await house.clock.advance(minute);
  const first = broken();
  house.system('hr').away = true;
  await house.clock.advance(6 * minute);
  expect(house.mails).toEqual([]);
  first.mockRestore();
  await house.clock.advance(hour);
  expect(house.mails).toEqual(['connection hr is away: Unreachable']);
  const second = broken();
  house.system('hr').away = false;
  await house.clock.advance(6 * minute);
  expect(house.mails).toHaveLength(1);
  second.mockRestore();
  await house.clock.advance(hour);
  expect(house.mails).toEqual([
    'connection hr is away: Unreachable',
    'The absence of connection hr: resolved',
  ]);
});
