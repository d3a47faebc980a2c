import { bamboohr } from '../../../src/connectors/bamboohr/connector.ts';
import { configSchema, type Config } from '../../../src/connectors/bamboohr/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Entity } from '../../../src/model/entity.ts';
import type { Json } from '../../../src/model/value.ts';
import { testContext } from '../../contract/context.ts';
import { canary, type ContractSubject, type ContractSystem, type Doubt } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import type { VendorRequest } from '../../vendors/loopback.ts';
import { startBamboo, type Bamboo } from '../../vendors/bamboohr/server.ts';

type Asked = Pick<VendorRequest, 'method' | 'path'>;

const whole = 'the list comes in one answer, without pages, cursors and totals';
const doubts: readonly Doubt[] = ['page repeated', 'paging goes in a circle', 'total does not add up'].map(
  (name) => ({ name, impossible: whole }),
);

const shirt: AttributeSpec = {
  name: 'custom.Shirt size',
  type: 'text',
  class: 'personal',
  key: 'customShirtSize',
  write: 'always',
};

interface Parts {
  readonly entity: Entity;
  readonly isPage: (request: Asked) => boolean;
  readonly put: (server: Bamboo, n: number) => string;
  readonly state: (server: Bamboo) => ReadonlyMap<string, Json>;
}

async function start({ entity, isPage, put, state }: Parts) {
  const server = await startBamboo({ apiKey: `${canary}-key` });
  if (entity === 'enrollment') {
    server.company.types.set(9, { id: 9, values: { name: `${canary} safety` } });
    server.company.hire({ firstName: canary, lastName: 'of 101' });
  }
  const context = testContext<Config>({
    config: configSchema.parse({ companyDomain: 'example', baseUrl: server.url }),
    secrets: { apiKey: `${canary}-key` },
    entity,
    ...(entity === 'person' ? { fields: [shirt] } : {}),
  });
  const system: ContractSystem = {
    put: (count) => Promise.resolve(Array.from({ length: count }, (_, n) => put(server, n))),
    state: () => state(server),
    server: {
      loopback: server.loopback,
      isPage,
      isWrite: ({ method }: Asked) => method !== 'GET',
    },
    withhold() {
      if (entity === 'person') {
        server.company.hidden.add('workEmail');
        return /email cannot be read; add it to the access level/;
      }
      server.company.types.clear();
      return /no training type can be seen/;
    },
    stop: () => server.close(),
  };
  return { context, system };
}

const people: ContractSubject<Config> = {
  name: 'bamboohr',
  connector: bamboohr,
  transport: 'http',
  onePage: true,
  people: 7,
  attributes: ['id', 'email', 'first_name', 'status', 'hire_date', 'custom.Shirt size'],
  findable: ['email', 'custom.Shirt size'],
  doubts,
  tokens: 'last',
  target: {
    abilities: { create: true, update: true, enable: false, disable: false, delete: false },
    account: (n) => ({
      set: {
        first_name: `${canary} ${n}`,
        last_name: `O'${canary}`,
        email: `${canary}.${n}@Example.org`,
        employee_number: `${canary}-${n}`,
        hire_date: '2026-02-01',
        'custom.Shirt size': `${canary} M`,
      },
      identity: { employee_number: `${canary}-${n}` },
    }),
    unique: ['email'],
    updates: [
      { name: 'a name', set: { last_name: `de ${canary}` } },
      { name: 'an address', set: { email: `New.${canary}@example.org` } },
      { name: 'a custom field', set: { 'custom.Shirt size': `${canary} XL` } },
      { name: 'a custom field taken away', set: { 'custom.Shirt size': null } },
    ],
    unknownField: (record) => (record as Record<string, Json>)['nationality'],
    mostAtOnce: 9,
  },
  start: () =>
    start({
      entity: 'person',
      isPage: ({ method, path }) => method === 'GET' && path === '/api/v1/employees/changed',
      put: ({ company }, n) =>
        company.hire({
          firstName: `${canary} ${n}`,
          lastName: canary,
          workEmail: `${canary}.${n}@old.example`,
          hireDate: '2021-02-01',
          customShirtSize: `${canary} size ${n}`,
          nationality: canary,
        }),
      state: ({ company }) =>
        new Map([...company.employees].map(([id, values]) => [id, Object.fromEntries(values)])),
    }),
};

const records: ContractSubject<Config> = {
  ...people,
  people: 5,
  attributes: ['user', 'course', 'completed_on', 'hours', 'notes'],
  findable: ['user'],
  target: {
    abilities: { create: true, update: true, enable: false, disable: false, delete: true },
    account: (n) => ({
      set: {
        user: '101',
        course: '9',
        completed_on: `2026-03-${10 + n}`,
        hours: 1.5,
        notes: `${canary} ${n}`,
      },
      identity: { user: '101', course: '9' },
    }),
    unique: [],
    updates: [
      { name: 'hours', set: { hours: 2 } },
      { name: 'a date', set: { completed_on: '2026-04-01' } },
      { name: 'a note taken away', set: { notes: null } },
    ],
    unknownField: (record) => (record as { values: Record<string, Json> }).values['instructor'],
    mostAtOnce: 9,
  },
  start: () =>
    start({
      entity: 'enrollment',
      isPage: ({ method, path }) => method === 'GET' && path === '/api/v1/employees/changed',
      put: ({ company }, n) => {
        const employeeId = company.hire({ firstName: canary, lastName: String(n) });
        const id = company.nextId();
        const values = { completed: '2026-03-01', hours: '1.5', notes: canary, instructor: canary };
        company.records.set(id, { id, employeeId, type: 9, values });
        return String(id);
      },
      state: ({ company }) =>
        new Map([...company.records].map(([id, one]) => [String(id), one as unknown as Json])),
    }),
};

describeConnectorContract(people);
describeConnectorContract({ ...records, name: 'bamboohr' });
