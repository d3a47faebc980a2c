import { personio } from '../../../src/connectors/personio/connector.ts';
import type { PersonioConfig } from '../../../src/connectors/personio/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import { canary, type ContractSubject } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { inventPeople, type Person } from '../../people/people.ts';
import type { VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { startPersonio, type Personio } from '../../vendors/personio/server.ts';

const servers = new WeakMap<object, Personio>();

const subject: ContractSubject<PersonioConfig> = {
  name: 'personio',
  connector: personio,
  transport: 'http',
  people: 250,
  attributes: ['id', 'email', 'first_name', 'status', 'hire_date', 'department.name', 'custom.User_City'],
  findable: ['email', 'custom.User_City'],
  doubts: [
    {
      name: 'another page than the one asked for',
      cause: (system) => onPage(system, 2, (answer) => bodyWith(answer, { offset: 0 })),
    },
    {
      name: 'page repeated',
      cause: (system) => {
        let first: readonly Json[] | undefined;
        onPage(system, 1, (answer) => {
          first = bodyOf(answer).data;
          return answer;
        });
        onPage(system, 2, (answer) => bodyWith(answer, { data: first }));
      },
    },
    {
      name: 'paging goes in a circle',
      impossible: 'pages are asked for by offset; the answers hold no links and no cursors',
    },
    { name: 'total does not add up', cause: (system) => everyTotal(system, () => 260) },
    { name: 'total is too small', cause: (system) => everyTotal(system, () => 200) },
    { name: 'total changes on the way', cause: (system) => everyTotal(system, (page) => 250 - page) },
    { name: 'total is missing', cause: (system) => everyTotal(system, () => null) },
    {
      name: 'a page is short in the middle',
      cause: (system) =>
        onPage(system, 2, (answer) => bodyWith(answer, { data: bodyOf(answer).data?.slice(1) })),
    },
    {
      name: 'an error with 200',
      cause: (system) =>
        onPage(system, 2, (answer) => bodyWith(answer, { success: false, error: { code: 500 } })),
    },
  ],
  tokens: 'expire',
  async start() {
    const server = await startPersonio({ clientId: `${canary}-id`, clientSecret: `${canary}-secret` });
    const context = testContext<PersonioConfig>({
      config: { api: 'v1', baseUrl: server.url, pictureWidth: 400 },
      secrets: { clientId: `${canary}-id`, clientSecret: `${canary}-secret` },
    });
    const system = {
      put(count: number) {
        const people = inventPeople({ count, seed: 11 }).map(withCanary);
        for (const person of people) server.hire(person).set('dynamic_24407', `${canary}-${person.number}`);
        return Promise.resolve(people.map(({ number }) => String(number)));
      },
      state: () =>
        new Map([...server.employees].map(([id, employee]) => [String(id), Object.fromEntries(employee)])),
      server: { loopback: server.loopback, isPage, isWrite },
      expireToken: () => server.tokens.revoke(),
      withhold() {
        server.readable.delete('status');
        return /status.*Readable employee attributes/;
      },
      stop: () => server.close(),
    };
    servers.set(system, server);
    return { context, system };
  },
};

describeConnectorContract(subject);

function withCanary(person: Person): Person {
  return { ...person, email: `${canary}.${person.email}`, firstName: `${canary} ${person.firstName}` };
}

function isPage({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method === 'GET' && path === '/v1/company/employees';
}

function isWrite({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method !== 'GET' && path !== '/v1/auth' && path !== '/v2/auth/token';
}

function onPage(system: object, page: number, change: (answer: VendorAnswer) => VendorAnswer): void {
  const at = String((page - 1) * 100);
  servers.get(system)?.loopback.fail((request) => isPage(request) && request.query.get('offset') === at, {
    kind: 'change',
    change,
  });
}

function everyTotal(system: object, total: (page: number) => number | null): void {
  for (const page of [1, 2, 3, 4]) {
    onPage(system, page, (answer) => bodyWith(answer, { metadata: { total_elements: total(page) } }));
  }
}

function bodyOf(answer: VendorAnswer): { readonly data?: readonly Json[] } {
  return answer.body as { readonly data?: readonly Json[] };
}

function bodyWith(answer: VendorAnswer, changed: Readonly<Record<string, unknown>>): VendorAnswer {
  return { ...answer, body: { ...(answer.body as object), ...changed } };
}
