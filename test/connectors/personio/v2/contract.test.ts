import { personio } from '../../../../src/connectors/personio/connector.ts';
import type { PersonioConfig } from '../../../../src/connectors/personio/schema.ts';
import type { Json } from '../../../../src/model/value.ts';
import { testContext } from '../../../contract/context.ts';
import { canary, type ContractSubject } from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';
import { inventPeople } from '../../../people/people.ts';
import type { VendorAnswer, VendorRequest } from '../../../vendors/loopback.ts';
import { startPersonio, type Personio } from '../../../vendors/personio/server.ts';
import { cursorOf } from '../../../vendors/personio/v2/paging.ts';

const servers = new WeakMap<object, Personio>();
const perPage = 5;

const subject: ContractSubject<PersonioConfig> = {
  name: 'personio',
  connector: personio,
  transport: 'http',
  people: 13,
  attributes: [
    'id',
    'email',
    'first_name',
    'status',
    'hire_date',
    'department.name',
    'office.name',
    'legal_entity.name',
    'custom.User_City',
  ],
  findable: ['email', 'custom.User_City'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: readonly Json[] | undefined;
        onPage(system, 1, (body) => {
          first = body['_data'];
          return body;
        });
        onPage(system, 2, (body) => ({ ...body, _data: first ?? [] }));
      },
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => onPage(system, 2, (body) => linked(body, `?cursor=${cursorOf(perPage)}`)),
    },
    {
      name: 'paging goes in a circle of pages with nobody on them',
      cause: (system) =>
        onPage(system, 2, (body) => ({ ...linked(body, `?cursor=${cursorOf(perPage)}`), _data: [] })),
    },
    {
      name: 'total does not add up',
      impossible: 'the answers hold no total; that a page is the last is told by the missing link alone',
    },
    { name: 'links are missing', cause: (system) => onPage(system, 1, ({ _data }) => ({ _data })) },
    { name: 'the next link leads nowhere', cause: (system) => onPage(system, 1, (body) => linked(body, '')) },
    {
      name: 'nobody comes, page after page',
      cause: (system) => {
        for (const page of [1, 2]) onPage(system, page, (body) => ({ ...body, _data: [] }));
      },
    },
    {
      name: 'an error with 200',
      cause: (system) => onPage(system, 2, () => ({ errors: [{ title: 'Bad gateway', detail: canary }] })),
    },
  ],
  tokens: 'expire',
  async start() {
    const credentials = { clientId: `${canary}-id`, clientSecret: `${canary}-secret` };
    const server = await startPersonio({ ...credentials, v2: { mostPerPage: perPage } });
    const context = testContext<PersonioConfig>({
      config: { api: 'v2', baseUrl: server.url, pictureWidth: 400, perMinute: 2000 },
      secrets: credentials,
    });
    const system = {
      put(count: number) {
        const people = inventPeople({ count, seed: 11 });
        for (const person of people) {
          const { email, firstName, number } = person;
          server
            .hire({ ...person, email: `${canary}.${email}`, firstName: `${canary} ${firstName}` })
            .set('dynamic_24407', `${canary}-${number}`);
        }
        return Promise.resolve(people.map(({ number }) => String(number)));
      },
      state: () =>
        new Map([...server.employees].map(([id, employee]) => [String(id), Object.fromEntries(employee)])),
      server: { loopback: server.loopback, isPage, isWrite },
      expireToken: () => server.v2.tokens.revoke(),
      withhold() {
        server.v2.tokens.scopes.delete('personio:org-units:read');
        return /departments and teams.*personio:org-units:read.*API credentials/;
      },
      stop: () => server.close(),
    };
    servers.set(system, server);
    return { context, system };
  },
};

describeConnectorContract(subject);

function isPage({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method === 'GET' && path === '/v2/persons';
}

function isWrite({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method !== 'GET' && path !== '/v2/auth/token' && path !== '/v1/auth';
}

interface Body {
  readonly _data: readonly Json[];
  readonly _meta: { readonly links: Readonly<Record<string, Json>> };
}

function onPage(system: object, page: number, change: (body: Body) => unknown): void {
  const at = page === 1 ? null : cursorOf((page - 1) * perPage);
  servers.get(system)?.loopback.fail((request) => isPage(request) && request.query.get('cursor') === at, {
    kind: 'change',
    change: (answer: VendorAnswer) => ({ ...answer, body: change(answer.body as Body) }),
  });
}

function linked(body: Body, href: string): Body {
  return { ...body, _meta: { links: { ...body['_meta'].links, next: { href } } } };
}
