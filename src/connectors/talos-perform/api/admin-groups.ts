import type { Order } from '../../../model/order.ts';
import type { Key, Row } from '../../../model/row.ts';
import { rejected, type Failure } from '../../failed-write.ts';
import { objectsIn, textOf } from '../../json.ts';
import { Remembered } from '../../remembered.ts';
import type { RestClient } from '../../rest/client.ts';
import { stepsOf, valueAt } from '../../rest/path.ts';
import type { ApiConfig } from '../schema.ts';
import { adminGroup } from './declared.ts';

interface Groups {
  readonly ids: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

/** Names and ids of admin groups, asked for once. A name that two groups share is nobody's. */
export class AdminGroups {
  readonly #client: RestClient;
  readonly #config: ApiConfig['adminGroups'];
  readonly #groups = new Remembered<'groups', Groups>((_key, signal) => this.#ask(signal));

  constructor(client: RestClient, { adminGroups }: ApiConfig) {
    this.#client = client;
    this.#config = adminGroups;
  }

  /** Rows as they were read with ids, with names in their place. */
  async named(
    rows: readonly Row[],
    attributes: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Row[]> {
    const at = attributes.indexOf(adminGroup);
    if (at < 0) return rows;
    const { names } = await this.#groups.get('groups', signal);
    return rows.map((row) => {
      const id = row.values[at];
      if (id === undefined || id === null) return row;
      // One that we may not see is shown by its id: it is not the one that is wanted, whichever that is.
      return { ...row, values: row.values.with(at, names.get(String(id)) ?? String(id)) };
    });
  }

  /** A key that asks for a name, as one that asks for the id; `undefined` where no group has it. */
  async keyed(key: Key, signal: AbortSignal): Promise<Key | undefined> {
    if (key.attribute !== adminGroup) return key;
    const id = await this.#idOf(key.value, signal);
    return id === undefined ? undefined : { ...key, value: id };
  }

  /** An order with the id in place of the name, or why there is none. */
  async ordered(order: Order, signal: AbortSignal): Promise<Order | Failure> {
    const name = Object.hasOwn(order.set, adminGroup) ? order.set[adminGroup] : undefined;
    if (name === undefined || name === null) return order;
    const id = await this.#idOf(name, signal);
    if (id !== undefined) return { ...order, set: { ...order.set, [adminGroup]: id } };
    return rejected(
      'UnknownAdminGroup',
      `Talos Perform has no single admin group of the name in "${adminGroup}"; make it there, or correct the mapping`,
    );
  }

  async #idOf(name: unknown, signal: AbortSignal): Promise<string | number | undefined> {
    const { ids } = await this.#groups.get('groups', signal);
    const id = typeof name === 'string' ? ids.get(name.trim()) : undefined;
    return id === undefined || !this.#config.numeric ? id : Number(id);
  }

  async #ask(signal: AbortSignal): Promise<Groups> {
    const { path, records, id, name } = this.#config;
    const { body } = await this.#client.read({ method: 'GET', path, statuses: [200] }, signal);
    const groups = objectsIn(valueAt(body, stepsOf(records)) ?? null);
    if (groups === undefined) throw this.#client.unexpected(`no list where ${path} was asked for`);
    const pairs = groups.map(
      (group) => [textOf(group[name])?.trim() ?? '', textOf(group[id]) ?? ''] as const,
    );
    const shared = new Set(pairs.map(([one]) => one).filter((one, at, all) => all.indexOf(one) !== at));
    return {
      ids: new Map(pairs.filter(([one]) => one !== '' && !shared.has(one))),
      names: new Map(pairs.map(([one, other]) => [other, one])),
    };
  }
}
