import { afterEach, beforeEach, expect, test } from 'vitest';
import { storedHeldList } from '../../src/reconcile/held-list.ts';
import { account, person, stranger } from '../plan/people.ts';
import { emailAttribute, mapped, reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const asks = { name: 'staff', approval: 'on-breach' } as const;
const noOneLeaves = { leave: { floor: 0, fraction: 0 } };

test('who decides reads who is held, why, since when, what waits for it and what releases it; no value', async () => {
  rig.hold(account('ada'), stranger('zoe'));
  rig.people = [person('ada', { supervisor: 'ben' }), person('ben')];
  const fields = { attributes: [emailAttribute, manager] };
  const { summary } = await rig.pass(fields);
  const since = rig.now();
  rig.later(3_600_000);
  await rig.pass(fields);

  const held = await storedHeldList(asks, rig.store);

  expect(held).toMatchObject({
    digest: summary.heldDigest,
    since,
    release: `rosterd approve ${summary.heldDigest?.slice(0, 12)}`,
    count: 2,
  });
  expect(
    held?.items.map(({ id, reason, class: of, needs, dependents }) => ({
      id,
      reason,
      of,
      needs,
      dependents,
    })),
  ).toEqual([
    { id: 'create/ben', reason: 'FirstPass', of: 'create', needs: [], dependents: ['update/ada/references'] },
    { id: 'update/ada/references', reason: 'DependsOnHeld', of: null, needs: ['create/ben'], dependents: [] },
  ]);
  expect(JSON.stringify(held)).not.toContain('@');
  expect((await storedHeldList(asks, rig.store, 1))?.items).toHaveLength(1);
});

test('nothing held is nothing to list', async () => {
  expect(await storedHeldList(asks, rig.store)).toBeNull();
});

test.each([
  { name: 'too few would remain', fields: { minimumActive: 2 }, asks },
  {
    name: 'the sync never asks',
    fields: { limits: noOneLeaves },
    asks: { ...asks, approval: 'never' } as const,
  },
])('no approval is offered where none would help: $name', async ({ fields, asks: policy }) => {
  rig.people = [person('ada'), person('ben')];
  rig.hold(account('ada'), account('ben'));
  await rig.pass();
  rig.people = [person('ada'), person('ben', { status: 'inactive' })];
  const { summary } = await rig.pass({ ...fields, approval: policy.approval });
  expect(summary).toMatchObject({ result: 'held', held: 1, unreleasable: true });
  expect(summary.message).not.toContain('rosterd approve');
  expect((await storedHeldList(policy, rig.store))?.release).toBeNull();
});

test('everybody held in a run is kept with the reason, the class and the attribute', async () => {
  rig.people = [person('ada', { phone: '1' })];
  const phone = mapped('phone', reads('phone'), { onNull: 'clear' });
  const fields = { attributes: [emailAttribute, phone], limits: { clear: { floor: 0, fraction: 0 } } };
  await rig.pass(fields);
  rig.people = [person('ada')];
  const { run } = await rig.pass(fields);
  const [ada] = await rig.store.people(run.id);
  expect(ada?.hold).toEqual({ reason: 'LimitReached', class: 'clear', attribute: 'phone' });
});

test('a run names the approvals that lie in Git for nothing, with their file', async () => {
  rig.people = [person('ada'), person('ben')];
  rig.hold(account('ada'), account('ben'));
  await rig.pass({ limits: noOneLeaves });
  rig.people = [person('ada', { status: 'inactive' }), person('ben')];
  const first = await rig.pass({ limits: noOneLeaves });
  expect(first.summary.idleApprovals).toBeUndefined();
  rig.people = [person('ada', { status: 'inactive' }), person('ben', { status: 'inactive' })];
  await rig.pass({ limits: noOneLeaves });
  rig.approve(first.summary.heldDigest ?? '');

  const idle = async () => {
    const { summary } = await rig.pass({ limits: noOneLeaves });
    return summary.idleApprovals?.map(({ file, reason }) => `${file}: ${reason}`);
  };
  expect(await idle()).toEqual(['specs/yes.yaml: UsedUp']);
  expect(rig.log).toEqual(['disable ada']);
  rig.approve('f'.repeat(64));
  expect(await idle()).toEqual(['specs/yes.yaml: Unknown']);
  expect((await rig.store.runs({ limit: 1 }))[0]?.summary?.idleApprovals).toHaveLength(1);
});
