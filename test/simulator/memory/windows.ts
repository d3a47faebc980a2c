import type { CountedChange } from '../../../src/model/order.ts';
import type { WindowCount, WindowLevel } from '../../../src/store/store.ts';

interface Counted {
  readonly key: string | undefined;
  readonly sync: string;
  readonly target: string;
  readonly at: number;
  readonly change: CountedChange;
}

interface Population {
  readonly sync: string;
  readonly target: string;
  readonly size: number;
  readonly at: number;
}

/** What counts in the rolling windows, and how many people there were. */
export class Windows {
  #counted: Counted[] = [];
  #populations = new Map<string, Population>();

  /** A key counts once in each class, however often it is told. */
  add(
    key: string | undefined,
    sync: string,
    target: string,
    changes: readonly CountedChange[],
    at: number,
  ): void {
    for (const change of changes) {
      const again = this.#counted.some(
        (one) =>
          key !== undefined &&
          one.key === key &&
          one.change.class === change.class &&
          one.change.attribute === change.attribute,
      );
      if (!again) this.#counted.push({ key, sync, target, at, change });
    }
  }

  forget(key: string): void {
    this.#counted = this.#counted.filter((one) => one.key !== key);
  }

  counts(level: WindowLevel, since: number): readonly WindowCount[] {
    const within = this.#counted.filter((one) => one.at > since && isAt(level, one));
    const groups = Map.groupBy(
      within,
      ({ at, change }) => `${String(at).padStart(16, '0')}\n${change.class}\n${change.attribute ?? ''}`,
    );
    return [...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, [first, ...more]]) => {
        if (first === undefined) return [];
        const { at, change } = first;
        return { class: change.class, attribute: change.attribute ?? null, at, count: 1 + more.length };
      });
  }

  recordPopulation(sync: string, target: string, size: number, at: number): void {
    const key = `${sync}\n${target}\n${size}`;
    const latest = Math.max(at, this.#populations.get(key)?.at ?? at);
    this.#populations.set(key, { sync, target, size, at: latest });
  }

  largestPopulation(level: WindowLevel, since: number): number {
    const within = [...this.#populations.values()].filter((one) => one.at >= since && isAt(level, one));
    const bySync = Map.groupBy(within, ({ sync, target }) => `${sync}\n${target}`);
    return [...bySync.values()].reduce((sum, own) => sum + Math.max(...own.map(({ size }) => size)), 0);
  }

  forgetBefore(before: number): void {
    this.#counted = this.#counted.filter(({ at }) => at >= before);
    for (const [key, { at }] of this.#populations) if (at < before) this.#populations.delete(key);
  }
}

function isAt(level: WindowLevel, one: { readonly sync: string; readonly target: string }): boolean {
  if (level.kind === 'sync') return one.sync === level.sync;
  if (level.kind === 'target') return one.target === level.target;
  const [, entity = 'person'] = one.target.split('/');
  return level.entity === undefined || entity === level.entity;
}
