import type { Json } from '../../../src/model/value.ts';

/** Values of one employee by alias; what is not there has never been filled. */
export type Employee = Map<string, Json>;

/** A training record as the vendor holds it; ids are numbers inside and text in most answers. */
export interface TrainingRecord {
  readonly id: number;
  readonly employeeId: string;
  readonly type: number;
  readonly values: Readonly<Record<string, Json>>;
}

export interface TrainingType {
  readonly id: number;
  readonly values: Readonly<Record<string, Json>>;
}

/** Everything that one company account holds. */
export class Company {
  readonly employees = new Map<string, Employee>();
  readonly deleted = new Map<string, string>();
  readonly types = new Map<number, TrainingType>();
  readonly records = new Map<number, TrainingRecord>();
  /** Photos as they were uploaded, by employee. */
  readonly photos = new Map<string, Uint8Array>();
  /** Aliases that the key's owner may not read: left out of answers without a word. */
  readonly hidden = new Set<string>();
  readonly #changed = new Map<string, string>();
  #ids = 100;
  #ticks = 0;

  nextId(): number {
    return (this.#ids += 1);
  }

  /** Any change moves the moment of last change. */
  touch(id: string): void {
    this.#ticks += 1;
    this.#changed.set(
      id,
      new Date(Date.UTC(2026, 1, 3) + this.#ticks * 1000).toISOString().slice(0, 19) + '+00:00',
    );
  }

  lastChanged(id: string): string {
    return this.#changed.get(id) ?? '2026-02-03T00:00:00+00:00';
  }

  hire(values: Readonly<Record<string, Json>>): string {
    const id = String(this.nextId());
    this.employees.set(id, new Map(Object.entries({ status: 'Active', ...values, id })));
    this.touch(id);
    return id;
  }

  edit(id: string, values: Readonly<Record<string, Json>>): void {
    const employee = this.employees.get(id);
    if (employee === undefined) throw new Error(`nobody has the id ${id}`);
    for (const [alias, value] of Object.entries(values)) employee.set(alias, value);
    this.touch(id);
  }

  /** Gone for good, as an administrator does it; only the list of changes tells. */
  remove(id: string): void {
    this.employees.delete(id);
    this.touch(id);
    this.deleted.set(id, this.lastChanged(id));
  }

  /** Whether somebody else has this address; compared without case. */
  isTaken(email: Json | undefined, by: string | undefined): boolean {
    if (typeof email !== 'string' || email === '') return false;
    return [...this.employees].some(([id, employee]) => {
      const held = employee.get('workEmail');
      return id !== by && typeof held === 'string' && held.toLowerCase() === email.toLowerCase();
    });
  }
}
