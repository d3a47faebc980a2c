import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { optio } from '../../../src/connectors/optio/connector.ts';
import { faultOf } from '../../../src/connectors/optio/rules.ts';
import { optioConfig } from '../../../src/connectors/optio/schema.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import type { Row } from '../../../src/model/row.ts';
import type { Value } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';

const never = new AbortController().signal;

async function open(more: Record<string, unknown> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-optio-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'employees.csv');
  const config = optioConfig.parse({ file: 'employees.csv', ...more });
  const context = testContext({ config, files: () => file });
  const apply = async (...orders: readonly Partial<Order>[]) => {
    const results: Result[] = [];
    const writer = optio.openWriter?.(context);
    for await (const result of writer?.apply(stream(orders), never) ?? []) results.push(result);
    return results.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  };
  const read = async (changed: Record<string, unknown> = {}) => {
    const rows: Row[] = [];
    const reader = optio.openReader({ ...context, config: optioConfig.parse({ ...config, ...changed }) });
    for await (const batch of reader.read({ attributes: ['last_name'] }, never)) rows.push(...batch);
    return rows.map(({ id }) => id);
  };
  return { context, file, apply, read, text: () => readFile(file, 'utf8') };
}

async function* stream(orders: readonly Partial<Order>[]): AsyncGenerator<Order> {
  for (const [index, order] of orders.entries()) {
    const usual = {
      kind: 'create',
      personId: 'p',
      accountId: null,
      set: {},
      identity: {},
      scope: {},
    } as const;
    yield { key: `k${index}`, ...usual, ...order };
  }
}

const hired = (n: number, more: Order['set'] = {}): Partial<Order> => ({
  set: { employee_number: `${n}`, company_email: `kit.${n}@example.org`, last_name: `Kit ${n}`, ...more },
});
const said = (results: readonly Result[]) => results.map(({ outcome, error }) => error?.reason ?? outcome);

describe('the file', () => {
  test('is delivered, never applied, with the columns in their order and the employees in theirs', async () => {
    const { apply, text } = await open();
    expect(said(await apply(hired(9, { last_name: '=SUM(1)' }), hired(10)))).toEqual([
      'delivered',
      'delivered',
    ]);
    expect(await text()).toBe(
      'employee_number,company_email,first_name,last_name,legal_entity,department,cost_centre,country,hire_date,termination_date,status\n' +
        '10,kit.10@example.org,,Kit 10,,,,,,,\n' +
        "9,kit.9@example.org,,'=SUM(1),,,,,,,\n",
    );
  });

  test('has other headers, forms and columns where the config says so, and leaves some out', async () => {
    const columns = {
      hire_date: { column: 'Start date', format: 'dd.MM.yyyy' },
      country: false,
      first_name: false,
      grant_group: { class: 'internal' },
      constructor: {},
    };
    const { apply, text } = await open({ columns, delimiter: ';' });
    await apply(hired(1, { hire_date: '2025-02-03', grant_group: 'A' }));
    expect(await text()).toBe(
      'employee_number;company_email;last_name;legal_entity;department;cost_centre;Start date;termination_date;status;grant_group;constructor\n' +
        '1;kit.1@example.org;Kit 1;;;;03.02.2025;;;A;\n',
    );
  });

  test('knows employees by their address where the portal does, with the advice against it', async () => {
    const { context, apply, read } = await open({ identifier: 'company_email' });
    await apply(hired(1));
    expect(await read()).toEqual(['kit.1@example.org']);
    const { notes = [], missing } = await optio.openReader(context).probe(never);
    expect(missing).toEqual([]);
    expect(notes.join()).toMatch(/address changes with a name.*recommends the employee number/);
    const [result] = await apply({
      kind: 'update',
      accountId: 'kit.1@example.org',
      set: { company_email: 'new@example.org' },
    });
    expect(result).toMatchObject({ outcome: 'rejected', error: { reason: 'IdChanges', fate: 'person' } });
    const usual = await open();
    expect((await optio.openReader(usual.context).probe(never)).notes).toEqual([]);
  });

  test('keeps whoever is ordered out of it', async () => {
    const { apply, read } = await open();
    await apply(hired(1));
    const out = [
      { kind: 'delete', accountId: '1' },
      { kind: 'disable', accountId: '1' },
    ] as const;
    expect(said(await apply(...out))).toEqual(['NotSupported', 'NotSupported']);
    expect(await read()).toEqual(['1']);
  });

  test.each([
    ['is not there any more', (file: string) => rm(file)],
    [
      'was cut between two rows',
      async (file: string) =>
        writeFile(file, (await readFile(file, 'utf8')).split('\n').slice(0, 2).join('\n')),
    ],
  ])('that %s is not planned against, until somebody says that it is right', async (_, damage) => {
    const { apply, read, file, context } = await open();
    await apply(hired(1), hired(2));
    expect(await read()).toEqual(['1', '2']);
    await damage(file);
    await expect(read()).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'DeliveryIncomplete',
      message: expect.stringMatching(/the last delivery had 2; put the file .* back.*minimumRows: [01]/),
    });
    const finding = optio
      .openReader(context)
      .find({ attributes: [] }, [{ attribute: 'id', value: '2' }], never);
    await expect(finding).rejects.toMatchObject({ reason: 'DeliveryIncomplete' });
    expect((await read({ minimumRows: 0 })).length).toBeLessThan(2);
  });

  test('somebody whom the portal would refuse is that person’s error, and the others are delivered', async () => {
    const { apply, read } = await open({ legalEntities: ['Example B.V.'] });
    const ours = { legal_entity: 'Example B.V.' };
    const results = await apply(
      hired(1, ours),
      hired(2, { legal_entity: 'Example Ltd' }),
      hired(3),
      hired(4, { ...ours, company_email: 'KIT.1@example.org' }),
    );
    expect(said(results)).toEqual(['RowRefused', 'RowRefused', 'RowRefused', 'RowRefused']);
    expect(said(await apply(hired(5, ours), hired(6)))).toEqual(['delivered', 'RowRefused']);
    expect(await read()).toEqual(['5']);
    const left = { kind: 'update', accountId: '5', set: { status: 'inactive' } } as const;
    expect(await apply(left)).toMatchObject([
      { outcome: 'rejected', error: { fate: 'person', message: expect.stringContaining('go on vesting') } },
    ]);
    const dated = { ...left, set: { status: 'inactive', termination_date: '2026-11-30' } };
    expect(said(await apply(dated))).toEqual(['delivered']);
  });
});

describe('what a portal asks of an employee', () => {
  test.each<[string, Readonly<Record<string, Value>>, RegExp | undefined]>([
    ['everything there', { legal_entity: 'A', status: 'active', hire_date: '2025-01-01' }, undefined],
    [
      'a leaver with their last day',
      { legal_entity: 'A', status: 'inactive', hire_date: '2025-01-01', termination_date: '2025-01-01' },
      undefined,
    ],
    [
      'a last day to come',
      { legal_entity: 'A', status: 'active', termination_date: '2027-01-31' },
      undefined,
    ],
    ['no legal entity', { status: 'active' }, /legal_entity/],
    ['one that the portal does not have', { legal_entity: 'B' }, /legal_entity.*legalEntities/],
    ['another status', { legal_entity: 'A', status: 'leave' }, /status.*active, inactive/],
    ['a leaver without a date', { legal_entity: 'A', status: 'inactive' }, /termination_date.*missing/],
    [
      'a last day before the first',
      { legal_entity: 'A', hire_date: '2025-01-02', termination_date: '2025-01-01' },
      /before "hire_date"/,
    ],
  ])('%s', (_, row, fault) => {
    const found = faultOf((name) => row[name] ?? null, { legalEntities: ['A'] });
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });

  test('without a list of legal entities none is asked for', () => {
    expect(faultOf(() => null, {})).toBeUndefined();
  });

  test.each(['employee_number', 'status', 'termination_date'])('the column %s cannot be left out', (name) => {
    const parsed = optioConfig.safeParse({ file: 'x.csv', columns: { [name]: false } });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ['columns', name] });
  });
});
