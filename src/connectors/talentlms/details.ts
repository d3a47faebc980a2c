import type { ConnectorContext } from '../connector.ts';
import { Singly, type Asked, type Listed } from '../singly.ts';
import { idOf, isObject, type JsonObject } from '../json.ts';
import { versionOf } from './version.ts';
import type { TalentLmsClient } from './client.ts';
import type { Config } from './schema.ts';
import type { ReadUser, SingleUser, UserDetail } from './single.ts';

export type ListedUser = Listed<UserDetail>;

/** Custom fields and what else the list of users lacks, remembered for those who did not change. */
export class UserDetails extends Singly<UserDetail> {
  readonly #wanted: Wanted;

  constructor(
    client: TalentLmsClient,
    context: ConnectorContext<Config>,
    fields: readonly { readonly id: string }[],
    readUser: ReadUser,
  ) {
    const ids = fields.map((field) => field.id);
    const wanted = new Wanted(client, ids, readUser);
    super(client, context, wanted);
    this.#wanted = wanted;
  }

  /** One user's details, past what is remembered; `undefined` when the user is gone. */
  readNow(id: string, signal: AbortSignal): Promise<SingleUser | undefined> {
    return this.#wanted.single(id, [], signal);
  }

  /** Whether a list told all that is wanted of a user. */
  isWhole(detail: UserDetail): boolean {
    return this.#wanted.holds(detail.fields);
  }
}

class Wanted implements Asked<UserDetail> {
  readonly versionOf = versionOf;
  readonly #client: TalentLmsClient;
  /** Indexes of the custom fields that are wanted. */
  readonly #ids: readonly string[];
  readonly #readUser: ReadUser;

  constructor(client: TalentLmsClient, ids: readonly string[], readUser: ReadUser) {
    this.#client = client;
    this.#ids = ids;
    this.#readUser = readUser;
  }

  /** Signing in and the picture change no field. */
  isUnlike(name: string): boolean {
    return name === 'avatar' || name === 'last_login';
  }

  affordable(): number {
    return this.#client.budget.free;
  }

  /** Reads also what is remembered for another sync of this connection, which wants other fields. */
  async read({ item, stored }: ListedUser, signal: AbortSignal): Promise<UserDetail | undefined> {
    const fields = stored?.['fields'];
    const others = isObject(fields) ? Object.keys(fields).filter((id) => !this.#ids.includes(id)) : [];
    return (await this.single(idOf(item['id']) ?? '', others, signal))?.detail;
  }

  async single(id: string, others: readonly string[], signal: AbortSignal): Promise<SingleUser | undefined> {
    const found = await this.#readUser(id, signal);
    if (found === undefined) return undefined;
    const { fields: held, ...detail } = found.detail;
    const fields = Object.fromEntries([...this.#ids, ...others].map((field) => [field, held[field] ?? null]));
    return { item: found.item, detail: { fields, ...detail } };
  }

  /** Only if it holds every field wanted now. */
  usable({ fields, deactivation = null, locale = null }: JsonObject): UserDetail | undefined {
    return isObject(fields) && this.holds(fields) ? { fields, deactivation, locale } : undefined;
  }

  holds(fields: UserDetail['fields']): boolean {
    return this.#ids.every((id) => id in fields);
  }
}
