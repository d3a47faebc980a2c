import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('nobody takes an address from a person whose last write is still being looked for', async () => {
  rig.people = [person('ada'), person('ben')];
  rig.hold(account('ada'), account('ben'));
  await rig.pass();
  rig.people = [person('ada', { email: 'a@example.com' }), person('ben')];
  rig.fate = () => 'dropped';
  await rig.pass();
  rig.resolve = async () => ({ state: 'unknown' });
  rig.people = [person('ada', { email: 'a@example.com' }), person('ben', { email: 'ada@example.com' })];
  rig.log.length = 0;

  const outcome = await rig.pass();

  expect(rig.log).toEqual([]);
  expect(outcome.summary).toMatchObject({ result: 'failed-people' });
});

test('a person whose last write is still being looked for is named in the run', async () => {
  rig.people = [person('ada')];
  rig.hold(account('ada'));
  await rig.pass();
  rig.people = [person('ada', { first_name: 'Augusta' })];
  rig.fate = () => 'dropped';
  await rig.pass();
  rig.resolve = async () => ({ state: 'unknown' });

  const { run, summary } = await rig.pass();

  expect(summary).toMatchObject({ result: 'failed-people' });
  const people = await rig.store.people(run.id);
  expect(people.map(({ personId, outcome, error }) => [personId, outcome, error?.reason])).toEqual([
    ['ada', 'not-sent', 'StillUnknown'],
  ]);
});
