import { isoInstant } from '../../model/effects.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import type { JsonObject } from '../json.ts';
import { findByReading } from '../find-by-reading.ts';
import { resolveByLooking } from '../resolve-by-looking.ts';
import { RestClient } from './client.ts';
import { Details, type ListedRecord } from './details.ts';
import { recordsFor } from './find.ts';
import { accountOf, probeSystem } from './probe.ts';
import { fieldsOf, rowMaker, type Field } from './rows.ts';
import type { RestConfig } from './schema.ts';
import { shapeOf } from './shape.ts';
import { Unsaid } from './unsaid.ts';
import { walk, type List } from './walk.ts';

/** Reads a declared system: the requests of its config, and nothing that changes it. */
export class RestReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<RestConfig>;
  readonly #client: RestClient;
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(context: ConnectorContext<RestConfig>) {
    this.#context = context;
    this.#client = new RestClient(context);
    this.#fields = fieldsOf(context.config);
    this.shape = shapeOf(context.config, this.#fields);
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    this.#refuseScope(want);
    const asOf = isoInstant(this.#context.clock.now());
    const fields = this.#fieldsNamed(want.attributes);
    const toRow = rowMaker(this.#context.config, fields);
    const details = this.#detailsFor(fields);
    const waiting: ListedRecord[] = [];
    const unsaid = new Unsaid(this.#context.config);
    const pages = walk(this.#list(), signal);
    let step = await pages.next();
    for (; step.done !== true; step = await pages.next()) {
      unsaid.take(step.value);
      const listed = details === undefined ? step.value.map(alone) : await details.recall(step.value);
      const ready = details === undefined ? listed : listed.filter((one) => details.isFresh(one));
      if (details !== undefined) waiting.push(...listed.filter((one) => !details.isFresh(one)));
      if (ready.length > 0) yield ready.map(toRow);
    }
    const [fault] = unsaid.faults;
    if (fault !== undefined) throw this.#client.stalled('StateUnknown', fault);
    // One by one only when the list is known to be whole.
    for await (const records of details?.refresh(waiting, signal) ?? []) yield records.map(toRow);
    // Called off after the last record, but before anybody may believe that it was the last.
    signal.throwIfAborted();
    return { ...step.value, asOf };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    this.#refuseScope(want);
    const found = new Map<string, Row>();
    const add = (row: Row) => found.set(row.id === '' ? `without id ${String(found.size)}` : row.id, row);
    const rest: Key[] = [];
    for (const key of keys) {
      const records = await this.#recordsFor(key, signal);
      if (records === undefined) rest.push(key);
      else (await this.#matching(records, want, key, signal)).forEach(add);
    }
    if (rest.length > 0) (await findByReading(this, want, rest, signal)).forEach(add);
    return [...found.values()];
  }

  looksUp(attribute: string): boolean {
    return Object.hasOwn(this.#context.config.find, attribute);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return resolveByLooking(this, intent, signal);
  }

  account(signal: AbortSignal): Promise<string> {
    return accountOf(this.#client, this.#context.config, signal);
  }

  whyEmpty(attribute: string): string | undefined {
    const path = this.#fields.get(attribute)?.path;
    return path === undefined
      ? undefined
      : `nothing stands at "${path}" of a record: the path in the config may be wrong, or the credential may not read it`;
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeSystem(this.#client, this.#context.config, this.#fields, signal);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #list(): List {
    const { baseUrl, list, record } = this.#context.config;
    return { client: this.#client, baseUrl, config: list, id: record.id };
  }

  /** What the system gives for a key; `undefined` where only the whole list tells. */
  async #recordsFor(key: Key, signal: AbortSignal): Promise<readonly JsonObject[] | undefined> {
    const { config } = this.#context;
    const [field] = this.#fieldsNamed([key.attribute]);
    const how = this.looksUp(key.attribute) ? config.find[key.attribute] : undefined;
    if (how === undefined || field === undefined) return undefined;
    return await recordsFor({ client: this.#client, config }, how, field, key, signal);
  }

  /** The records that have the key, as rows; what only the single record has is asked for now. */
  async #matching(
    records: readonly JsonObject[],
    { attributes }: Want,
    { attribute, value }: Key,
    signal: AbortSignal,
  ): Promise<readonly Row[]> {
    const fields = this.#fieldsNamed([...attributes, attribute]);
    const toRow = rowMaker(this.#context.config, fields);
    const details = this.#detailsFor(fields);
    const form = this.shape.canonical(attribute) ?? ((same: Value) => same);
    const found: Row[] = [];
    for (const record of records) {
      const theirs = toRow(alone(record)).values.at(-1) ?? null;
      if (theirs === null || value === null || !sameValue(form(theirs), form(value))) continue;
      const detail = await details?.readNow(record, signal);
      // Gone between the two looks.
      if (details !== undefined && detail === undefined) continue;
      const row = toRow({ item: record, detail });
      found.push({ ...row, values: row.values.slice(0, -1) });
    }
    return found;
  }

  /** Where none of these stands in single records alone, nobody is asked for singly. */
  #detailsFor(fields: readonly Field[]): Details | undefined {
    if (!fields.some(({ config }) => config.from === 'single')) return undefined;
    return new Details(this.#client, this.#context, this.#fields);
  }

  #fieldsNamed(names: readonly string[]): readonly Field[] {
    return names.map((name) => {
      const field = this.#fields.get(name);
      if (field !== undefined) return field;
      throw this.#client.stalled(
        'UnknownAttribute',
        `there is no attribute "${name}"; declare it under record.attributes, or correct the name`,
      );
    });
  }

  #refuseScope({ scope = {} }: Want): void {
    const [key] = Object.keys(scope);
    if (key === undefined) return;
    throw this.#client.stalled(
      'UnknownScope',
      `there is no scope "${key}"; narrow "list" in the config instead`,
    );
  }
}

function alone(item: JsonObject): ListedRecord {
  return { item, detail: undefined, readAt: -1, stored: undefined };
}
