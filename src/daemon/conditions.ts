import type { Condition } from '../model/run.ts';

/** Conditions of the daemon itself; each keeps the moment when its status last changed. */
export class Conditions {
  readonly #all = new Map<Condition['type'], Condition>();

  set(type: Condition['type'], status: boolean, reason: string, message: string, now: number): void {
    const known = this.#all.get(type);
    const since = known?.status === status ? known.since : now;
    this.#all.set(type, { type, status, reason, message, since });
  }

  list(): readonly Condition[] {
    return [...this.#all.values()];
  }
}
