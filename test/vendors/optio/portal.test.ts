import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EquityPortal } from './portal.ts';

const header = 'employee_number,company_email,legal_entity,hire_date,termination_date,status';
const noor = '1042,noor@example.org,Example B.V.,2025-02-03,,active';

async function open(...rows: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-optio-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'employees.csv');
  const deliver = (...lines: readonly string[]) => writeFile(file, `${[header, ...lines].join('\n')}\n`);
  await deliver(...rows);
  return { portal: new EquityPortal({ file, legalEntities: ['Example B.V.'] }), deliver };
}

test('nothing changes by a preview, and everything by synchronising', async () => {
  const { portal } = await open(noor);
  expect(portal.preview()).toEqual({ joiners: ['1042'], changes: [], leavers: [], faults: [] });
  expect(portal.participants.size).toBe(0);
  portal.synchronize();
  expect(portal.preview()).toEqual({ joiners: [], changes: [], leavers: [], faults: [] });
  expect(portal.participants.get('1042')?.options).toBe(1_000);
});

test('who leaves, and who is missing from a file, keeps what was granted', async () => {
  const { portal, deliver } = await open(noor, '7,kit@example.org,Example B.V.,2020-01-01,,active');
  portal.synchronize();
  await deliver('1042,noor@example.org,Example B.V.,2025-02-03,2026-11-30,inactive');
  expect(portal.synchronize().leavers).toEqual(['1042']);
  expect([...portal.participants].map(([id, { options }]) => [id, options])).toEqual([
    ['1042', 1_000],
    ['7', 1_000],
  ]);
});

test.each([
  ['no employee_number', ',noor@example.org,Example B.V.,2025-02-03,,active'],
  ['the employee_number is there twice', noor],
  ['unknown legal entity', '7,kit@example.org,Example Ltd,2025-02-03,,active'],
  ['no hire date', '7,kit@example.org,Example B.V.,2025-02-30,,active'],
  ['no termination date', '7,kit@example.org,Example B.V.,2025-02-03,soon,active'],
  ['left before they came', '7,kit@example.org,Example B.V.,2025-02-03,2025-02-02,inactive'],
  ['inactive without a termination date', '7,kit@example.org,Example B.V.,2025-02-03,,inactive'],
])('a file is refused whole for a row with %s', async (fault, row) => {
  const { portal } = await open(noor, row);
  expect(portal.preview().faults.join()).toContain(`line 3: ${fault}`);
  expect(() => portal.synchronize()).toThrow('not synchronised');
  expect(portal.participants.size).toBe(0);
});
