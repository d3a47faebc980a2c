import { RefusedStatus } from '../../http/errors.ts';
import type { JsonObject } from '../json.ts';
import { Remembered } from '../remembered.ts';
import type { ApideckClient } from './client.ts';
import { recordId } from './decode.ts';
import { readList } from './pages.ts';
import { settled, type Config } from './schema.ts';

/** A unit of which an employee may carry the id alone. */
interface Unit {
  readonly list: 'departments' | 'companies';
  readonly id: string;
  readonly name: string;
  /** Where its own record has its name, the first that is filled. */
  readonly names: readonly string[];
}

const units: readonly Unit[] = [
  { list: 'departments', id: 'department_id', name: 'department_name', names: ['name'] },
  { list: 'companies', id: 'company_id', name: 'company_name', names: ['display_name', 'legal_name'] },
];

/** Names of departments and companies, looked up where employees come with their ids alone. */
export class UnitNames {
  readonly #wanted: readonly Unit[];
  readonly #lists: Remembered<Unit['list'], ReadonlyMap<string, string> | undefined>;

  constructor(client: ApideckClient, config: Config, properties: readonly string[]) {
    this.#wanted = units.filter(({ name }) => properties.includes(name));
    this.#lists = new Remembered((list, signal) => readNames(client, config, list, signal));
  }

  /** Fields of an employee that are needed besides. */
  get needs(): readonly string[] {
    return this.#wanted.map(({ id }) => id);
  }

  /** The records with the names of their units. A name that cannot be had stays absent. */
  async named(records: readonly JsonObject[], signal: AbortSignal): Promise<readonly JsonObject[]> {
    let now = records;
    for (const unit of this.#wanted) {
      if (!now.some((record) => isNameless(record, unit))) continue;
      const names = await this.#lists.get(unit.list, signal);
      now = now.map((record) => (isNameless(record, unit) ? withName(record, unit, names) : record));
    }
    return now;
  }
}

function isNameless(record: JsonObject, { id, name }: Unit): boolean {
  return (record[name] ?? '') === '' && (record[id] ?? '') !== '';
}

function withName(record: JsonObject, { id, name }: Unit, names: ReadonlyMap<string, string> | undefined) {
  const { [name]: _, ...others } = record;
  const found = names?.get(recordId({ id: record[id] ?? null }) ?? '');
  return found === undefined ? others : { ...others, [name]: found };
}

/** `undefined` where Apideck has no such list for this service. */
async function readNames(
  client: ApideckClient,
  config: Config,
  list: Unit['list'],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | undefined> {
  const { names = [] } = units.find((one) => one.list === list) ?? {};
  const how = { ...config, ...settled(config), fields: ['id', ...names].join(',') };
  const found = new Map<string, string>();
  try {
    for await (const records of readList(client, list, how, signal)) {
      for (const record of records) {
        const id = recordId(record);
        const name = names.map((one) => record[one]).find((one) => typeof one === 'string' && one !== '');
        if (id !== undefined && typeof name === 'string') found.set(id, name);
      }
    }
    return found;
  } catch (error) {
    if (error instanceof RefusedStatus && (error.status === 404 || error.status === 501)) return undefined;
    throw error;
  }
}
