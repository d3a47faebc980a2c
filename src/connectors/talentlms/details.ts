import { createHash } from 'node:crypto';
import { applySideBySide } from '../../http/side-by-side.ts';
import { Waiting } from '../../model/error.ts';
import type { Detail } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import type { TalentLmsClient } from './client.ts';
import { idOf, isObject, textOf, type JsonObject } from './json.ts';
import type { Config } from './schema.ts';
import type { ReadUser, SingleUser } from './single.ts';

/** What the list of users lacks. Kept sealed, with a fingerprint of the list's item under which it was read. */
export interface UserDetail {
  /** Values of the custom fields that were wanted when it was read, by index; null where the user has none. */
  readonly fields: { readonly [id: string]: Json };
  readonly deactivation: Json;
  /** `nl-NL`; the list's `language` may be null. */
  readonly locale: Json;
}

/** A user of the list with the details known of them. */
export interface Listed {
  readonly item: JsonObject;
  readonly detail: UserDetail | undefined;
  /** When `detail` was read (ms); absent details are the oldest. */
  readonly readAt: number;
  /** Further fields that are remembered: another sync of this connection wants them. */
  readonly others: readonly string[];
  /** Set when the list has the user and asking for them singly finds nobody. */
  readonly gone?: true;
}

/** Users read singly and remembered in the store, so that one who did not change costs no request. */
export class UserDetails {
  readonly #client: TalentLmsClient;
  readonly #context: ConnectorContext<Config>;
  readonly #readUser: ReadUser;
  /** Indexes of the custom fields that are wanted. */
  readonly #wanted: readonly string[];

  constructor(
    client: TalentLmsClient,
    context: ConnectorContext<Config>,
    wanted: readonly { readonly id: string }[],
    readUser: ReadUser,
  ) {
    this.#readUser = readUser;
    this.#client = client;
    this.#context = context;
    this.#wanted = wanted.map((field) => field.id);
  }

  /** What is remembered of these users, as they are in the list now. */
  async recall(items: readonly JsonObject[]): Promise<readonly Listed[]> {
    const asked = items.flatMap((item) => {
      const id = idOf(item['id']);
      return id === undefined ? [] : [{ id, version: versionOf(item) }];
    });
    const known = await this.#context.details.recall(asked);
    return items.map((item) => {
      const detail = known.get(idOf(item['id']) ?? '');
      const usable = detail === undefined ? undefined : this.#usable(item, detail);
      const readAt = usable === undefined ? -1 : (detail?.readAt ?? -1);
      return { item, detail: usable, readAt, others: this.#othersIn(detail) };
    });
  }

  isFresh({ detail, readAt }: Listed): boolean {
    // One from the future was read under a clock that was wrong: it must not stay until then.
    const age = Math.abs(this.#context.clock.now() - readAt);
    return detail !== undefined && age < this.#context.refreshDetailsMs;
  }

  /**
   * Reads the details of these users, those without any first, then the oldest, as far as the hour's requests allow.
   * Everybody is handed over once, read or not.
   */
  async *refresh(users: readonly Listed[], signal: AbortSignal): AsyncGenerator<readonly Listed[]> {
    const queue = users.toSorted((a, b) => a.readAt - b.readAt);
    let done = 0;
    for (let open = true; open && done < queue.length;) {
      const room = Math.min(chunk, this.#client.budget.free, queue.length - done);
      if (room === 0) break;
      const read = new Map<Listed, Listed>();
      open = await this.#readSome(queue.slice(done, done + room), read, signal);
      const answered = queue.slice(done, done + room).map((user) => read.get(user) ?? user);
      done += room;
      await this.#remember([...read.values()]);
      yield answered;
    }
    if (done < queue.length) yield queue.slice(done);
  }

  /** One user's details, past what is remembered; `undefined` when the user is gone. */
  async read(
    id: string,
    signal: AbortSignal,
    others: readonly string[] = [],
  ): Promise<SingleUser | undefined> {
    const found = await this.#readUser(id, signal);
    if (found === undefined) return undefined;
    const { fields: held, ...detail } = found.detail;
    const fields = Object.fromEntries(
      [...this.#wanted, ...others].map((field) => [field, held[field] ?? null]),
    );
    return { item: found.item, detail: { fields, ...detail } };
  }

  /** Whether a list told all that is wanted of a user. */
  isWhole(detail: UserDetail): boolean {
    return this.#wanted.every((id) => id in detail.fields);
  }

  /** False when the portal took no more requests: what was read until then counts. */
  async #readSome(
    users: readonly Listed[],
    read: Map<Listed, Listed>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const one = async (user: Listed): Promise<readonly [Listed, Listed]> => {
      const found = await this.read(idOf(user.item['id']) ?? '', signal, user.others);
      const readAt = this.#context.clock.now();
      return [
        user,
        found === undefined ? { ...user, gone: true } : { ...user, detail: found.detail, readAt },
      ];
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

  async #remember(users: readonly Listed[]): Promise<void> {
    const items = users.flatMap(({ item, detail, readAt, gone }) => {
      const id = idOf(item['id']);
      if (id === undefined || detail === undefined || gone === true) return [];
      return [{ id, version: versionOf(item), data: { print: fingerprint(item), ...detail }, readAt }];
    });
    if (items.length > 0) await this.#context.details.remember(items);
  }

  #othersIn(detail: Detail | undefined): readonly string[] {
    const fields = detail !== undefined && isObject(detail.data) ? detail.data['fields'] : undefined;
    return isObject(fields) ? Object.keys(fields).filter((id) => !this.#wanted.includes(id)) : [];
  }

  /** Remembered details count for the item they were read under, and only if they hold every field wanted now. */
  #usable(item: JsonObject, { data }: Detail): UserDetail | undefined {
    if (!isObject(data) || data['print'] !== fingerprint(item)) return undefined;
    const { fields, deactivation = null, locale = null } = data;
    if (!isObject(fields) || !this.#wanted.every((id) => id in fields)) return undefined;
    return { fields, deactivation, locale };
  }
}

/** Read and remembered together, so that a crash costs no more than these. */
const chunk = 100;

/** What the store may keep in the open: nothing in it is about the person. */
function versionOf(item: JsonObject): string {
  return `${textOf(item['last_updated']) ?? ''} ${textOf(item['status']) ?? ''}`;
}

/**
 * Everything that the list shows of a user, but for signing in and the picture. It stands inside the sealed details:
 * a hash of names and addresses could be guessed.
 */
function fingerprint(item: JsonObject): string {
  const { avatar: _avatar, last_login: _login, ...rest } = item;
  const text = JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
