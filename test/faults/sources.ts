import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/model/value.ts';
import { csvOf, type Employee } from '../crash/company.ts';
import { startPersonio } from '../vendors/personio/server.ts';
import { FaultProxy } from './proxy.ts';
import type { Time } from './time.ts';

/** Where the list of people comes from. */
export interface Source {
  readonly connector: 'csv' | 'personio';
  readonly secrets: Readonly<Record<string, string>>;
  /** `config` of the connection: YAML. */
  readonly config: string;
  /** The words of the HR list as expressions. */
  readonly words: Readonly<Record<string, string>>;
  readonly status: string;
  readonly who?: string;
  /** Stands in the way; a file has none. */
  readonly proxy?: FaultProxy;
  hr(people: readonly Employee[]): void;
  close(): Promise<void>;
}

export const csvFile = 'staff.csv';

export function openCsv(folder: string): Source {
  const source: Source = {
    connector: 'csv',
    secrets: {},
    config: `{ file: ${csvFile}, id: id, columns: { id: {}, first: {}, last: {}, email: {}, department: {}, phone: {}, manager: {}, status: {} } }`,
    words: {},
    status: '{ value: source.status, here: [active], left: [left] }',
    hr: (people) => writeFileSync(join(folder, csvFile), csvOf(people)),
    close: () => Promise.resolve(),
  };
  source.hr([]);
  return source;
}

/** Employees who are none of the sync's, so that the list has a second page. */
const others = 110;

export async function openPersonio(time: Time): Promise<Source> {
  const secrets = { clientId: 'faults-client', clientSecret: 'faults-secret' };
  const server = await startPersonio({ ...secrets, people: [], now: () => time.now() });
  const proxy = await FaultProxy.start(server.url, time);
  return {
    connector: 'personio',
    secrets,
    config: `{ baseUrl: "${proxy.url}" }`,
    words: {
      id: 'text(source.id)',
      first: 'source.first_name',
      last: 'source.last_name',
      department: 'source.department.name',
      phone: 'source.position',
      manager: 'source.supervisor.id',
    },
    status: '{ value: source.status, here: [active], left: [inactive] }',
    who: `'source.email.endsWith("@example.test")'`,
    proxy,
    hr(people) {
      server.employees.clear();
      const every = Math.floor(others / Math.max(1, people.length));
      const left = [...people];
      for (let index = 0; index < others; index += 1) {
        const outsider = recordOf({
          ...stranger,
          id: String(90_000 + index),
          email: `o${index}@example.org`,
        });
        server.employees.set(90_000 + index, outsider);
        if (index % every !== 0) continue;
        const next = left.shift();
        if (next !== undefined) server.employees.set(Number(next.id), recordOf(next));
      }
      for (const one of left) server.employees.set(Number(one.id), recordOf(one));
    },
    async close() {
      await proxy.close();
      await server.close();
    },
  };
}

const stranger: Omit<Employee, 'id' | 'email'> = {
  first: 'Otto',
  last: 'Extern',
  department: 'Elsewhere',
  phone: '',
  manager: '',
  status: 'active',
};

function recordOf({
  id,
  first,
  last,
  email,
  department,
  phone,
  manager,
  status,
}: Employee): Map<string, Json> {
  return new Map<string, Json>([
    ['id', Number(id)],
    ['first_name', first],
    ['last_name', last],
    ['email', email],
    ['status', status === 'left' ? 'inactive' : 'active'],
    ['position', phone],
    ['supervisor', manager === '' ? null : Number(manager)],
    ['department', { type: 'Department', attributes: { id: 21, name: department } }],
  ]);
}
