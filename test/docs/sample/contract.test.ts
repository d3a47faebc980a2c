import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import { canary, type ContractSystem } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { rollcall } from './connector.ts';
import { startRollcall } from './server.ts';

const person = (n: number) => ({
  email: `${canary}${String(n)}@example.org`,
  name: `${canary} ${String(n)}`,
  team: canary,
});

type Page = Readonly<Record<string, Json>>;

const isPage = ({ method }: { readonly method: string }) => method === 'GET';

/** From here on, this page is changed on its way. */
function onPage(system: ContractSystem, page: number, change: (body: Page) => Page): void {
  system.server?.loopback.fail(({ query }) => query.get('page') === String(page), {
    kind: 'change',
    change: (answer) => ({ ...answer, body: change(answer.body as Page) }),
  });
}

describeConnectorContract({
  name: 'rollcall',
  connector: rollcall,
  transport: 'http',
  people: 8,
  attributes: ['id', 'email', 'name', 'team'],
  findable: ['email'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: Page = {};
        onPage(system, 1, (body) => (first = body));
        onPage(system, 2, () => first);
      },
    },
    {
      name: 'paging goes in a circle',
      impossible: 'we count the pages; a page that comes again is one that repeats',
    },
    {
      name: 'total does not add up',
      cause: (system) => onPage(system, 3, (body) => ({ ...body, people: [] })),
    },
    {
      name: 'total changes on the way',
      cause: (system) => onPage(system, 2, (body) => ({ ...body, total: 5 })),
    },
  ],
  tokens: 'last',
  target: {
    abilities: { create: true, update: true, enable: true, disable: true, delete: false },
    account: (n) => ({
      set: { ...person(n), email: `${canary}.New${String(n)}@Example.org` },
      identity: { email: `${canary}.New${String(n)}@Example.org` },
    }),
    unique: ['email'],
    updates: [
      { name: 'a name and an address', set: { name: `${canary}tje`, email: `${canary}tje@Example.org` } },
      { name: 'a team taken away', set: { team: null } },
    ],
    unknownField: (record) => (record as Page)['shoeSize'],
    mostAtOnce: 9,
  },
  async start() {
    const apiKey = `${canary}-key`;
    const { url, loopback, people } = await startRollcall(apiKey);
    const config = rollcall.config.parse({ baseUrl: url });
    return {
      context: testContext({ config, secrets: { apiKey } }),
      system: {
        put: (count) => {
          for (let n = 1; n <= count; n += 1) {
            people.set(String(n), { id: String(n), active: true, shoeSize: canary, ...person(n) });
          }
          return Promise.resolve([...people.keys()]);
        },
        state: () => people,
        server: { loopback, isPage, isWrite: (request) => !isPage(request) },
        withhold: () => {
          const answer = { status: 403, body: { message: canary } };
          loopback.fail(isPage, { kind: 'answer', answer });
          return /give it the scope people\.read/;
        },
        stop: () => loopback.close(),
      },
    };
  },
});
