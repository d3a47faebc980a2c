import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, person } from '../plan/people.ts';
import { emailAttribute, mapped, reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('a reference that follows an adoption without a write is remembered', async () => {
  const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
  await rig.pass();
  rig.people = [person('ada', { supervisor: 'ben' }), person('ben')];
  rig.hold(account('ada'));
  await rig.pass({ attributes: [emailAttribute, mapped('first_name', reads('first_name')), manager] });

  const [ada] = await rig.store.links('staff');

  expect(rig.log).toEqual(['create ben', 'update ada']);
  expect(ada?.applied).toContain('manager=');
  expect(ada?.writtenAt).not.toBeNull();
});
