import { rest } from '../../../src/connectors/rest/connector.ts';
import type { RestConfig } from '../../../src/connectors/rest/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import { canary, type ContractSubject, type ContractSystem } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { startStaffbook, type Staffbook, type StaffbookPerson } from '../../vendors/rest/staffbook.ts';
import { declaredOnPage } from './declared.ts';

const pageSize = 3;
const path = '/v2/people/search';

const subject: ContractSubject<RestConfig> = {
  name: 'rest',
  connector: rest,
  transport: 'http',
  people: 3 * pageSize - 1,
  attributes: ['id', 'first_name', 'email', 'department', 'teams', 'hire_date', 'status'],
  findable: ['email'],
  doubts: [
    {
      name: 'page repeated',
      cause: (book) => onPage(book, 2, (result, seen) => ({ ...result, people: seen[0] ?? [] })),
    },
    {
      name: 'paging goes in a circle',
      cause: (book) => onPage(book, 2, (result) => ({ ...result, people: [], next_cursor: 'Mw' })),
    },
    {
      name: 'total does not add up',
      impossible: 'it gives none: the cursor names the person behind whom a page begins, and null is the end',
    },
    {
      name: 'the cursor is missing',
      cause: (book) => onPage(book, 2, ({ people }) => ({ people: people ?? null })),
    },
    { name: 'an error with 200', cause: (book) => answerWith(book, { ok: false, error: { text: canary } }) },
    {
      name: 'neither an error nor a success',
      cause: (book) => answerWith(book, { result: { people: [], next_cursor: null } }),
    },
    {
      name: 'half of the answer',
      cause: (book) => onPage(book, 3, ({ next_cursor: next }) => ({ next_cursor: next ?? null })),
    },
    {
      name: 'people who are no objects',
      cause: (book) => onPage(book, 1, (result) => ({ ...result, people: ['x'] })),
    },
  ],
  tokens: 'expire',
  // The config of this connection declares nothing that writes.
  target: {
    abilities: { create: false, update: false, enable: false, disable: false, delete: false },
    account: () => ({ set: {}, identity: {} }),
    unique: [],
    updates: [],
    unknownField: () => undefined,
    mostAtOnce: 1,
  },
  async start() {
    const secrets = { clientId: `${canary}-client`, clientSecret: `${canary}-secret` };
    const book = await startStaffbook(secrets);
    const config = declaredOnPage('staffbook', ({ auth }) => ({
      baseUrl: book.url,
      auth: { ...(auth as object), tokenUrl: book.tokenUrl },
    }));
    const size = { parameter: 'page.limit', value: pageSize };
    const list = { ...config.list, paging: { ...config.list.paging, size } } as RestConfig['list'];
    const system = systemOf(book);
    books.set(system, book);
    return { context: testContext<RestConfig>({ config: { ...config, list }, secrets }), system };
  },
};

const books = new WeakMap<ContractSystem, Staffbook>();

describeConnectorContract(subject);

function systemOf(book: Staffbook): ContractSystem {
  const { loopback, people } = book;
  return {
    put: (count) => {
      for (let n = 1; n <= count; n += 1) people.set(n, person(n));
      return Promise.resolve([...people.keys()].map(String));
    },
    state: () => new Map([...people].map(([id, one]) => [String(id), one as unknown as Json])),
    server: {
      loopback,
      isPage: (request) => request.path === path,
      isWrite: (request) => request.method !== 'GET' && request.path !== path,
    },
    expireToken: () => book.expireToken(),
    withhold: () => {
      const answer = { status: 403, body: { ok: false, error: { text: `${canary} may not` } } };
      loopback.fail((request) => request.path === path, { kind: 'answer', answer }, { times: 9 });
      return /the list people\/search cannot be read \(403\); give the credential the right/;
    },
    stop: () => book.close(),
  };
}

function person(n: number): StaffbookPerson {
  return {
    person_id: n,
    first: canary,
    last: `${canary} ${String(n)}`,
    emails: [
      { kind: 'home', address: `home${String(n)}.${canary}@example.com` },
      { kind: 'work', address: `${canary}${String(n)}@example.org` },
    ],
    org: { unit: canary, teams: [{ name: `${canary} a` }, { name: `${canary} b` }] },
    joined_at: Date.parse('2024-02-28T23:00:00Z'),
    left_at: n % 4 === 3 ? Date.parse('2026-06-29T22:00:00Z') : null,
    state: n % 4 === 3 ? 'gone' : 'employed',
  };
}

type Result = Readonly<Record<string, Json>>;

/** Changes what page `number` answers; `seen` holds the people of the pages before it. */
function onPage(
  system: ContractSystem,
  number: number,
  change: (result: Result, seen: readonly Json[]) => Result,
): void {
  const seen: Json[] = [];
  books.get(system)?.loopback.fail(
    (request) => request.path === path,
    {
      kind: 'change',
      change: (answer) => {
        const { result } = answer.body as { readonly result: Result };
        seen.push(result['people'] ?? null);
        return seen.length >= number
          ? { ...answer, body: { ok: true, result: change(result, seen) } }
          : answer;
      },
    },
    { times: Number.POSITIVE_INFINITY },
  );
}

function answerWith(system: ContractSystem, body: Json): void {
  const fault = { kind: 'answer', answer: { status: 200, body } } as const;
  books
    .get(system)
    ?.loopback.fail((request) => request.path === path, fault, { times: Number.POSITIVE_INFINITY });
}
