import type { Row } from '../../model/row.ts';

/**
 * People whom the HR system reports as deleted come last, and only where nobody of the same id is there: whoever was made
 * anew under an old number is here, whichever of the two records comes first.
 */
export class Departed {
  readonly #here = new Set<string>();
  readonly #gone = new Map<string, Row>();
  #given = 0;

  /** Those of the batch who are here. */
  here(batch: readonly Row[]): readonly Row[] {
    const here: Row[] = [];
    for (const row of batch) {
      if (row.deleted !== true) {
        here.push(row);
        this.#here.add(row.id);
      } else if (row.id !== '') this.#gone.set(row.id, row);
    }
    this.#given += here.length;
    return here;
  }

  /** Those who are gone, once everybody has been seen. */
  rows(): readonly Row[] {
    const gone = [...this.#gone.values()].filter(({ id }) => !this.#here.has(id));
    this.#given += gone.length;
    return gone;
  }

  /** How many rows were handed over. */
  get records(): number {
    return this.#given;
  }
}
