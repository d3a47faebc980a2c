import { customAttributes } from '../../../src/connectors/talentlms/fields.ts';
import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import { configSchema, type Config } from '../../../src/connectors/talentlms/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type TargetSubject,
} from '../../contract/subject.ts';
import type { VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { startTalentLms } from '../../vendors/talentlms/server.ts';
import type { SeedUser, TalentLms } from '../../vendors/talentlms/state.ts';

type Server = NonNullable<ContractSystem['server']>;

/** What both APIs have in common: three pages of people, the accounts that are written, the changes to them. */
export const portalSubject = {
  name: 'talentlms',
  connector: talentlms,
  transport: 'http',
  people: 13,
  attributes: ['id', 'login', 'email', 'last_name', 'language', 'status', 'custom.hris_id'],
  findable: ['id', 'login', 'email', 'custom.hris_id'],
  tokens: 'last',
} as const satisfies Partial<ContractSubject<Config>>;

export const portalTarget: Omit<TargetSubject, 'mostAtOnce'> = {
  abilities: { create: true, createDisabled: true, update: true, enable: true, disable: true, delete: true },
  account: (n) => ({
    set: {
      login: `${canary}.New${n}`,
      email: `${canary}.New${n}@example.org`,
      first_name: `${canary} Noor`,
      last_name: `O'Jansen & ${canary}`,
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
    {
      name: 'a custom date and a name',
      set: { 'custom.hireDate': '2024-12-31', first_name: `Ida ${canary}` },
    },
    { name: 'a checkbox and a choice', set: { 'custom.remote': true, 'custom.division': 'North' } },
    { name: 'a custom field cleared', set: { 'custom.hireDate': null } },
    { name: 'a deactivation date', set: { deactivation_date: '2027-01-31' } },
    { name: 'a deactivation date cleared', set: { deactivation_date: null } },
    { name: 'a time zone', set: { timezone: 'Asia/Kolkata' } },
  ],
  unknownField: (record) => member(record, 'description'),
};

const portals = new WeakMap<object, TalentLms>();

/** A portal of small pages, spoken to by one API. */
export async function startPortal(
  config: Partial<Config>,
  traffic: Pick<Server, 'isPage' | 'isWrite'>,
): ReturnType<ContractSubject<Config>['start']> {
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
    config: { ...configSchema.parse({ baseUrl: portal.url }), ...config },
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
    server: { loopback: portal.loopback, ...traffic },
    withhold() {
      portal.apiEnabled = false;
      return /Enable API/;
    },
    stop: () => portal.close(),
  };
  portals.set(system, portal);
  return { context, system };
}

export function portalOf(system: object): TalentLms {
  const portal = portals.get(system);
  if (portal === undefined) throw new Error('no such portal was started');
  return portal;
}

/** Changes the next answer to a request. */
export function onRequest(
  system: object,
  when: (request: VendorRequest) => boolean,
  change: (answer: VendorAnswer) => VendorAnswer,
): void {
  portalOf(system).loopback.fail(when, { kind: 'change', change });
}

export function member(value: Json, name: string): Json | undefined {
  return (value as Readonly<Record<string, Json>>)[name];
}

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
