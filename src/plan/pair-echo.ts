import type { LinkRecord } from '../model/link.ts';
import { unpackHashes } from '../model/link.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import { columnsOf } from '../model/reading.ts';
import { resultIn } from './applied-entry.ts';
import type { PlanInput } from './input.ts';
import { elementsOf } from './list-elements.ts';

/**
 * Tells what is no news of a person: source attributes that hold exactly what the other sync of the pair has last applied
 * there. What is made of nothing else is not written back.
 *
 * What we made of a record at our last look is remembered, also where nothing was written. So a value that was changed
 * since, and that the other sync has not written since, is somebody's edit, even where it had been the other's before.
 */
export class Echo {
  readonly #input: PlanInput;
  readonly #columns: ReadonlyMap<string, number>;
  #row: Row | undefined;
  #their: LinkRecord | undefined;
  #applied: ReadonlyMap<string, string> | undefined;

  private constructor(input: PlanInput) {
    this.#input = input;
    this.#columns = columnsOf(input.people.attributes);
  }

  /** Undefined where nothing of this sync can come back: one of its own, one that only creates, disjoint attributes. */
  static open(input: PlanInput): Echo | undefined {
    const { pair, mode } = input.sync;
    const partner = input.memory.partner;
    if (pair === undefined || partner === undefined || mode === 'create-only') return undefined;
    return pair.returning.size > 0 && partner.links.size > 0 ? new Echo(input) : undefined;
  }

  turnTo(row: Row): void {
    this.#row = row;
    this.#their = this.#input.memory.partner?.links.get(row.id);
    this.#applied = undefined;
  }

  /**
   * What the source holds of everything that this attribute of ours is made of: just what the other sync applied there,
   * something else since, or nothing that it is known to have applied.
   */
  of(
    attribute: string,
    reads: readonly string[],
    link: LinkRecord | undefined,
  ): 'theirs' | 'edited' | 'unknown' {
    const [row, their] = [this.#row, this.#their];
    if (row === undefined || their === undefined || their.applied === '') return 'unknown';
    // References are settled when everybody has been looked at: by then this is another person.
    if (link !== undefined && link.personId !== row.id) return 'unknown';
    if (this.#input.sync.pair?.returning.has(attribute) !== true) return 'unknown';
    const applied = (this.#applied ??= unpackHashes(their.applied));
    if (!reads.every((name) => applied.has(name))) return 'unknown';
    const same = reads.every((name) => this.#hashes(name, row).includes(resultIn(applied.get(name)) ?? ''));
    return same ? 'theirs' : 'edited';
  }

  /** Whether what somebody edits here stays here: the other sync writes what this attribute is made of once, and then leaves it alone. */
  isWrittenOnce(attribute: string): boolean {
    return this.#input.sync.pair?.writtenOnce.has(attribute) === true;
  }

  /** Whether the other sync has written to this record since we last looked. */
  get isRecent(): boolean {
    const at = this.#their?.writtenAt ?? null;
    const { lastLook = null } = this.#input.memory.partner ?? {};
    return at !== null && (lastLook === null || at >= lastLook);
  }

  /** An id of an account may be read as a number and is written as text; a list is remembered as a set. */
  #hashes(name: string, row: Row): readonly string[] {
    const value = row.values[this.#columns.get(name) ?? -1] ?? null;
    const own = this.#hash(name, value);
    if (typeof value === 'number') return [own, this.#hash(name, String(value))];
    if (!Array.isArray(value)) return [own];
    const canonical = this.#input.memory.partner?.canonical(name) ?? asItIs;
    return [own, this.#hash(name, [...elementsOf(canonical, value).keys()].toSorted())];
  }

  #hash(name: string, value: Value): string {
    const canonical = value === null ? undefined : this.#input.memory.partner?.canonical(name);
    return this.#input.hash(name, canonical === undefined ? value : canonical(value));
  }
}

const asItIs = (value: Value): Value => value;

/** The hash of what this sync applies: for the flows of a pair in the form in which the target hands it back to the other. */
export function appliedHash({
  sync,
  hash,
  shape,
}: Pick<PlanInput, 'sync' | 'hash' | 'shape'>): PlanInput['hash'] {
  if (sync.pair === undefined) return hash;
  return (name, value) => {
    const canonical = value === null ? undefined : shape.canonical(name);
    return hash(name, canonical === undefined ? value : canonical(value));
  };
}
