import { describe } from 'vitest';
import { haiilo } from '../../../src/connectors/haiilo/connector.ts';
import { haiiloConfig, type HaiiloConfig } from '../../../src/connectors/haiilo/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type TargetSubject,
} from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { startAdvocacy } from '../../vendors/haiilo/advocacy.ts';
import { startIntranet } from '../../vendors/haiilo/intranet.ts';
import type { ScimUser } from '../../vendors/haiilo/user.ts';
import type { Loopback } from '../../vendors/loopback.ts';
import { listDoubts } from '../scim/doubts.ts';

const pageSize = 3;
const usersPath = '/api/scim/v2/Users';

const shared = {
  connector: haiilo,
  name: 'haiilo',
  transport: 'http',
  people: 3 * pageSize - 1,
  doubts: listDoubts(usersPath, pageSize),
} as const;

const intranetTarget: TargetSubject = {
  abilities: { create: true, createDisabled: true, update: true, enable: true, disable: true, delete: false },
  account: (n) => ({
    set: {
      userName: `${canary}.${String(n)}@Example.org`,
      externalId: `${canary}-${String(n)}`,
      'name.givenName': canary,
      'name.familyName': `O'${canary} "${String(n)}"`,
      'emails.work': `${canary}.${String(n)}@Example.org`,
      'custom.department': `${canary} department`,
      password: `${canary}-Geheim-${String(n)}`,
    },
    identity: { externalId: `${canary}-${String(n)}` },
  }),
  unique: ['userName'],
  updates: [
    { name: 'a profile field', set: { 'custom.department': `${canary} unit` } },
    {
      name: 'a login and an e-mail address',
      set: { userName: `New.${canary}@example.org`, 'emails.work': `New.${canary}@example.org` },
    },
    { name: 'a profile field taken away', set: { 'custom.department': null } },
    { name: 'part of a name and an address', set: { 'name.givenName': `${canary}tje`, 'emails.work': null } },
  ],
  unknownField: (record) => (record as ScimUser)['profileField_shoeSize'],
  mostAtOnce: 5,
};

const intranet: ContractSubject<HaiiloConfig> = {
  ...shared,
  attributes: ['userName', 'externalId', 'name.familyName', 'custom.department', 'status'],
  findable: ['userName', 'externalId'],
  tokens: 'expire',
  target: intranetTarget,
  async start() {
    const directory = { id: `${canary}-client`, secret: `${canary}-secret` };
    const server = await startIntranet({ directory, profileFields: ['department', 'shoeSize'] });
    const config = haiiloConfig.parse({
      product: 'intranet',
      baseUrl: server.url,
      pageSize,
      profileFields: [{ name: 'department' }],
      deprovisionPolicy: 'deactivate',
    });
    const secrets = { clientId: directory.id, clientSecret: directory.secret };
    const context = testContext({ config, secrets });
    return { context, system: { ...systemOf(server), expireToken: () => server.expireTokens() } };
  },
};

const advocacyTarget: TargetSubject = {
  abilities: { create: true, update: true, enable: false, disable: true, delete: true },
  disabling: 'deletes',
  account: (n) => ({
    set: {
      userName: `${canary}.${String(n)}@Example.org`,
      'name.givenName': canary,
      'name.familyName': `O'${canary} "${String(n)}"`,
      country: 'Finland',
      locality: `${canary}sinki`,
      region: `${canary}maa`,
    },
    identity: { userName: `${canary}.${String(n)}@Example.org` },
  }),
  unique: ['userName'],
  updates: [
    { name: 'a name', set: { 'name.familyName': `${canary} de "Wit"` } },
    { name: 'a country and a team in another case', set: { country: 'Germany', locality: `${canary}SINKI` } },
    { name: 'a team taken away', set: { region: null } },
    { name: 'every place taken away', set: { country: null, locality: null, region: null } },
  ],
  unknownField: (record) => (record as ScimUser)['avatar'],
  mostAtOnce: 5,
};

const advocacy: ContractSubject<HaiiloConfig> = {
  ...shared,
  attributes: ['userName', 'name.familyName', 'country', 'status'],
  findable: ['userName'],
  tokens: 'last',
  target: advocacyTarget,
  async start() {
    const token = `${canary}-token`;
    const server = await startAdvocacy({ token });
    const config = haiiloConfig.parse({
      product: 'advocacy',
      baseUrl: server.url,
      pageSize,
      tokenOwner: 'owner@example.com',
      deactivationDeletes: 'accepted',
    });
    return { context: testContext({ config, secrets: { token } }), system: systemOf(server) };
  },
};

describe('Intranet', () => describeConnectorContract(intranet));
describe('Advocacy', () => describeConnectorContract(advocacy));

interface Server {
  readonly loopback: Loopback;
  readonly users: ReadonlyMap<string, ScimUser>;
  add(user: ScimUser): string;
  close(): Promise<void>;
}

function systemOf(server: Server): ContractSystem {
  return {
    put: (count) => Promise.resolve(Array.from({ length: count }, (_, n) => server.add(person(n)))),
    state: () => new Map([...server.users].map(([id, user]): [string, Json] => [id, user])),
    server: {
      loopback: server.loopback,
      isPage: ({ method, path }) => method === 'GET' && path === usersPath,
      isWrite: ({ method, path }) => method !== 'GET' && path !== '/api/oauth/token',
    },
    withhold: () => {
      const answer = { status: 403, body: { detail: `${canary} may not` } };
      const times = Number.POSITIVE_INFINITY;
      server.loopback.fail(({ path }) => path === usersPath, { kind: 'answer', answer }, { times });
      return /users cannot be listed.*give the token the right/;
    },
    stop: () => server.close(),
  };
}

function person(n: number): ScimUser {
  const mail = `${canary}.p${String(n)}@example.org`;
  return {
    userName: mail,
    externalId: `${canary}-p${String(n)}`,
    active: true,
    name: { givenName: canary, familyName: `${canary} ${String(n)}` },
    addresses: [{ type: 'work', country: 'Finland' }],
    avatar: `${canary}.png`,
    profileField_department: `${canary} department`,
    profileField_shoeSize: '43',
  };
}
