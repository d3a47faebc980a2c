import type { Escrow } from '../../../src/store/store.ts';

/** Changes that wait after a refusal, by sync and change. */
export class Escrows {
  readonly #entries = new Map<string, { readonly sync: string; readonly entry: Escrow }>();

  of(sync: string): readonly Escrow[] {
    return [...this.#entries.values()]
      .filter((one) => one.sync === sync)
      .map(({ entry }) => entry)
      .toSorted((a, b) =>
        a.personId === b.personId ? order(a.change, b.change) : order(a.personId, b.personId),
      );
  }

  save(sync: string, entry: Escrow): void {
    this.#entries.set(`${sync}\n${entry.change}`, { sync, entry });
  }

  clear(sync: string, changes: readonly string[]): void {
    for (const change of changes) this.#entries.delete(`${sync}\n${change}`);
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}
