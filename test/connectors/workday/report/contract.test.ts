import { workday } from '../../../../src/connectors/workday/connector.ts';
import type { WorkdayConfig } from '../../../../src/connectors/workday/schema.ts';
import { canary, type ContractSubject, type ContractSystem, type Doubt } from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../../vendors/loopback.ts';
import { openTenant, people, type Opened } from '../tenant.ts';

type Cell = readonly Readonly<Record<string, unknown>>[];

const tenants = new WeakMap<ContractSystem, Opened>();

const subject: ContractSubject<WorkdayConfig> = {
  name: 'workday',
  connector: workday,
  transport: 'http',
  onePage: true,
  people: 40,
  attributes: [
    'id',
    'email',
    'first_name',
    'hire_date',
    'supervisory_organization.name',
    'custom.shirt',
    'custom.Universal_ID',
  ],
  findable: ['email', 'custom.Universal_ID'],
  doubts: [
    rows('page repeated', (entries) => [...entries, ...entries.slice(0, 10)]),
    { name: 'paging goes in a circle', impossible: 'a report comes in one answer' },
    rows('total does not add up', (entries) => entries.slice(1)),
    rows('total is another in one row', ([first, ...others]) => [{ ...first, Row_Count: '41' }, ...others]),
    rows('total is missing in one row', ([first, ...others]) => [
      { ...first, Row_Count: undefined },
      ...others,
    ]),
    rows('something that is no row', (entries) => [...entries.slice(1), 'Ines' as never]),
    body('the list under another name', (text) => text.replace('Report_Entry', 'Report_Data')),
    body('an error with 200', () => JSON.stringify({ error: `${canary} may not` })),
    body('an end that a proxy put there', (text) => text.slice(0, text.lastIndexOf('{')).replace(/,$/, '')),
    body('an end between two rows', (text) => `${text.slice(0, text.lastIndexOf(',{'))}]`),
    body('more after the end', (text) => text + text),
    body('two lists', (text) => `${text.slice(0, -1)},"Report_Entry":[]}`),
    body('XML', () => '<wd:Report_Data xmlns:wd="urn:com.workday.report"/>'),
    body('text that is not UTF-8', (text) => Buffer.from(text.replace(canary, 'Zoë'), 'latin1')),
  ],
  tokens: 'expire',
  async start() {
    const opened = await openTenant({ columns: { ...columns, Mail: 'Work_Email' } });
    const context = opened.context({
      api: 'report',
      auth: 'oauth',
      columns: { email: 'Mail', 'custom.shirt': { column: 'Shirt_Size', class: 'internal' } },
      complete: { totalColumn: 'Row_Count' },
    });
    const { workday: server } = opened;
    const system: ContractSystem = {
      put: (count) =>
        Promise.resolve(people(count).map((person) => server.hire(person).get('Employee_ID') ?? '')),
      state: () => new Map([...server.workers].map(([id, worker]) => [id, Object.fromEntries(worker)])),
      server: {
        loopback: server.loopback,
        isPage,
        isWrite: ({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
      },
      expireToken: () => server.oauth.revoke(),
      withhold() {
        server.report.columns.delete('Mail');
        return /no row has email: add a column with the XML alias "Mail" to the report Rosterd_Workers/;
      },
      stop: () => server.close(),
    };
    tenants.set(system, opened);
    return { context, system };
  },
};

const columns = {
  Employee_ID: 'Employee_ID',
  First_Name: 'First_Name',
  Last_Name: 'Last_Name',
  Active_Status: 'Active_Status',
  Hire_Date: 'Hire_Date',
  Supervisory_Organization: 'Supervisory_Organization',
  Shirt_Size: 'Shirt_Size',
  Universal_ID: 'Universal_ID',
  Row_Count: 'Row_Count',
};

describeConnectorContract(subject);

function isPage({ path }: Pick<VendorRequest, 'path'>): boolean {
  return path.startsWith('/ccx/service/customreport2/');
}

function rows(name: string, change: (entries: Cell) => Cell): Doubt {
  return doubt(name, (answer) => ({
    Report_Entry: change((answer.body as { readonly Report_Entry: Cell }).Report_Entry),
  }));
}

function body(name: string, change: (text: string) => string | Buffer): Doubt {
  return doubt(name, (answer) => change(JSON.stringify(answer.body)));
}

function doubt(name: string, change: (answer: VendorAnswer) => unknown): Doubt {
  return {
    name,
    cause: (system) =>
      tenants.get(system)?.workday.loopback.fail(isPage, {
        kind: 'change',
        change: (answer) => ({ ...answer, body: change(answer) }),
      }),
  };
}
