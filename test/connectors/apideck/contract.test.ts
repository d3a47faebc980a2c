import { apideck } from '../../../src/connectors/apideck/connector.ts';
import type { Config } from '../../../src/connectors/apideck/schema.ts';
import type { ContractSubject } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { idOf } from '../../vendors/apideck/person.ts';
import type { Apideck } from '../../vendors/apideck/server.ts';
import { hire, openApplication } from './application.ts';

const servers = new WeakMap<object, Apideck>();

interface Body {
  readonly data: readonly unknown[];
  readonly meta: { readonly cursors: { readonly next: string | null }; readonly total_count?: number };
}

const subject: ContractSubject<Config> = {
  name: 'apideck',
  connector: apideck,
  transport: 'http',
  people: 25,
  attributes: [
    'id',
    'email',
    'employee_number',
    'first_name',
    'status',
    'hire_date',
    'department',
    'custom.User_City',
  ],
  findable: ['email', 'employee_number', 'custom.User_City'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: readonly unknown[] = [];
        onPage(system, 1, (body) => ({ ...body, data: (first = body.data) }));
        onPage(system, 2, (body) => ({ ...body, data: first }));
      },
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => {
        let cursor: string | null = null;
        onPage(system, 1, (body) => {
          cursor = body.meta.cursors.next;
          return body;
        });
        onPage(system, 2, (body) => ({ ...body, data: [], meta: { cursors: { next: cursor } } }));
      },
    },
    { name: 'total does not add up', cause: (system) => everyTotal(system, () => 26) },
    { name: 'total is too small', cause: (system) => everyTotal(system, () => 20) },
    { name: 'total changes on the way', cause: (system) => everyTotal(system, (page) => 25 - page) },
    {
      name: 'total is there once',
      cause: (system) => onPage(system, 2, (body) => withMeta(body, { total_count: undefined })),
    },
    {
      name: 'a page that is shorter than it says',
      cause: (system) => onPage(system, 2, (body) => ({ ...body, data: body.data.slice(1) })),
    },
    {
      name: 'a page that does not say whether there is another',
      cause: (system) => onPage(system, 2, (body) => withMeta(body, { cursors: undefined })),
    },
    {
      name: 'an end before the end',
      cause: (system) => onPage(system, 2, (body) => withMeta(body, { cursors: { next: null } })),
    },
    {
      name: 'an error with 200',
      cause: (system) =>
        onPage(system, 2, () => ({
          status_code: 500,
          type_name: 'ConnectorExecutionError',
          message: 'kanarie',
        })),
    },
    {
      name: 'another HR system answers',
      cause: (system) => onPage(system, 2, (body) => ({ ...body, service: 'workday' })),
    },
    {
      name: 'somebody leaves while it is read',
      cause: (system) => onPage(system, 1, (body) => (without(system, idOf(1)), body)),
    },
    {
      name: 'somebody comes in front while it is read',
      cause: (system) => {
        onPage(system, 1, (body) => (inFront(system), withMeta(body, { total_count: 26 })));
      },
    },
    {
      name: 'a part could not be had',
      cause: (system) =>
        void servers.get(system)?.tenant.behaviour.failing.set('employment', 'kanarie timed out'),
    },
  ],
  tokens: 'last',
  async start() {
    const { server, context } = await openApplication({ pageSize: 10 });
    const system = {
      put: (count: number) => Promise.resolve(hire(server, count).map(({ number }) => idOf(number))),
      state: () => new Map(server.tenant.employees),
      server: {
        loopback: server.loopback,
        isPage,
        isWrite: ({ method }: { readonly method: string }) => method !== 'GET',
      },
      withhold() {
        server.tenant.connection['application_data_scopes'] = {
          enabled: true,
          resources: {
            'hris.employees': {
              id: { read: true },
              first_name: { read: true },
              last_name: { read: true },
              'emails[].email': { read: true },
            },
          },
        };
        return /employment_status is not among the data scopes.*add it there/;
      },
      stop: () => server.close(),
    };
    servers.set(system, server);
    return { context, system };
  },
};

describeConnectorContract(subject);

function isPage({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method === 'GET' && path === '/hris/employees';
}

/** Of the reading; the custom fields are looked for on a page of their own before. */
function onPage(system: object, page: number, change: (body: Body) => object): void {
  const cursor = page === 1 ? null : Buffer.from(`em9obw::${(page - 1) * 10}`).toString('base64');
  servers
    .get(system)
    ?.loopback.fail(
      (request) =>
        isPage(request) &&
        request.query.get('cursor') === cursor &&
        request.query.get('fields')?.includes('employment_start_date') === true,
      {
        kind: 'change',
        change: (answer: VendorAnswer) => ({ ...answer, body: change(answer.body as Body) }),
      },
    );
}

function without(system: object, id: string): void {
  servers.get(system)?.tenant.employees.delete(id);
}

/** The pages after this one begin with somebody who stood on it. */
function inFront(system: object): void {
  const people = servers.get(system)?.tenant.employees;
  const before = [...(people ?? [])];
  people?.clear();
  people?.set(idOf(999), { ...before[0]?.[1], id: idOf(999) });
  for (const [id, employee] of before) people?.set(id, employee);
}

function everyTotal(system: object, total: (page: number) => number): void {
  for (const page of [1, 2, 3]) onPage(system, page, (body) => withMeta(body, { total_count: total(page) }));
}

function withMeta(body: Body, changed: object): object {
  return { ...body, meta: { ...body.meta, ...changed } };
}
