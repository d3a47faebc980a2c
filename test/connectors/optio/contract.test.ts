import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { optio } from '../../../src/connectors/optio/connector.ts';
import { optioConfig, type OptioConfig } from '../../../src/connectors/optio/schema.ts';
import { testContext } from '../../contract/context.ts';
import { canary, type ContractSubject, type ContractSystem, type Doubt } from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';

const header =
  'employee_number,company_email,first_name,last_name,legal_entity,department,cost_centre,country,Start,termination_date,status,remark';
const entity = `${canary} B.V.`;

interface FileSystem extends ContractSystem {
  readonly file: string;
}

const edited = (name: string, edit: (file: string) => Promise<void>): Doubt => ({
  name,
  cause: (system) => edit((system as FileSystem).file),
});

const subject: ContractSubject<OptioConfig> = {
  name: 'optio',
  connector: optio,
  transport: 'file',
  people: 7,
  attributes: ['employee_number', 'company_email', 'last_name', 'legal_entity', 'hire_date', 'status'],
  findable: ['employee_number', 'company_email'],
  doubts: [
    edited('the file holds nothing at all', (file) => truncate(file, 0)),
    edited('the last record is cut', async (file) => truncate(file, (await readFile(file)).length - 12)),
    edited('the file ends inside of quotes', (file) => appendFile(file, '8,"kanarie')),
    edited('a column is missing', async (file) =>
      writeFile(file, (await readFile(file, 'utf8')).replace('legal_entity', 'entity')),
    ),
    edited('the file is a web page', (file) => writeFile(file, '<!doctype html><title>kanarie</title>\n')),
  ],
  tokens: 'last',
  target: {
    abilities: { create: true, update: true, enable: false, disable: false, delete: false },
    account: (n) => ({
      set: {
        employee_number: `9${n}`,
        company_email: `${canary}.${n}@example.org`,
        first_name: canary,
        last_name: `=${canary}(1)`,
        legal_entity: entity,
        hire_date: '2024-02-29',
        status: 'active',
      },
      identity: { employee_number: `9${n}` },
    }),
    unique: ['employee_number', 'company_email'],
    updates: [
      { name: 'a name that a spreadsheet would run', set: { last_name: `+${canary}, "Jr."` } },
      {
        name: 'another department and cost centre',
        set: { department: `${canary} Sales`, cost_centre: '0413' },
      },
      { name: 'the end of employment', set: { termination_date: '2026-12-31', status: 'inactive' } },
      { name: 'an end that was taken back', set: { termination_date: null, status: 'active' } },
    ],
    unknownField: (record) => (record as { readonly remark: string }).remark,
    mostAtOnce: 1000,
  },
  async start() {
    const folder = await mkdtemp(join(tmpdir(), 'rosterd-optio-'));
    const file = join(folder, 'employees.csv');
    const write = (lines: readonly string[]) => writeFile(file, `${[header, ...lines].join('\n')}\n`);
    await write([]);
    const system: FileSystem = {
      file,
      put: async (count) => {
        const ids = Array.from({ length: count }, (_, n) => `00${n}`);
        await write(
          ids.map(
            (id) =>
              `${id},${canary}.p${id}@example.org,${canary},"O'${canary}",${entity},Sales,1,NL,29.02.2024,,active,kept`,
          ),
        );
        return ids;
      },
      state: async () => {
        const records = parse(await readFile(file, 'utf8'), { columns: true }) as Record<string, string>[];
        return new Map(records.map((record) => [record['employee_number'] ?? '', record]));
      },
      withhold: async () => {
        await writeFile(file, (await readFile(file, 'utf8')).replace('employee_number', 'number'));
        return /has no column "employee_number"/;
      },
      stop: () => rm(folder, { recursive: true }),
    };
    const config = optioConfig.parse({
      file: 'employees.csv',
      legalEntities: [entity],
      columns: { hire_date: { column: 'Start', format: 'dd.MM.yyyy' } },
    });
    return { context: testContext({ config, files: () => file }), system };
  },
};

describeConnectorContract(subject);
