import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { talosPerform } from '../../../../src/connectors/talos-perform/connector.ts';
import { talosConfig, type TalosConfig } from '../../../../src/connectors/talos-perform/schema.ts';
import { testContext } from '../../../contract/context.ts';
import {
  canary,
  type ContractSubject,
  type ContractSystem,
  type Doubt,
  type TargetSubject,
} from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';

const header = 'EmployeeID,Email,FirstName,LastName,ManagerEmployeeID,Office,Active,Remark';

const target: TargetSubject = {
  abilities: { create: true, createDisabled: true, update: true, enable: true, disable: true, delete: false },
  account: (n) => ({
    set: {
      employeeId: `9${String(n)}`,
      email: `${canary}.${String(n)}@example.org`,
      firstName: canary,
      lastName: `O'${canary}, "Jr."`,
      office: canary,
    },
    identity: { employeeId: `9${String(n)}` },
  }),
  unique: ['employeeId', 'email'],
  updates: [
    { name: 'a name that a spreadsheet would run', set: { lastName: `=${canary}` } },
    { name: 'an address', set: { email: `new.${canary}@example.org` } },
    { name: 'a value that is cleared', set: { office: null } },
  ],
  unknownField: (record) => (record as { readonly Remark: string }).Remark,
  mostAtOnce: 1000,
};

interface FileSystem extends ContractSystem {
  readonly file: string;
}

const rewritten = (name: string, change: (text: string) => string): Doubt => ({
  name,
  cause: async (system) => {
    const { file } = system as FileSystem;
    await writeFile(file, change(await readFile(file, 'utf8')));
  },
});

const subject: ContractSubject<TalosConfig> = {
  name: 'talos-perform',
  connector: talosPerform,
  transport: 'file',
  people: 5,
  attributes: ['employeeId', 'email', 'firstName', 'lastName', 'office'],
  findable: ['employeeId', 'email'],
  doubts: [
    rewritten('the file holds nothing at all', () => ''),
    rewritten('the file ends inside of quotes', (text) => `${text}8,"kanarie`),
    rewritten('a header is another', (text) => text.replace('LastName', 'Surname')),
    rewritten('the file is a web page', () => '<!doctype html><title>Sign in, kanarie</title>\n'),
  ],
  tokens: 'last',
  target,
  async start() {
    const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-talos-'));
    const file = path.join(folder, 'users.csv');
    const config = talosConfig.parse({
      csv: { file: 'users.csv', active: { header: 'Active', true: 'Yes', false: 'No' } },
      properties: { office: 'Office' },
    });
    const write = (lines: readonly string[]) => writeFile(file, `${[header, ...lines].join('\n')}\n`);
    await write([]);
    const system: FileSystem = {
      file,
      put: async (count) => {
        const ids = Array.from({ length: count }, (_, n) => `00${String(n)}`);
        await write(
          ids.map(
            (id) => `${id},${canary}.${id}@example.org,${canary},${canary},,${canary},Yes,kept as it is`,
          ),
        );
        return ids;
      },
      state: async () => {
        const records = parse(await readFile(file, 'utf8'), { columns: true }) as Record<string, string>[];
        return new Map(records.map((record) => [record['EmployeeID'] ?? '', record]));
      },
      withhold: async () => {
        await writeFile(file, (await readFile(file, 'utf8')).replace('EmployeeID', 'Number'));
        return /has no column "EmployeeID"/;
      },
      stop: () => rm(folder, { recursive: true }),
    };
    return { context: testContext({ config, files: () => file }), system };
  },
};

describeConnectorContract(subject);
