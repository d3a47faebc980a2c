import type { FormerValue, KnownFormerValue } from '../../../src/model/former-value.ts';

/** Whose values were that people are matched by, by target; each with the last moment at which it was theirs. */
export class FormerValues {
  readonly #known = new Map<string, Map<string, KnownFormerValue>>();

  of(target: string, since: number): readonly KnownFormerValue[] {
    return [...(this.#known.get(target) ?? [])]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, value]) => value)
      .filter(({ at }) => at > since);
  }

  save(target: string, source: string, values: readonly FormerValue[], at: number): void {
    const known = this.#known.get(target) ?? new Map<string, KnownFormerValue>();
    for (const value of values)
      known.set([value.attribute, value.hash, source, value.personId].join('\n'), { ...value, source, at });
    this.#known.set(target, known);
  }
}
