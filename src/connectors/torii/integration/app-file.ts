import type { Order, Result } from '../../../model/order.ts';
import { isNothing, type Value } from '../../../model/value.ts';
import type { JsonObject } from '../../json.ts';
import type { IntegrationConfig } from '../schema.ts';
import { accountIdOf } from './app-users.ts';
import { addressOf, entryAfter, entryOf, isAsOrdered, nobody, type Entry } from './entry.ts';
import { fileText } from './file-text.ts';

type Refusal = NonNullable<Result['error']>;

/** What one order came to in the file: the user's id, or why nothing was done. Nothing is sent yet. */
export type Carried = { readonly accountId: string } | { readonly refusal: Refusal };

/**
 * The users of one account as a file: everybody whom Torii's list has, with what our orders change. What becomes of
 * somebody whom a file leaves out is not documented, so that nobody is left out: who goes stays in it as deleted.
 */
export class AppFile {
  readonly #entries = new Map<string, Entry>();
  readonly #doubles = new Set<string>();
  /** How many have an address. */
  readonly #addresses = new Map<string, number>();
  readonly #config: IntegrationConfig;

  constructor(config: IntegrationConfig) {
    this.#config = config;
  }

  /** Takes a user in as the list has them; false where they could not be sent again as they are. */
  add(item: JsonObject): boolean {
    const entry = entryOf(item);
    if (entry === undefined) return false;
    const id = accountIdOf(item);
    const isDouble = this.#entries.has(id);
    if (isDouble) this.#doubles.add(id);
    this.#put(isDouble ? `${id} ${this.#entries.size}` : id, entry);
    return true;
  }

  carryOut(order: Order): Carried {
    const why = this.#refusalOf(order);
    if (why !== undefined) return { refusal: why };
    const accountId = accountOf(order);
    this.#put(accountId, entryAfter(this.#entries.get(accountId) ?? nobody, order));
    return { accountId };
  }

  /** Whether the list has the user as the order leaves them. */
  shows(order: Order): boolean {
    const entry = this.#entries.get(accountOf(order));
    return entry !== undefined && isAsOrdered(entry, order);
  }

  copy(): AppFile {
    const copy = new AppFile(this.#config);
    for (const [id, entry] of this.#entries) copy.#put(id, entry);
    for (const id of this.#doubles) copy.#doubles.add(id);
    return copy;
  }

  /** The id of the user at this place of the file. */
  at(place: number): string | undefined {
    return this.#inOrder()[place]?.[0];
  }

  /** The same users make the same text. */
  text(): string {
    return fileText(
      this.#inOrder().map(([, entry]) => entry),
      this.#config,
    );
  }

  #refusalOf(order: Order): Refusal | undefined {
    const { kind, set } = order;
    const { email } = set;
    const id = accountOf(order);
    if (id === '') return refusal('NoId', 'nothing is given for "id", by which the user is known');
    if (this.#doubles.has(id)) return refusal('Ambiguous', 'Torii has several users with the id of this one');
    const isThere = this.#entries.has(id);
    if (kind === 'create' && isThere) return refusal('AlreadyThere', 'Torii has a user with this id already');
    if (kind !== 'create' && !isThere)
      return refusal('AccountGone', 'Torii has no user with this id any more; the next pass looks for them');
    if (kind === 'create' ? isNothing(email) : email === null)
      return refusal('NoEmail', '"email" is required of every user');
    const ofAddress = isNothing(email) ? undefined : this.#addressRefusal(String(email), id);
    return ofAddress ?? this.#licenseRefusal(set['licenses'] ?? null);
  }

  #addressRefusal(email: string, id: string): Refusal | undefined {
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) return refusal('ValueRefused', '"email" (personal) is no address');
    const wanted = addressOf({ email });
    const before = this.#entries.get(id);
    if (before !== undefined && isNothing(before.values['id']) && wanted !== id)
      return refusal(
        'IdChanges',
        'Torii knows this user by "email" (personal) alone, which cannot be changed then',
      );
    const own = before !== undefined && addressOf(before.values) === wanted ? 1 : 0;
    if ((this.#addresses.get(wanted) ?? 0) <= own) return undefined;
    return refusal('InUse', 'another user of this account has the same "email" (personal)');
  }

  #licenseRefusal(names: Value): Refusal | undefined {
    const known = this.#config.licenses.map(({ name }) => name);
    if (!Array.isArray(names) || names.every((name) => known.includes(String(name)))) return undefined;
    return refusal(
      'LicenseUnknown',
      'a licence is not among config.customIntegration.licenses; add it there',
    );
  }

  #put(id: string, entry: Entry): void {
    const before = this.#entries.get(id);
    if (before !== undefined) this.#count(before, -1);
    this.#entries.set(id, entry);
    this.#count(entry, 1);
  }

  #count({ values }: Entry, by: number): void {
    const address = addressOf(values);
    this.#addresses.set(address, (this.#addresses.get(address) ?? 0) + by);
  }

  #inOrder(): readonly (readonly [string, Entry])[] {
    return [...this.#entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** The user's id: a new one brings it along. */
export function accountOf({ kind, set, accountId }: Order): string {
  if (kind !== 'create') return accountId ?? '';
  const { id } = set;
  return isNothing(id) ? '' : String(id);
}

function refusal(reason: string, message: string): Refusal {
  return { reason, message, fate: 'person' };
}
