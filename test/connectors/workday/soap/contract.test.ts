import { workday } from '../../../../src/connectors/workday/connector.ts';
import type { WorkdayConfig } from '../../../../src/connectors/workday/schema.ts';
import type { ContractSubject, ContractSystem } from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';
import type { VendorRequest } from '../../../vendors/loopback.ts';
import { faults } from '../../../vendors/workday/refusal.ts';
import { openTenant, people, type Opened } from '../tenant.ts';

const tenants = new WeakMap<ContractSystem, Opened>();

const subject: ContractSubject<WorkdayConfig> = {
  name: 'workday',
  connector: workday,
  transport: 'http',
  people: 25,
  attributes: [
    'id',
    'email',
    'first_name',
    'hire_date',
    'active',
    'company.name',
    'location.country',
    'custom.universal_id',
  ],
  findable: ['email', 'custom.universal_id'],
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first = '';
        onPage(system, 1, (text) => (first = text));
        onPage(system, 2, () => first.replace('<wd:Page>1<', '<wd:Page>2<'));
      },
    },
    {
      name: 'paging goes in a circle',
      impossible: 'pages are asked for by number; the answers hold no links',
    },
    {
      name: 'another page than the one asked for',
      cause: (system) => onPage(system, 2, (text) => text.replace('<wd:Page>2<', '<wd:Page>1<')),
    },
    { name: 'total does not add up', cause: (system) => everyPage(system, (text) => totalOf(text, 26)) },
    { name: 'total changes on the way', cause: (system) => onPage(system, 3, (text) => totalOf(text, 24)) },
    { name: 'total is missing', cause: (system) => everyPage(system, (text) => totalOf(text, '')) },
    {
      name: 'pages are fewer on the way',
      cause: (system) =>
        onPage(system, 2, (text) => text.replace('<wd:Total_Pages>3<', '<wd:Total_Pages>2<')),
    },
    { name: 'a page lacks a worker that it counts', cause: (system) => onPage(system, 2, withoutOne) },
    {
      name: 'a page is short in the middle',
      cause: (system) =>
        onPage(system, 2, (text) => withoutOne(text).replace('<wd:Page_Results>10<', '<wd:Page_Results>9<')),
    },
    {
      name: 'a fault with 200',
      cause: (system) => onPage(system, 2, () => String(faults.notAuthorized().body)),
    },
    {
      name: 'a DTD',
      cause: (system) => onPage(system, 2, (text) => text.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>')),
    },
    {
      name: 'an end that a proxy put there',
      cause: (system) => onPage(system, 2, (text) => text.slice(0, text.lastIndexOf('</wd:Worker>'))),
    },
    // oxlint-disable-next-line unicorn/no-thenable -- the field of a doubt, never awaited
    { name: 'somebody is entered while the pages are read', cause: enterSomebody, then: 'whole' },
  ],
  tokens: 'last',
  async start() {
    const opened = await openTenant();
    const context = opened.context({
      api: 'soap',
      pageSize: 10,
      paths: { 'custom.universal_id': 'wd:Worker/wd:Worker_Data/wd:Universal_ID/text()' },
    });
    const { workday: server } = opened;
    const system: ContractSystem = {
      put: (count) =>
        Promise.resolve(people(count).map((person) => server.hire(person).get('Employee_ID') ?? '')),
      state: () => new Map([...server.workers].map(([id, worker]) => [id, Object.fromEntries(worker)])),
      // Get_Workers is the one operation of the stand-in, and reads.
      server: { loopback: server.loopback, isPage, isWrite: (request) => !isPage(request) },
      withhold() {
        server.domains.delete('Person Data: Work Email');
        return /nobody of the first 3 has email: .*"Person Data: Work Email"/;
      },
      stop: () => server.close(),
    };
    tenants.set(system, opened);
    return { context, system };
  },
};

describeConnectorContract(subject);

/** Whoever is new may stand anywhere in the list: here before everybody else. */
function enterSomebody(system: ContractSystem): void {
  const opened = tenants.get(system);
  onPage(system, 1, (text) => {
    void opened?.clock.sleep(1000);
    const { workday: server } = opened ?? {};
    const before = [...(server?.workers ?? [])];
    server?.workers.clear();
    people(26)
      .slice(25)
      .forEach((person) => server?.hire(person));
    before.forEach(([id, worker]) => server?.workers.set(id, worker));
    return text;
  });
}

function isPage({ path }: Pick<VendorRequest, 'path'>): boolean {
  return path.endsWith('/Human_Resources/v44.0');
}

function onPage(system: ContractSystem, page: number, change: (text: string) => string): void {
  tenants
    .get(system)
    ?.workday.loopback.fail(
      (request) => isPage(request) && request.text.includes(`<wd:Page>${String(page)}<`),
      { kind: 'change', change: (answer) => ({ ...answer, body: change(String(answer.body)) }) },
    );
}

function everyPage(system: ContractSystem, change: (text: string) => string): void {
  for (const page of [1, 2, 3]) onPage(system, page, change);
}

function totalOf(text: string, total: number | ''): string {
  return text.replace(/<wd:Total_Results>\d*</, `<wd:Total_Results>${String(total)}<`);
}

function withoutOne(text: string): string {
  return text.replace(/<wd:Worker>.*?<\/wd:Worker>(?=<wd:Worker>)/, '');
}
