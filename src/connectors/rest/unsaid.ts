import type { JsonObject } from '../json.ts';
import { isThere, stepsOf } from './path.ts';
import type { RestConfig } from './schema.ts';

/**
 * What no record says of itself although some should: whether it can be used (`active`), whether it is to be left alone
 * (`protected`). With a path that is mistyped, or a right that was lost, all accounts would be disabled ones, and none an
 * administrator's. By `isNot` the config itself says what nothing means.
 */
export class Unsaid {
  readonly #waiting: Map<string, { readonly path: string; readonly steps: ReturnType<typeof stepsOf> }>;
  #records = 0;

  constructor({ record: { active, protected: kept } }: Pick<RestConfig, 'record'>) {
    this.#waiting = new Map();
    const wait = (key: string, path: string) => this.#waiting.set(key, { path, steps: stepsOf(path) });
    if (active !== undefined && active.isNot === undefined) wait('active', active.path);
    // Without a list of words, nothing there is the usual way to say that nothing protects it.
    if (kept?.is !== undefined) wait('protected', kept.path);
  }

  take(records: readonly JsonObject[]): void {
    this.#records += records.length;
    for (const [key, { steps }] of this.#waiting) {
      if (records.some((record) => isThere(record, steps))) this.#waiting.delete(key);
    }
  }

  /** Sentences for people; none as long as nobody was seen. */
  get faults(): readonly string[] {
    if (this.#records === 0) return [];
    return [...this.#waiting].map(
      ([key, { path }]) =>
        `none of ${String(this.#records)} records has anything at "${path}" (record.${key}); correct the path, or give the credential the right to read it`,
    );
  }
}
