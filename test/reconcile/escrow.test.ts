import { describe, expect, test } from 'vitest';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { Faults } from '../simulator/faults.ts';
import { Office } from './office.ts';
import { refusing } from './refusing.ts';

const minute = 60_000;
const hour = 60 * minute;
const people = { ada: {}, ben: {} };

/** Everybody has an account but ben, whom the target refuses; `tries` has what it was asked for him. */
async function refusedOffice(): Promise<{ office: Office; tries: string[]; began: number }> {
  const office = await Office.open();
  const tries: string[] = [];
  office.hr(people);
  office.world.change = refusing(['ben'], tries);
  const began = office.world.time.now();
  await office.world.pass('staff');
  tries.length = 0;
  return { office, tries, began };
}

/** A pass so long after that moment. */
async function passAt(office: Office, moment: number, faults: Faults = {}) {
  await office.world.time.passes(moment - office.world.time.now());
  return (await office.world.pass('staff', faults)).outcome?.summary;
}

/** As if a person had asked for the pass. */
function asked(
  trigger: PassDeps['trigger'],
  then: (deps: PassDeps) => PassDeps,
): (deps: PassDeps) => PassDeps {
  return (deps) => ({ ...then(deps), trigger });
}

async function attemptsOf(office: Office): Promise<readonly number[]> {
  return (await office.world.store.escrow('staff')).map(({ attempts }) => attempts);
}

test('who is refused is tried again after 15 minutes, 1, 3 and 12 hours, and then every 12 hours', async () => {
  const { office, tries, began } = await refusedOffice();
  let next = began;
  for (const wait of [hour / 4, hour, 3 * hour, 12 * hour, 12 * hour]) {
    expect(await passAt(office, next + wait - minute)).toMatchObject({ result: 'failed-people' });
    expect(tries).toEqual([]);
    next += wait;
    expect(await passAt(office, next)).toMatchObject({ result: 'failed-people' });
    expect(tries.splice(0)).toEqual(['create ben']);
  }
  expect(await attemptsOf(office)).toEqual([6]);
});

test('the run says who waits, how often they were refused and until when', async () => {
  const { office, began } = await refusedOffice();
  await passAt(office, began + hour / 4);
  await passAt(office, began + hour);
  const [run] = await office.world.store.runs({ sync: 'staff', limit: 1 });
  const [ben] = await office.world.store.people(run?.id ?? '');
  expect(ben).toMatchObject({ personId: 'ben', outcome: 'not-sent', error: { reason: 'InEscrow' } });
  const until = new Date(began + hour / 4 + hour).toISOString();
  expect(ben?.error?.message).toContain('refused 2 times, the last time: Refused; tried again from');
  expect(new Date(/from (\S+) on/.exec(ben?.error?.message ?? '')?.[1] ?? '').toISOString()).toBe(until);
});

describe('is tried at once', () => {
  test('when the record changes', async () => {
    const { office, tries, began } = await refusedOffice();
    office.hr({ ben: { email: 'benjamin@example.test' } });
    await passAt(office, began + minute);
    expect(tries).toEqual(['create ben']);
    expect(await attemptsOf(office)).toEqual([1]);
  });

  test('when the spec changes', async () => {
    const { office, tries, began } = await refusedOffice();
    await office.revise({ phoneOnNull: 'clear' });
    await passAt(office, began + minute);
    expect(tries).toEqual(['create ben']);
    expect(await attemptsOf(office)).toEqual([1]);
  });

  test.each(['cli', 'request'] as const)('when a person asks for a pass: %s', async (trigger) => {
    const { office, tries, began } = await refusedOffice();
    office.world.change = asked(trigger, office.world.change);
    await passAt(office, began + minute);
    expect(tries).toEqual(['create ben']);
    expect(await attemptsOf(office)).toEqual([2]);
  });
});

test('disabling somebody who has left is tried in every pass', async () => {
  const office = await Office.open();
  const tries: string[] = [];
  office.hr(people);
  await office.pass();
  office.hr({ ben: { status: 'inactive' } });
  office.world.change = refusing(['ben'], tries);
  const began = office.world.time.now();
  for (const after of [0, 1, 2]) await passAt(office, began + after * minute);
  expect(tries).toEqual(['disable ben', 'disable ben', 'disable ben']);
  expect(await office.world.store.escrow('staff')).toEqual([]);
});

test('nor does it wait because it was refused before they left', async () => {
  const office = await Office.open({ outOfScope: 'disable' });
  const tries: string[] = [];
  office.hr({ ada: {}, ben: {}, cleo: {} });
  await office.pass();
  office.hr({ ben: { department: 'Board' } });
  office.world.change = refusing(['ben'], tries);
  const began = office.world.time.now();
  await passAt(office, began);
  await passAt(office, began + minute);
  expect(tries.splice(0)).toEqual(['disable ben']);
  office.hr({ ben: { status: 'inactive' } });
  await passAt(office, began + 2 * minute);
  expect(tries).toEqual(['disable ben']);
});

test('what needs a change that waits waits with it', async () => {
  const office = await Office.open();
  office.hr({ ada: { manager: 'boss' }, boss: {} });
  office.world.change = refusing(['boss']);
  const began = office.world.time.now();
  await passAt(office, began);
  expect(await passAt(office, began + minute)).toMatchObject({ result: 'failed-people' });
  expect(await office.outcomes()).toEqual([
    'create boss not-sent InEscrow',
    'update ada not-sent DependsOnFailed',
  ]);
  office.world.change = (deps) => deps;
  await passAt(office, began + hour / 4);
  expect(office.accountOf('ada')?.values['manager']).toBe(office.accountOf('boss')?.id);
});

test('a success ends it, and so does a change that is not planned any more', async () => {
  const { office, began } = await refusedOffice();
  office.hr({ cleo: {} });
  office.world.change = refusing(['cleo']);
  await passAt(office, began + hour / 4);
  expect((await office.world.store.escrow('staff')).map(({ change }) => change)).toEqual(['create/cleo']);
  office.world.sources.get('hr-staff')?.people.delete('cleo');
  expect(await passAt(office, began + hour / 4 + minute)).toMatchObject({ result: 'settled' });
  expect(await office.world.store.escrow('staff')).toEqual([]);
});

test.each([
  {
    how: 'in mode observe',
    look: (deps: PassDeps) => ({ ...deps, sync: { ...deps.sync, mode: 'observe' as const } }),
  },
  { how: 'while the kill switch is on', look: (deps: PassDeps) => ({ ...deps, killSwitch: true }) },
])('a pass that only looks changes nothing of it: $how', async ({ look }) => {
  const { office, tries, began } = await refusedOffice();
  const before = await office.world.store.escrow('staff');
  const refuse = office.world.change;
  office.world.change = (deps) => look(refuse(deps));
  office.world.sources.get('hr-staff')?.people.delete('ben');
  await passAt(office, began + hour);
  expect(tries).toEqual([]);
  expect(await office.world.store.escrow('staff')).toEqual(before);
});

test('a refusal counts in no window', async () => {
  const { office } = await refusedOffice();
  const counts = await office.world.store.windowCounts({ kind: 'installation' }, 0);
  expect(counts.map(({ class: of, count }) => [of, count])).toEqual([['create', 1]]);
});

test('a crash loses one escalation at the most', async () => {
  for (let at = 1; at < 16; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const { office, tries, began } = await refusedOffice();
      await passAt(office, began + hour / 4, { process: { kind: 'crash', at, when } });
      const [attempts = 0] = await attemptsOf(office);
      expect(1 + tries.length - attempts).toBeLessThanOrEqual(1);
      await passAt(office, began + 2 * hour);
      expect(tries.length).toBeGreaterThan(0);
      expect((await attemptsOf(office))[0]).toBeGreaterThanOrEqual(2);
    }
  }
});
