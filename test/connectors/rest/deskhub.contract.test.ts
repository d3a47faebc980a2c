import { rest } from '../../../src/connectors/rest/connector.ts';
import type { RestConfig } from '../../../src/connectors/rest/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type TargetSubject,
} from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { startDeskhub, type Deskhub } from '../../vendors/rest/deskhub.ts';
import { emptyUser } from '../../vendors/rest/deskhub-users.ts';
import { declaredOnPage } from './declared.ts';

const pageSize = 3;

const target: TargetSubject = {
  abilities: { create: true, createDisabled: true, update: true, enable: true, disable: true, delete: true },
  account: (n) => ({
    set: {
      number: `${canary}-${String(n)}`,
      login: ` ${canary}.${String(n)} `,
      email: `${canary}.${String(n)}@Example.org`,
      first_name: canary,
      last_name: `O'${canary} "${String(n)}"`,
      floor: 7,
      room: `${canary} room`,
      started: '2026-11-01',
      remote: true,
      tags: [`${canary} a`, `${canary} b`],
      password: `${canary}-Geheim-${String(n)}`,
    },
    identity: { number: `${canary}-${String(n)}` },
  }),
  unique: ['login'],
  updates: [
    { name: 'a text', set: { first_name: `${canary}tje` } },
    { name: 'an address', set: { email: `New.${canary}@Example.org` } },
    { name: 'one of two nested values', set: { floor: 0 } },
    { name: 'a date and a word for false', set: { started: '2024-02-29', remote: false } },
    { name: 'a list', set: { tags: [`${canary} c`] } },
    { name: 'values taken away', set: { room: null, floor: null, started: null } },
    { name: 'a list emptied', set: { tags: null } },
  ],
  unknownField: (record) => (record as Record<string, Json>)['avatar'],
  mostAtOnce: 9,
};

const subject: ContractSubject<RestConfig> = {
  name: 'rest',
  connector: rest,
  transport: 'http',
  people: 3 * pageSize - 1,
  attributes: ['id', 'number', 'login', 'email', 'last_name', 'floor', 'started', 'remote', 'tags'],
  findable: ['number', 'login', 'email'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => onPage(system, 2, () => pageOf(system, 1)),
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => {
        for (const page of [2, 3]) onPage(system, page, () => ({ ...pageOf(system, 1) }));
      },
    },
    {
      name: 'total does not add up',
      cause: (system) => onEveryPage(system, (body) => withMeta(body, { total: 3 * pageSize })),
    },
    {
      name: 'total is smaller than the list',
      cause: (system) => onEveryPage(system, (body) => withMeta(body, { total: 2 * pageSize - 1 })),
    },
    {
      name: 'total changes on the way',
      cause: (system) => onPage(system, 2, (body) => withMeta(body, { total: 3 * pageSize - 2 })),
    },
    {
      name: 'somebody goes while the pages are read',
      cause: (system) => onPage(system, 1, (body) => (hubOf(system).users.delete('u-2'), body)),
    },
    {
      name: 'a page has no records',
      cause: (system) => onPage(system, 2, (body) => ({ meta: body['meta'] ?? null })),
    },
    {
      name: 'a page is empty before the end',
      cause: (system) => onPage(system, 2, (body) => ({ ...body, users: [] })),
    },
    {
      name: 'the total is missing',
      cause: (system) => onPage(system, 3, (body) => withMeta(body, { total: null })),
    },
    { name: 'the records lose their ids', cause: (system) => onEveryPage(system, withoutIds) },
  ],
  tokens: 'last',
  target,
  async start() {
    const token = `${canary}-token`;
    const hub = await startDeskhub({ token });
    const config = declaredOnPage('deskhub', () => ({ baseUrl: hub.url }));
    const { list } = config;
    const small = { ...list, paging: { ...list.paging, size: { parameter: 'per_page', value: pageSize } } };
    const context = testContext<RestConfig>({
      config: { ...config, list: small },
      secrets: { token },
    });
    const system = systemOf(hub);
    hubs.set(system, hub);
    return { context, system };
  },
};

const hubs = new WeakMap<ContractSystem, Deskhub>();

describeConnectorContract(subject);

function systemOf(hub: Deskhub): ContractSystem {
  const { loopback, users } = hub;
  return {
    put: (count) => {
      for (let n = 1; n <= count; n += 1) {
        const id = `u-${String(n)}`;
        const tag = `${canary}.p${String(n)}`;
        users.set(id, {
          ...emptyUser,
          id,
          number: tag,
          login: tag,
          email: `${tag}@example.org`,
          name: { first: canary, last: `${canary} ${String(n)}` },
          desk: { floor: n, room: canary },
          started: '29.02.2024',
          remote: n % 2 === 0 ? 'yes' : 'no',
          tags: [canary],
          active: n % 4 !== 3,
          avatar: `${canary}.png`,
        });
      }
      return Promise.resolve([...users.keys()]);
    },
    state: () => new Map([...users].map(([id, user]) => [id, user as unknown as Json])),
    server: {
      loopback,
      isPage: ({ method, path }) => method === 'GET' && path === '/api/users',
      isWrite: ({ method }) => method !== 'GET',
    },
    withhold: () => {
      const answer = { status: 403, body: { errors: [`${canary} may not`] } };
      loopback.fail(({ path }) => path === '/api/users', { kind: 'answer', answer }, { times: 9 });
      return /the list users cannot be read \(403\); give the credential the right/;
    },
    stop: () => hub.close(),
  };
}

type Body = Readonly<Record<string, Json>>;

function hubOf(system: ContractSystem): Deskhub {
  const hub = hubs.get(system);
  if (hub === undefined) throw new Error('not started here');
  return hub;
}

function onPage(system: ContractSystem, page: number, change: (body: Body) => Body): void {
  hubOf(system).loopback.fail(
    ({ path, query }) => path === '/api/users' && query.get('page') === String(page),
    {
      kind: 'change',
      change: (answer) => ({ ...answer, body: change(answer.body as Body) }),
    },
  );
}

function onEveryPage(system: ContractSystem, change: (body: Body) => Body): void {
  for (const page of [1, 2, 3]) onPage(system, page, change);
}

function pageOf(system: ContractSystem, page: number): Body {
  const all = [...hubOf(system).users.values()];
  return {
    users: all.slice((page - 1) * pageSize, page * pageSize) as unknown as Json,
    meta: { total: all.length },
  };
}

function withMeta(body: Body, meta: Body): Body {
  return { ...body, meta: { ...(body['meta'] as Body), ...meta } };
}

function withoutIds(body: Body): Body {
  return { ...body, users: (body['users'] as readonly Body[]).map((user) => ({ ...user, id: null })) };
}
