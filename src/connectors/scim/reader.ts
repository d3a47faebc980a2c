import type { Probe, Reader } from '../connector.ts';
import { isoInstant } from '../../model/effects.ts';
import { Stalled } from '../../model/error.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import type { Field } from './fields.ts';
import { equals, requestPath } from './filter.ts';
import { walkBothLists } from './both-lists.ts';
import { walkUsers, type End, type Query } from './listing.ts';
import { probeService } from './probe.ts';
import { getUser, resolveIntent } from './resolve.ts';
import type { Service } from './service.ts';
import { rowMaker, type User } from './user.ts';

/** Reads a SCIM 2.0 service: never a request other than GET. */
export class ScimReader implements Reader {
  readonly shape: Shape;
  readonly #service: Service;

  constructor(service: Service) {
    this.#service = service;
    this.shape = service.shape;
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    this.#refuseScope(want);
    const asOf = isoInstant(this.#service.clock.now());
    const fields = this.#fieldsFor(want.attributes);
    const toRow = await this.#rowMaker(fields, signal);
    const walk = this.#walk({}, fields, signal);
    let step = await walk.next();
    for (; step.done !== true; step = await walk.next()) yield step.value.map(toRow);
    const { pages, total } = step.value;
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
      const field = this.#service.fields.get(attribute);
      if (value === null || field === undefined || field.spec.writeOnly === true) continue;
      const fields = [...this.#fieldsFor(want.attributes), field];
      const toRow = await this.#rowMaker(fields, signal);
      const form = this.shape.canonical(attribute) ?? ((same: Value) => same);
      const query = this.looksUp(attribute) ? { filter: equals(field.place, value) } : {};
      for await (const users of this.#walk(query, fields, signal)) {
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
    const { fields, filterable } = this.#service;
    if (attribute === 'id') return true;
    if (filterable !== undefined && !filterable.has(attribute)) return false;
    const field = fields.get(attribute);
    return field !== undefined && field.spec.writeOnly !== true;
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const { connection, client, fields } = this.#service;
    return resolveIntent({ connection, client, fields, reader: this }, intent, signal);
  }

  account(): Promise<string> {
    return Promise.resolve(this.#service.account);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    return await probeService(this.#service, signal);
  }

  async close(): Promise<void> {
    await this.#service.close();
  }

  async #byId(id: string, want: Want, signal: AbortSignal): Promise<Row | undefined> {
    const user = id === '' ? undefined : await getUser(this.#service, id, signal);
    if (user === undefined) return undefined;
    const toRow = await this.#rowMaker(this.#fieldsFor(want.attributes), signal);
    return toRow(user);
  }

  async #rowMaker(fields: readonly Field[], signal: AbortSignal): Promise<(user: User) => Row> {
    const toRow = rowMaker(fields);
    const isOurs = await this.#service.ours?.(signal);
    if (isOurs === undefined) return toRow;
    return (user) => (isOurs(user) ? { ...toRow(user), protected: true } : toRow(user));
  }

  #walk(query: Query, fields: readonly Field[], signal: AbortSignal): AsyncGenerator<readonly User[], End> {
    const { list } = this.#service;
    const attributes = ['userName', 'active', ...fields.map(({ place }) => requestPath(place))];
    const asked = list.asksAttributes ? { attributes: [...new Set(attributes)].join(',') } : {};
    const walk = query.filter === undefined && list.hidesInactive ? walkBothLists : walkUsers;
    return walk(this.#service, { ...query, ...asked }, signal);
  }

  #fieldsFor(attributes: readonly string[]): readonly Field[] {
    return attributes.map((name) => {
      const field = this.#service.fields.get(name);
      if (field !== undefined) return field;
      throw new Stalled(
        'AttributeUnknown',
        `connection ${this.#service.connection} has no attribute "${name}"; declare it under extensions or check the spelling`,
        { connection: this.#service.connection },
      );
    });
  }

  #refuseScope(want: Want): void {
    const [key] = Object.keys(want.scope ?? {});
    if (key === undefined) return;
    throw new Stalled(
      'ScopeUnknown',
      `connection ${this.#service.connection}: SCIM has no scope "${key}"; take it out of the sync`,
      { connection: this.#service.connection },
    );
  }
}
