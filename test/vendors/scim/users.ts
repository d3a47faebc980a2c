import { createHash } from 'node:crypto';
import type { Json } from '../../../src/model/value.ts';
import { matches, type Filter } from './filter.ts';
import { project, type Projection } from './projection.ts';
import { Refusal } from './refusal.ts';
import { textOf, type Resource } from './resource.ts';

interface Kept {
  readonly id: string;
  readonly active: boolean;
  /** The whole resource as JSON: what a list and a GET send, without serialising it again. */
  readonly text: string;
  projected?: { readonly projection: string; readonly text: string };
}

/** The users of the server: a Map of JSON texts with the look-ups that clients ask for, fast at 100,000. */
export class Users {
  readonly #kept = new Map<string, Kept>();
  readonly #userNames = new Map<string, string>();
  readonly #others = { externalId: new Map<string, Set<string>>(), email: new Map<string, Set<string>>() };
  readonly #location: string;
  #order: Kept[] | undefined = [];
  #made = 0;

  constructor(location: string) {
    this.#location = location;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(id: string): Resource {
    return JSON.parse(this.text(id)) as Resource;
  }

  has(id: string): boolean {
    return this.#kept.has(id);
  }

  /** The id of whoever has this userName. */
  idOf(userName: string): string | undefined {
    return this.#userNames.get(userName.toLowerCase());
  }

  text(id: string): string {
    const kept = this.#kept.get(id);
    if (kept === undefined) throw new Refusal(404, 'RFC 7644 §3.12', 'no user with this id');
    return kept.text;
  }

  /** Adds a user; the id is made by the server unless a seed gives one. */
  create(resource: Resource, id = this.#newId()): Resource {
    this.#refuseTaken(resource, undefined);
    const now = isoSecond(this.#made);
    const whole = this.#stamp({ id, ...resource }, now, now);
    this.#keep(whole);
    return whole;
  }

  /** Puts a new state in; version and lastModified change only when something differs. */
  replace(id: string, resource: Resource): Resource {
    const before = this.get(id);
    const { meta: _then, ...old } = before;
    const { meta: _now, ...next }: Resource = { ...resource, id };
    if (JSON.stringify(sorted(old)) === JSON.stringify(sorted(next))) return before;
    this.#refuseTaken(next, id);
    const created = (before['meta'] as Resource)['created'] as string;
    this.#made += 1;
    const whole = this.#stamp(next, created, isoSecond(this.#made));
    this.#forget(before);
    this.#keep(whole);
    return whole;
  }

  delete(id: string): void {
    this.#forget(this.get(id));
    this.#kept.delete(id);
    this.#order = undefined;
  }

  /** Everybody who passes, in the order of creation: how many, and the texts of one window of them. */
  window(
    filter: Filter | undefined,
    hides: { readonly inactive: boolean; readonly userNames?: ReadonlySet<string> | undefined },
    from: number,
    count: number,
    projection: Projection | undefined,
  ): { readonly total: number; readonly texts: readonly string[] } {
    let chosen: readonly Kept[] = this.#inOrder();
    if (filter !== undefined) chosen = this.#filtered(filter);
    else if (hides.inactive) chosen = chosen.filter((kept) => kept.active);
    const { userNames } = hides;
    if (userNames !== undefined && userNames.size > 0) {
      chosen = chosen.filter(
        ({ text }) => !userNames.has(textOf((JSON.parse(text) as Resource)['userName'])),
      );
    }
    const window = chosen.slice(from, from + count);
    return { total: chosen.length, texts: window.map((kept) => listed(kept, projection)) };
  }

  all(): ReadonlyMap<string, Json> {
    return new Map([...this.#kept.values()].map((kept) => [kept.id, JSON.parse(kept.text) as Json]));
  }

  #filtered(filter: Filter): readonly Kept[] {
    const ids = this.#idsBy(filter);
    const candidates =
      ids === undefined
        ? this.#inOrder()
        : ids.map((id) => this.#kept.get(id)).filter((one) => one !== undefined);
    return candidates.filter((kept) => matches(filter, JSON.parse(kept.text) as Resource));
  }

  /** The ids that an equality on an indexed attribute leaves; `undefined` when everybody must be looked at. */
  #idsBy(filter: Filter): readonly string[] | undefined {
    if (filter.kind !== 'eq' || typeof filter.value !== 'string') return undefined;
    const path = filter.path.keys.join('.');
    if (path === 'userName') {
      const id = this.#userNames.get(filter.value.toLowerCase());
      return id === undefined ? [] : [id];
    }
    if (path === 'externalId') return [...(this.#others.externalId.get(filter.value) ?? [])];
    if (path === 'emails.value') return [...(this.#others.email.get(filter.value.toLowerCase()) ?? [])];
    return undefined;
  }

  #inOrder(): readonly Kept[] {
    this.#order ??= [...this.#kept.values()];
    return this.#order;
  }

  #refuseTaken(resource: Resource, self: string | undefined): void {
    const holder = this.#userNames.get(textOf(resource['userName']).toLowerCase());
    if (holder !== undefined && holder !== self) {
      throw new Refusal(
        409,
        'RFC 7644 §3.3',
        `userName ${textOf(resource['userName'])} is in use`,
        'uniqueness',
      );
    }
  }

  #newId(): string {
    this.#made += 1;
    const hash = createHash('sha256').update(String(this.#made)).digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }

  #stamp(resource: Resource, created: string, lastModified: string): Resource {
    const id = textOf(resource['id']);
    const digest = createHash('sha1').update(JSON.stringify(resource)).digest('hex').slice(0, 14);
    const location = `${this.#location}/${id}`;
    const version = `W/"${digest}"`;
    return { ...resource, meta: { resourceType: 'User', created, lastModified, location, version } };
  }

  #keep(resource: Resource): void {
    const id = textOf(resource['id']);
    const isNew = !this.#kept.has(id);
    const kept: Kept = { id, active: resource['active'] !== false, text: JSON.stringify(resource) };
    this.#kept.set(id, kept);
    if (isNew) this.#order?.push(kept);
    else this.#order = undefined;
    this.#userNames.set(textOf(resource['userName']).toLowerCase(), id);
    for (const [index, key] of this.#keysOf(resource)) {
      const ids = index.get(key) ?? new Set();
      index.set(key, ids.add(id));
    }
  }

  #forget(resource: Resource): void {
    this.#userNames.delete(textOf(resource['userName']).toLowerCase());
    for (const [index, key] of this.#keysOf(resource)) index.get(key)?.delete(textOf(resource['id']));
  }

  #keysOf(resource: Resource): readonly (readonly [Map<string, Set<string>>, string])[] {
    const emails = (resource['emails'] as Resource[] | undefined) ?? [];
    const keys = emails.map((one) => [this.#others.email, textOf(one['value']).toLowerCase()] as const);
    const { externalId } = resource;
    return externalId === undefined
      ? keys
      : [...keys, [this.#others.externalId, externalId as string] as const];
  }
}

function listed(kept: Kept, projection: Projection | undefined): string {
  if (projection === undefined) return kept.text;
  if (kept.projected?.projection !== projection.key) {
    const part = project(JSON.parse(kept.text) as Resource, projection);
    kept.projected = { projection: projection.key, text: JSON.stringify(part) };
  }
  return kept.projected.text;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((one: Json) => sorted(one));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Resource).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

/** The server's own clock: a second for each write, so that two runs give the same bytes. */
function isoSecond(count: number): string {
  return new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString().replace('.000Z', 'Z');
}
