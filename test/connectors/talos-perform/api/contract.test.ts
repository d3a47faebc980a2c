import { talosPerform } from '../../../../src/connectors/talos-perform/connector.ts';
import { talosConfig, type TalosConfig } from '../../../../src/connectors/talos-perform/schema.ts';
import type { Json } from '../../../../src/model/value.ts';
import { testContext } from '../../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type TargetSubject,
} from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';
import { startTalosPerform, type TalosServer } from '../../../vendors/talos-perform/server.ts';

const pageSize = 3;
const groups = [
  { id: 12, name: 'Amsterdam' },
  { id: 13, name: 'Rotterdam' },
  { id: 14, name: 'Twin' },
  { id: 15, name: 'Twin' },
];

const target: TargetSubject = {
  abilities: { create: true, update: true, enable: true, disable: true, delete: false },
  account: (n) => ({
    set: {
      employeeId: `${canary}-${String(n)}`,
      email: `${canary}.${String(n)}@Example.org`,
      firstName: ` ${canary} `,
      lastName: `O'${canary} "${String(n)}"`,
      jobTitle: canary,
      adminGroup: 'Amsterdam',
    },
    identity: { employeeId: `${canary}-${String(n)}` },
  }),
  unique: ['employeeId', 'email'],
  updates: [
    { name: 'a text', set: { firstName: `${canary}tje` } },
    { name: 'an address', set: { email: `New.${canary}@Example.org` } },
    { name: 'another admin group', set: { adminGroup: ' Rotterdam ' } },
    { name: 'a text taken away, and another changed', set: { jobTitle: null, lastName: canary } },
    { name: 'no admin group any more', set: { adminGroup: null } },
  ],
  unknownField: (record) => (record as Record<string, Json>)['photo'],
  mostAtOnce: 9,
};

const servers = new WeakMap<ContractSystem, TalosServer>();

const subject: ContractSubject<TalosConfig> = {
  name: 'talos-perform',
  connector: talosPerform,
  transport: 'http',
  people: 3 * pageSize - 1,
  attributes: ['employeeId', 'email', 'firstName', 'lastName', 'jobTitle', 'adminGroup'],
  findable: ['employeeId', 'email'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => onPage(system, 2, () => pageOf(system, 1)),
    },
    {
      name: 'paging goes in a circle',
      cause: (system) => {
        for (const page of [2, 3]) onPage(system, page, () => pageOf(system, 1));
      },
    },
    {
      name: 'total does not add up',
      cause: (system) => {
        for (const page of [1, 2, 3]) onPage(system, page, (body) => ({ ...body, total: 3 * pageSize }));
      },
    },
    {
      name: 'an admin group list that is none',
      cause: (system) =>
        serverOf(system).loopback.fail(({ path }) => path === '/admingroups', {
          kind: 'answer',
          answer: { status: 200, body: { adminGroups: 'none' } },
        }),
    },
  ],
  tokens: 'last',
  target,
  async start() {
    const key = `${canary}-key`;
    const server = await startTalosPerform({ key, groups });
    const list = {
      path: 'users',
      query: { includeDeactivated: true },
      records: 'users',
      paging: {
        kind: 'page',
        parameter: 'page',
        size: { parameter: 'pageSize', value: pageSize },
        total: 'total',
      },
    };
    const config = talosConfig.parse({ api: { baseUrl: server.url, list, limits: [] } });
    const system = systemOf(server);
    servers.set(system, server);
    return { context: testContext({ config, secrets: { token: key } }), system };
  },
};

describeConnectorContract(subject);

function systemOf(server: TalosServer): ContractSystem {
  const { users, loopback } = server;
  return {
    put: (count) => {
      for (let n = 1; n <= count; n += 1) {
        users.add({
          employeeID: `${canary}-p${String(n)}`,
          email: `${canary}.p${String(n)}@example.org`,
          firstName: canary,
          lastName: `${canary} ${String(n)}`,
          jobTitle: canary,
          adminGroupId: 12,
          isActive: n % 4 !== 3,
          photo: `${canary}.png`,
        });
      }
      return Promise.resolve([...users.byId.keys()]);
    },
    state: () => new Map([...users.byId].map(([id, user]) => [id, { ...user }])),
    server: {
      loopback,
      isPage: ({ method, path }) => method === 'GET' && path === '/users',
      isWrite: ({ method }) => method !== 'GET',
    },
    withhold: () => {
      server.showGroups = false;
      return /admingroups is refused \(403\); it needs the right to read admin groups/;
    },
    stop: () => server.close(),
  };
}

type Body = Readonly<Record<string, unknown>>;

function serverOf(system: ContractSystem): TalosServer {
  const server = servers.get(system);
  if (server === undefined) throw new Error('not started here');
  return server;
}

function onPage(system: ContractSystem, page: number, change: (body: Body) => Body): void {
  serverOf(system).loopback.fail(
    ({ method, path, query }) => method === 'GET' && path === '/users' && query.get('page') === String(page),
    { kind: 'change', change: (answer) => ({ ...answer, body: change(answer.body as Body) }) },
  );
}

function pageOf(system: ContractSystem, page: number): Body {
  const all = [...serverOf(system).users.byId.values()];
  return { users: all.slice((page - 1) * pageSize, page * pageSize), total: all.length, page };
}
