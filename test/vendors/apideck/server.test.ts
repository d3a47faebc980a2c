import { expect, onTestFinished, test } from 'vitest';
import { inventPeople } from '../../people/people.ts';
import { openDocument } from '../openapi.ts';
import { employeeOf, idOf } from './person.ts';
import { startApideck } from './server.ts';

const application = { apiKey: 'key', applicationId: 'app', consumerId: 'consumer', serviceId: 'personio' };
const headers = {
  authorization: 'Bearer key',
  'x-apideck-app-id': 'app',
  'x-apideck-consumer-id': 'consumer',
  'x-apideck-service-id': 'personio',
};

async function start() {
  const server = await startApideck(application);
  onTestFinished(() => server.close());
  for (const person of inventPeople({ count: 3, seed: 1 })) server.tenant.hire(employeeOf(person));
  const get = async (path: string, changed: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { ...headers, ...changed } });
    const body = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, type: body['type_name'], body };
  };
  return { server, get };
}

test.each<[path: string, changed: Record<string, string>, status: number, type: string]>([
  ['/hris/employees', { authorization: 'Bearer other' }, 401, 'UnauthorizedError'],
  ['/hris/employees', { 'x-apideck-app-id': 'other' }, 401, 'UnauthorizedError'],
  ['/hris/employees', { 'x-apideck-consumer-id': 'other' }, 404, 'ConnectionNotFoundError'],
  ['/hris/employees', { 'x-apideck-service-id': 'workday' }, 404, 'ConnectorNotFoundError'],
  ['/hris/employees?limit=201', {}, 400, 'RequestValidationError'],
  ['/hris/employees?cursor=made-up', {}, 400, 'InvalidCursorError'],
  ['/hris/employees?filter[city]=Ghent', {}, 400, 'UnsupportedFiltersError'],
  ['/hris/employees?filter[updated_since]=2026-01-01', {}, 400, 'RequestValidationError'],
  ['/hris/employees/emp_99999', {}, 404, 'EntityNotFoundError'],
  ['/vault/connections/hris/workday', {}, 404, 'IntegrationNotFoundError'],
])('%s with %j is refused as %i %s', async (path, changed, status, type) => {
  const { get } = await start();
  expect(await get(path, changed)).toMatchObject({ status, type });
});

test('a connection that cannot be called reads nobody', async () => {
  const { server, get } = await start();
  server.tenant.connection['state'] = 'authorized';
  expect(await get('/hris/employees')).toMatchObject({ status: 422, type: 'InvalidStateError' });
});

test('fields that were asked for are all that comes, and the envelope is that of the vendor', async () => {
  const { get } = await start();
  const { body } = await get('/hris/employees?limit=2&fields=id,title');
  expect(body).toMatchObject({
    status_code: 200,
    service: 'personio',
    operation: 'all',
    meta: { items_on_page: 2, total_count: 3, cursors: { next: expect.any(String) } },
  });
  expect((body['data'] as readonly object[]).map((one) => Object.keys(one))).toEqual([
    ['id', 'title'],
    ['id', 'title'],
  ]);
});

test('the people of the stand-in are employees as the vendor’s document has them', async () => {
  const document = openDocument('apideck-hris.yaml');
  for (const person of inventPeople({ count: 5, seed: 2 })) {
    const json = employeeOf(person, [{ id: 'x', name: 'Shirt size', value: 'M' }]);
    expect(document?.check({ method: 'POST', path: '/hris/employees', headers, json }) ?? []).toEqual([]);
    expect(json['id']).toBe(idOf(person.number));
  }
});
