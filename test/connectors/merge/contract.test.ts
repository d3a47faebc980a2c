import { merge } from '../../../src/connectors/merge/connector.ts';
import { configSchema, type Config } from '../../../src/connectors/merge/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Json } from '../../../src/model/value.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { canary, type ContractSubject } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { inventPeople } from '../../people/people.ts';
import type { Fault, VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { startMerge, type Merge } from '../../vendors/merge/server.ts';

const servers = new WeakMap<object, Merge>();

type Body = Readonly<Record<string, unknown>> & { readonly results: readonly Json[] };

const subject: ContractSubject<Config> = {
  name: 'merge',
  connector: merge,
  transport: 'http',
  people: 250,
  attributes: [
    'id',
    'email',
    'first_name',
    'status',
    'start_date',
    'job_title',
    'department',
    'custom.City',
    'custom.badge_no',
  ],
  findable: ['email', 'custom.badge_no'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: readonly Json[] = [];
        onPage(system, 1, (body) => {
          first = body.results;
          return body;
        });
        onPage(system, 2, (body) => ({ ...body, results: first }));
      },
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => {
        let second: unknown;
        onPage(system, 1, (body) => {
          second = body['next'];
          return body;
        });
        onPage(system, 2, (body) => ({ ...body, results: [], next: second }));
      },
    },
    { name: 'total does not add up', impossible: 'Merge gives no totals; the end is a `next` of null alone' },
    { name: 'a page that does not tell of the next', cause: onSecond(({ results }) => ({ results })) },
    { name: 'a next page without a name', cause: onSecond((body) => ({ ...body, next: '' })) },
    { name: 'a page without results', cause: onSecond(({ next }) => ({ next })) },
    { name: 'a larger page than asked for', cause: onSecond((body) => twice(body)) },
    { name: 'an error with 200', cause: onSecond(() => ({ detail: 'Something went wrong.' })) },
    { name: 'a record without an id', cause: onSecond((body) => ({ ...body, results: [{}], next: null })) },
    {
      name: 'a first copy that is still made',
      cause: (system) =>
        void Object.assign(employeeSync(system), { status: 'SYNCING', is_initial_sync: true }),
    },
    {
      name: 'a copy that is begun anew while it is read',
      cause: (system) =>
        onPage(system, 3, (body) => {
          Object.assign(employeeSync(system), { status: 'SYNCING', is_initial_sync: true });
          return body;
        }),
    },
    {
      name: 'a copy that failed',
      cause: (system) => void Object.assign(employeeSync(system), { status: 'FAILED' }),
    },
    {
      name: 'an HR system that has to be linked again',
      cause: (system) => void Object.assign(serverOf(system).account, { status: 'RELINK_NEEDED' }),
    },
  ],
  tokens: 'last',
  async start() {
    const credentials = { apiKey: `${canary}-key`, accountToken: `${canary}-token` };
    const clock = fakeClock();
    const server = await startMerge({ ...credentials, now: () => clock.now() });
    const context = testContext<Config>({
      config: configSchema.parse({ baseUrl: server.url, plan: 'enterprise' }),
      secrets: credentials,
      clock,
      fields: [
        custom('City', 'remote_data:/employees#/fields/User_City'),
        custom('badge_no', 'field_mappings.badge_no'),
      ],
    });
    const { account } = server;
    const system = {
      put(count: number) {
        for (const person of inventPeople({ count, seed: 11 })) {
          account.hire({
            ...person,
            email: `${canary}.${person.email}`,
            firstName: `${canary} ${person.firstName}`,
          });
        }
        account.copy();
        return Promise.resolve(Array.from({ length: count }, (_, n) => String(n + 1)));
      },
      state: () => new Map([...account.employees].map(([id, row]) => [id, row as Json])),
      server: { loopback: server.loopback, isPage, isWrite: ({ method }: Asked) => method !== 'GET' },
      withhold() {
        account.disabled.Employee = ['work_email'];
        return /email cannot be read; switch it on in Merge's Common Model scopes/;
      },
      stop: () => server.close(),
    };
    servers.set(system, server);
    return { context, system };
  },
};

describeConnectorContract(subject);

/** Saved, so that the first page of a reading is the first one that is asked for. */
function custom(label: string, key: string): AttributeSpec {
  return { name: `custom.${label}`, type: 'text', class: 'personal', label, key, optional: true };
}

type Asked = Pick<VendorRequest, 'method' | 'path'>;

function isPage({ method, path }: Asked): boolean {
  return method === 'GET' && path === '/api/hris/v1/employees';
}

function serverOf(system: object): Merge {
  const server = servers.get(system);
  if (server === undefined) throw new Error('no server of this system');
  return server;
}

function employeeSync(system: object): object {
  return serverOf(system).account.sync.Employee;
}

function onSecond(change: (body: Body) => unknown): (system: object) => void {
  return (system) => onPage(system, 2, change);
}

function onPage(system: object, page: number, change: (body: Body) => unknown): void {
  const changed = (answer: VendorAnswer): VendorAnswer => ({ ...answer, body: change(answer.body as Body) });
  const fault: Fault = { kind: 'change', change: changed };
  const { loopback } = serverOf(system);
  const isThis = (request: VendorRequest) => isPage(request) && pageOf(request) === page;
  loopback.fail(isThis, fault);
}

/** A cursor of our server begins with the position of the page. */
function pageOf({ query }: VendorRequest): number {
  const cursor = query.get('cursor');
  return cursor === null ? 1 : 1 + Number.parseInt(Buffer.from(cursor, 'base64url').toString(), 10) / 100;
}

function twice({ results, ...body }: Body): unknown {
  const others = results.map((one) => ({ ...(one as object), id: `${(one as { id: string }).id}x` }));
  return { ...body, results: [...results, ...others] };
}
