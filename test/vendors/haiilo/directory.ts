import { createHash } from 'node:crypto';
import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { Refusal } from '../scim/refusal.ts';
import { textOf } from '../scim/resource.ts';
import { created, ourModel, patched, valueAt, type ScimUser, type Take } from './user.ts';

/** What the two products do differently with the same requests. */
export interface Manners {
  readonly take: Take;
  /** Attributes that a filter may name; the others are refused. */
  readonly filterable: readonly string[];
  /** The most that a page holds. */
  readonly pageSize: number;
  /** What becomes of the user once a PATCH is carried out: another form of it, or nothing where it is deleted. */
  settle(next: ScimUser, before: ScimUser | undefined): ScimUser | undefined;
  /** The same for a DELETE. */
  remove(user: ScimUser): ScimUser | undefined;
}

/** The users of a platform and their SCIM endpoints: `/Users` alone, paged by index. */
export class Directory {
  readonly users = new Map<string, ScimUser>();
  readonly #manners: Manners;
  #made = 0;

  constructor(manners: Manners) {
    this.#manners = manners;
  }

  add(user: ScimUser): string {
    const id = this.#newId();
    this.users.set(id, structuredClone(user));
    return id;
  }

  /** `path` is what stands behind `/Users`. */
  answer({ method, query, json }: VendorRequest, path: string): VendorAnswer {
    if (path === '') {
      if (method === 'GET') return this.#list(query);
      if (method === 'POST') return this.#create(json);
      throw new Refusal(405, 'RFC 7644 §3.2', 'Users takes GET and POST');
    }
    const id = path.slice(1);
    const user = this.users.get(id);
    if (user === undefined) throw new Refusal(404, 'RFC 7644 §3.12', 'no user with this id');
    if (method === 'GET') return scim(200, shown(id, user));
    if (method === 'DELETE') {
      this.#keep(id, this.#manners.remove(user));
      return { status: 204 };
    }
    if (method !== 'PATCH') throw new Refusal(405, ourModel, 'only GET, PATCH and DELETE');
    const next = patched(user, json, this.#manners.take);
    this.#refuseTaken(next, id);
    const settled = this.#manners.settle(next, user);
    this.#keep(id, settled);
    return settled === undefined ? { status: 204 } : scim(200, shown(id, settled));
  }

  #keep(id: string, user: ScimUser | undefined): void {
    if (user === undefined) this.users.delete(id);
    else this.users.set(id, user);
  }

  #create(json: Json | undefined): VendorAnswer {
    const user = created(json, this.#manners.take);
    this.#refuseTaken(user, undefined);
    const settled = this.#manners.settle(user, undefined);
    if (settled === undefined) throw new Refusal(400, ourModel, 'nobody is created inactive', 'invalidValue');
    const id = this.#newId();
    this.users.set(id, settled);
    return scim(201, shown(id, settled));
  }

  #list(query: URLSearchParams): VendorAnswer {
    for (const name of query.keys()) {
      if (!['filter', 'startIndex', 'count'].includes(name)) {
        throw new Refusal(400, ourModel, `the parameter "${name}" is not taken`, 'invalidSyntax');
      }
    }
    const chosen = [...this.users].filter(this.#filter(query.get('filter')));
    const from = Math.max(1, Number(query.get('startIndex') ?? 1));
    const count = Math.min(Number(query.get('count') ?? this.#manners.pageSize), this.#manners.pageSize);
    const page = chosen.slice(from - 1, from - 1 + count).map(([id, user]) => shown(id, user));
    return scim(200, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: chosen.length,
      itemsPerPage: page.length,
      startIndex: from,
      Resources: page,
    });
  }

  /** `eq` alone, on a few attributes. */
  #filter(text: string | null): (entry: readonly [string, ScimUser]) => boolean {
    if (text === null) return () => true;
    const parts = /^([\w.]+) eq ("(?:[^"\\]|\\.)*")$/.exec(text);
    const name = parts?.[1] ?? '';
    if (parts === null || !this.#manners.filterable.includes(name)) {
      throw new Refusal(400, ourModel, 'this filter is not known', 'invalidFilter');
    }
    const wanted = (JSON.parse(parts[2] ?? '""') as string).toLowerCase();
    return ([, user]) => textOf(valueAt(user, name.split('.'))).toLowerCase() === wanted;
  }

  #refuseTaken(user: ScimUser, self: string | undefined): void {
    const name = textOf(user['userName']).toLowerCase();
    for (const [id, other] of this.users) {
      if (id === self || textOf(other['userName']).toLowerCase() !== name) continue;
      throw new Refusal(409, 'RFC 7644 §3.3', `userName ${name} is in use`, 'uniqueness');
    }
  }

  #newId(): string {
    this.#made += 1;
    const hash = createHash('sha256')
      .update(`haiilo ${String(this.#made)}`)
      .digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }
}

export function scim(status: number, body: Json): VendorAnswer {
  return { status, headers: { 'content-type': 'application/scim+json' }, body };
}

/** Passwords never come back (RFC 7643 §7). */
function shown(id: string, { password: _secret, ...user }: ScimUser): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id,
    ...user,
    meta: { resourceType: 'User' },
  };
}
