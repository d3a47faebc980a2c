import type { AttributeSpec } from '../../model/attribute.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import { isoInstant } from '../../model/effects.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import type { JsonObject } from '../json.ts';
import { BambooClient, idOf } from './client.ts';
import { decoderOf } from './decode.ts';
import { knownBy, resolveByLooking } from './resolve.ts';
import { baseUrlOf, type Config } from './schema.ts';
import { shapeOf } from './shape.ts';

/**
 * Reads training types (`course`) from one list, and training records (`enrollment`) employee by employee, since
 * BambooHR has no list of all. A record says that a training has been completed; who has not, has none.
 */
export class TrainingReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: BambooClient;
  readonly #entity: 'course' | 'enrollment';

  constructor(context: ConnectorContext<Config>, entity: 'course' | 'enrollment') {
    this.#context = context;
    this.#client = new BambooClient(context);
    this.#entity = entity;
    this.shape = shapeOf(entity, undefined);
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const rowOf = this.#rowMaker(want.attributes);
    let records = 0;
    let pages = 0;
    for await (const page of this.#lists(signal)) {
      signal.throwIfAborted();
      pages += 1;
      records += page.length;
      if (page.length > 0) yield page.map(rowOf);
    }
    signal.throwIfAborted();
    const end =
      this.#entity === 'course'
        ? 'the list of training types comes whole, in one answer'
        : 'the records of every employee of the list, each in one answer';
    return { pages, records, asOf, end };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const found = new Map<string, Row>();
    for (const key of keys) {
      const rowOf = this.#rowMaker([...want.attributes, key.attribute]);
      for (const row of (await this.#candidates(key, signal)).map(rowOf)) {
        const value = key.attribute === 'id' ? row.id : row.values.at(-1);
        if (sameValue(value, key.value)) found.set(row.id, { ...row, values: row.values.slice(0, -1) });
      }
    }
    return [...found.values()];
  }

  async resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const names = this.#entity === 'course' ? ['name'] : ['user', 'course', 'completed_on'];
    return await resolveByLooking(this, intent, knownBy(intent, names), signal);
  }

  account(): Promise<string> {
    return Promise.resolve(new URL(baseUrlOf(this.#context.config)).host);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const types = await this.#client.byId('training/type', signal);
    const fields = this.shape.attributes;
    const account = await this.account();
    if (this.#entity === 'course') return { account, fields, missing: [], cost: { requests: 1 } };
    const people = await this.#people(signal);
    const missing =
      types.length === 0 ? ['no training type can be seen; make one in BambooHR (Settings > Training)'] : [];
    return { account, fields, missing, cost: { requests: 1 + people.length } };
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async *#lists(signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    if (this.#entity === 'course') {
      yield await this.#client.byId('training/type', signal);
      return;
    }
    const people = await this.#people(signal);
    const one = async (id: string) => await this.#recordsOf(id, signal);
    yield* applySideBySide(people, () => this.#client.room, one);
  }

  async #people(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#client.changes(signal)).flatMap(({ id, deleted }) => (deleted ? [] : [id]));
  }

  async #recordsOf(employee: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    if (!/^\d{1,15}$/.test(employee)) return [];
    const records = await this.#client.byId(`training/record/employee/${employee}`, signal);
    if (records.some(({ employeeId }) => employeeId !== undefined && idOf(employeeId) !== employee))
      throw this.#client.unusable('a training record of another employee than the one asked for');
    return records;
  }

  /** Of one employee where the key names one; else everything there is. */
  async #candidates({ attribute, value }: Key, signal: AbortSignal): Promise<readonly JsonObject[]> {
    if (this.#entity === 'enrollment' && attribute === 'user')
      return await this.#recordsOf(String(value), signal);
    const all: JsonObject[] = [];
    for await (const page of this.#lists(signal)) all.push(...page);
    return all;
  }

  #rowMaker(attributes: readonly string[]): (record: JsonObject) => Row {
    const specs = attributes.map((name) => this.#spec(name));
    const decode = decoderOf(specs);
    return (record) => ({
      ...decode(idOf(record['id']) ?? '', { status: 'completed', ...record }),
      active: true,
    });
  }

  #spec(name: string): AttributeSpec {
    const known = this.shape.attributes.find((spec) => spec.name === name);
    return known ?? { name, key: name, type: 'text', class: 'internal' };
  }
}
