import { onTestFinished } from 'vitest';
import type { Outcome } from '../../src/model/run.ts';
import { Chance } from '../simulator/chance.ts';
import type { Faults } from '../simulator/faults.ts';
import type { StoreKind } from '../simulator/kept.ts';
import type { HrRecord } from '../simulator/source.ts';
import type { Rules } from '../simulator/rules.ts';
import type { Account } from '../simulator/trace.ts';
import { World } from '../simulator/world.ts';

const usual: Rules = {
  hr: 'hr-staff',
  zone: 'UTC',
  outOfScope: 'keep',
  away: 'keep',
  vanished: 'hold',
  returned: 'reuse',
  createBefore: 0,
  deleteAfter: 0,
  phoneOnNull: 'keep',
  department: 'as it is',
  mode: 'full',
};

/**
 * One sync between two systems in memory, with the real specs, plan and guard, and nothing left to chance. The store is
 * the simulator's in memory, which keeps the contract of the real one, or the real one in a file.
 */
export class Office {
  readonly world: World;
  #logged = 0;

  static async open(rules: Partial<Rules> = {}, store: StoreKind = 'memory'): Promise<Office> {
    const office = new Office(rules, store);
    await office.world.open();
    onTestFinished(() => office.world.close());
    return office;
  }

  private constructor(rules: Partial<Rules>, store: StoreKind) {
    this.world = new World(new Chance(1), {
      company: new Map([['staff', { ...usual, ...rules }]]),
      habit: 'none',
      store,
    });
  }

  /** Another spec is in force from now on. */
  async revise(change: Partial<Rules>): Promise<void> {
    const { revisions, company } = this.world;
    await revisions.commit(new Map([...company].map(([sync, rules]) => [sync, { ...rules, ...change }])));
  }

  /** What HR says of these people from now on; who is not known yet is here. */
  hr(people: Readonly<Record<string, Partial<HrRecord>>>): void {
    const source = this.world.sources.get('hr-staff');
    for (const [id, change] of Object.entries(people)) {
      const before = source?.people.get(id) ?? begin(id);
      source?.people.set(id, { ...before, ...change, id });
    }
  }

  /** An account that somebody made by hand. */
  stranger(values: Account['values'], more: Partial<Account> = {}): Account {
    return this.world.target.add({ values, active: true, protected: false, ...more });
  }

  /** One pass, an hour after the one before; undefined when the process died in it. */
  async pass(faults: Faults = {}): Promise<Outcome | undefined> {
    await this.world.time.passes(3_600_000);
    return (await this.world.pass('staff', faults)).outcome;
  }

  /** How one pass ended, in a line. */
  async ends(faults: Faults = {}): Promise<string> {
    const { result, reason } = (await this.pass(faults))?.summary ?? { result: 'crash', reason: null };
    return [result, reason].filter((word) => word !== null).join(' ');
  }

  /** Orders that have reached the target since the last look, refused ones in brackets. */
  wrote(): readonly string[] {
    const news = this.world.target.log.slice(this.#logged);
    this.#logged = this.world.target.log.length;
    return news
      .map(({ kind, personId, outcome }) =>
        outcome === 'applied' ? `${kind} ${personId}` : `(${kind} ${personId})`,
      )
      .toSorted();
  }

  /** What became of whom in the newest run. */
  async outcomes(): Promise<readonly string[]> {
    const [run] = await this.world.store.runs({ sync: 'staff', limit: 1 });
    const people = await this.world.store.people(run?.id ?? '');
    return people.map(({ kind, personId, outcome, error }) =>
      [kind, personId, outcome, error?.reason].filter((word) => word !== undefined).join(' '),
    );
  }

  accountOf(person: string): Account | undefined {
    return [...this.world.target.accounts.values()].find(({ values }) => values['hris_id'] === person);
  }

  /** A yes in Git to what is held now. */
  async approve(): Promise<void> {
    const held = await this.world.store.held('staff');
    if (held === undefined) throw new Error('nothing is held');
    this.world.approvals.push({
      name: 'yes',
      sync: 'staff',
      digest: held.set.digest,
      by: 'ops',
      expires: '2027-12-31T00:00:00Z',
      reason: undefined,
      place: { file: 'yes.yaml', line: 1, column: 1 },
    });
  }
}

function begin(id: string): HrRecord {
  return {
    id,
    first_name: id,
    last_name: 'Example',
    email: `${id}@example.test`,
    department: 'Sales',
    phone: '+49 1',
    manager: null,
    status: 'active',
    start_date: '2026-01-01',
    last_day: null,
  };
}
