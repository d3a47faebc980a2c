import type { Reader } from '../../src/connectors/connector.ts';
import { isoInstant } from '../../src/model/effects.ts';
import { Stalled, Waiting } from '../../src/model/error.ts';
import type { Key, Receipt, Row, Want } from '../../src/model/row.ts';
import type { Value } from '../../src/model/value.ts';
import type { Faults } from './faults.ts';
import { failsWith } from './lookups.ts';
import type { PassTrace } from './trace.ts';
import type { Time } from './time.ts';

/** A person as the HR system holds them; an attribute that is left out is absent. */
export type HrRecord = Readonly<Record<string, Value>> & { readonly id: string };

const pageSize = 10;

/** An HR system in memory. What it holds is true; what a read lists may be cut, refused or a lie, as the faults say. */
export class SourceSystem {
  readonly name: string;
  readonly people = new Map<string, HrRecord>();
  /** A second record under the same id, with other content: the system's own mistake. */
  readonly doubles = new Map<string, HrRecord>();
  /** How many records without an id it lists. */
  withoutId = 0;
  /** Attributes that anybody has ever asked for. */
  readonly asked = new Set<string>();
  readonly #time: Time;

  constructor(name: string, time: Time) {
    this.name = name;
    this.#time = time;
  }

  /** Looks through one process in one pass. */
  reader(pass: PassTrace, faults: Faults): Reader {
    const fault = faults.source;
    return {
      shape: {
        system: 'Simulated HR',
        abilities: { create: false, update: false, enable: false, disable: false, delete: false },
        attributes: [],
        canonical: () => undefined,
        delivers: false,
      },
      read: (want) => this.#read(want, pass, fault),
      find: (want, keys) => this.#find(want, keys, pass, fault),
      resolve: async () => ({ state: 'unknown' }),
      probe: async () => ({ fields: [], missing: [] }),
      close: async () => undefined,
    };
  }

  async *#read(
    want: Want,
    pass: PassTrace,
    fault: Faults['source'],
  ): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#time.now());
    pass.looksAtEverybody();
    for (const name of want.attributes) this.asked.add(name);
    const listed = this.#listed(fault);
    const rows = listed.map((record) => rowOf(record, want));
    for (let start = 0; start < rows.length; start += pageSize) {
      await pass.process.alive();
      if (fault?.kind === 'page' && start > 0) throw new Waiting('Unreachable', `${this.name}: HTTP 503`);
      if (fault?.kind === 'stalled') throw new Stalled('Unauthorized', `${this.name}: HTTP 401`);
      if (fault?.kind === 'short' && start + pageSize >= rows.length) break;
      yield rows.slice(start, start + pageSize);
      await this.#time.passes(400);
    }
    if (fault?.kind === 'short') throw new Waiting('ShortList', `${this.name}: the total does not add up`);
    const receipt = {
      pages: Math.ceil(rows.length / pageSize),
      records: rows.length,
      end: 'last page',
      asOf,
    };
    if (fault?.kind === 'incomplete') {
      return { ...receipt, incomplete: { missing: 1, reason: 'the limit is used up' } };
    }
    pass.sourceListed(listed, this.#time.now());
    return receipt;
  }

  /** People by their ids. Whoever it does not answer with may be there all the same: a list may be a lie, and so may this. */
  async #find(
    want: Want,
    keys: readonly Key[],
    pass: PassTrace,
    fault: Faults['source'],
  ): Promise<readonly Row[]> {
    await pass.process.alive();
    failsWith(this.name, fault?.kind === 'half' || fault?.kind === 'column' ? undefined : fault);
    for (const name of want.attributes) this.asked.add(name);
    const ids = new Set(keys.map(({ value }) => value));
    const found = this.#listed(fault).filter(({ id }) => id !== '' && ids.has(id));
    await this.#time.passes(200);
    pass.sourceListed(found, this.#time.now());
    return found.map((record) => rowOf(record, want));
  }

  #listed(fault: Faults['source']): readonly HrRecord[] {
    const nobody: HrRecord[] = Array.from({ length: this.withoutId }, () => ({ id: '', status: 'active' }));
    const all = [...this.people.values(), ...this.doubles.values(), ...nobody];
    if (fault?.kind === 'half') return all.filter((_, index) => index % 2 === 0);
    if (fault?.kind !== 'column') return all;
    return all.map((record) => {
      const { [fault.attribute]: _, ...rest } = record;
      return { ...rest, id: record.id };
    });
  }
}

function rowOf(record: HrRecord, want: Want): Row {
  return { id: record.id, values: want.attributes.map((name) => record[name]) };
}
