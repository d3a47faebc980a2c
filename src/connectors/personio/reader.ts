import type { AttributeSpec } from '../../model/attribute.ts';
import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import type { Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Picture, PictureWanted } from '../../model/picture.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Json } from '../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { findEach } from '../find-by-reading.ts';
import { accountBesideV1 } from './account.ts';
import { pageSize, PersonioClient } from './client.ts';
import { readableOf } from './custom.ts';
import { decoderOf } from './decode.ts';
import { unusable } from './envelope.ts';
import { everyPage } from './pages.ts';
import { Pictures } from './pictures.ts';
import { missingOf, whyEmpty } from './probe.ts';
import { keyOf, standardAttributes, type PersonioConfig } from './schema.ts';
import { shapeOf } from './shape.ts';
import { PersonioV2Client } from './v2/client.ts';

/** Reads employees of Personio v1. */
export class PersonioReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<PersonioConfig>;
  readonly #client: PersonioClient;
  /** The same credentials get a token of v2, which tells more of the company. */
  readonly #v2: PersonioV2Client;
  readonly #pictures: Pictures;
  readonly #known: Map<string, AttributeSpec>;

  constructor(context: ConnectorContext<PersonioConfig>) {
    this.#context = context;
    this.#client = new PersonioClient(context);
    this.#v2 = new PersonioV2Client(context);
    this.#pictures = new Pictures(this.#client, context);
    this.shape = shapeOf(standardAttributes, context.fields);
    this.#known = new Map(this.shape.attributes.map((spec) => [spec.name, spec]));
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const { rowsOf, keys } = await this.#plan(want.attributes, signal);
    const seen = new Set<string>();
    const listing = everyPage(
      (offset) => this.#client.page(offset, keys, signal),
      pageSize,
      (what) => this.#doubt(what),
    );
    for (;;) {
      const step = await listing.next();
      if (step.done === true) {
        const { pages, total } = step.value;
        return {
          pages,
          records: total,
          total,
          asOf,
          end: 'a short page, and the records add up to the total',
        };
      }
      signal.throwIfAborted();
      const rows = await rowsOf(step.value);
      for (const { id } of rows) {
        if (id !== '' && seen.has(id))
          throw this.#doubt('the same employee twice: the list shifted while it was read');
        seen.add(id);
      }
      if (rows.length > 0) yield rows;
    }
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    return await findEach(this, want, keys, (key) => this.#lookUp(want, key, signal), signal);
  }

  looksUp(attribute: string): boolean {
    return attribute === 'id' || attribute === 'email';
  }

  picture(wanted: PictureWanted, signal: AbortSignal): Promise<Picture> {
    return this.#pictures.picture(wanted, signal);
  }

  /** Nothing is ever written here. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'unknown' });
  }

  account(signal: AbortSignal): Promise<string | undefined> {
    return accountBesideV1(this.#v2, signal);
  }

  whyEmpty(attribute: string): string | undefined {
    const spec = this.#known.get(attribute);
    return spec === undefined ? undefined : whyEmpty(spec);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const readable = readableOf(await this.#client.attributes(signal));
    const { total } = await this.#client.page(0, ['id'], signal, 1);
    const account = await this.account(signal);
    return {
      ...(account === undefined ? {} : { account }),
      fields: [...readable.attributes, ...readable.customs],
      missing: missingOf(readable, this.#context.fields ?? []),
      cost: { requests: Math.floor(total / pageSize) + 1, forPictures: total, limitPerHour: 18_000 },
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.close(), this.#v2.close()]);
  }

  /** By id and by e-mail Personio looks up; by anything else only the whole list tells. */
  async #lookUp(want: Want, { attribute, value }: Key, signal: AbortSignal): Promise<readonly Row[]> {
    const { rowsOf, keys } = await this.#plan([...want.attributes, attribute], signal);
    if (attribute === 'id') {
      const id = String(value);
      const record = /^\d{1,15}$/.test(id) ? await this.#client.byId(id, signal) : undefined;
      const rows = record === undefined ? [] : await rowsOf([record]);
      return rows.filter((row) => row.id === id).map(withoutLast);
    }
    if (typeof value !== 'string') return [];
    const rows = await rowsOf(await this.#client.byEmail(value, keys, signal));
    return rows.filter((row) => sameValue(row.values.at(-1), value)).map(withoutLast);
  }

  /** Only what is wanted is asked for, and the id, which is how a person is known. */
  async #plan(names: readonly string[], signal: AbortSignal) {
    if (names.some((name) => name.startsWith('custom.') && !this.#known.has(name))) {
      const { customs } = readableOf(await this.#client.attributes(signal));
      for (const spec of customs) if (!this.#known.has(spec.name)) this.#known.set(spec.name, spec);
    }
    const specs = names.map((name) => this.#known.get(name) ?? this.#unknown(name));
    const pictures = specs.flatMap(({ type }, at) => (type === 'picture' ? [at] : []));
    const { timezone } = this.#context.config;
    const keys = [...new Set(['id', ...specs.map(keyOf)])];
    const decode = decoderOf(specs, timezone);
    if (pictures.length === 0)
      return { keys, rowsOf: async (records: readonly Json[]) => records.map((one) => decode(one)) };
    const versionOf = decoderOf(changedAt, timezone);
    const rowsOf = (records: readonly Json[]) => {
      const listed = records.map((one) => ({
        row: decode(one),
        version: String(versionOf(one).values[0] ?? ''),
      }));
      return this.#pictures.inPlaceOfAddresses(listed, pictures, signal);
    };
    return { keys: [...new Set([...keys, ...changedAt.map(keyOf)])], rowsOf };
  }

  #unknown(name: string): never {
    const { connection } = this.#context;
    throw new Stalled(
      'UnknownAttribute',
      `connection ${connection}: Personio shows no attribute ${name}; add it to "Readable employee attributes" of the ` +
        'API credentials, or correct the name (`connection fields` lists them)',
      { connection },
    );
  }

  #doubt(what: string): Error {
    return unusable(what, this.#context.connection);
  }
}

/** Under which details are remembered. */
const changedAt = standardAttributes.filter(({ name }) => name === 'last_modified_at');

/** The row without the value of the key, which was asked for only to compare it. */
function withoutLast(row: Row): Row {
  return { ...row, values: row.values.slice(0, -1) };
}
