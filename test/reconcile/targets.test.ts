import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, person, stranger } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('a sync that is pointed at another system leaves accounts that happen to have the same ids alone', async () => {
  rig.people = [person('ada'), person('ben')];
  rig.hold(account('ada'), account('ben'));
  await rig.pass({ to: 'sandbox' });
  rig.accounts.clear();
  rig.hold(stranger('zoe', {}, { id: 'acc-ada' }), stranger('yan', {}, { id: 'acc-ben' }));
  rig.people = [person('ada', { status: 'inactive' }), person('ben', { first_name: 'Benno' })];
  rig.log.length = 0;

  await rig.pass({ to: 'production' });

  expect(rig.log).toEqual([]);
});

test('the first pass into another system holds creates as the first pass of all does', async () => {
  rig.people = [person('ada')];
  await rig.pass({ to: 'sandbox' });
  rig.accounts.clear();
  rig.hold(stranger('zoe'));
  rig.log.length = 0;

  const first = await rig.pass({ to: 'production' });
  const second = await rig.pass({ to: 'production' });

  expect(rig.log).toEqual([]);
  expect(first.summary.message).toContain('first pass');
  expect(first.held.map(({ reason }) => reason)).toEqual(['FirstPass']);
  expect(second.held.map(({ reason }) => reason)).toEqual(['FirstPass']);
});

test('links in the system that a sync wrote to before do not count as its population', async () => {
  rig.people = [person('ada'), person('ben')];
  await rig.pass({ to: 'sandbox' });
  rig.accounts.clear();
  rig.people = [person('ben')];

  await rig.pass({ to: 'production' });

  expect((await rig.store.owners('production')).size).toBe(1);
  expect(rig.log).toEqual(['create ada', 'create ben', 'create ben']);
});
