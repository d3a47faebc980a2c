import { parse } from 'csv-parse/sync';
import { describe } from 'vitest';
import { csv } from '../../../src/connectors/csv/connector.ts';
import { csvConfig, type CsvConfig } from '../../../src/connectors/csv/schema.ts';
import { testContext } from '../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type Doubt,
  type TargetSubject,
} from '../../contract/subject.ts';
import { describeConnectorContract } from '../../contract/suite.ts';
import { localPlace, sftpPlace, type ListPlace } from './places.ts';

const header = 'employee_id,last_name,email,hired,floor,counts,remark';

const target: TargetSubject = {
  abilities: { create: true, createDisabled: true, update: true, enable: true, disable: true, delete: true },
  account: (n) => ({
    set: {
      employee_id: `9${n}`,
      last_name: `=${canary}(1)`,
      email: `${canary}.${n}@example.org`,
      hired: '2024-02-29',
      floor: -1,
    },
    identity: { employee_id: `9${n}` },
  }),
  unique: ['employee_id'],
  updates: [
    { name: 'a name with quotes, delimiters and a line break', set: { last_name: `"${canary}", Jr.;\n| x` } },
    { name: 'a name that a spreadsheet would run', set: { last_name: `''+${canary}` } },
    { name: 'a date in the file’s own form', set: { hired: '2025-01-02' } },
    { name: 'a number below nought', set: { floor: -3 } },
    { name: 'a value that is cleared', set: { email: null, floor: null } },
  ],
  unknownField: (record) => (record as { readonly remark: string }).remark,
  mostAtOnce: 1000,
};

interface ListSystem extends ContractSystem {
  readonly place: ListPlace;
}

const edited = (name: string, change: (content: Buffer) => string | Buffer): Doubt => ({
  name,
  cause: async (system) => {
    const { place } = system as ListSystem;
    await place.write(change(await place.read()));
  },
});

const rewritten = (name: string, change: (text: string) => string | Buffer): Doubt =>
  edited(name, (content) => change(content.toString('utf8')));

const subject = (start: () => Promise<ListPlace>): ContractSubject<CsvConfig> => ({
  name: 'csv',
  connector: csv,
  transport: 'file',
  people: 7,
  attributes: ['employee_id', 'last_name', 'email', 'hired', 'floor'],
  findable: ['employee_id', 'email'],
  doubts: [
    edited('the file holds nothing at all', () => ''),
    { name: 'the file is not there', cause: (system) => (system as ListSystem).place.remove() },
    edited('the last record is cut', (content) => content.subarray(0, -16)),
    rewritten('the file ends inside of quotes', (text) => `${text}8,"kanarie`),
    rewritten(
      'a record has a field too many',
      (text) => `${text}8,kanarie,a@example.org,2024-01-01,1,yes,,9\n`,
    ),
    rewritten('the header is missing', (text) => text.slice(text.indexOf('\n') + 1)),
    rewritten('the header names a column twice', (text) => text.replace('last_name', 'email')),
    rewritten('a column that is wanted is missing', (text) => text.replace('hired', 'birthday')),
    rewritten('the file is in another encoding', (text) => Buffer.from(text.replaceAll('é', 'è'), 'latin1')),
    rewritten('the file is a web page', () => '<!doctype html><title>Sign in, kanarie</title>\n'),
  ],
  tokens: 'last',
  target,
  async start() {
    const place = await start();
    const config = csvConfig.parse({
      ...place.config,
      id: 'employee_id',
      write: { active: 'counts', delete: true },
      columns: {
        employee_id: {},
        last_name: {},
        email: {},
        hired: { type: 'date', format: 'dd.MM.yyyy' },
        floor: { type: 'int' },
      },
    });
    const write = (lines: readonly string[]) => place.write(`${[header, ...lines].join('\n')}\n`);
    await write([]);
    const system: ListSystem = {
      place,
      put: async (count) => {
        const ids = Array.from({ length: count }, (_, n) => `00${String(n)}`);
        await write(
          ids.map(
            (id, n) =>
              `${id},"O'${canary}, ""é""",${canary}.${id}@example.org,29.02.2024,${String(n)},yes,"kept, =as it is"`,
          ),
        );
        return ids;
      },
      state: async () => {
        const records = parse(await place.read(), { columns: true }) as Record<string, string>[];
        return new Map(records.map((record) => [record['employee_id'] ?? '', record]));
      },
      withhold: async () => {
        await place.write((await place.read()).toString('utf8').replace('employee_id', 'number'));
        return /has no column "employee_id".*config\.id/;
      },
      stop: () => place.stop(),
    };
    const { secrets, file } = place;
    return { context: testContext({ config, secrets, files: () => file }), system };
  },
});

describe('a file of this machine', () => describeConnectorContract(subject(localPlace)));
describe('a file on an SFTP server', () => describeConnectorContract(subject(sftpPlace)));
