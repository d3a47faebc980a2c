import { expect, onTestFinished, test } from 'vitest';
import type { Config } from '../../../src/connectors/apideck/schema.ts';
import { apideck } from '../../../src/connectors/apideck/connector.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Receipt, Row } from '../../../src/model/row.ts';
import { memoryDetails } from '../../contract/context.ts';
import { idOf } from '../../vendors/apideck/person.ts';
import type { Apideck } from '../../vendors/apideck/server.ts';
import type { LoggedRequest } from '../../vendors/loopback.ts';
import { hire, openApplication } from './application.ts';

const signal = new AbortController().signal;

async function open(config: Partial<Config> = {}, more: Parameters<typeof openApplication>[1] = {}) {
  const { server, context } = await openApplication(config, more);
  const reader = apideck.openReader(context);
  onTestFinished(async () => {
    await reader.close();
    await server.close();
  });
  const read = async (attributes: readonly string[]) => {
    const rows: Row[] = [];
    const reading = reader.read({ attributes }, signal);
    for (;;) {
      const step = await reading.next();
      if (step.done === true) return { rows, receipt: step.value satisfies Receipt };
      rows.push(...step.value);
    }
  };
  const find = (attribute: string, value: string, attributes: readonly string[] = ['id']) =>
    reader.find({ attributes }, [{ attribute, value }], signal);
  return { server, context, reader, read, find };
}

/** Requests since the last look, without those for the Vault. */
function asked({ loopback }: Apideck): readonly LoggedRequest[] {
  return loopback.log.splice(0).filter(({ path }) => path.startsWith('/hris/'));
}

function leave({ tenant }: Apideck, ...numbers: readonly number[]): void {
  for (const number of numbers) tenant.edit(idOf(number), { employment_status: 'terminated' });
}

/** Changes what every page says of itself. */
function changeBody({ loopback }: Apideck, changed: object): void {
  loopback.decide = () => ({
    kind: 'change',
    change: (answer) => {
      const body = answer.body as { meta: object };
      return { ...answer, body: { ...body, meta: { ...body.meta, ...changed } } };
    },
  });
}

const queryOf = ({ query }: LoggedRequest) => Object.fromEntries(new URLSearchParams(query));

test('only the fields that are mapped are asked for, and the receipt says how the end is known', async () => {
  const { server, read } = await open({ pageSize: 2 });
  hire(server, 3);
  const { rows, receipt } = await read(['email', 'department', 'supervisor.id']);
  const requests = asked(server);
  expect(requests.map(queryOf)).toEqual([
    { limit: '2', fields: 'deleted,department_id,department_name,emails,id,manager,updated_at' },
    expect.objectContaining({ cursor: expect.any(String) }),
  ]);
  expect(rows).toHaveLength(3);
  expect(receipt).toEqual({
    pages: 2,
    records: 3,
    total: 3,
    asOf: '2026-11-20T08:00:00.000Z',
    end: 'no next cursor behind the last page, and the records add up to the total',
  });
});

test('a service that gives no total is read whole all the same', async () => {
  const { server, read } = await open({ pageSize: 2 });
  server.tenant.behaviour.total = false;
  hire(server, 5);
  const { rows, receipt } = await read(['id']);
  expect(rows).toHaveLength(5);
  expect(receipt).toMatchObject({ records: 5, end: 'no next cursor behind the last page' });
  expect(receipt.total).toBeUndefined();
});

test('a total that counts others too may be left unchecked', async () => {
  const { server, read } = await open({ checkTotal: false });
  hire(server, 3);
  changeBody(server, { total_count: 9 });
  const { receipt } = await read(['id']);
  expect(receipt).toMatchObject({ records: 3 });
  expect(receipt.total).toBeUndefined();
});

test('a service that lowers the limit in silence is read to its end', async () => {
  const { server, read } = await open();
  server.tenant.behaviour.largestPage = 2;
  hire(server, 5);
  expect((await read(['id'])).rows).toHaveLength(5);
});

test.each<[name: string, change: object, hint: string]>([
  ['never counts right', { total_count: 9 }, 'set `checkTotal: false` where this service never counts right'],
  [
    'names no cursors',
    { cursors: undefined },
    'set `paging: none` where Apideck gives all of personio in one answer',
  ],
])('a service that %s is refused with the way out', async (_, changed, hint) => {
  const { server, read } = await open();
  hire(server, 1);
  changeBody(server, changed);
  await expect(read(['id'])).rejects.toMatchObject({ message: expect.stringContaining(hint) });
});

test('cursors that go in a circle, and a total that is passed, are noticed on the page where they are', async () => {
  const circle = await open({ pageSize: 1 });
  hire(circle.server, 3);
  const again = Buffer.from('em9obw::1').toString('base64');
  changeBody(circle.server, { cursors: { next: again } });
  await expect(circle.read(['id'])).rejects.toMatchObject({
    message: expect.stringContaining('a list of employees that goes in a circle'),
  });
  const more = await open({ pageSize: 1 });
  hire(more.server, 9);
  changeBody(more.server, { total_count: 2 });
  await expect(more.read(['id'])).rejects.toMatchObject({
    message: expect.stringContaining('does not add up to its total'),
  });
  expect(asked(more.server).length).toBeLessThan(5);
});

test.each<[name: string, change: Record<string, unknown>]>([
  ['a page that is cut, of a service without totals', { data: [] }],
  ['an error that calls itself a success', { type_name: 'ConnectorExecutionError' }],
  ['data that is no list', { data: { id: 'emp_1' } }],
  ['people who are no records', { data: ['emp_1', 'emp_2'] }],
])('%s is no reading', async (_, changed) => {
  const { server, read } = await open();
  server.tenant.behaviour.total = false;
  hire(server, 2);
  server.loopback.fail(() => true, {
    kind: 'change',
    change: (answer) => ({ ...answer, body: { ...(answer.body as object), ...changed } }),
  });
  await expect(read(['id'])).rejects.toMatchObject({ fate: 'waiting' });
});

test('a page that takes the HR system too long says what helps', async () => {
  const { server, read } = await open({ serviceId: 'workday' });
  hire(server, 1);
  const answer = { status: 504, body: { message: 'Endpoint request timed out' } };
  server.loopback.fail(() => true, { kind: 'answer', answer }, { times: 5 });
  await expect(read(['id'])).rejects.toMatchObject({
    fate: 'waiting',
    message: expect.stringMatching(/answered 504.*longer than 30 s, set a smaller `pageSize`$/),
  });
  expect(asked(server).map(queryOf)[0]).toMatchObject({ limit: '20' });
});

test('a list of empty pages without an end is no reading', async () => {
  const { server, read } = await open();
  hire(server, 1);
  let page = 0;
  server.loopback.decide = () => ({
    kind: 'change',
    change: () => ({
      status: 200,
      body: { status_code: 200, data: [], meta: { cursors: { next: `c${(page += 1)}` } } },
    }),
  });
  await expect(read(['id'])).rejects.toMatchObject({
    reason: 'UnusableAnswer',
    message: expect.stringContaining('a list of employees that has no end'),
  });
  expect(page).toBeLessThan(60);
});

test('a service that Apideck does not page says how to read it, and is read in one answer', async () => {
  const { server, read } = await open();
  server.tenant.behaviour.pages = false;
  hire(server, 3);
  await expect(read(['id'])).rejects.toMatchObject({
    fate: 'stalled',
    message: expect.stringContaining('set `paging: none` in the config of this connection'),
  });
  const plain = await open({ paging: 'none' });
  plain.server.tenant.behaviour.pages = false;
  hire(plain.server, 3);
  const { rows, receipt } = await plain.read(['id']);
  expect(rows).toHaveLength(3);
  expect(receipt.end).toMatch(/^one answer, since Apideck does not page this service/);
});

test('one that is said to have a single page, and names a next one, is not read', async () => {
  const { server, read } = await open({ paging: 'none' });
  hire(server, 3);
  server.loopback.decide = () => ({
    kind: 'change',
    change: ({ status, body }) => ({
      status,
      body: {
        ...(body as object),
        meta: {},
        links: { next: 'https://unify.apideck.com/hris/employees?cursor=b' },
      },
    }),
  });
  await expect(read(['id'])).rejects.toMatchObject({
    reason: 'UnusableAnswer',
    message: expect.stringContaining('does not say whether there is another'),
  });
});

test.each<['by-filter' | 'by-pass-through', Partial<Config>]>([
  ['by-filter', { serviceId: 'sage-hr' }],
  ['by-pass-through', { serviceId: 'rippling' }],
  ['by-filter', { serviceId: 'people-hr', alsoList: ['terminated'] }],
])('people who left come from a service that lists them %s: %j', async (leavers, config) => {
  const { server, read } = await open(config);
  server.tenant.behaviour.leavers = leavers;
  hire(server, 4);
  leave(server, 2, 3);
  const { rows, receipt } = await read(['status']);
  expect(rows.map(({ id, values }) => `${id} ${String(values[0])}`).toSorted()).toEqual([
    `${idOf(1)} active`,
    `${idOf(2)} terminated`,
    `${idOf(3)} terminated`,
    `${idOf(4)} active`,
  ]);
  expect(receipt).toMatchObject({ records: 4, total: 4 });
});

test('somebody who stands in two lists counts once', async () => {
  const { server, read } = await open({ alsoList: ['terminated'] });
  hire(server, 4);
  leave(server, 2, 3);
  const { rows, receipt } = await read(['status']);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  expect(receipt).toMatchObject({ records: 4 });
  expect(receipt.total).toBeUndefined();
});

test('who is marked as deleted is told as deleted, and a record without an id is told as one', async () => {
  const { server, read } = await open();
  hire(server, 2);
  server.tenant.edit(idOf(1), { deleted: true });
  server.tenant.hire({ id: null, first_name: 'Nobody' });
  const { rows } = await read(['first_name']);
  expect(rows.map(({ id, deleted }) => [id, deleted])).toEqual([
    [idOf(1), true],
    [idOf(2), undefined],
    ['', undefined],
  ]);
});

test('names of departments and companies are looked up where employees come with ids alone', async () => {
  const { server, read } = await open();
  hire(server, 3);
  server.tenant.departments.set('d1', 'Learning');
  server.tenant.companies.set('c1', 'Example & Daughters');
  server.tenant.edit(idOf(1), {
    department_id: 'd1',
    department_name: null,
    company_id: 'c1',
    company_name: null,
  });
  server.tenant.edit(idOf(2), { department_id: 'd2', department_name: null });
  const { rows } = await read(['department', 'company']);
  expect(rows.slice(0, 2).map(({ values }) => values)).toEqual([
    ['Learning', 'Example & Daughters'],
    [undefined, 'Example & Sons'],
  ]);
  const paths = asked(server).map(({ path }) => path);
  expect(paths.filter((path) => path !== '/hris/employees')).toEqual([
    '/hris/departments',
    '/hris/companies',
  ]);
});

test('a service without a list of departments leaves their names absent', async () => {
  const { server, read } = await open();
  hire(server, 1);
  server.tenant.edit(idOf(1), { department_id: 'd1', department_name: null });
  server.loopback.fail(({ path }) => path === '/hris/departments', {
    kind: 'answer',
    answer: { status: 501, body: { status_code: 501, type_name: 'ConnectorOperationUnsupportedError' } },
  });
  expect((await read(['department', 'department_id'])).rows[0]?.values).toEqual([undefined, 'd1']);
});

const city: AttributeSpec = {
  name: 'custom.User_City',
  type: 'text',
  class: 'personal',
  key: 'dynamic_24407',
};

test('fields that the list lacks are read one by one, and again only for those who changed', async () => {
  const { server, read } = await open({ serviceId: 'hibob' }, { fields: [city], details: memoryDetails() });
  server.tenant.behaviour.onlySingle.add('custom_fields');
  hire(server, 5);
  const first = await read(['custom.User_City', 'first_name']);
  expect(first.rows.map(({ values }) => values[0])).toContain('kanarie-3');
  expect(asked(server)).toHaveLength(6);
  server.tenant.edit(idOf(3), {
    custom_fields: [{ id: 'dynamic_24407', name: 'User_City', value: 'Ghent' }],
  });
  const second = await read(['custom.User_City', 'first_name']);
  expect(asked(server).map(({ path }) => path)).toEqual(['/hris/employees', `/hris/employees/${idOf(3)}`]);
  expect(second.rows.find(({ id }) => id === idOf(3))?.values[0]).toBe('Ghent');
  expect(second.rows).toHaveLength(5);
  await read(['first_name']);
  expect(asked(server)).toHaveLength(1);
  // Another sync wants other fields of the list, which come from there.
  await read(['custom.User_City', 'last_name', 'status']);
  expect(asked(server)).toHaveLength(1);
});

test('what two syncs want of single records is remembered together, and what the list has is as fresh as the list', async () => {
  const { server, read } = await open({ serviceId: 'ukg-pro' }, { fields: [city], details: memoryDetails() });
  server.tenant.behaviour.onlySingle.add('custom_fields').add('jobs');
  hire(server, 2);
  const requests: number[] = [];
  for (const names of [
    ['job.title'],
    ['custom.User_City'],
    ['job.title'],
    ['custom.User_City', 'first_name'],
  ]) {
    const { rows } = await read(names);
    expect(rows.every(({ values }) => typeof values[0] === 'string')).toBe(true);
    requests.push(asked(server).length);
  }
  expect(requests).toEqual([3, 3, 1, 1]);
  // As if the HR system moved no moment of change.
  server.tenant.edit(idOf(1), { first_name: 'Iduna' }, '2026-11-01T09:00:00.000Z');
  const { rows } = await read(['custom.User_City', 'first_name']);
  expect(rows.find(({ id }) => id === idOf(1))?.values[1]).toBe('Iduna');
});

test('where the list shows no moment of change, everybody is read at each pass', async () => {
  const { server, read } = await open({ serviceId: 'ceridian-dayforce' });
  server.tenant.behaviour.onlySingle.add('*');
  hire(server, 3);
  for (let pass = 0; pass < 2; pass += 1) {
    const { rows } = await read(['status', 'hire_date']);
    expect(rows.every(({ values }) => typeof values[0] === 'string')).toBe(true);
    expect(asked(server)).toHaveLength(4);
  }
});

test('who is listed and is not there when asked for singly is that record’s error', async () => {
  const { server, read } = await open({ singly: ['custom_fields'] }, { fields: [city] });
  hire(server, 2);
  server.loopback.fail(({ path }) => path.endsWith(idOf(2)), {
    kind: 'answer',
    answer: { status: 404, body: { status_code: 404, type_name: 'EntityNotFoundError' } },
  });
  const { rows } = await read(['custom.User_City']);
  expect(rows.find(({ id }) => id === idOf(2))).toEqual({
    id: idOf(2),
    values: [undefined],
    fault: 'the list has this employee, and asked for singly nobody is shown',
  });
});

test('another employee than the one asked for is no answer', async () => {
  const { server, find } = await open();
  hire(server, 2);
  server.loopback.fail(({ path }) => path.endsWith(idOf(2)), {
    kind: 'change',
    change: (answer) => ({ ...answer, body: { ...(answer.body as object), data: { id: idOf(1) } } }),
  });
  await expect(find('id', idOf(2))).rejects.toMatchObject({ reason: 'UnusableAnswer' });
});

test('a step that is known to fail leaves what it brings absent', async () => {
  const { server, read } = await open({ tolerateWarnings: ['employment'] });
  hire(server, 2);
  server.tenant.behaviour.failing.set('employment', 'timed out');
  expect((await read(['first_name'])).rows).toHaveLength(2);
  server.tenant.behaviour.failing.set('addresses', 'permission denied for kanarie');
  await expect(read(['first_name'])).rejects.toMatchObject({
    reason: 'DegradedAnswer',
    message: expect.stringMatching(
      /was asked to list employees, and could not do the step addresses \("permission denied for …"\).*`tolerateWarnings`/,
    ),
  });
});

test('the limits of the HR system are heeded: after what was left, and after a refusal', async () => {
  const { server, context, read } = await open({ pageSize: 1 });
  hire(server, 3);
  const start = context.clock.now();
  server.tenant.behaviour.quota = { left: 2, resetAt: start + 90_000 };
  expect((await read(['id'])).rows).toHaveLength(3);
  expect(context.clock.now() - start).toBe(90_000);
  server.tenant.behaviour.quota = { left: 0, resetAt: start + 150_000 };
  expect((await read(['id'])).rows).toHaveLength(3);
  expect(context.clock.now() - start).toBe(150_000);
  expect(server.loopback.log.filter(({ status }) => status === 429)).toHaveLength(1);
});

test('somebody is looked up by a filter where the service has it, and the answer is not believed blindly', async () => {
  const { server, find, reader } = await open({ filters: ['email'] });
  const [first] = hire(server, 3);
  expect([reader.looksUp?.('email'), reader.looksUp?.('employee_number')]).toEqual([true, false]);
  expect(await find('email', first?.email.toUpperCase() ?? '', ['employee_number'])).toEqual([
    { id: idOf(1), values: ['1'] },
  ]);
  expect(asked(server).map(queryOf)).toMatchObject([{ 'filter[email]': first?.email.toUpperCase() }]);
  // The filter looks at every address; `email` is the one for work.
  expect(await find('email', 'private.1@example.com')).toEqual([]);
  server.tenant.behaviour.filters.clear();
  await expect(find('email', 'a@example.org')).rejects.toMatchObject({
    fate: 'stalled',
    message: expect.stringContaining('personio has no such filter: take it out of `filters`'),
  });
});

test('nobody under an id is nobody; a connection that is gone is not', async () => {
  const { server, find } = await open();
  hire(server, 1);
  expect(await find('id', 'emp_99999')).toEqual([]);
  expect(await find('id', '../employees')).toEqual([]);
  server.loopback.fail(() => true, {
    kind: 'answer',
    answer: { status: 404, body: { status_code: 404, type_name: 'ConnectorExecutionError' } },
  });
  expect(await find('id', 'emp_99999')).toEqual([]);
  server.loopback.fail(() => true, {
    kind: 'answer',
    answer: { status: 404, body: { status_code: 404, type_name: 'ConnectionNotFoundError' } },
  });
  await expect(find('id', idOf(1))).rejects.toMatchObject({ reason: 'NotConnected' });
});

test('a custom field is found by its label, whether it is saved or not, and one that nobody has is named', async () => {
  const { server, read } = await open();
  hire(server, 2);
  expect((await read(['custom.User_City'])).rows[0]?.values).toEqual(['kanarie-1']);
  await expect(read(['custom.City'])).rejects.toMatchObject({
    reason: 'UnknownAttribute',
    message: expect.stringMatching(
      /Apideck shows no field custom\.City of personio.*connection fields contract/,
    ),
  });
});

test.each([
  ['added', /nobody has authorised personio for this consumer yet; run: rosterd connection connect contract/],
  ['available', /nobody has authorised personio/],
  ['authorized', /personio is authorised and needs configuration.*connection connect contract/],
  ['invalid', /personio does not take what it was authorised with any more; run: rosterd connection connect/],
  ['of next year', /in a state that is not known here; run: rosterd connection connect contract/],
])('a connection that is %s stops a pass before it asks for anybody', async (state, message) => {
  const { server, reader } = await open();
  hire(server, 1);
  server.tenant.connection['state'] = state;
  await expect(reader.account?.(signal)).rejects.toMatchObject({
    fate: 'stalled',
    reason: 'NotConnected',
    message: expect.stringMatching(message),
  });
  expect(asked(server)).toEqual([]);
});

test('the account is the organisation that was authorised, else our own consumer', async () => {
  const { server, reader } = await open();
  expect(await reader.account?.(signal)).toBe('personio/acme');
  server.tenant.connection['metadata'] = null;
  expect(await reader.account?.(signal)).toBe('personio/consumer:example-and-sons');
});
