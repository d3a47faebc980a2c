import { talenthr } from '../../../src/connectors/talenthr/connector.ts';
import { configSchema, type Config } from '../../../src/connectors/talenthr/schema.ts';
import type { Json } from '../../../src/model/value.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { canary, type ContractSubject } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../vendors/loopback.ts';
import { startTalentHr } from '../../vendors/talenthr/server.ts';
import type { SeedEmployee, TalentHr } from '../../vendors/talenthr/state.ts';

const companies = new WeakMap<object, TalentHr>();

const subject: ContractSubject<Config> = {
  name: 'talenthr',
  connector: talenthr,
  transport: 'http',
  people: 13,
  attributes: ['id', 'email', 'last_name', 'status', 'hire_date', 'department', 'city', 'custom.Badge'],
  findable: ['id', 'email', 'custom.Badge'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: Json | undefined;
        onPage(system, 0, (answer) => {
          first = member(dataOf(answer), 'rows');
          return answer;
        });
        onPage(system, 5, (answer) => withData(answer, { rows: first ?? [] }));
      },
    },
    {
      name: 'paging goes in a circle',
      impossible: 'pages are asked for by offset up to the total of the first; there are no links',
    },
    { name: 'total does not add up', cause: (system) => everyPage(system, { total: 18 }) },
    { name: 'total is too small', cause: (system) => everyPage(system, { total: 4 }) },
    { name: 'total cuts a page', cause: (system) => everyPage(system, { total: 12 }) },
    { name: 'total ends at a full page', cause: (system) => everyPage(system, { total: 10 }) },
    { name: 'total is missing', cause: (system) => everyPage(system, { total: null }) },
    {
      name: 'total changes on the way',
      cause: (system) => onPage(system, 5, (answer) => withData(answer, { total: 14 })),
    },
    {
      name: 'a page is short in the middle',
      cause: (system) => onPage(system, 5, (answer) => withData(answer, { rows: [] })),
    },
    { name: 'nobody comes, and the total says thirteen', cause: (system) => everyPage(system, { rows: [] }) },
    {
      name: 'an error comes with 200',
      cause: (system) =>
        onPage(system, 5, () => ({
          status: 200,
          body: { success: false, error: { message: `${canary} is not allowed` } },
        })),
    },
  ],
  tokens: 'last',
  target: {
    abilities: { create: true, update: true, enable: false, disable: true, delete: false },
    account: (n) => ({
      set: {
        first_name: `${canary} Noor`,
        last_name: `Jansen ${canary}`,
        email: `${canary}.New${n}@example.org`,
        hire_date: '2025-02-03',
        department: `Sales ${canary}`,
      },
      identity: { email: `${canary}.New${n}@example.org` },
    }),
    unique: ['email'],
    updates: [
      { name: 'a name', set: { last_name: `de Vries ${canary}` } },
      { name: 'an e-mail', set: { email: `${canary}.Other@Example.org` } },
      {
        name: 'a date of birth, a number and a city',
        set: { date_of_birth: '1990-05-17', ssn: `${canary}-1`, city: `Delft ${canary}` },
      },
      { name: 'a city cleared', set: { city: null } },
      { name: 'a language with its region', set: { language: 'nl-NL' } },
      { name: 'a gender of the list', set: { gender: 'Non-binary' } },
    ],
    unknownField: (record) => member(record, 'mobile_phone'),
    mostAtOnce: 8,
  },
  async start() {
    const clock = fakeClock();
    const company = await startTalentHr({
      apiKey: `${canary}-key`,
      now: () => clock.now(),
      customFields: [{ name: 'Badge', slug: 'badge' }],
    });
    company.largestPage = 5;
    company.lists.departments.push({ id: 7, name: `Sales ${canary}` });
    const context = testContext<Config>({
      config: configSchema.parse({
        baseUrl: company.url,
        language: 'hr_languages',
        allowTerminate: true,
        hire: { employmentStatus: 'Full-Time', payRate: 0, payRatePeriod: 'month' },
      }),
      secrets: { apiKey: `${canary}-key` },
      clock,
    });
    const system = {
      put: (count: number) =>
        Promise.resolve(Array.from({ length: count }, (_, n) => String(company.addEmployee(invented(n)).id))),
      state: () =>
        new Map(
          [...company.employees].map(([id, { profile, custom, ...employee }]): [string, Json] => [
            String(id),
            { ...employee, ...Object.fromEntries(profile), custom: Object.fromEntries(custom) },
          ]),
        ),
      server: { loopback: company.loopback, isPage, isWrite },
      withhold() {
        company.withheld.add('directory');
        return /may not read the directory/;
      },
      stop: () => company.close(),
    };
    companies.set(system, company);
    return { context, system };
  },
};

describeConnectorContract(subject);

function invented(n: number): SeedEmployee {
  return {
    first_name: `${canary} Ada`,
    last_name: `Okafor ${canary}`,
    email: `${canary}.ada${n}@example.org`,
    department: `Sales ${canary}`,
    profile: { city: `Delft ${canary}`, mobile_phone: `${canary} 1` },
    custom: { badge: `${canary}-${n}` },
  };
}

function isPage({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method === 'GET' && path === '/v1/directory';
}

function isWrite({ method }: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return method !== 'GET';
}

function onPage(system: object, offset: number, change: (answer: VendorAnswer) => VendorAnswer): void {
  companies
    .get(system)
    ?.loopback.fail((request) => isPage(request) && request.query.get('offset') === String(offset), {
      kind: 'change',
      change,
    });
}

function everyPage(system: object, members: Readonly<Record<string, Json>>): void {
  for (const offset of [0, 5, 10]) onPage(system, offset, (answer) => withData(answer, members));
}

function withData(answer: VendorAnswer, members: Readonly<Record<string, Json>>): VendorAnswer {
  return {
    ...answer,
    body: { ...(answer.body as object), data: { ...(dataOf(answer) as object), ...members } },
  };
}

function dataOf({ body }: VendorAnswer): Json {
  return member(body as Json, 'data') ?? null;
}

function member(value: Json, name: string): Json | undefined {
  return (value as Readonly<Record<string, Json>>)[name];
}
