import { expect, test } from 'vitest';
import type { Order, Result } from '../../src/model/order.ts';
import { account, person } from '../plan/people.ts';
import { Office } from './office.ts';
import { answering } from './refusing.ts';
import { Rig } from './rig.ts';

const minute = 60_000;

/** Creating ben ends at the account of this person, as in a target that takes a create for an update. */
function endsAt(office: Office, whose: string) {
  return answering(({ key, kind, personId }: Order): Result | undefined => {
    if (kind !== 'create' || personId !== 'ben') return undefined;
    const accountId = office.accountOf(whose)?.id;
    return accountId === undefined ? undefined : { key, outcome: 'applied', accountId };
  });
}

test("a create that ends at somebody else's account is that person's fault alone", async () => {
  const office = await Office.open({}, 'file');
  office.hr({ ada: {} });
  await office.pass();
  office.hr({ ben: {}, cleo: {}, dora: { manager: 'ben' } });
  office.world.change = endsAt(office, 'ada');

  expect(await office.ends()).toBe('failed-people PeopleFailed');

  expect((await office.outcomes()).toSorted()).toEqual([
    'create ben failed AccountTaken',
    'create cleo applied',
    'create dora applied',
    'update dora not-sent DependsOnFailed',
  ]);
  const links = await office.world.store.links('staff');
  expect(links.map(({ personId, accountId }) => [personId, accountId])).toEqual(
    ['ada', 'cleo', 'dora'].map((id) => [id, office.accountOf(id)?.id]),
  );
  expect(office.accountOf('dora')?.values['manager']).toBeUndefined();
  expect(await office.world.store.openIntents('lms')).toEqual([]);
  const [run] = await office.world.store.runs({ sync: 'staff', limit: 1 });
  const ben = (await office.world.store.people(run?.id ?? '')).find(({ personId }) => personId === 'ben');
  expect(ben?.error?.message).toContain('the account of person ada (sync staff)');
});

test('it is tried again like a refusal, and all is well once the target tells the two apart', async () => {
  const office = await Office.open();
  office.hr({ ada: {}, ben: {} });
  office.hr({ ben: { status: 'inactive' } });
  await office.pass();
  office.wrote();
  office.hr({ ben: { status: 'active' } });
  office.world.change = endsAt(office, 'ada');
  await office.pass();
  await office.world.time.passes(minute);
  await office.world.pass('staff');
  expect(await office.outcomes()).toEqual(['create ben not-sent InEscrow']);
  office.world.change = (deps) => deps;
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['create ben']);
  expect(await office.ends()).toBe('settled');
  expect(await office.world.store.escrow('staff')).toEqual([]);
});

test('an account that this very pass adopts for one is not given to another, whoever comes first', async () => {
  const office = await Office.open();
  await office.pass();
  const known = office.stranger({ email: 'zoe@example.test', login: 'zoe@example.test', hris_id: 'zoe' });
  office.hr({ ben: {}, zoe: { manager: 'ben' } });
  office.world.change = endsAt(office, 'zoe');
  await office.pass();
  const links = await office.world.store.links('staff');
  expect(links.map(({ personId, accountId }) => [personId, accountId])).toEqual([['zoe', known.id]]);
  expect(await office.outcomes()).toContain('create ben failed AccountTaken');
});

test('nor is one whose adoption waits for an approval', async () => {
  const rig = await Rig.open();
  try {
    await rig.pass();
    rig.people = [person('ben'), person('zoe')];
    rig.hold(account('zoe'));
    rig.writer = (inner) => ({
      ...inner,
      async *apply(orders) {
        for await (const { key } of orders) yield { key, outcome: 'applied', accountId: 'acc-zoe' };
      },
    });
    const { held } = await rig.pass({ limits: { adopt: { atMost: 0 } } });
    expect(held.map(({ change }) => change.id)).toEqual(['adopt/zoe']);
    expect(await rig.store.links('staff')).toEqual([]);
    await rig.pass({ limits: {} });
    expect((await rig.store.links('staff')).map(({ personId }) => personId)).toEqual(['zoe']);
  } finally {
    await rig.close();
  }
});

test("a write that is found out later to have ended at somebody else's account stalls nobody", async () => {
  const rig = await Rig.open();
  try {
    rig.people = [person('ada')];
    rig.hold(account('ada'));
    await rig.pass();
    rig.people = [person('ada'), person('ben')];
    rig.fate = () => 'dropped';
    await rig.pass();
    const [ada] = await rig.store.links('staff');
    rig.resolve = async () => ({ state: 'done', accountId: ada?.accountId ?? '' });
    rig.fate = () => 'applied';
    rig.people = [person('ada'), person('cleo')];

    expect((await rig.pass()).summary).toMatchObject({ result: 'applied' });

    expect(await rig.store.openIntents('lms')).toEqual([]);
    expect((await rig.store.links('staff')).map(({ personId }) => personId)).toEqual(['ada', 'cleo']);
  } finally {
    await rig.close();
  }
});
