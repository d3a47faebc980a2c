import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, person } from '../plan/people.ts';
import { emailAttribute, mapped, reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('an account and the references that follow its creation are one person to the limits', async () => {
  const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
  const fields = { attributes: [emailAttribute, manager], limits: { create: { atMost: 4 } } };
  rig.people = [person('ada', { supervisor: 'ben' }), person('ben', { supervisor: 'ada' })];
  await rig.pass(fields);
  rig.people = [
    ...rig.people,
    person('cleo', { supervisor: 'dora' }),
    person('dora', { supervisor: 'cleo' }),
  ];

  const second = await rig.pass(fields);

  expect(second.held).toEqual([]);
  expect(rig.log.filter((order) => order.startsWith('create'))).toHaveLength(4);
  const third = await rig.pass(fields);
  rig.people = [...rig.people, person('eve')];
  expect(third.summary.result).toBe('settled');
  expect((await rig.pass(fields)).held.map(({ change }) => change.id)).toEqual(['create/eve']);
});

test('an adoption that a crash cuts short counts at least once', async () => {
  rig.people = [person('ada')];
  rig.hold(account('ada'));
  const { store } = rig;
  rig.around = () => ({ ...store, recordCounts: () => Promise.reject(new Error('killed')) });
  await rig.pass();
  rig.around = (one) => one;
  await rig.pass();
  const counted = await store.windowCounts({ kind: 'sync', sync: 'staff' }, 0);
  expect(counted.map(({ class: of }) => of)).toEqual(['adopt']);
});
