import type { AttributeSpec } from '../../../model/attribute.ts';
import { isoInstant } from '../../../model/effects.ts';
import { Stalled } from '../../../model/error.ts';
import type { Resolution } from '../../../model/order.ts';
import type { Picture, PictureWanted } from '../../../model/picture.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import { sameValue } from '../../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { findEach } from '../../find-by-reading.ts';
import type { JsonObject } from '../../json.ts';
import { accountOf } from '../account.ts';
import { PersonioClient } from '../client.ts';
import { Pictures, picturesApart } from '../pictures.ts';
import { whyEmpty } from '../probe.ts';
import type { PersonioConfig } from '../schema.ts';
import { shapeOf } from '../shape.ts';
import { v2Attributes } from './attributes.ts';
import { PersonioV2Client } from './client.ts';
import { customAttributes } from './discover.ts';
import type { ListedPerson } from './employments.ts';
import { everyPage } from './pages.ts';
import { People } from './people.ts';
import { probeCompany } from './probe.ts';
import { persons } from './resources.ts';

/** Reads persons of Personio v2: the list, and the employments of those who may have changed. */
export class PersonioV2Reader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<PersonioConfig>;
  readonly #client: PersonioV2Client;
  /** v2 has addresses of pictures and the names of custom attributes, and both lead to v1. */
  readonly #v1: PersonioClient;
  readonly #pictures: Pictures;
  readonly #known: Map<string, AttributeSpec>;

  constructor(context: ConnectorContext<PersonioConfig>) {
    this.#context = context;
    this.#client = new PersonioV2Client(context);
    this.#v1 = new PersonioClient(context);
    this.#pictures = picturesApart(this.#v1, context);
    this.shape = shapeOf(v2Attributes, context.fields);
    this.#known = new Map(this.shape.attributes.map((spec) => [spec.name, spec]));
  }

  /**
   * The whole list of persons; those of whom it shows a change, or of whom nothing is remembered, wait until its end and
   * are asked for one by one when it is known to be whole.
   */
  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#context.clock.now());
    const people = await this.#open(want.attributes, signal);
    const list = this.#list({}, signal);
    const waiting: ListedPerson[] = [];
    let page = await list.next();
    for (; page.done !== true; page = await list.next()) {
      signal.throwIfAborted();
      const known = await people.recall(page.value);
      waiting.push(...known.waiting);
      if (known.ready.length > 0) yield await people.rows(known.ready, signal);
    }
    for await (const some of people.rest(waiting, signal)) yield await people.rows(some, signal);
    // Called off after the last row, but before anybody may believe that it was the last.
    signal.throwIfAborted();
    const { pages, records } = page.value;
    return { pages, records, asOf, end: 'no next link' };
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
    return accountOf(this.#client, signal);
  }

  whyEmpty(attribute: string): string | undefined {
    const spec = this.#known.get(attribute);
    return spec === undefined ? undefined : whyEmpty(spec);
  }

  probe(signal: AbortSignal): Promise<Probe> {
    return probeCompany(this.#client, this.#v1, this.#context, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.close(), this.#v1.close()]);
  }

  #list(query: Readonly<Record<string, string>>, signal: AbortSignal) {
    return everyPage(
      (cursor) => this.#client.page(persons, query, cursor, signal),
      (what) => this.#client.unusable(what),
    );
  }

  /** By id and by e-mail Personio looks up; by anything else only the whole list tells. */
  async #lookUp(want: Want, { attribute, value }: Key, signal: AbortSignal): Promise<readonly Row[]> {
    const items = await this.#listed(attribute, String(value), signal);
    const people = await this.#open([...want.attributes, attribute], signal);
    const rows = await people.rows(await people.now(items, signal), signal);
    const isMatch = (row: Row) =>
      attribute === 'id' ? row.id === String(value) : sameValue(row.values.at(-1), value);
    // The value of the key was asked for only to compare it.
    return rows.filter(isMatch).map((row) => ({ ...row, values: row.values.slice(0, -1) }));
  }

  async #listed(attribute: string, value: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    if (attribute === 'id') {
      const item = /^\d{1,15}$/.test(value) ? await this.#client.one(persons, value, {}, signal) : undefined;
      return item === undefined ? [] : [item];
    }
    // A comma would ask for several, and what is no address is refused.
    if (!/^[^\s,@]+@[^\s,@]+$/.test(value)) return [];
    const items: JsonObject[] = [];
    for await (const page of this.#list({ email: value }, signal)) items.push(...page);
    return items;
  }

  async #open(names: readonly string[], signal: AbortSignal): Promise<People> {
    if (names.some((name) => name.startsWith('custom.') && !this.#known.has(name))) {
      const customs = await customAttributes(this.#client, this.#v1, signal);
      for (const spec of customs) if (!this.#known.has(spec.name)) this.#known.set(spec.name, spec);
    }
    const specs = names.map((name) => this.#known.get(name) ?? this.#unknown(name));
    return new People(this.#client, this.#context, specs, this.#pictures);
  }

  #unknown(name: string): never {
    const { connection } = this.#context;
    const isCustom = name.startsWith('custom.');
    const wayOut = isCustom
      ? 'add it to "Readable employee attributes" of the API credentials, or correct the name (`connection fields` lists them)'
      : 'take it out of the spec, or use `api: v1`, which has others';
    const message = `connection ${connection}: API v2 of Personio shows no attribute ${name}; ${wayOut}`;
    throw new Stalled('UnknownAttribute', message, { connection });
  }
}
