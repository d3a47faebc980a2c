import { expect, onTestFinished, test } from 'vitest';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import { planFor } from '../plan/summary.ts';
import { account, link, person } from '../plan/people.ts';
import { mondays, onActivation, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig, start } from './rig.ts';

const day = 24 * hour;
let seen: string[];

/** One sync that its schedule does not wake in these days, and what the store says that dates will bring. */
async function running(
  dues: readonly (readonly [personId: string, at: number])[],
  more: Partial<CompiledSync> = {},
): Promise<Rig> {
  const rig = new Rig(specsOf('r1', [syncNamed('staff', more)]));
  seen = [];
  keep(rig, dues);
  rig.reconcile = async (sync, _specs, trigger, _signal, _probes, { only }) => {
    const people = only === undefined ? 'everybody' : [...only].toSorted().join(' ');
    seen.push(`${trigger} ${new Date(rig.clock.now()).toISOString().slice(0, 16)}: ${people}`);
    // As a pass does: what was due is planned, or held, and not to come any more.
    rig.store.dues.set(
      sync,
      (rig.store.dues.get(sync) ?? []).filter(({ at }) => at > rig.clock.now()),
    );
    const partial = only === undefined ? {} : { partial: { people: only.size, notFound: 0 } };
    return outcomeOf(sync, { trigger, at: rig.clock.now(), summary: partial });
  };
  await rig.start();
  onTestFinished(() => rig.end());
  return rig;
}

function keep(rig: Rig, dues: readonly (readonly [personId: string, at: number])[]): void {
  rig.store.dues.set(
    'staff',
    dues.map(([personId, at]) => ({ personId, at, kind: 'disable' as const })),
  );
}

const left = (id: string, zone: string, lastDay: string) => person(id, { zone, lastDay });

test('when a date comes its person is looked at, whatever the schedule says', async () => {
  const rig = await running([['ada', start + 90 * minute]]);
  await rig.clock.advance(89 * minute);
  expect(seen).toEqual([]);
  await rig.clock.advance(minute);
  expect(seen).toEqual(['due 2026-11-22T13:30: ada']);
  await rig.clock.advance(5 * hour);
  expect(seen).toHaveLength(1);
});

test('people who are due within the same minute are looked at together, others when it is their time', async () => {
  const rig = await running([
    ['ada', start + hour],
    ['bob', start + hour + 59_000],
    ['eve', start + hour + 61_000],
  ]);
  await rig.clock.advance(2 * hour);
  expect(seen).toEqual(['due 2026-11-22T13:00: ada bob', 'due 2026-11-22T13:01: eve']);
});

test('the last day of people all over the world ends when it ends there, over days and changes of the clock', async () => {
  const people = [
    left('kiri', 'Pacific/Kiritimati', '2027-03-27'),
    left('beirut', 'Asia/Beirut', '2027-03-27'),
    left('berlin', 'Europe/Berlin', '2027-03-28'),
    left('apia', 'Pacific/Apia', '2027-03-28'),
    left('kabul', 'Asia/Kabul', '2027-03-28'),
  ];
  const now = Date.parse('2027-03-27T09:30:00Z');
  const { upcoming } = planFor({
    now,
    people,
    accounts: people.map(({ id }) => account(id)),
    links: people.map(({ id }) => link(id)),
  });
  const rig = await running([]);
  await rig.stop();
  await rig.clock.advance(now - start);
  rig.store.dues.set('staff', upcoming);
  await rig.start();
  await rig.clock.advance(38 * hour);
  expect(seen).toEqual([
    'due 2027-03-27T10:00: kiri',
    // The clocks of Beirut go forward at midnight: the day begins at one. Those of Berlin have, that morning.
    'due 2027-03-27T22:00: beirut',
    'due 2027-03-28T11:00: apia',
    'due 2027-03-28T19:30: kabul',
    'due 2027-03-28T22:00: berlin',
  ]);
});

test('moments that passed while no process ran are one pass, once', async () => {
  const rig = await running([]);
  await rig.stop();
  keep(rig, [
    ['ada', start + hour],
    ['bob', start + 3 * day],
  ]);
  await rig.clock.advance(4 * day);
  await rig.start();
  await rig.clock.advance(2 * hour);
  expect(seen).toEqual(['due 2026-11-26T12:00: ada bob']);
});

test('a moment wakes once, also where the pass could not keep another list', async () => {
  const rig = await running([['ada', start + hour]]);
  rig.reconcile = async (sync, _specs, trigger) => {
    seen.push(trigger);
    return outcomeOf(sync, {
      trigger,
      at: rig.clock.now(),
      summary: { result: 'stalled', reason: 'Forbidden' },
    });
  };
  await rig.clock.advance(3 * hour);
  expect(seen).toEqual(['due']);
});

test('a pass that has to wait is tried again for the same people', async () => {
  const rig = await running([['ada', start + hour]]);
  const inner = rig.reconcile;
  let failures = 2;
  rig.reconcile = async (sync, ...rest) => {
    const outcome = await inner(sync, ...rest);
    failures -= 1;
    return failures < 0
      ? outcome
      : outcomeOf(sync, { summary: { result: 'waiting', reason: 'Unreachable' } });
  };
  await rig.clock.advance(3 * hour);
  expect(seen.map((line) => line.replace(/ .*:/, ''))).toEqual(['due ada', 'retry ada', 'retry ada']);
});

test('a sync that only looks, and one that is suspended, are not woken', async () => {
  for (const more of [{ mode: 'observe' as const }, { suspend: { reason: 'audit', until: undefined } }]) {
    const rig = await running([['ada', start + hour]], more);
    await rig.clock.advance(3 * hour);
    expect(seen).toEqual([]);
  }
});

test('a list that another process has changed is seen within a minute', async () => {
  const rig = await running([['ada', start + 10 * hour]]);
  await rig.clock.advance(hour);
  keep(rig, [['bob', start + 2 * hour]]);
  await rig.clock.advance(3 * hour);
  expect(seen).toEqual(['due 2026-11-22T14:00: bob']);
});

test('a store that is away for a while costs no date', async () => {
  const rig = await running([['ada', start + hour]]);
  rig.store.away = new Error('disk');
  await rig.clock.advance(2 * hour);
  rig.store.away = undefined;
  await rig.clock.advance(5 * minute);
  expect(seen).toEqual([expect.stringMatching(/^due .*: ada$/)]);
});

test('a date that comes with the schedule is one pass over everybody', async () => {
  const rig = await running([['ada', start + 17 * hour]], { schedule: mondays });
  await rig.clock.advance(18 * hour);
  expect(seen).toEqual(['schedule 2026-11-23T05:00: everybody']);
});

test('status says when a date comes next', async () => {
  const rig = await running([['ada', start + hour]], { schedule: onActivation });
  expect((await rig.daemon.status()).syncs[0]?.nextDate).toBe(start + hour);
});
