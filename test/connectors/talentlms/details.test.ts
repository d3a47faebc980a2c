import { expect, test } from 'vitest';
import { fakeClock, memoryDetails } from '../../contract/context.ts';
import type { SeedUser } from '../../vendors/talentlms/state.ts';
import { openBench, order, people, type Bench } from './bench.ts';

const hour = 3_600_000;
const wanted = { attributes: ['id', 'custom.hris_id'] };
const customFields = [
  { name: 'hris_id', type: 'text' as const },
  { name: 'city', type: 'text' as const },
];

async function portalOf(count: number, perHour = 10_000) {
  const clock = fakeClock();
  const limits = { perHour, per5s: 200 };
  const bench = await openBench({
    users: people(count),
    customFields,
    clock,
    limits,
    details: memoryDetails(),
  });
  return { bench, clock };
}

function known(rows: Awaited<ReturnType<Bench['read']>>['rows']): number {
  return rows.filter((row) => row.values[1] !== undefined).length;
}

test('a second pass over 2,000 users costs the list and the names of the fields, nothing else', async () => {
  const { bench } = await portalOf(2_000);
  expect(known((await bench.read(wanted)).rows)).toBe(2_000);
  expect(bench.cost()).toEqual({ 'GET user-fields': 1, 'GET users': 20, 'GET users/N': 2_000 });
  const before = bench.portal.loopback.log.length;
  const second = await bench.read(wanted);
  expect(known(second.rows)).toBe(2_000);
  expect(second.receipt).toMatchObject({ records: 2_000, total: 2_000, pages: 20, end: 'total reached' });
  expect(second.receipt.incomplete).toBeUndefined();
  expect(bench.cost(before)).toEqual({ 'GET user-fields': 1, 'GET users': 20 });
  await bench.portal.close();
});

test('a first reading of 2,000 against 500 requests an hour goes on for four passes and is whole in the next', async () => {
  const { bench, clock } = await portalOf(2_000, 500);
  const missing: (number | undefined)[] = [];
  for (let pass = 1; pass <= 5; pass += 1) {
    const before = bench.portal.loopback.log.length;
    const { rows, receipt } = await bench.read(wanted);
    expect(rows).toHaveLength(2_000);
    expect(known(rows)).toBe(2_000 - (receipt.incomplete?.missing ?? 0));
    missing.push(receipt.incomplete?.missing);
    // 500, less a tenth that is kept back.
    expect(bench.portal.loopback.log.length - before).toBeLessThanOrEqual(450);
    await clock.sleep(hour);
  }
  // 450 less 20 pages and the names of the fields: 429 users in each pass.
  expect(missing).toEqual([1_571, 1_142, 713, 284, undefined]);
  expect(bench.portal.loopback.log.filter((request) => request.status === 429)).toEqual([]);
  await bench.portal.close();
});

test('two passes in one hour share its requests, and the receipt says why the second got no further', async () => {
  const { bench } = await portalOf(700, 500);
  expect((await bench.read(wanted)).receipt.incomplete?.missing).toBe(258);
  const { receipt } = await bench.read(wanted);
  expect(receipt.incomplete).toMatchObject({
    missing: 258,
    reason: expect.stringContaining('500 requests of this hour'),
  });
  await bench.portal.close();
});

test('when another program used up the hour meanwhile, what was read counts and the rest waits', async () => {
  const { bench } = await portalOf(30);
  bench.portal.loopback.fail(
    ({ path }) => /users\/\d+$/.test(path),
    { kind: 'answer', answer: { status: 429, body: {} } },
    { skip: 10, times: 1_000 },
  );
  const { rows, receipt } = await bench.read(wanted);
  expect(rows).toHaveLength(30);
  expect(receipt.incomplete?.missing).toBe(20);
  bench.portal.loopback.heal();
  const before = bench.portal.loopback.log.length;
  expect((await bench.read(wanted)).receipt.incomplete).toBeUndefined();
  expect(bench.cost(before)['GET users/N']).toBe(20);
  await bench.portal.close();
});

test('a portal that names no limits is read within our own count', async () => {
  const users = people(300);
  const bench = await openBench({ users, customFields, config: { perHour: 200 } });
  bench.portal.loopback.fail(
    () => true,
    { kind: 'change', change: (answer) => ({ ...answer, headers: {} }) },
    { times: 1e9 },
  );
  // 200 less a tenth, 3 pages and the names of the fields.
  expect((await bench.read(wanted)).receipt.incomplete?.missing).toBe(300 - 176);
  await bench.portal.close();
});

test('who changed is read again, and only they; signing in is no change', async () => {
  const { bench } = await portalOf(20);
  await bench.read(wanted);
  bench.portal.byLogin('ada.okafor3').surname = 'Jansen';
  bench.portal.byLogin('ada.okafor4').status = 'inactive';
  bench.portal.byLogin('ada.okafor5').lastLogin = '2026-11-20T09:00:00Z';
  const before = bench.portal.loopback.log.length;
  await bench.read(wanted);
  expect(bench.cost(before)['GET users/N']).toBe(2);
  await bench.portal.close();
});

test('custom fields changed by hand are seen when the user’s turn comes: new ones first, then the oldest', async () => {
  const { bench, clock } = await portalOf(600, 500);
  const values = async (...ids: readonly string[]) => {
    const { rows, receipt } = await bench.read(wanted);
    expect(receipt.incomplete).toBeUndefined();
    return ids.map((id) => rows.find((row) => row.id === id)?.values[1]);
  };
  // An hour takes 443: users 1 to 443 are read in the first, the others in the second.
  await bench.read(wanted);
  await clock.sleep(hour);
  await bench.read(wanted);
  for (const id of [8, 441, 600]) bench.portal.users.get(id)?.custom.set(1, 'H-new');
  expect(await values('8', '441', '600')).toEqual(['H-7', 'H-440', 'H-599']);

  await clock.sleep(7 * 24 * hour);
  bench.portal.addUser({ ...people(1)[0], login: 'noor', email: 'noor@example.org' } as SeedUser);
  expect(await values('8', '441', '600', '601')).toEqual(['H-new', 'H-new', 'H-599', 'H-0']);
  await clock.sleep(hour);
  expect(await values('600')).toEqual(['H-new']);
  await bench.portal.close();
});

test('what we write ourselves is not remembered from before', async () => {
  const { bench } = await portalOf(3);
  await bench.read(wanted);
  const [result] = await bench.apply([
    order({ kind: 'update', accountId: '2', set: { 'custom.hris_id': 'H-written' } }),
  ]);
  expect(result?.outcome).toBe('applied');
  const { rows } = await bench.read(wanted);
  expect(rows.find((row) => row.id === '2')?.values[1]).toBe('H-written');
  await bench.portal.close();
});

test('two syncs that want different fields do not make each other read everybody again', async () => {
  const { bench } = await portalOf(10);
  const city = { attributes: ['id', 'custom.city'] };
  await bench.read(wanted);
  await bench.read(city);
  const before = bench.portal.loopback.log.length;
  await bench.read(wanted);
  await bench.read(city);
  expect(bench.cost(before)['GET users/N']).toBeUndefined();
  await bench.portal.close();
});

test('a reading without custom fields asks for the list only', async () => {
  const { bench } = await portalOf(250);
  await bench.read({ attributes: ['login', 'email', 'status'] });
  expect(bench.cost()).toEqual({ 'GET users': 3 });
  await bench.portal.close();
});

test('somebody who is in the list and gone when asked for singly is that record’s fault', async () => {
  const { bench } = await portalOf(3);
  bench.portal.loopback.fail(
    ({ path }) => path.endsWith('/users/2'),
    { kind: 'answer', answer: { status: 404, body: {} } },
    { times: 9 },
  );
  const { rows, receipt } = await bench.read(wanted);
  expect(receipt.incomplete).toBeUndefined();
  expect(rows.find((row) => row.id === '2')?.fault).toMatch(/finds nobody/);
  await bench.portal.close();
});
