import { expect, test } from 'vitest';
import { Office } from './office.ts';

const leavers = ['ada', 'ben', 'cleo', 'dora'] as const;
const everybody = Object.fromEntries(leavers.map((id) => [id, {}]));

test('the first pass into a target with strangers adopts at once and makes nobody new before a yes', async () => {
  const office = await Office.open();
  office.stranger({ email: 'ada@example.test', login: 'ada@example.test' });
  office.stranger({ email: 'zoe@example.test', login: 'zoe@example.test' });
  office.hr({ ada: {}, ben: {} });
  expect(await office.ends()).toBe('held FirstPass');
  expect(office.wrote()).toEqual(['update ada']);
  expect(await office.ends()).toBe('held FirstPass');
  expect(office.wrote()).toEqual([]);

  await office.approve();
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['create ben']);
  office.hr({ cleo: {} });
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['create cleo']);
});

test('the first pass into an empty target makes everybody', async () => {
  const office = await Office.open();
  office.hr(everybody);
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(leavers.map((id) => `create ${id}`));
  expect(await office.ends()).toBe('settled');
});

test('more leavers than allowed wait together, a yes lets them go, and movers go on meanwhile', async () => {
  const office = await Office.open();
  office.hr({ ...everybody, finn: {} });
  await office.pass();
  office.wrote();
  office.hr({
    ...Object.fromEntries(leavers.map((id) => [id, { status: 'inactive' }])),
    finn: { phone: '+49 2' },
  });
  expect(await office.ends()).toBe('held LimitReached');
  expect(office.wrote()).toEqual(['update finn']);
  await office.approve();
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(leavers.map((id) => `disable ${id}`));
  expect(await office.ends()).toBe('settled');
});

test('a yes counts once: who is enabled by hand afterwards waits for another', async () => {
  const office = await Office.open();
  office.hr(everybody);
  await office.pass();
  office.hr(Object.fromEntries(leavers.map((id) => [id, { status: 'inactive' }])));
  await office.pass();
  await office.approve();
  await office.pass();
  office.wrote();
  const { accounts } = office.world.target;
  for (const account of accounts.values()) accounts.set(account.id, { ...account, active: true });
  expect(await office.ends()).toBe('held LimitReached');
  expect(office.wrote()).toEqual([]);
});

test('a yes to what has changed meanwhile releases nothing of it', async () => {
  const office = await Office.open();
  office.stranger({ email: 'zoe@example.test', login: 'zoe@example.test' });
  office.hr({ ada: {}, ben: {} });
  await office.pass();
  await office.approve();
  office.hr({ ben: { email: 'benjamin@example.test' } });
  expect(await office.ends()).toBe('held FirstPass');
  expect(office.wrote()).toEqual(['create ada']);
});

test('a column that is empty all at once is held, and comes back without anybody having lost a value', async () => {
  const office = await Office.open({ phoneOnNull: 'clear' });
  office.hr(everybody);
  await office.pass();
  await office.pass();
  office.wrote();
  expect(await office.ends({ source: { kind: 'column', attribute: 'phone' } })).toMatch(/^held /);
  expect(office.wrote()).toEqual([]);
  expect(await office.ends()).toBe('settled');
  expect(office.accountOf('ada')?.values['phone']).toBe('+49 1');
});
