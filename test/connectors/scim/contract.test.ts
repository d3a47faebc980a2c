import { scim } from '../../../src/connectors/scim/connector.ts';
import { scimConfig } from '../../../src/connectors/scim/schema.ts';
import type { Json, Value } from '../../../src/model/value.ts';
import { coreUrn, customUrn, enterpriseUrn } from '../../vendors/scim/attributes.ts';
import { startScim, type ScimServer } from '../../vendors/scim/server.ts';
import { testContext } from '../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type TargetSubject,
} from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { listDoubts } from './doubts.ts';

const pageSize = 3;

const target: TargetSubject = {
  abilities: { create: true, createDisabled: true, update: true, enable: true, disable: true, delete: true },
  account: (n) => ({
    set: {
      userName: `${canary}.${String(n)}@Example.org`,
      externalId: `${canary}-${String(n)}`,
      'name.givenName': canary,
      'name.familyName': `O'${canary} "${String(n)}"`,
      displayName: `${canary} ${String(n)}`,
      title: `${canary} title`,
      locale: 'nl-NL',
      'emails.work': `${canary}.${String(n)}@Example.org`,
      'phoneNumbers.work': 'tel:+31-30-5550100',
      'phoneNumbers.mobile': '+31 6 5550100',
      'addresses.work.locality': `${canary}stad`,
      'addresses.work.country': 'NL',
      employeeNumber: `${canary}-${String(n)}`,
      department: `${canary} department`,
      password: `${canary}-Geheim-${String(n)}`,
      'custom.hireDate': '2026-11-01',
      'custom.remote': true,
      'custom.floor': 7,
    },
    identity: { externalId: `${canary}-${String(n)}` },
  }),
  unique: ['userName'],
  updates: [
    { name: 'a plain attribute', set: { title: `${canary} chief` } },
    { name: 'a part of a name', set: { 'name.familyName': `${canary} de "Wit"` } },
    {
      name: 'a login and an e-mail address',
      set: { userName: `New.${canary}@example.org`, 'emails.work': `New.${canary}@example.org` },
    },
    { name: 'a telephone number beside another', set: { 'phoneNumbers.mobile': 'tel:+31-6-5550199' } },
    {
      name: 'an attribute of the enterprise schema',
      set: { department: `${canary} unit`, costCenter: '4130' },
    },
    { name: 'attributes of a schema of their own', set: { 'custom.remote': false, 'custom.floor': 0 } },
    { name: 'a part of an address', set: { 'addresses.work.locality': `${canary}burg` } },
    { name: 'a title taken away', set: { title: null } },
    { name: 'a telephone number taken away', set: { 'phoneNumbers.work': null } },
    {
      name: 'a whole address taken away',
      set: { 'addresses.work.locality': null, 'addresses.work.country': null },
    },
    { name: 'attributes of extensions taken away', set: { department: null, 'custom.hireDate': null } },
    {
      name: 'everything at once',
      set: { displayName: null, 'name.givenName': `${canary}tje`, 'emails.work': null, manager: null },
    },
  ],
  unknownField: (record) => {
    const user = record as Record<string, Json>;
    const extension = user[customUrn] as Record<string, Json> | undefined;
    return [
      user['nickName'] ?? null,
      extension?.['shoeSize'] ?? null,
      (user['emails'] as { type: string }[]).filter((one) => one.type === 'home'),
    ];
  },
  mostAtOnce: 9,
};

const subject: ContractSubject<ReturnType<typeof scimConfig.parse>> = {
  name: 'scim',
  connector: scim,
  transport: 'http',
  people: 3 * pageSize - 1,
  attributes: [
    'userName',
    'externalId',
    'name.familyName',
    'emails.work',
    'department',
    'custom.hireDate',
    'id',
    'status',
    'meta.lastModified',
  ],
  findable: ['userName', 'externalId', 'emails.work'],
  doubts: listDoubts('/scim/v2/Users', pageSize),
  tokens: 'last',
  target,
  async start() {
    const token = `${canary}-token`;
    const server = await startScim({ token, pageSize: 100 });
    const config = scimConfig.parse({
      baseUrl: server.url,
      pageSize,
      extensions: [
        {
          urn: customUrn,
          attributes: [
            { name: 'hireDate', type: 'date' },
            { name: 'remote', type: 'bool' },
            { name: 'floor', type: 'int' },
          ],
        },
      ],
    });
    return { context: testContext({ config, secrets: { token } }), system: systemOf(server) };
  },
};

describeConnectorContract(subject);

const isUsers = (path: string) => path === '/scim/v2/Users';

function systemOf(server: ScimServer): ContractSystem {
  return {
    put: (count) => Promise.resolve(Array.from({ length: count }, (_, n) => server.add(person(n)))),
    state: () => server.users(),
    server: {
      loopback: server.loopback,
      isPage: ({ method, path }) => method === 'GET' && isUsers(path),
      isWrite: ({ method }) => method !== 'GET',
    },
    withhold: () => {
      const answer = { status: 403, body: { detail: `${canary} may not` } };
      server.loopback.fail(
        ({ path }) => isUsers(path),
        { kind: 'answer', answer },
        { times: Number.POSITIVE_INFINITY },
      );
      return /users cannot be listed.*give the token the right/;
    },
    stop: () => server.stop(),
  };
}

function person(n: number): Record<string, Value | Json> {
  const mail = `${canary}.p${String(n)}@example.org`;
  return {
    schemas: [coreUrn, enterpriseUrn, customUrn],
    userName: mail,
    externalId: `${canary}-p${String(n)}`,
    name: { givenName: canary, familyName: `${canary} ${String(n)}`, middleName: 'K.' },
    nickName: `${canary} nick`,
    emails: [
      { value: mail, type: 'work', primary: true },
      { value: `home.${mail}`, type: 'home' },
    ],
    active: n % 4 !== 3,
    [enterpriseUrn]: { department: `${canary} department` },
    [customUrn]: { hireDate: '2024-02-29', shoeSize: '43' },
  };
}
