import { afterEach, beforeEach, expect, test } from 'vitest';
import { person } from '../plan/people.ts';
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
