import { createHash } from 'node:crypto';
import { applySideBySide } from '../http/side-by-side.ts';
import { Waiting } from '../model/error.ts';
import type { Detail } from '../model/order.ts';
import type { Json } from '../model/value.ts';
import type { ConnectorContext } from './connector.ts';
import { idOf, isObject, type JsonObject } from './json.ts';

/** An item of a list with what is known of it besides. */
export interface Listed<D> {
  readonly item: JsonObject;
  readonly detail: D | undefined;
  /** When `detail` was read (ms); absent details are the oldest. */
  readonly readAt: number;
  /** What is remembered of it, also where it is not `detail` any more. */
  readonly stored: JsonObject | undefined;
  /** Set when the list has the item and asking for it singly finds nothing. */
  readonly gone?: true;
}

/** What is asked for each item singly, because the list lacks it. */
export interface Asked<D> {
  /** Reads one item; `undefined` when there is nothing. */
  read(listed: Listed<D>, signal: AbortSignal): Promise<D | undefined>;
  /** What was remembered, as far as it is all that is wanted now. */
  usable(stored: JsonObject): D | undefined;
  /** Whether what was read at that moment (ms) may have changed since, although the list is the same. */
  mayHaveChanged?(item: JsonObject, readAt: number, detail: D): boolean;
  /** Whether a change of what the list shows under this name changes nothing of it. */
  isUnlike(name: string): boolean;
  /** What the store may keep in the open: nothing in it is about the person. */
  versionOf(item: JsonObject): string;
  /** Where ids of records are no numbers. */
  idOf?(item: JsonObject): string | undefined;
  /** How many more can be asked for in this hour; left out where the system counts no requests by the hour. */
  affordable?(): number;
}

type Context = Pick<ConnectorContext, 'clock' | 'details' | 'refreshDetailsMs'>;

/**
 * Items of a list asked for one by one and remembered in the store, so that one that did not change costs no request.
 * What was read counts as long as the list shows the same, and for the connection's refresh time at the most.
 */
export class Singly<D extends object> {
  readonly #client: { readonly room: number };
  readonly #context: Context;
  readonly #asked: Asked<D>;

  constructor(client: { readonly room: number }, context: Context, asked: Asked<D>) {
    this.#client = client;
    this.#context = context;
    this.#asked = asked;
  }

  /** What is remembered of these, as they are in the list now. */
  async recall(items: readonly JsonObject[]): Promise<readonly Listed<D>[]> {
    const asked = items.flatMap((item) => {
      const id = this.#idOf(item);
      return id === undefined ? [] : [{ id, version: this.#asked.versionOf(item) }];
    });
    const known = await this.#context.details.recall(asked);
    return items.map((item) => this.#listed(item, known.get(this.#idOf(item) ?? '')));
  }

  isFresh({ item, detail, readAt }: Listed<D>): boolean {
    if (detail === undefined || !isRecent(readAt, this.#context)) return false;
    return this.#asked.mayHaveChanged?.(item, readAt, detail) !== true;
  }

  /**
   * Reads the details of these, those without any first, then the oldest, as far as the hour's requests allow.
   * Each is handed over once, read or not. What was read until a failure is remembered for the next pass.
   */
  async *refresh(entries: readonly Listed<D>[], signal: AbortSignal): AsyncGenerator<readonly Listed<D>[]> {
    const queue = entries.toSorted((a, b) => a.readAt - b.readAt);
    let done = 0;
    for (let open = true; open && done < queue.length;) {
      const affordable = Math.floor(this.#asked.affordable?.() ?? chunk);
      const room = Math.min(chunk, affordable, queue.length - done);
      if (room === 0) break;
      const read = new Map<Listed<D>, Listed<D>>();
      open = await this.#readSome(queue.slice(done, done + room), read, signal);
      const answered = queue.slice(done, done + room).map((entry) => read.get(entry) ?? entry);
      done += room;
      await this.#remember([...read.values()]);
      yield answered;
    }
    if (done < queue.length) yield queue.slice(done);
  }

  /** False when the hour's requests are used up: what was read until then counts. */
  async #readSome(
    entries: readonly Listed<D>[],
    read: Map<Listed<D>, Listed<D>>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const one = async (entry: Listed<D>): Promise<readonly [Listed<D>, Listed<D>]> => {
      const detail = await this.#asked.read(entry, signal);
      const readAt = this.#context.clock.now();
      return [entry, detail === undefined ? { ...entry, gone: true } : { ...entry, detail, readAt }];
    };
    try {
      for await (const [entry, now] of applySideBySide(entries, () => this.#client.room, one)) {
        read.set(entry, now);
      }
      return true;
    } catch (error) {
      const isCounted = this.#asked.affordable !== undefined;
      if (isCounted && error instanceof Waiting && error.reason === 'RateLimited') return false;
      await this.#remember([...read.values()]);
      throw error;
    }
  }

  async #remember(entries: readonly Listed<D>[]): Promise<void> {
    const items = entries.flatMap(({ item, detail, readAt, gone }) => {
      const id = this.#idOf(item);
      if (id === undefined || detail === undefined || gone === true) return [];
      const data = { print: this.#fingerprint(item), ...detail } as Json;
      return [{ id, version: this.#asked.versionOf(item), data, readAt }];
    });
    if (items.length > 0) await this.#context.details.remember(items);
  }

  #idOf(item: JsonObject): string | undefined {
    return this.#asked.idOf === undefined ? idOf(item['id']) : this.#asked.idOf(item);
  }

  /** Remembered details count for the item they were read under. */
  #listed(item: JsonObject, known: Detail | undefined): Listed<D> {
    const stored = known !== undefined && isObject(known.data) ? known.data : undefined;
    const isSame = stored !== undefined && stored['print'] === this.#fingerprint(item);
    const detail = isSame ? this.#asked.usable(stored) : undefined;
    return { item, detail, readAt: detail === undefined ? -1 : (known?.readAt ?? -1), stored };
  }

  /**
   * Everything that the list shows of an item, but for what says nothing here. It stands inside the sealed details: a
   * hash of names and addresses could be guessed.
   */
  #fingerprint(item: JsonObject): string {
    const shown = Object.entries(item).filter(([name]) => !this.#asked.isUnlike(name));
    const text = JSON.stringify(shown.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return createHash('sha256').update(text).digest('base64url').slice(0, 22);
  }
}

/** Read and remembered together, so that a crash costs no more than these. */
const chunk = 100;

/** Whether details read then still count. One from the future was read under a clock that was wrong: it must not stay until then. */
export function isRecent(
  readAt: number,
  { clock, refreshDetailsMs }: Pick<Context, 'clock' | 'refreshDetailsMs'>,
): boolean {
  return Math.abs(clock.now() - readAt) < refreshDetailsMs;
}
