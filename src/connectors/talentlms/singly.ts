import { createHash } from 'node:crypto';
import { applySideBySide } from '../../http/side-by-side.ts';
import { Waiting } from '../../model/error.ts';
import type { Detail } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { idOf, isObject, textOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import type { Config } from './schema.ts';

/** A user of the list with what is known of them besides. */
export interface Listed<D> {
  readonly item: JsonObject;
  readonly detail: D | undefined;
  /** When `detail` was read (ms); absent details are the oldest. */
  readonly readAt: number;
  /** What is remembered of them, also where it is not `detail` any more. */
  readonly stored: JsonObject | undefined;
  /** Set when the list has the user and asking for them singly finds nobody. */
  readonly gone?: true;
}

/** What is asked for each user, because the list lacks it. */
export interface Asked<D> {
  /** Reads one user; `undefined` when there is nobody. */
  read(user: Listed<D>, signal: AbortSignal): Promise<D | undefined>;
  /** What was remembered, as far as it is all that is wanted now. */
  usable(stored: JsonObject): D | undefined;
  /** Whether what was read of a user at that moment (ms) may have changed since, although the list is the same. */
  mayHaveChanged?(item: JsonObject, readAt: number): boolean;
  /** Changes of the user in the list that change nothing of it. */
  readonly unlike: readonly string[];
  /** Requests that one user costs, as far as is known. */
  readonly requests: number;
}

/** Users asked for one by one and remembered in the store, so that one who did not change costs no request. */
export class Singly<D extends object> {
  readonly #client: TalentLmsClient;
  readonly #context: ConnectorContext<Config>;
  readonly #asked: Asked<D>;

  constructor(client: TalentLmsClient, context: ConnectorContext<Config>, asked: Asked<D>) {
    this.#client = client;
    this.#context = context;
    this.#asked = asked;
  }

  /** What is remembered of these users, as they are in the list now. */
  async recall(items: readonly JsonObject[]): Promise<readonly Listed<D>[]> {
    const asked = items.flatMap((item) => {
      const id = idOf(item['id']);
      return id === undefined ? [] : [{ id, version: versionOf(item) }];
    });
    const known = await this.#context.details.recall(asked);
    return items.map((item) => this.#listed(item, known.get(idOf(item['id']) ?? '')));
  }

  isFresh({ item, detail, readAt }: Listed<D>): boolean {
    // One from the future was read under a clock that was wrong: it must not stay until then.
    const age = Math.abs(this.#context.clock.now() - readAt);
    if (detail === undefined || age >= this.#context.refreshDetailsMs) return false;
    return this.#asked.mayHaveChanged?.(item, readAt) !== true;
  }

  /**
   * Reads the details of these users, those without any first, then the oldest, as far as the hour's requests allow.
   * Everybody is handed over once, read or not.
   */
  async *refresh(users: readonly Listed<D>[], signal: AbortSignal): AsyncGenerator<readonly Listed<D>[]> {
    const queue = users.toSorted((a, b) => a.readAt - b.readAt);
    let done = 0;
    for (let open = true; open && done < queue.length;) {
      const affordable = Math.floor(this.#client.budget.free / this.#asked.requests);
      const room = Math.min(chunk, affordable, queue.length - done);
      if (room === 0) break;
      const read = new Map<Listed<D>, Listed<D>>();
      open = await this.#readSome(queue.slice(done, done + room), read, signal);
      const answered = queue.slice(done, done + room).map((user) => read.get(user) ?? user);
      done += room;
      await this.#remember([...read.values()]);
      yield answered;
    }
    if (done < queue.length) yield queue.slice(done);
  }

  /** False when the portal took no more requests: what was read until then counts. */
  async #readSome(
    users: readonly Listed<D>[],
    read: Map<Listed<D>, Listed<D>>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const one = async (user: Listed<D>): Promise<readonly [Listed<D>, Listed<D>]> => {
      const detail = await this.#asked.read(user, signal);
      const readAt = this.#context.clock.now();
      return [user, detail === undefined ? { ...user, gone: true } : { ...user, detail, readAt }];
    };
    try {
      for await (const [user, now] of applySideBySide(each(users), () => this.#client.room, one)) {
        read.set(user, now);
      }
      return true;
    } catch (error) {
      if (error instanceof Waiting && error.reason === 'RateLimited') return false;
      await this.#remember([...read.values()]);
      throw error;
    }
  }

  async #remember(users: readonly Listed<D>[]): Promise<void> {
    const items = users.flatMap(({ item, detail, readAt, gone }) => {
      const id = idOf(item['id']);
      if (id === undefined || detail === undefined || gone === true) return [];
      const data = { print: this.#fingerprint(item), ...detail } as Json;
      return [{ id, version: versionOf(item), data, readAt }];
    });
    if (items.length > 0) await this.#context.details.remember(items);
  }

  /** Remembered details count for the item they were read under. */
  #listed(item: JsonObject, known: Detail | undefined): Listed<D> {
    const stored = known !== undefined && isObject(known.data) ? known.data : undefined;
    const isSame = stored !== undefined && stored['print'] === this.#fingerprint(item);
    const detail = isSame ? this.#asked.usable(stored) : undefined;
    return { item, detail, readAt: detail === undefined ? -1 : (known?.readAt ?? -1), stored };
  }

  /**
   * Everything that the list shows of a user, but for what says nothing here. It stands inside the sealed details: a
   * hash of names and addresses could be guessed.
   */
  #fingerprint(item: JsonObject): string {
    const shown = Object.entries(item).filter(([name]) => !this.#asked.unlike.includes(name));
    const text = JSON.stringify(shown.toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return createHash('sha256').update(text).digest('base64url').slice(0, 22);
  }
}

/** Read and remembered together, so that a crash costs no more than these. */
const chunk = 100;

/** What the store may keep in the open: nothing in it is about the person. */
function versionOf(item: JsonObject): string {
  return `${textOf(item['last_updated']) ?? ''} ${textOf(item['status']) ?? ''}`;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
