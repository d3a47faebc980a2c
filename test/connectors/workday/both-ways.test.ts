import { afterEach, beforeEach, expect, test } from 'vitest';
import { workday } from '../../../src/connectors/workday/connector.ts';
import { configSchema, type WorkdayConfig } from '../../../src/connectors/workday/schema.ts';
import type { Row } from '../../../src/model/row.ts';
import type { Value } from '../../../src/model/value.ts';
import { idOf } from '../../vendors/workday/workers.ts';
import { openTenant, people, type Opened } from './tenant.ts';

const signal = new AbortController().signal;
let opened: Opened;

beforeEach(async () => {
  opened = await openTenant();
  people(30).forEach((person) => opened.workday.hire(person));
});
afterEach(() => opened.workday.close());

test('both ways publish the same attributes, and say the same of everybody', async () => {
  const specs = (['report', 'soap'] as const).map((api) =>
    (workday.attributes(configOf(api), 'person') ?? []).map((spec) => ({ ...spec, key: undefined })),
  );
  expect(specs[0]).toEqual(specs[1]);

  for (const worker of opened.workday.workers.values()) {
    worker
      .set('Home_Email', 'home@example.org')
      .set('Work_Phone', '+49 89 1')
      .set('Mobile_Phone', '+49 170 1');
    worker
      .set('Middle_Name', 'Q')
      .set('First_Day_of_Work', '2020-01-02')
      .set('Contract_End_Date', '2030-01-31');
  }
  const attributes = (specs[0] ?? []).map(({ name }) => name);
  const [byReport, bySoap] = await Promise.all([readAll('report', attributes), readAll('soap', attributes)]);
  expect(bySoap).toEqual(byReport);
  // Nothing is equal because nobody has it.
  const empty = attributes.filter((_, index) => byReport.every(({ values }) => values[index] === undefined));
  expect(empty).toEqual([]);
});

test.each(['report', 'soap'] as const)(
  '%s: people with their types, and nothing where there is nothing',
  async (api) => {
    opened.workday.workers
      .get(idOf(2))
      ?.set('Hire_Date', '2021-02-01')
      .set('Termination_Date', '2026-06-30')
      .delete('Cost_Center');
    opened.workday.workers.get(idOf(2))?.set('Scheduled_Weekly_Hours', '38.5');
    const attributes = [
      'hire_date',
      'termination_date',
      'active',
      'terminated',
      'weekly_hours',
      'cost_center.name',
      'company.name',
      'manager.id',
      'worker_type',
    ];
    const rows = await readAll(api, attributes);
    expect(rows.find(({ id }) => id === idOf(2))?.values).toEqual([
      '2021-02-01',
      '2026-06-30',
      false,
      true,
      38.5,
      undefined,
      'Acme Example & Partners GmbH',
      idOf(1),
      'Employee',
    ]);
    expect(rows.find(({ id }) => id === idOf(11))?.values.at(-1)).toBe('Contingent Worker');
  },
);

test.each(['report', 'soap'] as const)(
  '%s: what the account may not see comes as if nobody had it, and it is said where to ask',
  async (api) => {
    opened.workday.domains.delete('Person Data: Work Email');
    const rows = await readAll(api, ['email', 'first_name']);
    expect(rows.map(({ values }) => values[0])).toEqual(rows.map(() => undefined));
    expect(rows.every(({ values }) => typeof values[1] === 'string')).toBe(true);
    expect(reader(api).whyEmpty?.('email')).toMatch(
      api === 'soap' ? /"Person Data: Work Email"/ : /"Work_Email"/,
    );
    expect(reader(api).whyEmpty?.('nothing')).toBeUndefined();
  },
);

test.each(['report', 'soap'] as const)(
  '%s: a value that is not of its type is that person’s error',
  async (api) => {
    opened.workday.workers.get(idOf(3))?.set('Original_Hire_Date', 'soon');
    const rows = await readAll(api, ['original_hire_date', 'email']);
    const faulty = rows.filter(({ fault }) => fault !== undefined);
    expect(faulty).toMatchObject([{ id: idOf(3), fault: 'original_hire_date (personal) is no date' }]);
    expect(faulty[0]?.values).toEqual([undefined, expect.any(String)]);
  },
);

test.each(['report', 'soap'] as const)(
  '%s: a worker without an id has none, and is not left out',
  async (api) => {
    opened.workday.workers.get(idOf(3))?.delete('Employee_ID');
    opened.workday.workers.get(idOf(4))?.delete('Employee_ID');
    const rows = await readAll(api, ['email']);
    expect(rows.filter(({ id }) => id === '')).toHaveLength(2);
    expect(rows).toHaveLength(30);
  },
);

test.each(['report', 'soap'] as const)(
  '%s: people are found by what tells them apart, whatever its case',
  async (api) => {
    const email = opened.workday.workers.get(idOf(7))?.get('Work_Email') ?? '';
    const find = (attribute: string, value: Value) =>
      reader(api).find({ attributes: ['id'] }, [{ attribute, value }], signal);
    expect(await find('email', ` ${email.toUpperCase()} `)).toEqual([{ id: idOf(7), values: [idOf(7)] }]);
    expect(await find('id', idOf(7))).toEqual([{ id: idOf(7), values: [idOf(7)] }]);
    expect(await find('id', idOf(11))).toEqual([{ id: idOf(11), values: [idOf(11)] }]);
    expect(await find('wid', opened.workday.workers.get(idOf(7))?.get('WID') ?? '')).toMatchObject([
      { id: idOf(7) },
    ]);
    expect(await find('id', 7)).toEqual([]);
  },
);

test.each(['report', 'soap'] as const)(
  '%s: an attribute that there is not stalls, with the way out',
  async (api) => {
    await expect(readAll(api, ['first_nam'])).rejects.toMatchObject({
      reason: 'UnknownAttribute',
      fate: 'stalled',
    });
  },
);

function reader(api: 'report' | 'soap') {
  return workday.openReader(opened.context({ api }));
}

async function readAll(api: 'report' | 'soap', attributes: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const batch of reader(api).read({ attributes }, signal)) rows.push(...batch);
  return rows;
}

function configOf(api: 'report' | 'soap'): WorkdayConfig {
  const report = { owner: 'a', name: 'b' };
  return configSchema.parse({
    api,
    baseUrl: 'https://wd3.example.com',
    tenant: 'acme',
    ...(api === 'report' ? { report } : {}),
  });
}
