import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { idOf, isObject, objectsIn, type JsonObject } from '../json.ts';
import { Singly, type Asked, type Listed } from '../singly.ts';
import type { TalentHrClient } from './client.ts';
import { customValue } from './custom.ts';
import { isCustom, type Field } from './fields.ts';
import type { Config } from './schema.ts';

/** What the directory lacks of one person, by attribute, as TalentHR has it. */
export interface EmployeeDetail {
  readonly raw: JsonObject;
  /** Attributes that this person's record does not have at all. */
  readonly without: readonly string[];
}

/** A person of the directory with the details known of them. */
export type ListedEmployee = Listed<EmployeeDetail>;

/** People read singly and remembered: the directory gives no version and no date of change. */
export class EmployeeDetails extends Singly<EmployeeDetail> {
  readonly #wanted: Wanted;

  constructor(
    client: TalentHrClient,
    context: ConnectorContext<Config>,
    fields: ReadonlyMap<string, Field>,
    names: readonly string[],
  ) {
    const wanted = new Wanted(client, fields, names);
    super(client, context, wanted);
    this.#wanted = wanted;
  }

  /** One person's details, past what is remembered; `undefined` when the person is gone. */
  readNow(id: string, signal: AbortSignal): Promise<EmployeeDetail | undefined> {
    return this.#wanted.single(id, [], signal);
  }
}

class Wanted implements Asked<EmployeeDetail> {
  readonly #client: TalentHrClient;
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #names: readonly string[];

  constructor(client: TalentHrClient, fields: ReadonlyMap<string, Field>, names: readonly string[]) {
    this.#client = client;
    this.#fields = fields;
    this.#names = names;
  }

  /** Pictures, absences and the state of reviews say nothing of a person's record. */
  isUnlike(name: string): boolean {
    return /photo|time_off|active_cycle/.test(name);
  }

  /** The directory has none: the row's fingerprint stands inside the sealed details instead. */
  versionOf(): string {
    return 'directory';
  }

  /** Reads also what is remembered for another sync of this connection, which wants other attributes. */
  async read({ item, stored }: ListedEmployee, signal: AbortSignal): Promise<EmployeeDetail | undefined> {
    const id = idOf(item['id']);
    // That the id is missing is the person's error; nobody can be asked for.
    if (id === undefined) return { raw: {}, without: [] };
    const kept = stored === undefined ? undefined : detailIn(stored);
    const names = kept === undefined ? [] : [...Object.keys(kept.raw), ...kept.without];
    const others = names.filter((name) => !this.#names.includes(name));
    return await this.single(id, others, signal);
  }

  /** Only if it tells of every attribute wanted now. */
  usable(stored: JsonObject): EmployeeDetail | undefined {
    const kept = detailIn(stored);
    const isWhole = this.#names.every(
      (name) => kept !== undefined && (name in kept.raw || kept.without.includes(name)),
    );
    return isWhole ? kept : undefined;
  }

  async single(
    id: string,
    others: readonly string[],
    signal: AbortSignal,
  ): Promise<EmployeeDetail | undefined> {
    const names = [...this.#names, ...others];
    const record = names.some((name) => !isCustom(name))
      ? await this.#client.getOne(`employees/${id}`, signal)
      : {};
    const custom = names.some(isCustom)
      ? await this.#client.getOne(`employees/${id}/custom-fields`, signal)
      : [];
    if (record === undefined || custom === undefined) return undefined;
    const items = objectsIn(custom);
    if (!isObject(record) || items === undefined) throw this.#client.unexpected('a person without a record');
    if (record['id'] !== undefined && idOf(record['id']) !== id) {
      throw this.#client.unexpected('another person than the one asked for');
    }
    const raw: Record<string, Json> = {};
    const without: string[] = [];
    for (const name of names) {
      const key = this.#fields.get(name)?.record;
      const value = key === undefined ? customValue(items, name) : record[key];
      if (value === undefined) without.push(name);
      else raw[name] = value;
    }
    return { raw, without };
  }
}

function detailIn({ raw, without }: JsonObject): EmployeeDetail | undefined {
  if (!isObject(raw) || !Array.isArray(without)) return undefined;
  const names = (without as readonly Json[]).filter((one): one is string => typeof one === 'string');
  return { raw, without: names };
}
