import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import { customAttributes } from '../../../src/connectors/talentlms/fields.ts';
import type { Config } from '../../../src/connectors/talentlms/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import { canary, type ContractSubject } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { startTalentLms } from '../../vendors/talentlms/server.ts';
import type { SeedUser, TalentLms } from '../../vendors/talentlms/state.ts';

const portals = new WeakMap<object, TalentLms>();

const subject: ContractSubject<Config> = {
  name: 'talentlms',
  connector: talentlms,
  transport: 'http',
  people: 13,
  attributes: ['id', 'login', 'email', 'last_name', 'language', 'status', 'custom.hris_id'],
  findable: ['id', 'login', 'email', 'custom.hris_id'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: Json | undefined;
        onPage(system, 1, (answer) => {
          first = member(answer.body as Json, '_data');
          return answer;
        });
        onPage(system, 2, (answer) => withMembers(answer, { _data: first ?? [] }));
      },
    },
    {
      name: 'another page than the one asked for',
      cause: (system) => onPage(system, 2, (answer) => withCounts(answer, { page: 1 })),
    },
    {
      name: 'paging goes in a circle',
      impossible: 'pages are asked for by number up to the total of the first; links are not followed',
    },
    { name: 'total does not add up', cause: (system) => everyPage(system, { total_items: 18 }) },
    { name: 'total is too small', cause: (system) => everyPage(system, { total_items: 9 }) },
    { name: 'more pages than the total fills', cause: (system) => everyPage(system, { total_pages: 9 }) },
    { name: 'total is missing', cause: (system) => everyPage(system, { total_items: null }) },
    {
      name: 'total changes on the way',
      cause: (system) => onPage(system, 2, (answer) => withCounts(answer, { total_items: 14 })),
    },
    {
      name: 'a page is short in the middle',
      cause: (system) => onPage(system, 2, (answer) => withMembers(answer, { _data: [] })),
    },
  ],
  tokens: 'last',
  target: {
    abilities: { create: true, update: true, enable: true, disable: true, delete: true },
    account: (n) => ({
      set: {
        login: `${canary}.New${n}`,
        email: `${canary}.New${n}@example.org`,
        first_name: `${canary} Noor`,
        last_name: `Jansen ${canary}`,
        language: 'nl',
        password: `Invented-${canary}-1`,
        'custom.hris_id': `${canary}-N${n}`,
        'custom.hireDate': '2025-02-03',
      },
      identity: { 'custom.hris_id': `${canary}-N${n}` },
    }),
    unique: ['login', 'email'],
    updates: [
      { name: 'a name', set: { last_name: `de Vries ${canary}` } },
      { name: 'an e-mail', set: { email: `${canary}.Other@Example.org` } },
      { name: 'a language with its region', set: { language: 'de-AT' } },
      {
        name: 'a custom date and a name',
        set: { 'custom.hireDate': '2024-12-31', first_name: `Ida ${canary}` },
      },
      { name: 'a checkbox and a choice', set: { 'custom.remote': true, 'custom.division': 'North' } },
      { name: 'a custom field cleared', set: { 'custom.hireDate': null } },
      { name: 'a deactivation date', set: { deactivation_date: '2027-01-31' } },
      { name: 'a deactivation date cleared', set: { deactivation_date: null } },
    ],
    unknownField: (record) => member(record, 'description'),
    mostAtOnce: 220,
  },
  async start() {
    const portal = await startTalentLms({
      apiKey: `${canary}-key`,
      admin: false,
      customFields: [
        { name: 'hris_id', type: 'text' },
        { name: 'hireDate', type: 'date' },
        { name: 'remote', type: 'checkbox' },
        { name: 'division', type: 'dropdown', values: ['North', 'South'] },
      ],
      limits: { perHour: 10_000, per5s: 1_000 },
    });
    portal.largestPage = 5;
    const context = testContext<Config>({
      config: { baseUrl: portal.url, apiVersion: '2025-01-01', dateFormat: 'YYYY-MM-DD' },
      secrets: { apiKey: `${canary}-key` },
      fields: customAttributes(
        portal.fields.map(({ index, name, type, values }) => ({
          id: String(index),
          key: `custom_field_${index}`,
          name,
          type,
          values,
        })),
      ),
    });
    const system = {
      put: (count: number) =>
        Promise.resolve(Array.from({ length: count }, (_, n) => String(portal.addUser(invented(n)).id))),
      state: () =>
        new Map(
          [...portal.users].map(([id, { custom, branches, ...user }]): [string, Json] => [
            String(id),
            { ...user, custom: Object.fromEntries(custom), branches: [...branches] },
          ]),
        ),
      server: { loopback: portal.loopback, isPage, isWrite },
      withhold() {
        portal.apiEnabled = false;
        return /Enable API/;
      },
      stop: () => portal.close(),
    };
    portals.set(system, portal);
    return { context, system };
  },
};

describeConnectorContract(subject);

function invented(n: number): SeedUser {
  return {
    login: `${canary}.ada${n}`,
    name: `${canary} Ada`,
    surname: `Okafor ${canary}`,
    email: `${canary}.ada${n}@example.org`,
    description: `${canary} climbs`,
    custom: { hris_id: `${canary}-${n}` },
  };
}

function isPage({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method === 'GET' && path === '/api/v2/users';
}

function isWrite({ method }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method !== 'GET';
}

function onPage(system: object, page: number, change: (answer: VendorAnswer) => VendorAnswer): void {
  portals
    .get(system)
    ?.loopback.fail((request) => isPage(request) && request.query.get('page[number]') === String(page), {
      kind: 'change',
      change,
    });
}

function everyPage(system: object, counts: Readonly<Record<string, Json>>): void {
  for (const page of [1, 2, 3]) onPage(system, page, (answer) => withCounts(answer, counts));
}

function withCounts(answer: VendorAnswer, counts: Readonly<Record<string, Json>>): VendorAnswer {
  const pagination = member(member(answer.body as Json, '_meta') ?? null, 'pagination');
  return withMembers(answer, { _meta: { pagination: { ...(pagination as object), ...counts } } });
}

function withMembers(answer: VendorAnswer, members: Readonly<Record<string, Json>>): VendorAnswer {
  return { ...answer, body: { ...(answer.body as object), ...members } };
}

function member(value: Json, name: string): Json | undefined {
  return (value as Readonly<Record<string, Json>>)[name];
}
