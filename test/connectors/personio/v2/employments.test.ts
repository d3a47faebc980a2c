import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/connectors/json.ts';
import { memoryDetails } from '../../../contract/context.ts';
import { employmentFrom } from '../../../vendors/personio/v2/record.ts';
import { company } from './company.ts';

const dayMs = 86_400_000;
const employments = /^\/v2\/persons\/\d+\/employments$/;
const singly = (paths: readonly string[]) => paths.filter((path) => employments.test(path)).length;

test('who has not changed costs no request, who has costs one, and each once its time is over', async () => {
  const { server, read, asked, clock } = await company();
  expect(await read(2, 'status')).toEqual({ status: 'active' });
  expect(singly(asked())).toBe(6);
  await read(2, 'status', 'position');
  expect(singly(asked())).toBe(0);
  server.employees.get(2)?.set('position', 'Archivist').set('last_modified_at', '2026-11-19');
  expect(await read(2, 'position')).toEqual({ position: 'Archivist' });
  expect(singly(asked())).toBe(1);
  await clock.sleep(8 * dayMs);
  await read(2, 'status');
  expect(singly(asked())).toBe(6);
});

test('a sync that wants what is in the list asks for nobody singly', async () => {
  const { read, asked } = await company();
  await read(1, 'email', 'custom.Badge', 'last_modified_at');
  expect(singly(asked())).toBe(0);
});

test('the status that the list shows is a change, also where the moment of the last one stands still', async () => {
  const { server, read, asked } = await company();
  await read(5, 'status');
  asked();
  server.employees.get(5)?.set('status', 'inactive');
  expect(await read(5, 'status')).toEqual({ status: 'inactive' });
  expect(singly(asked())).toBe(1);
});

test('where the moment of the last change may not be read, everybody is asked for each time', async () => {
  const { server, read, asked } = await company();
  server.readable.delete('last_modified_at');
  await read(1, 'status');
  asked();
  await read(1, 'status');
  expect(singly(asked())).toBe(6);
});

test('around the days of somebody’s employment they are looked at each time, and then no more', async () => {
  const { server, read, asked, clock } = await company();
  // The stand-in's clock starts on 2026-11-20 at 08:00 UTC.
  server.employees.get(6)?.set('status', 'onboarding').set('hire_date', '2026-11-22');
  const looks = async (days: number) => {
    await clock.sleep(days * dayMs);
    await read(6, 'status');
    return singly(asked());
  };
  expect(await looks(0)).toBe(6);
  expect(await looks(0.5)).toBe(0);
  expect(await looks(1)).toBe(1);
  server.employees.get(6)?.set('status', 'active');
  expect(await looks(0.5)).toBe(1);
  expect(await looks(2)).toBe(1);
  expect(await looks(0)).toBe(0);
});

test('whom a webhook names is read past what is remembered, and the next pass does not know better', async () => {
  const { server, reader, signal, read, asked } = await company();
  await read(3, 'position');
  // A change of employment that moves nothing in the list of persons.
  server.employees.get(3)?.set('position', 'Curator');
  const want = { attributes: ['position'] };
  const rows = await reader.find(want, [{ attribute: 'id', value: '3' }], signal);
  expect(rows).toEqual([{ id: '3', values: ['Curator'] }]);
  asked();
  expect(await read(3, 'position')).toEqual({ position: 'Curator' });
  expect(singly(asked())).toBe(0);
});

test('who is gone when asked for singly is that person’s error, and nobody else’s', async () => {
  const { server, readAll } = await company();
  server.loopback.fail(({ path }) => path === '/v2/persons/2/employments', {
    kind: 'answer',
    answer: { status: 404, body: { errors: [{ title: 'Resource not found' }] } },
  });
  const { rows } = await readAll('status');
  expect(rows.filter(({ fault }) => fault !== undefined)).toEqual([
    { id: '2', values: [undefined], fault: expect.stringContaining('has no employments of them') as string },
  ]);
});

test.each([
  ['of another person', { person: { id: '5' } }],
  ['that nobody can read', 'nonsense'],
])('employments %s end the reading', async (_, wrong) => {
  const { server, readAll } = await company();
  server.loopback.fail(({ path }) => path === '/v2/persons/2/employments', {
    kind: 'answer',
    answer: { status: 200, body: { _data: [wrong], _meta: { links: {} } } },
  });
  await expect(readAll('status')).rejects.toMatchObject({ fate: 'waiting', reason: 'UnusableAnswer' });
});

test('whoever has no employment has no status: nothing is decided about them', async () => {
  const { server, read } = await company();
  server.v2.employments.set(4, []);
  expect(await read(4, 'status', 'position', 'department.name')).toEqual({
    status: undefined,
    position: undefined,
    'department.name': undefined,
  });
});

test('a list and an employment that contradict each other are that person’s error', async () => {
  const { server, read } = await company();
  server.loopback.fail(({ path }) => path === '/v2/persons', {
    kind: 'change',
    change: (answer) => {
      const body = answer.body as { readonly _data: readonly JsonObject[] };
      return {
        ...answer,
        body: { ...body, _data: body['_data'].map((one) => ({ ...one, status: 'INACTIVE' })) },
      };
    },
  });
  expect(await read(1, 'status')).toMatchObject({
    fault: expect.stringContaining('different things') as string,
  });
});

test('somebody of many employments has them on several pages', async () => {
  const { server, read } = await company();
  const one = employmentFrom(server.employees.get(1) ?? new Map());
  const past = Array.from({ length: 60 }, (_, year) => ({
    ...one,
    id: `past-${year}`,
    employment_start_date: `19${String(99 - year).padStart(2, '0')}-01-01`,
  }));
  server.v2.employments.set(1, [
    ...past.slice(0, 55),
    { ...one, position: { title: 'Now' } },
    ...past.slice(55),
  ]);
  expect(await read(1, 'position')).toEqual({ position: 'Now' });
});

test('why somebody left is kept only where a sync wants it, and then for the others too', async () => {
  const details = memoryDetails();
  const { server, read, asked } = await company({ details });
  server.leave(2, '2026-03-31');
  server.employees.get(2)?.set('termination_reason', 'kanarie');
  await read(2, 'status', 'termination_date');
  const version = '2026-03-31T08:00:00Z INACTIVE';
  const kept = async () => JSON.stringify([...(await details.recall([{ id: '2', version }]))]);
  expect(await kept()).toContain('2026-03-31');
  expect(await kept()).not.toContain('kanarie');
  asked();
  expect(await read(2, 'termination_reason')).toEqual({ termination_reason: 'kanarie' });
  expect(singly(asked())).toBe(6);
  await read(2, 'status');
  await read(2, 'termination_reason', 'termination_type');
  expect(singly(asked())).toBe(0);
});

test('what was read before the connection broke is not asked for again', async () => {
  const { server, readAll, asked } = await company();
  server.loopback.fail(({ path }) => path === '/v2/persons/6/employments', {
    kind: 'answer',
    answer: { status: 403, body: { errors: [] } },
  });
  await expect(readAll('status')).rejects.toMatchObject({ fate: 'stalled', reason: 'PermissionDenied' });
  const before = singly(asked());
  await readAll('status');
  expect(singly(asked())).toBe(6 - (before - 1));
});
