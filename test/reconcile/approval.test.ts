import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { account, person } from '../plan/people.ts';
import { emailAttribute, mapped, reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** The store of a process that dies before any outcome is kept. */
function dying(store: Store): Store {
  return { ...store, settle: () => Promise.reject(new Error('killed')) };
}

test('an approval whose changes were made just before a crash releases nothing later', async () => {
  rig.people = [person('ada'), person('ben')];
  rig.hold(account('ada'), account('ben'));
  const limits = { leave: { floor: 0, fraction: 0 } };
  await rig.pass({ limits });
  rig.people = [person('ada', { status: 'inactive' }), person('ben')];
  const held = await rig.pass({ limits });
  rig.approve(held.summary.heldDigest ?? '');
  rig.around = dying;
  await rig.pass({ limits });
  rig.around = (store) => store;
  await rig.pass({ limits });
  expect(rig.log).toEqual(['disable ada']);

  // Somebody enables the account by hand: that is news, and the old approval says nothing of it.
  const row = rig.accounts.get('acc-ada');
  if (row !== undefined) rig.hold({ ...row, active: true });
  const later = await rig.pass({ limits });

  expect(rig.log).toEqual(['disable ada']);
  expect(later.held.map(({ change }) => change.id)).toEqual(['disable/ada']);
});

test('what was approved once and comes about again can be approved again', async () => {
  rig.people = [person('ada')];
  rig.hold(account('ada'));
  const limits = { leave: { floor: 0, fraction: 0 } };
  await rig.pass({ limits });
  rig.people = [person('ada', { status: 'inactive' })];
  const enable = () => {
    const row = rig.accounts.get('acc-ada');
    if (row !== undefined) rig.hold({ ...row, active: true });
  };
  const digests = new Set<string>();

  for (let time = 1; time <= 3; time += 1) {
    enable();
    const held = await rig.pass({ limits });
    const same = await rig.pass({ limits });
    expect(same.summary.heldDigest).toBe(held.summary.heldDigest);
    digests.add(held.summary.heldDigest ?? '');
    rig.approve(held.summary.heldDigest ?? '');
    await rig.pass({ limits });
    expect(rig.log).toHaveLength(time);
  }

  expect(digests.size).toBe(3);
});

test('an approval that has run out is not used up by what else is done to its people', async () => {
  const cleared = {
    attributes: [
      emailAttribute,
      mapped('phone', reads('phone'), { onNull: 'clear' }),
      mapped('first_name', reads('first_name')),
    ],
    limits: { clear: { floor: 0, fraction: 0 } },
  };
  rig.people = [person('ada', { phone: '110' })];
  rig.hold(account('ada', { phone: '110' }));
  await rig.pass(cleared);
  rig.people = [person('ada', { phone: null })];
  const digest = (await rig.pass(cleared)).summary.heldDigest ?? '';
  rig.approve(digest);
  rig.approvals = rig.approvals.map((yes) => ({ ...yes, expires: '2020-01-01T00:00:00Z' }));
  rig.people = [person('ada', { phone: null, first_name: 'Ada' })];

  await rig.pass(cleared);

  expect(rig.log).toEqual(['update ada']);
  expect((await rig.store.heldByDigest(digest, 'staff'))?.state).toBe('open');
  rig.approve(digest);
  expect((await rig.pass(cleared)).summary.result).toBe('applied');
});
