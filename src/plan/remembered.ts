import type { Cause } from '../model/change.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { LinkRecord, PackedHashes } from '../model/link.ts';
import { unpackCounts, unpackHashes } from '../model/link.ts';
import type { Value } from '../model/value.ts';
import { appliedEntry, elementsIn, resultIn, seenIn } from './applied-entry.ts';
import type { Echo } from './pair-echo.ts';
import type { Prepared } from './prepared.ts';
import { keyOf } from './prepared.ts';
import { isEnough } from './strays.ts';

/**
 * What a link remembers of one account, opened only when it is asked: in a pass without changes nobody is hashed except
 * for `follow`. One object serves everybody, one after the other.
 */
export class Remembered {
  readonly #digest: string;
  readonly #hash: KeyedHash;
  /** Attributes that the account holds as we would write them, with their values. */
  readonly #names: string[] = [];
  readonly #values: Value[] = [];
  readonly #echo: Echo | undefined;
  #seen: Record<string, string> | undefined;
  #link: LinkRecord | undefined;
  #strays: ReadonlyMap<string, number> = none;
  #hashes: ReadonlyMap<string, string> | undefined;
  #news: Record<string, string> | undefined;

  /** @param echo what the other sync of a pair has written, where that may come back */
  constructor(digest: string, hash: KeyedHash, echo?: Echo) {
    this.#digest = digest;
    this.#hash = hash;
    this.#echo = echo;
  }

  /** Turns to the next account; without a link for one that is only being adopted. */
  turnTo(link: LinkRecord | undefined): void {
    this.#link = link;
    this.#strays =
      link?.strays === undefined || link.mapping !== this.#digest ? none : unpackCounts(link.strays);
    this.#hashes = undefined;
    this.#news = undefined;
    this.#seen = undefined;
    this.#names.length = 0;
    this.#values.length = 0;
  }

  /** True for an account that was another sync's until now: what identifies its person there may be replaced. */
  get isTakenOver(): boolean {
    return this.#link?.takenFrom !== undefined;
  }

  knows(name: string): boolean {
    return this.#open().has(name);
  }

  differs(name: string, value: Value): boolean {
    return resultIn(this.#open().get(name)) !== this.#hash(name, value);
  }

  /** Marks of the elements of a list that are there because we added them. */
  elements(name: string): ReadonlySet<string> {
    return elementsIn(this.#open().get(name));
  }

  /** How a result, or one element of it, is marked in what is remembered. */
  mark(name: string, value: Value): string {
    return this.#hash(name, value);
  }

  /** The source did not change: somebody edited the target. Another mapping: the specs. Else the source's data. */
  cause(name: string, value: Value): Cause {
    if (this.#link === undefined) return 'data';
    if (this.knows(name) && !this.differs(name, value)) return 'drift';
    return this.#link.mapping === this.#digest ? 'data' : 'revision';
  }

  /** True for what belongs to this link since it was made, under this very mapping, and was never written. */
  owes(name: string): boolean {
    return this.#link !== undefined && this.#link.mapping === this.#digest && !this.knows(name);
  }

  /** Attributes that differed from what we wrote when they were last read, under this very mapping. */
  get astray(): readonly string[] {
    return this.#strays.size === 0 ? nobody : [...this.#strays.keys()];
  }

  /** True for a value that we have written again and again, and that the account never showed: see `isEnough`. */
  isStuck(name: string, value: Value): boolean {
    return isEnough(this.#strays.get(name) ?? 0) && this.knows(name) && !this.differs(name, value);
  }

  /**
   * The account holds our result: it counts as applied, whoever wrote it. With `seen` it does not, and is left as it is: what it
   * holds is remembered beside our result.
   */
  confirm(name: string, value: Value, seen?: string): void {
    this.count(name, value);
    if (this.#link === undefined) return;
    if (!this.differs(name, value) && seenIn(this.#open().get(name)) === seen) return;
    const entry = appliedEntry(this.#hash(name, value), [...this.elements(name)], seen);
    this.#news = { ...this.#news, [name]: entry };
    if (this.#echo !== undefined) this.#seen = { ...this.#seen, [name]: entry };
  }

  /** True for what is made of values that the other sync of a pair has applied to the source: see `Echo`. */
  mayReturn({ name, reads }: Attribute): boolean {
    return this.#echo !== undefined && this.#echo.of(name, reads, this.#link) === 'theirs';
  }

  /**
   * As `mayReturn`, where nobody has changed them since: not to be written. Remembered as seen. Where the other sync does not
   * carry what is edited here, the account too must hold what it held when it was first looked at; else somebody has edited it.
   */
  isEcho(attribute: Attribute, value: Value, before: Value | undefined): boolean {
    const { name } = attribute;
    if (this.#link === undefined || !this.mayReturn(attribute)) return false;
    const isKnown = this.knows(name) && !this.differs(name, value);
    if (!isKnown && this.#echo?.isRecent !== true) return false;
    const held = Array.isArray(before) ? before.map(keyOf).toSorted() : (before ?? null);
    const seen = this.#echo?.isWrittenOnce(name) === true ? this.#hash(name, held) : undefined;
    if (isKnown && seen !== undefined && seenIn(this.#open().get(name)) !== seen) return false;
    this.confirm(name, value, seen);
    return true;
  }

  /** True for another result than the one that was last applied; of which we know nothing, where somebody has edited what the other sync of a pair applied. */
  hasChanged({ name, reads }: Attribute, value: Value): boolean {
    if (this.knows(name)) return this.differs(name, value);
    return (
      this.#echo !== undefined &&
      this.#link !== undefined &&
      this.#echo.of(name, reads, this.#link) === 'edited'
    );
  }

  /** What of the source was looked at and must be remembered even where something else is written; see `Echo`. */
  get seen(): Readonly<Record<string, string>> | undefined {
    return this.#seen;
  }

  /** As `confirm`, without asking what is remembered: counted only. */
  count(name: string, value: Value): void {
    this.#names.push(name);
    this.#values.push(value);
  }

  /** Nothing is written to a list of which elements are ours: some of them may be gone, or not be ours any more. */
  keepElements(name: string, entry: string): void {
    if (this.elements(name).size > 0 && this.#open().get(name) !== entry)
      this.#news = { ...this.#news, [name]: entry };
  }

  /**
   * What the store shall remember although nothing is written: confirmed results, results that an adopted account held
   * already, and that the account agrees with a mapping that has changed. `undefined` when it knows all that.
   */
  news(): Readonly<Record<string, string>> | undefined {
    const link = this.#link;
    if (link === undefined) return undefined;
    if (linesOf(link.applied) < this.#names.length) this.#fill();
    const isOurs = link.mapping === this.#digest && link.takenFrom === undefined;
    return this.#news ?? (isOurs ? undefined : {});
  }

  #fill(): void {
    for (const [index, name] of this.#names.entries()) {
      const value = this.#values[index];
      if (value !== undefined && !this.knows(name))
        this.#news = { ...this.#news, [name]: this.#hash(name, value) };
    }
  }

  #open(): ReadonlyMap<string, string> {
    this.#hashes ??= unpackHashes(this.#link?.applied ?? '');
    return this.#hashes;
  }
}

type Attribute = Pick<Prepared, 'name' | 'reads'>;

const none: ReadonlyMap<string, number> = new Map();
const nobody: readonly string[] = [];

function linesOf(packed: PackedHashes): number {
  if (packed === '') return 0;
  let lines = 1;
  for (let at = packed.indexOf('\n'); at >= 0; at = packed.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
