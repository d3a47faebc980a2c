import type { Intent, Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import { sameValue, type Value } from '../../../model/value.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { isObject } from '../../json.ts';
import { ScimReader } from '../../scim/reader.ts';
import type { Service } from '../../scim/service.ts';
import { rowMaker } from '../../scim/user.ts';
import { ToriiClient } from '../client.ts';
import { allowed } from '../missing.ts';
import type { ToriiConfig } from '../schema.ts';
import { HiddenUsers } from './hidden.ts';
import { isProtected, openLogins } from './service.ts';

/** Reads who may log in to Torii: its SCIM list, and those whom the list leaves out as far as they are known. */
export class LoginReader implements Reader {
  readonly shape: Shape;
  readonly #config: ToriiConfig['scim'];
  readonly #service: Service;
  readonly #scim: ScimReader;
  readonly #torii: ToriiClient;
  readonly #hidden: HiddenUsers;

  constructor(context: ConnectorContext<ToriiConfig>) {
    this.#config = context.config.scim;
    this.#service = openLogins(context);
    this.#scim = new ScimReader(this.#service);
    this.#torii = new ToriiClient(context);
    this.#hidden = new HiddenUsers(this.#service, context);
    this.shape = this.#service.shape;
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const walk = this.#scim.read(want, signal);
    const active = new Set<string>();
    let step = await walk.next();
    for (; step.done !== true; step = await walk.next()) {
      for (const { id } of step.value) active.add(id);
      yield step.value;
    }
    const hidden = await this.#hiddenRows(want.attributes, active, signal);
    if (hidden.length > 0) yield hidden;
    await this.#hidden.remember([...active]);
    const records = step.value.records + hidden.length;
    return { ...step.value, records, total: records };
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const listed = await this.#scim.find(want, keys, signal);
    const rows = new Map(listed.map((row) => [row.id, row]));
    for (const { attribute, value } of keys) {
      if (attribute === 'id' || value === null) continue;
      const form = this.shape.canonical(attribute) ?? ((same: Value) => same);
      const attributes = [...want.attributes, attribute];
      for (const row of await this.#hiddenRows(attributes, new Set(rows.keys()), signal)) {
        const theirs = row.values.at(-1);
        // Who is active was compared by Torii.
        if (row.active === true || theirs === undefined || !sameValue(form(theirs), form(value))) continue;
        rows.set(row.id, { ...row, values: row.values.slice(0, -1) });
      }
    }
    return [...rows.values()];
  }

  looksUp(attribute: string): boolean {
    return this.#scim.looksUp(attribute);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return this.#scim.resolve(intent, signal);
  }

  /** The SCIM key tells no organisation: the other key does, and must be of the same one. */
  account(signal: AbortSignal): Promise<string> {
    return this.#torii.organisation(signal);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const missing: string[] = [];
    const account = await this.account(signal);
    const query = { startIndex: 1, count: 1 };
    const list = await allowed(
      () => this.#service.client.request({ method: 'GET', path: 'Users', query, effect: 'read' }, signal),
      missing,
      'users cannot be listed; scimKey must be a key of the type "Torii SCIM" (Settings > Security)',
    );
    const total = isObject(list?.body) ? list.body['totalResults'] : undefined;
    const { pageSize } = this.#config;
    return {
      account,
      fields: this.shape.attributes,
      missing,
      ...(typeof total === 'number'
        ? { cost: { requests: Math.ceil(total / pageSize) + 1, limitPerHour: 12_000 } }
        : {}),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#scim.close(), this.#torii.close()]);
  }

  async #hiddenRows(
    attributes: readonly string[],
    active: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<readonly Row[]> {
    const { fields } = this.#service;
    const toRow = rowMaker(attributes.map((name) => fields.get(name)).filter((one) => one !== undefined));
    return (await this.#hidden.read(active, signal)).map((user) =>
      isProtected(user, this.#config) ? { ...toRow(user), protected: true } : toRow(user),
    );
  }
}
