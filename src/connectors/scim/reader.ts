import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import type { HttpClient } from '../../http/client.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import { canonicalForm } from './canonical.ts';
import { openClient } from './client.ts';
import { fieldsOf, type Field } from './fields.ts';
import { equals, requestPath } from './filter.ts';
import { walkUsers, type End, type Query } from './listing.ts';
import { accountAt, probeService } from './probe.ts';
import { getUser, resolveIntent } from './resolve.ts';
import type { ScimConfig } from './schema.ts';
import { rowMaker, type User } from './user.ts';

/** Reads a SCIM 2.0 service: never a request other than GET. */
export class ScimReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<ScimConfig>;
  readonly #client: HttpClient;
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(context: ConnectorContext<ScimConfig>) {
    this.#context = context;
    this.#client = openClient(context);
    this.#fields = fieldsOf(context.config);
    this.shape = shapeOf(context.config);
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    this.#refuseScope(want);
    const asOf = isoInstant(this.#context.clock.now());
    const fields = this.#fieldsFor(want.attributes);
    const toRow = rowMaker(fields);
    const lists = this.#context.config.profile.listHidesInactive ? [{}, { filter: 'active eq false' }] : [{}];
    const ids = new Set<string>();
    let pages = 0;
    let total = 0;
    for (const list of lists) {
      const walk = this.#walk(list, fields, signal);
      let step = await walk.next();
      for (; step.done !== true; step = await walk.next()) {
        const rows = step.value.map(toRow);
        // Somebody who was deactivated between the two lists comes in both.
        const fresh = lists.length === 1 ? rows : rows.filter((row) => row.id === '' || !ids.has(row.id));
        for (const row of fresh) ids.add(row.id);
        if (fresh.length > 0) yield fresh;
        total += fresh.length;
      }
      pages += step.value.pages;
    }
    return { pages, records: total, total, end: 'total reached, nothing behind it', asOf };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    this.#refuseScope(want);
    const found = new Map<string, Row>();
    for (const { attribute, value } of keys) {
      if (attribute === 'id') {
        const row = await this.#byId(String(value), want, signal);
        if (row !== undefined) found.set(row.id, row);
        continue;
      }
      const field = this.#fields.get(attribute);
      if (value === null || field === undefined || field.spec.writeOnly === true) continue;
      const fields = [...this.#fieldsFor(want.attributes), field];
      const toRow = rowMaker(fields);
      const form = this.shape.canonical(attribute) ?? ((same: Value) => same);
      for await (const users of this.#walk({ filter: equals(field.place, value) }, fields, signal)) {
        for (const row of users.map(toRow)) {
          // Servers compare more loosely than we do: what they found is compared once more.
          const theirs = row.values.at(-1);
          if (theirs === undefined || !sameValue(form(theirs), form(value))) continue;
          found.set(row.id, { ...row, values: row.values.slice(0, -1) });
        }
      }
    }
    return [...found.values()];
  }

  /** What a filter could not compare would look like nobody. */
  looksUp(attribute: string): boolean {
    const field = this.#fields.get(attribute);
    return attribute === 'id' || (field !== undefined && field.spec.writeOnly !== true);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const { connection } = this.#context;
    const looking = { connection, client: this.#client, fields: this.#fields, reader: this };
    return resolveIntent(looking, intent, signal);
  }

  account(): Promise<string> {
    return Promise.resolve(accountAt(this.#context.config));
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    return await probeService(this.#client, this.#context, this.shape.attributes, signal);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #byId(id: string, want: Want, signal: AbortSignal): Promise<Row | undefined> {
    const { connection } = this.#context;
    const user = id === '' ? undefined : await getUser({ client: this.#client, connection }, id, signal);
    return user === undefined ? undefined : rowMaker(this.#fieldsFor(want.attributes))(user);
  }

  #walk(query: Query, fields: readonly Field[], signal: AbortSignal): AsyncGenerator<readonly User[], End> {
    const { connection, config } = this.#context;
    const list = { client: this.#client, connection, pageSize: config.pageSize };
    const attributes = ['userName', 'active', ...fields.map(({ place }) => requestPath(place))];
    const asked = config.profile.attributesParameter
      ? { attributes: [...new Set(attributes)].join(',') }
      : {};
    return walkUsers(list, { ...query, ...asked }, signal);
  }

  #fieldsFor(attributes: readonly string[]): readonly Field[] {
    return attributes.map((name) => {
      const field = this.#fields.get(name);
      if (field !== undefined) return field;
      throw new Stalled(
        'AttributeUnknown',
        `connection ${this.#context.connection} has no attribute "${name}"; declare it under extensions or check the spelling`,
        { connection: this.#context.connection },
      );
    });
  }

  #refuseScope(want: Want): void {
    const [key] = Object.keys(want.scope ?? {});
    if (key === undefined) return;
    throw new Stalled(
      'ScopeUnknown',
      `connection ${this.#context.connection}: SCIM has no scope "${key}"; take it out of the sync`,
      { connection: this.#context.connection },
    );
  }
}

/** Pure facts of a connection, known without asking the server. */
export function shapeOf(config: ScimConfig): Shape {
  const fields = fieldsOf(config);
  return {
    system: 'SCIM 2.0',
    abilities: {
      create: true,
      createDisabled: true,
      update: true,
      enable: true,
      disable: true,
      delete: true,
    },
    attributes: [...fields.values()].map((field) => field.spec),
    canonical: (attribute) => canonicalForm(attribute, fields.get(attribute)?.spec.type),
    delivers: false,
  };
}
