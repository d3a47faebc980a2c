import type { Reader, Writer } from '../../../src/connectors/connector.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import type { Shape } from '../../../src/model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../src/model/row.ts';
import type { Value } from '../../../src/model/value.ts';

export interface Entry {
  readonly id: string;
  active: boolean;
  readonly values: Map<string, Value>;
}

/** A system in memory that is read as a source and written as a target, as an HR system and a learning platform are. */
export class System {
  readonly name: string;
  readonly entries = new Map<string, Entry>();
  /** Every order that arrived, as `update hr-3 phone`. */
  readonly log: string[] = [];
  readonly #now: () => number;
  #ids = 0;

  constructor(name: string, now: () => number) {
    this.name = name;
    this.#now = now;
  }

  /** Somebody adds a record by hand. */
  add(values: Readonly<Record<string, Value>>, active = true): Entry {
    const id = `${this.name}-${(this.#ids += 1)}`;
    const entry = { id, active, values: new Map(Object.entries(values)) };
    this.entries.set(id, entry);
    return entry;
  }

  get(id: string): Entry {
    const entry = this.entries.get(id);
    if (entry === undefined) throw new Error(`${this.name} has no ${id}`);
    return entry;
  }

  /** The one record with this e-mail. */
  by(email: string): Entry {
    const found = [...this.entries.values()].filter(({ values }) => values.get('email') === email);
    if (found.length !== 1) throw new Error(`${this.name} has ${found.length} of ${email}`);
    return found[0] as Entry;
  }

  /** E-mails come back in lower case. */
  readonly shape: Shape = {
    system: 'the system',
    abilities: { create: true, update: true, enable: true, disable: true, delete: true },
    attributes: [],
    canonical: (name) => (name === 'email' ? (value) => String(value).toLowerCase() : undefined),
    delivers: false,
  };

  reader(): Reader {
    return {
      shape: this.shape,
      account: async () => undefined,
      read: (want) => this.#read(want),
      find: async (want, keys) => this.#rows(want).filter((row) => keys.some((key) => has(row, key, want))),
      resolve: async () => ({ state: 'not-done' }),
      probe: async () => ({ fields: [], missing: [] }),
      close: async () => undefined,
    };
  }

  writer(): Writer {
    const carryOut = (order: Order) => this.#carryOut(order);
    return {
      async *apply(orders) {
        for await (const order of orders) yield carryOut(order);
      },
      close: async () => undefined,
    };
  }

  async *#read(want: Want): AsyncGenerator<readonly Row[], Receipt> {
    yield this.#rows(want);
    const asOf = new Date(this.#now()).toISOString();
    return { pages: 1, records: this.entries.size, end: 'total reached', asOf };
  }

  #rows(want: Want): readonly Row[] {
    return [...this.entries.values()].map((entry) => ({
      id: entry.id,
      values: want.attributes.map((name) => this.#value(entry, name)),
      active: entry.active,
    }));
  }

  #value({ id, active, values }: Entry, name: string): Value | undefined {
    if (name === 'id') return id;
    if (name === 'status') return active ? 'active' : 'inactive';
    const value = values.get(name);
    return value === undefined || value === null ? undefined : (this.shape.canonical(name)?.(value) ?? value);
  }

  #carryOut({ key, kind, accountId, set }: Order): Result {
    const entry = accountId === null ? this.add({}) : this.get(accountId);
    this.log.push([kind, entry.id, ...Object.keys(set).toSorted()].join(' '));
    for (const [name, value] of Object.entries(set)) entry.values.set(name, value);
    if (kind === 'disable') entry.active = false;
    if (kind === 'enable') entry.active = true;
    if (kind === 'delete') this.entries.delete(entry.id);
    return { key, outcome: 'applied', accountId: entry.id };
  }
}

function has(row: Row, { attribute, value }: Key, { attributes }: Want): boolean {
  return (attribute === 'id' ? row.id : row.values[attributes.indexOf(attribute)]) === value;
}
