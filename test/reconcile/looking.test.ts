import { expect, test } from 'vitest';
import type { Faults } from '../simulator/faults.ts';
import { Office } from './office.ts';

test.each<{ name: string; faults: Faults; ends: string; sentence: RegExp }>([
  {
    name: 'the HR system breaks off at a page',
    faults: { source: { kind: 'page' } },
    ends: 'waiting Unreachable',
    sentence: /hr-staff.*503/,
  },
  {
    name: 'the HR system refuses the credential',
    faults: { source: { kind: 'stalled' } },
    ends: 'stalled Unauthorized',
    sentence: /hr-staff.*401/,
  },
  {
    name: 'the HR system lists fewer people than it counts',
    faults: { source: { kind: 'short' } },
    ends: 'waiting ShortList',
    sentence: /hr-staff.*total/,
  },
  {
    name: 'details of a person are still to be read',
    faults: { source: { kind: 'incomplete' } },
    ends: 'waiting ReadingIncomplete',
    sentence: /hr-staff: 1 of \d+ records are not read in full.*next pass/,
  },
  {
    name: 'the target breaks off at a page',
    faults: { target: 'page' },
    ends: 'waiting Unreachable',
    sentence: /lms.*502/,
  },
  {
    name: 'the target lists fewer accounts than it counts',
    faults: { target: 'short' },
    ends: 'waiting ShortList',
    sentence: /lms.*total/,
  },
])('when $name, nobody is written, one sentence says so, and the next pass mends it', async (one) => {
  const office = await Office.open();
  for (let number = 0; number < 13; number += 1) {
    office.stranger({ email: `b${number}@example.test`, login: `b${number}@example.test` });
  }
  for (let number = 0; number < 12; number += 1) office.hr({ [`b${number}`]: {} });
  const outcome = await office.pass(one.faults);
  const { result, reason, message } = outcome?.summary ?? {};
  expect(`${result} ${reason}`).toBe(one.ends);
  expect(message).toMatch(one.sentence);
  expect(message).not.toMatch(/\n|example\.test/);
  expect(office.wrote()).toEqual([]);
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toHaveLength(12);
});

test('another remote account behind the same name stops everything, and the sentence says both names', async () => {
  const office = await Office.open();
  office.hr({ ada: {} });
  office.world.change = ({ target, ...deps }) => ({
    ...deps,
    target: {
      ...target,
      connection: { ...target.connection, account: 'acme' },
      reader: { ...target.reader, account: async () => 'acme-test' },
    },
  });
  const outcome = await office.pass();
  expect(outcome?.summary).toMatchObject({ result: 'stalled', reason: 'AccountChanged' });
  expect(outcome?.summary.message).toMatch(/lms.*acme-test.*acme/);
  expect(office.wrote()).toEqual([]);
});

test.each([
  { name: 'a sync that only observes', rules: { mode: 'observe' as const }, killSwitch: false },
  { name: "the operator's kill switch", rules: {}, killSwitch: true },
])('$name plans everybody and writes to nobody', async ({ rules, killSwitch }) => {
  const office = await Office.open(rules);
  office.world.change = (deps) => ({ ...deps, killSwitch });
  office.stranger({ email: 'ben@example.test', login: 'ben' });
  office.hr({ ada: {}, ben: {} });
  const outcome = await office.pass();
  expect(outcome?.released).toEqual([]);
  expect(office.wrote()).toEqual([]);
  expect(await office.world.store.links('staff')).toEqual([]);
  expect((await office.world.store.syncState('staff')).firstPassDone).toBe(false);
});

test('while another process works on the target, this one waits for its turn', async () => {
  const office = await Office.open();
  office.hr({ ada: {} });
  // The pass comes an hour later, half a minute before this lease runs out.
  await office.world.store.acquireLease('target:lms', 'somebody else', 3_630_000);
  const outcome = await office.pass();
  expect(outcome?.summary).toMatchObject({ result: 'waiting', reason: 'TargetBusy' });
  expect(outcome?.retryAfterMs).toBeGreaterThan(0);
  expect(office.wrote()).toEqual([]);
});
