import { torii as connector } from '../../../src/connectors/torii/connector.ts';
import type { ToriiConfig } from '../../../src/connectors/torii/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type Doubt,
  type TargetSubject,
} from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import type { VendorRequest } from '../../vendors/loopback.ts';
import { finishSync } from '../../vendors/torii/sync.ts';
import type { Torii } from '../../vendors/torii/state.ts';
import { account, application, openTorii } from './bench.ts';

type Body = Record<string, Json>;
type Change = (body: Body, page: number) => Body;
type Request = Pick<VendorRequest, 'method' | 'path'>;

const perPage = 3;
const address = (n: number) => `${canary}.${n}@example.org`;

/** Changes every page of a list on its way. */
function changed(system: ContractSystem, change: Change): void {
  let page = 0;
  const loopback = system.server?.loopback;
  loopback?.fail(
    (request) => system.server?.isPage(request) === true,
    {
      kind: 'change',
      change: (answer) => ({ ...answer, body: change(answer.body as Body, (page += 1)) }),
    },
    { times: Number.POSITIVE_INFINITY },
  );
}

const doubt = (name: string, change: () => Change): Doubt => ({
  name,
  cause: (system) => changed(system, change()),
});

/** Lists with cursors: people, and users of an application. */
const cursorDoubts: readonly Doubt[] = [
  doubt('page repeated', () => {
    let first: Json | undefined;
    return (body, page) => {
      first ??= body['users'];
      return page === 2 ? { ...body, users: first ?? null } : body;
    };
  }),
  doubt('paging goes in a circle', () => {
    let first: Body | undefined;
    return (body) => (first ??= { ...body, total: 1_000_000 });
  }),
  doubt('paging goes in a circle of empty pages', () => (body) => ({
    ...body,
    users: [],
    nextCursor: 'AAAA',
  })),
  doubt('total does not add up', () => (body) => ({ ...body, total: Number(body['total']) + 1 })),
  doubt('total is smaller than the list', () => (body) => ({ ...body, total: perPage })),
  doubt('total changes on the way', () => (body, page) => ({ ...body, total: Number(body['total']) + page })),
  doubt('the cursor of a page in the middle is lost', () => (body, page) => {
    const { nextCursor, ...last } = body;
    return page === 2 ? last : { ...last, ...(nextCursor === undefined ? {} : { nextCursor }) };
  }),
  doubt('a page has no total', () => (body) => ({
    ...body,
    total: null,
  })),
  doubt('a page is an error with 200', () => () => ({ statusCode: 500, error: 'x', message: 'try again' })),
  doubt('a page holds something else than users', () => (body) => ({ ...body, users: [canary] })),
];

function server(torii: Torii, isPage: (request: Request) => boolean, isWrite: (request: Request) => boolean) {
  return { loopback: torii.loopback, isPage, isWrite };
}

function nameOf(user: Torii['appUsers'][number]): string {
  return user.idExternalUser ?? user.email;
}

function withheld(torii: Torii, part: string, sentence: RegExp): RegExp {
  torii.withheld.add(part);
  return sentence;
}

const people: ContractSubject<ToriiConfig> = {
  name: 'torii',
  connector,
  transport: 'http',
  people: 3 * perPage - 1,
  attributes: [
    'id',
    'email',
    'lastName',
    'lifecycleStatus',
    'isExternal',
    'custom.Department',
    'custom.Hire date',
  ],
  findable: ['email', 'lastName'],
  doubts: cursorDoubts,
  tokens: 'last',
  target: {
    abilities: { create: false, update: true, enable: true, disable: true, delete: false },
    account: () => ({ set: {}, identity: {} }),
    unique: [],
    updates: [{ name: 'a life cycle status', set: { lifecycleStatus: 'offboarded' } }],
    unknownField: (record) => (record as Body)['activeAppsCount'],
    mostAtOnce: 9,
  },
  async start() {
    const { torii, context } = await openTorii({ api: 'users' });
    const system: ContractSystem = {
      put: (count) => {
        torii.largestPage = perPage;
        return Promise.resolve(
          Array.from({ length: count }, (_, n) => {
            const fields = new Map<string, Json>([
              ['departmentName', `${canary} department`],
              ['c_hireDate', '2024-02-29T00:00:00.000Z'],
            ]);
            const person = { email: address(n), firstName: canary, lastName: `${canary} ${n}`, fields };
            return String(torii.addPerson({ ...person, activeAppsCount: 14 }).id);
          }),
        );
      },
      state: () =>
        new Map([...torii.people].map(([id, person]) => [String(id), { ...person, fields: null }])),
      server: server(
        torii,
        ({ method, path }) => method === 'GET' && path === '/v1.0/users',
        ({ method }) => method !== 'GET',
      ),
      withhold: () => withheld(torii, 'users', /list of people cannot be read.*Settings > API Access/),
      stop: () => torii.close(),
    };
    return { context, system };
  },
};

const integrationTarget: TargetSubject = {
  abilities: { create: true, update: true, enable: true, disable: true, delete: false },
  account: (n) => ({
    set: {
      id: `${canary}-${n}`,
      email: `${canary}.${n}@Example.org`,
      firstName: canary,
      lastName: `O'${canary} "${n}"`,
      externalStatus: `${canary} status`,
      role: `${canary} role`,
      lastUsedDate: '2026-11-01',
      licenses: ['Pro', 'Basic'],
    },
    identity: { id: `${canary}-${n}` },
  }),
  unique: ['id', 'email'],
  updates: [
    { name: 'a name', set: { lastName: `${canary} de "Wit"`, firstName: null } },
    { name: 'another address', set: { email: `New.${canary}@example.org` } },
    { name: 'a status and a role', set: { externalStatus: `${canary} leave`, role: null } },
    { name: 'a licence less', set: { licenses: ['Basic'] } },
    { name: 'no licence', set: { licenses: null } },
    { name: 'a licence that is not in use', set: { licenses: ['Pro'], licenseStatus: 'inactive' } },
    { name: 'a day of last use', set: { lastUsedDate: '2026-11-19' } },
  ],
  unknownField: (record) => (record as Body)['score'],
  wholeFile: true,
  mostAtOnce: 1000,
};

const integration: ContractSubject<ToriiConfig> = {
  name: 'torii',
  connector,
  transport: 'http',
  people: 3 * perPage - 1,
  attributes: ['id', 'email', 'lastName', 'externalStatus', 'licenses'],
  findable: ['id', 'email', 'lastName'],
  doubts: cursorDoubts,
  tokens: 'last',
  target: integrationTarget,
  async start() {
    const { torii, context } = await openTorii({ api: 'custom-integration' });
    const system: ContractSystem = {
      put: (count) => {
        torii.largestPage = perPage;
        return Promise.resolve(
          Array.from({ length: count }, (_, n) =>
            nameOf(
              torii.addAppUser({
                idAppAccount: account,
                // Some came without an id, and are known by their address.
                idExternalUser: n % 4 === 3 ? null : `${canary}-p${n}`,
                email: address(n),
                lastName: `${canary} ${n}`,
                externalStatus: `${canary} status`,
                licenses: [{ name: 'Pro', status: 'active' }],
              }),
            ),
          ),
        );
      },
      state: () => {
        finishSync(torii);
        return new Map(torii.appUsers.map((one) => [nameOf(one), one as unknown as Json]));
      },
      server: server(
        torii,
        ({ path }) => path === `/v1.0/apps/${application}/users`,
        // By itself a file that lies there changes nothing.
        ({ path }) => path === '/v1.0/services/sync/custom',
      ),
      withhold: () =>
        withheld(torii, 'apps', /users of application 31 cannot be read.*customIntegration\.app/),
      stop: () => torii.close(),
    };
    return {
      context,
      system,
    };
  },
};

const logins: ContractSubject<ToriiConfig> = {
  name: 'torii',
  connector,
  transport: 'http',
  people: 3 * perPage - 1,
  attributes: ['userName', 'name.givenName', 'name.familyName', 'userType'],
  findable: ['userName'],
  doubts: [
    doubt('page repeated', () => {
      let first: Json | undefined;
      return (body, page) => {
        first ??= body['Resources'];
        return page % 3 === 2 ? { ...body, Resources: first ?? null } : body;
      };
    }),
    doubt('paging goes in a circle', () => {
      let first: Body | undefined;
      return (body) => (first ??= { ...body, totalResults: 1_000_000 });
    }),
    doubt('total does not add up', () => (body) => ({
      ...body,
      totalResults: Number(body['totalResults']) + 1,
    })),
    doubt('the list is an error with 200', () => () => ({ statusCode: 503, message: 'try again' })),
  ],
  tokens: 'last',
  target: {
    abilities: { create: true, update: true, enable: true, disable: true, delete: true },
    account: (n) => ({
      set: {
        userName: `${canary}.${n}@Example.org`,
        'name.givenName': canary,
        'name.familyName': `O'${canary} "${n}"`,
        userType: 'Read Only',
      },
      identity: { userName: `${canary}.${n}@Example.org` },
    }),
    // Whoever has the userName has the identity, and so is the person: no create can tell the two cases apart.
    unique: [],
    updates: [
      { name: 'a role', set: { userType: 'IT' } },
      { name: 'a name', set: { 'name.familyName': `${canary} de "Wit"`, 'name.givenName': null } },
    ],
    unknownField: (record) => (record as Body)['created'],
    mostAtOnce: 9,
  },
  async start() {
    const { torii, context } = await openTorii({ api: 'scim', scim: { pageSize: perPage } });
    const system: ContractSystem = {
      put: (count) => {
        torii.largestPage = perPage;
        return Promise.resolve(
          Array.from({ length: count }, (_, n) => {
            const name = { givenName: canary, familyName: `${canary} ${n}` };
            return String(torii.addLogin({ userName: address(n), name }).id);
          }),
        );
      },
      state: () => new Map([...torii.logins].map(([id, login]) => [String(id), login as unknown as Json])),
      server: server(
        torii,
        ({ method, path }) => method === 'GET' && path === '/v1.0/scim/v2/Users',
        ({ method }) => method !== 'GET',
      ),
      withhold: () => withheld(torii, 'scim', /users cannot be listed.*Torii SCIM/),
      stop: () => torii.close(),
    };
    return { context, system };
  },
};

describeConnectorContract(people);
describeConnectorContract(integration);
describeConnectorContract(logins);
