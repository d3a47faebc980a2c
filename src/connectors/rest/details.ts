import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, textOf, type JsonObject } from '../json.ts';
import { Singly, type Asked, type Listed } from '../singly.ts';
import { fitsPath } from './address.ts';
import type { RestClient } from './client.ts';
import { singleRecord } from './find.ts';
import { stepsOf, valueAt } from './path.ts';
import type { Field } from './rows.ts';
import type { RestConfig } from './schema.ts';

/** What only the single record has, by attribute, as it stands there. */
export interface Detail {
  readonly values: JsonObject;
  /** Attributes that this record does not have at all. */
  readonly without: readonly string[];
}

/** A listed record with what is known of its single one. */
export type ListedRecord = Listed<Detail>;

/** Records asked for one by one and remembered; the list's own record is the version under which they count. */
export class Details extends Singly<Detail> {
  readonly #wanted: Wanted;

  constructor(client: RestClient, context: ConnectorContext<RestConfig>, fields: ReadonlyMap<string, Field>) {
    const wanted = new Wanted(client, context.config, fields);
    super(client, context, wanted);
    this.#wanted = wanted;
  }

  /** Past what is remembered; `undefined` when there is none. */
  readNow(item: JsonObject, signal: AbortSignal): Promise<Detail | undefined> {
    return this.#wanted.read({ item }, signal);
  }
}

class Wanted implements Asked<Detail> {
  readonly #client: RestClient;
  readonly #config: RestConfig;
  /** All that the config declares, whatever a sync wants: one request tells them all. */
  readonly #fields: readonly Field[];

  constructor(client: RestClient, config: RestConfig, fields: ReadonlyMap<string, Field>) {
    this.#client = client;
    this.#config = config;
    this.#fields = [...fields.values()].filter((field) => field.config.from === 'single');
  }

  idOf(item: JsonObject): string | undefined {
    const id = textOf(valueAt(item, stepsOf(this.#config.record.id)));
    return id === undefined || id === null || !fitsPath(id) ? undefined : id;
  }

  isUnlike(name: string): boolean {
    return this.#config.record.single?.ignore.includes(name) === true;
  }

  /** Nothing of the list may stand in the open; its fingerprint stands inside the sealed details. */
  versionOf(): string {
    return 'list';
  }

  async read({ item }: Pick<ListedRecord, 'item'>, signal: AbortSignal): Promise<Detail | undefined> {
    const { single, id: idPath } = this.#config.record;
    const id = this.idOf(item);
    // That the id is missing is that record's error; it cannot be asked for.
    if (single === undefined || id === undefined) return { values: {}, without: [] };
    const record = await singleRecord({ client: this.#client }, single, id, signal);
    if (record === undefined) return undefined;
    const theirs = textOf(valueAt(record, stepsOf(idPath)));
    if (theirs !== undefined && theirs !== id) {
      throw this.#client.unexpected(`another record than the one that ${single.path} was asked for`);
    }
    const values: Record<string, Json> = {};
    const without: string[] = [];
    for (const { spec, path } of this.#fields) {
      const value = valueAt(record, stepsOf(path));
      if (value === undefined) without.push(spec.name);
      else values[spec.name] = value;
    }
    return { values, without };
  }

  /** Only if it tells of every attribute that is declared now. */
  usable(stored: JsonObject): Detail | undefined {
    const { values, without } = stored;
    if (!isObject(values) || !Array.isArray(without)) return undefined;
    const names = (without as readonly Json[]).filter((one): one is string => typeof one === 'string');
    const isWhole = this.#fields.every(
      ({ spec }) => Object.hasOwn(values, spec.name) || names.includes(spec.name),
    );
    return isWhole ? { values, without: names } : undefined;
  }
}
