import { configSchema } from '../../../src/connectors/bamboohr/schema.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bamboohr } from '../../../src/connectors/bamboohr/connector.ts';
import type { Entity } from '../../../src/model/entity.ts';
import type { Order } from '../../../src/model/order.ts';
import type { Row } from '../../../src/model/row.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { startBamboo } from '../../vendors/bamboohr/server.ts';

async function office(entity: Entity = 'person', clock = fakeClock()) {
  const server = await startBamboo({ apiKey: 'invented' });
  const context = testContext({
    config: configSchema.parse({ companyDomain: 'example', baseUrl: server.url }),
    secrets: { apiKey: 'invented' },
    entity,
    clock,
  });
  const reader = bamboohr.openReader(context);
  onTestFinished(async () => {
    await reader.close();
    await server.close();
  });
  const read = async (...attributes: readonly string[]) => {
    const rows: Row[] = [];
    for await (const batch of reader.read({ attributes }, new AbortController().signal)) rows.push(...batch);
    return rows.toSorted((a, b) => a.id.localeCompare(b.id));
  };
  const asked = () => {
    const paths = server.loopback.log.splice(0).map(({ path }) => path.replace('/api/v1/', ''));
    return paths.toSorted();
  };
  return { ...server, context, reader, read, asked };
}

const active = (rows: readonly Row[]) => rows.map((row) => [row.id, row.active]);

describe('employees', () => {
  test('who did not change costs no request, who changed costs one', async () => {
    const { company, read, asked } = await office();
    const ada = company.hire({ firstName: 'Ada' });
    const bo = company.hire({ firstName: 'Bo' });
    await read('first_name');
    expect(asked()).toEqual([`employees/${ada}`, `employees/${bo}`, 'employees/changed']);
    await read('first_name');
    expect(asked()).toEqual(['employees/changed']);
    company.edit(bo, { firstName: 'Boris' });
    expect((await read('first_name')).map(({ values }) => values[0])).toEqual(['Ada', 'Boris']);
    expect(asked()).toEqual([`employees/${bo}`, 'employees/changed']);
  });

  test('another attribute is read for everybody, once', async () => {
    const { company, read, asked } = await office();
    const ada = company.hire({ firstName: 'Ada', department: 'Sales' });
    await read('first_name');
    asked();
    expect((await read('department'))[0]?.values).toEqual(['Sales']);
    expect(asked()).toContain(`employees/${ada}`);
  });

  test('somebody who is inactive is no account that can be used, whatever else is asked for', async () => {
    const { company, read, reader } = await office();
    const ada = company.hire({ firstName: 'Ada', status: 'Inactive' });
    const bo = company.hire({ firstName: 'Bo' });
    expect(active(await read('first_name'))).toEqual([
      [ada, false],
      [bo, true],
    ]);
    const keys = [{ attribute: 'id', value: ada }];
    const never = new AbortController().signal;
    expect(active(await reader.find({ attributes: ['first_name'] }, keys, never))).toEqual([[ada, false]]);
  });

  test('a list that has somebody twice is no reading', async () => {
    const { company, loopback, read } = await office();
    const ada = company.hire({ firstName: 'Ada' });
    const line = { id: ada, action: 'Updated', lastChanged: '2026-02-03T00:00:00+00:00' };
    const employees = { one: line, two: line };
    loopback.fail(({ path }) => path.endsWith('/changed'), {
      kind: 'answer',
      answer: { status: 200, body: { employees } },
    });
    await expect(read('first_name')).rejects.toThrow('the same employee twice in one list');
  });

  test('what was read under a clock that was ahead is read again', async () => {
    const clock = fakeClock();
    let aheadMs = 400 * 86_400_000;
    const { company, read, asked } = await office('person', {
      ...clock,
      now: () => clock.now() + aheadMs,
    });
    const ada = company.hire({ firstName: 'Ada' });
    await read('first_name');
    asked();
    aheadMs = 0;
    await read('first_name');
    expect(asked()).toContain(`employees/${ada}`);
  });

  test('somebody who was deleted is reported as deleted, and not left out', async () => {
    const { company, read } = await office();
    const ada = company.hire({ firstName: 'Ada' });
    company.remove(ada);
    expect(await read('first_name')).toEqual([{ id: ada, values: [undefined], deleted: true }]);
  });

  test('a field that the key may not read is absent, and nobody has it', async () => {
    const { company, read, reader } = await office();
    company.hire({ firstName: 'Ada', workEmail: 'ada@example.test' });
    company.hidden.add('workEmail');
    expect((await read('email'))[0]?.values).toEqual([undefined]);
    expect(reader.whyEmpty?.('email')).toContain('access level');
  });

  test.each([
    ['0000-00-00', null, undefined],
    ['2026-02-28', '2026-02-28', undefined],
    ['28/02/2026', undefined, 'hire_date (personal) is no date'],
    ['2026-02-30', undefined, 'hire_date (personal) is no date'],
  ])('a date that comes as %s', async (hireDate, value, fault) => {
    const { company, read } = await office();
    company.hire({ firstName: 'Ada', hireDate });
    const [row] = await read('hire_date');
    expect([row?.values[0], row?.fault]).toEqual([value, fault]);
  });

  test('somebody of the list whom BambooHR does not show singly is that person’s error', async () => {
    const { company, loopback, read } = await office();
    const [ada, bo] = [company.hire({ firstName: 'Ada' }), company.hire({ firstName: 'Bo' })];
    loopback.fail(({ path }) => path.endsWith(`/${ada}`), { kind: 'answer', answer: { status: 404 } });
    const rows = await read('first_name');
    expect(rows.map(({ id, fault }) => [id, fault?.slice(0, 29)])).toEqual([
      [ada, 'BambooHR lists this employee'.padEnd(29)],
      [bo, undefined],
    ]);
  });

  test('a record that is another’s is no reading', async () => {
    const { company, loopback, read } = await office();
    company.hire({ firstName: 'Ada' });
    loopback.fail(({ path }) => /\/\d+$/.test(path), {
      kind: 'change',
      change: (answer) => ({ ...answer, body: { ...(answer.body as object), id: '7' } }),
    });
    await expect(read('first_name')).rejects.toThrow('an employee who is not the one asked for');
  });

  test('custom fields are found under the label that people see, others under their alias', async () => {
    const { company, reader, read } = await office();
    company.hire({ firstName: 'Ada', customShirtSize: 'M', '4522': '2027-01-01', nationality: 'Dutch' });
    const { fields } = await reader.probe(new AbortController().signal);
    const names = fields.map(({ name }) => name).filter((name) => /^(custom|fields)\./.test(name));
    expect(names).toEqual(['fields.nationality', 'custom.Shirt size', 'custom.Badge until']);
    expect((await read(...names))[0]?.values).toEqual(['Dutch', 'M', '2027-01-01']);
  });
});

async function apply(context: Awaited<ReturnType<typeof office>>['context'], order: Order) {
  const writer = bamboohr.openWriter?.(context);
  const orders = (async function* orders() {
    yield await Promise.resolve(order);
  })();
  const results = await Array.fromAsync(writer?.apply(orders, new AbortController().signal) ?? []);
  await writer?.close();
  return results;
}

describe('writing employees', () => {
  const create = {
    key: '1',
    personId: 'ada',
    kind: 'create',
    accountId: null,
    identity: {},
    scope: {},
    set: { first_name: 'Ada', last_name: 'Okafor' },
  } as const;

  test('an answer that does not say who was made leaves it open, so that nobody is made twice', async () => {
    const { company, context, loopback } = await office();
    loopback.fail(({ method }) => method === 'POST', {
      kind: 'change',
      change: (answer) => ({ ...answer, headers: {} }),
    });
    expect(await apply(context, create)).toMatchObject([
      { outcome: 'unknown', error: { reason: 'AnswerLost', fate: 'person' } },
    ]);
    expect(company.employees.size).toBe(1);
  });

  test('what was written is read anew, also where the moment of last change stays the same', async () => {
    const { company, context, read } = await office();
    const ada = company.hire({ firstName: 'Ada' });
    await read('first_name');
    const before = company.lastChanged(ada);
    const set = { first_name: 'Adaeze' };
    expect(await apply(context, { ...create, kind: 'update', accountId: ada, set })).toMatchObject([
      { outcome: 'applied' },
    ]);
    company.lastChanged = () => before;
    expect((await read('first_name'))[0]?.values).toEqual(['Adaeze']);
  });
});

describe('trainings', () => {
  test('training types are courses, their category by its name', async () => {
    const { company, read } = await office('course');
    company.types.set(4, { id: 4, values: { name: 'Fire safety', category: { name: 'Safety' } } });
    company.types.set(5, { id: 5, values: { name: 'First aid' } });
    expect((await read('name', 'category')).map(({ id, values }) => [id, ...values])).toEqual([
      ['4', 'Fire safety', 'Safety'],
      ['5', 'First aid', null],
    ]);
  });

  test('records that are another employee’s are no reading', async () => {
    const { company, loopback, read } = await office('enrollment');
    const ada = company.hire({ firstName: 'Ada' });
    company.types.set(4, { id: 4, values: { name: 'Fire safety' } });
    company.records.set(9, { id: 9, employeeId: ada, type: 4, values: { completed: '2026-03-01' } });
    expect((await read('user', 'course'))[0]?.values).toEqual([ada, '4']);
    loopback.fail(({ path }) => path.includes('training/record'), {
      kind: 'change',
      change: (answer) => ({ ...answer, body: { 9: { id: 9, employeeId: 7, type: 4 } } }),
    });
    await expect(read('user', 'course')).rejects.toThrow(
      'a training record of another employee than the one asked for',
    );
  });

  test('a course is made, renamed and taken away', async () => {
    const { company, context } = await office('course');
    const writer = bamboohr.openWriter?.(context);
    const common = { personId: 'fire', identity: {}, scope: {} };
    async function* orders() {
      yield {
        ...common,
        key: '1',
        kind: 'create',
        accountId: null,
        set: { name: 'Fire', category: 'Safety' },
      } as const;
    }
    const results = await Array.fromAsync(writer?.apply(orders(), new AbortController().signal) ?? []);
    const id = results[0]?.accountId ?? '';
    expect(company.types.get(Number(id))?.values).toEqual({ name: 'Fire', category: { name: 'Safety' } });
    async function* more() {
      yield { ...common, key: '2', kind: 'update', accountId: id, set: { name: 'Fire safety' } } as const;
      yield { ...common, key: '3', kind: 'delete', accountId: id, set: {} } as const;
    }
    const after = await Array.fromAsync(writer?.apply(more(), new AbortController().signal) ?? []);
    expect(after.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(company.types.size).toBe(0);
    await writer?.close();
  });
});
