import { expect, test } from 'vitest';
import { Waiting } from '../../src/model/error.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { Store } from '../../src/store/store.ts';
import { Office } from './office.ts';

const people = { ada: {}, ben: {}, cleo: {} };

test('a store that was lost makes no doubles and takes nothing away: everybody is known again', async () => {
  const office = await Office.open({}, 'file');
  office.hr(people);
  await office.pass();
  office.wrote();
  await office.world.loseStore();
  office.hr({ dora: {} });
  expect(await office.ends()).toBe('held FirstPass');
  expect(office.wrote()).toEqual([]);
  const links = await office.world.store.links('staff');
  expect(links.map(({ personId }) => personId)).toEqual(['ada', 'ben', 'cleo']);
  await office.approve();
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['create dora']);
});

test('a store that was lost takes nobody away, gives nobody back, and still disables who has left since', async () => {
  const office = await Office.open({ vanished: 'disable' }, 'file');
  office.hr({ ada: {}, gone: {}, leaver: {}, left: {}, away: {} });
  await office.pass();
  office.hr({ left: { status: 'inactive' } });
  await office.pass();
  office.wrote();
  await office.world.loseStore();
  office.world.sources.get('hr-staff')?.people.delete('gone');
  office.hr({ leaver: { status: 'inactive' }, away: { status: 'leave' } });
  for (let day = 0; day < 4; day += 1) {
    await office.pass();
    await office.world.time.passes(86_400_000);
  }
  expect(office.wrote()).toEqual(['disable leaver']);
  expect(await office.ends()).toBe('settled');
  expect(office.accountOf('gone')?.active).toBe(true);
  expect(office.accountOf('left')?.active).toBe(false);
  const links = await office.world.store.links('staff');
  expect(links.map(({ personId, state }) => `${personId} ${state}`)).toEqual([
    'ada active',
    'away active',
    'leaver tombstone',
  ]);
});

test.each<{ method: keyof Store; orders: number }>([
  { method: 'acquireLease', orders: 0 },
  { method: 'beginRun', orders: 0 },
  { method: 'openIntents', orders: 0 },
  { method: 'links', orders: 0 },
  { method: 'windowCounts', orders: 0 },
  { method: 'saveHeld', orders: 0 },
  { method: 'recordIntents', orders: 0 },
  { method: 'settle', orders: 3 },
  { method: 'recordPopulation', orders: 3 },
  { method: 'recordPeople', orders: 3 },
  { method: 'endRun', orders: 3 },
])(
  'where the store fails at $method, $orders orders are sent, and all is well once it is back',
  async (one) => {
    const office = await Office.open();
    office.hr(people);
    office.world.change = failing(one.method);
    const ends = await office.ends();
    expect(ends).toBe('waiting StoreUnavailable');
    expect(office.wrote()).toHaveLength(one.orders);
    office.world.change = (deps) => deps;
    expect(await office.ends()).toMatch(/applied|settled/);
    expect(office.wrote()).toHaveLength(3 - one.orders);
    expect((await office.world.store.links('staff')).map(({ state }) => state)).toEqual([
      'active',
      'active',
      'active',
    ]);
    expect(await office.ends()).toBe('settled');
  },
);

function failing(method: keyof Store): (deps: PassDeps) => PassDeps {
  return (deps) => ({
    ...deps,
    store: new Proxy(deps.store, {
      get: (store, name) => (name === method ? diskFull : Reflect.get(store, name)),
    }),
  });
}

async function diskFull(): Promise<never> {
  throw new Waiting('StoreUnavailable', 'the disk is full: make room');
}

test('somebody who is missing once stays, twice within two days stays, and waits for a yes after that', async () => {
  const office = await Office.open();
  office.hr(people);
  await office.pass();
  office.wrote();
  const source = office.world.sources.get('hr-staff');
  source?.people.delete('cleo');
  expect(await office.ends()).toBe('settled');
  expect(await office.ends()).toBe('settled');
  await office.world.time.passes(3 * 86_400_000);
  expect(await office.ends()).toBe('held Policy');
  expect(office.wrote()).toEqual([]);
  await office.approve();
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['disable cleo']);
});

test('a list that lacks half of the people for once takes nothing from anybody', async () => {
  const office = await Office.open({ vanished: 'disable' });
  office.hr(people);
  await office.pass();
  office.wrote();
  await office.pass({ source: { kind: 'half' } });
  await office.world.time.passes(3 * 86_400_000);
  expect(await office.ends()).toBe('settled');
  expect(office.wrote()).toEqual([]);
});
