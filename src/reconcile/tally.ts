import type { Change } from '../model/change.ts';
import type { CountedChange } from '../model/order.ts';
import { changeClasses, countKey } from '../plan/limits.ts';

/** What counts in the rolling windows: limits count people, and some have more than one change in a pass. */
export class Tally {
  /** Members released by an approval do not count. */
  readonly #approved: ReadonlyMap<string, string>;
  readonly #counted = new Set<string>();

  constructor(approved: ReadonlyMap<string, string>) {
    this.#approved = approved;
  }

  /** The classes in which the change would count, without those in which its person counts already. */
  of(change: Change): readonly CountedChange[] {
    const { personId } = change;
    if (this.#approved.has(change.id)) return [];
    return changeClasses(change)
      .filter(({ attribute }) => attribute === undefined || !this.#approved.has(`${change.id}#${attribute}`))
      .filter((counted) => !this.#counted.has(`${countKey(counted)}/${personId}`))
      .map((counted) => ({ ...counted, personId }));
  }

  /** The change was applied: its person counts. */
  add(counts: readonly CountedChange[]): void {
    for (const one of counts) this.#counted.add(`${countKey(one)}/${one.personId}`);
  }
}
