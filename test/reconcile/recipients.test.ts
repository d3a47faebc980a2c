import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const told = (...to: readonly string[]) => ({
  knownRecipients: [{ channel: 'people-ops', attribute: 'email', to }],
});

test('a recipient whom an active account has is known, in whatever case the address is written', async () => {
  rig.people = [person('ada')];
  rig.hold(account('ada'));
  const outcome = await rig.pass(told('Ada@Example.com'));
  expect([outcome.unknownRecipients, outcome.summary.watch]).toEqual([undefined, undefined]);
});

test('who has no account, or one that is deactivated, is not mailed; the run says how many, and no address', async () => {
  rig.people = [person('ada'), person('ben', { status: 'left' })];
  rig.hold(account('ada'), account('ben', {}, { active: false }));
  const { unknownRecipients, summary } = await rig.pass(
    told('ada@example.com', 'ben@example.com', 'zoe@example.com'),
  );
  expect(unknownRecipients?.get('people-ops')).toEqual(['ben@example.com', 'zoe@example.com']);
  expect(summary.watch).toEqual([
    'channel people-ops: 2 of 3 recipients have no active account in lms ("email") and get no mail',
  ]);
});
