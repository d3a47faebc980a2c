import type { AttributeSpec } from '../../model/attribute.ts';
import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import { largestPicture, type Picture, type PictureWanted } from '../../model/picture.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { pictureFrom } from '../picture.ts';
import { BambooClient } from './client.ts';
import { decoderOf } from './decode.ts';
import { Employees, type Employee } from './employees.ts';
import { otherFields } from './fields.ts';
import { employeeWith } from './photo.ts';
import { missingOf, whyEmpty } from './probe.ts';
import { knownBy, resolveByLooking } from './resolve.ts';
import { baseUrlOf, keyOf, type Config } from './schema.ts';
import { shapeOf } from './shape.ts';

/** Reads employees: who changed when from one list, each record by itself, and only where it changed. */
export class EmployeeReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<Config>;
  readonly #client: BambooClient;
  readonly #known: Map<string, AttributeSpec>;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#client = new BambooClient(context);
    this.shape = shapeOf('person', context.fields);
    this.#known = new Map(this.shape.attributes.map((spec) => [spec.name, spec]));
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const specs = await this.#specsOf(want.attributes, signal);
    const rowOf = this.#rowMaker(specs);
    const changes = await this.#client.changes(signal);
    if (new Set(changes.map(({ id }) => id)).size < changes.length)
      throw this.#client.unusable('the same employee twice in one list');
    const deleted = changes.filter((one) => one.deleted);
    if (deleted.length > 0)
      yield deleted.map(({ id }) => ({ id, values: want.attributes.map(() => undefined), deleted: true }));
    const employees = new Employees(this.#client, this.#context, ['id', ...askedFor(specs)]);
    const living = changes.filter((one) => !one.deleted);
    for await (const some of employees.all(living, signal)) yield some.map(rowOf);
    signal.throwIfAborted();
    return {
      pages: 1,
      records: changes.length,
      asOf,
      end: 'the list of changes since the beginning comes whole, in one answer',
    };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const found = new Map<string, Row>();
    for (const key of keys) {
      for (const row of await this.#findOne(want, key, signal)) found.set(row.id, row);
    }
    return [...found.values()];
  }

  async picture(wanted: PictureWanted, signal: AbortSignal): Promise<Picture> {
    try {
      return await pictureFrom(wanted, async () => {
        const photo = await this.#client.photo(wanted.id, largestPicture, signal);
        return photo === 'hidden' ? undefined : photo;
      });
    } catch (error) {
      await this.#context.details.forget([wanted.id]);
      throw error;
    }
  }

  async resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return await resolveByLooking(this, intent, knownBy(intent, ['email']), signal);
  }

  account(): Promise<string> {
    return Promise.resolve(new URL(baseUrlOf(this.#context.config)).host);
  }

  whyEmpty(attribute: string): string | undefined {
    const spec = this.#known.get(attribute);
    return spec === undefined ? undefined : whyEmpty(spec);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const others = await otherFields(this.#client, signal);
    const changes = await this.#client.changes(signal);
    const living = changes.filter((one) => !one.deleted);
    const first = living[0]?.id;
    const usual = this.shape.attributes.filter(({ name }) => !/^(custom|fields)\./.test(name));
    const asked = usual.filter(({ type }) => type !== 'picture').map(keyOf);
    const record = first === undefined ? undefined : await this.#client.employee(first, asked, signal);
    return {
      account: await this.account(),
      fields: [...usual, ...others],
      missing: missingOf(record, this.#context.fields ?? [], others),
      cost: { requests: 1 + living.length, forPictures: living.length },
    };
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** By id BambooHR looks up; by anything else only everybody tells. */
  async #findOne(want: Want, key: Key, signal: AbortSignal): Promise<readonly Row[]> {
    const attributes = [...want.attributes, key.attribute];
    const canonical = this.shape.canonical(key.attribute) ?? ((value: Value) => value);
    const isMatch = ({ values }: Row) => {
      const value = values.at(-1);
      return value !== undefined && value !== null && sameValue(canonical(value), canonical(key.value));
    };
    const rows: Row[] = [];
    if (key.attribute === 'id') {
      const specs = await this.#specsOf(attributes, signal);
      const record = await employeeWith(this.#client, String(key.value), askedFor(specs), signal);
      if (record !== undefined) rows.push(this.#rowMaker(specs)({ id: String(key.value), record }));
    } else {
      for await (const batch of this.read({ attributes }, signal)) rows.push(...batch.filter(isMatch));
    }
    return rows.map((row) => ({ ...row, values: row.values.slice(0, -1) }));
  }

  #rowMaker(specs: readonly AttributeSpec[]): (employee: Employee) => Row {
    const decode = decoderOf(specs);
    return ({ id, record }) => {
      if (record !== undefined) return { ...decode(id, record), active: record['status'] !== 'Inactive' };
      const fault = 'BambooHR lists this employee and shows nobody when asked for them singly';
      return { id, values: specs.map(() => undefined), fault };
    };
  }

  async #specsOf(names: readonly string[], signal: AbortSignal): Promise<readonly AttributeSpec[]> {
    if (names.some((name) => !this.#known.has(name))) {
      for (const spec of await otherFields(this.#client, signal)) {
        if (!this.#known.has(spec.name)) this.#known.set(spec.name, spec);
      }
    }
    return names.map((name) => this.#known.get(name) ?? this.#unknown(name));
  }

  #unknown(name: string): never {
    const { connection } = this.#context;
    throw new Stalled(
      'UnknownAttribute',
      `connection ${connection}: BambooHR shows no field ${name}; give the owner of the API key access to it, or correct the name (rosterd connection fields ${connection} lists them)`,
      { connection },
    );
  }
}

/** Whether an account can be used is told by its status, whatever else is wanted. */
function askedFor(specs: readonly AttributeSpec[]): readonly string[] {
  return [...new Set([...specs.map(keyOf), 'status'])];
}
