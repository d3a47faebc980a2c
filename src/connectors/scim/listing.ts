import { Stalled, Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { isObject } from '../json.ts';
import type { Service } from './service.ts';
import type { User } from './user.ts';

/** What a list is asked of. */
type Listed = Pick<Service, 'client' | 'connection' | 'list'>;

/** What one list asks for. */
export interface Query {
  readonly filter?: string;
  readonly attributes?: string;
}

export interface End {
  readonly pages: number;
  readonly total: number;
}

interface Page {
  readonly users: readonly User[];
  readonly total: number;
}

/** The list moved while it was read, or it does not add up: this walk proves nothing. */
class Shifted extends Error {}

/**
 * Everybody of one list, page by page, each once, then the total that the server gave.
 *
 * SCIM has no snapshot (RFC 7644 §3.4.2.4): somebody who comes or goes shifts the pages. So a walk counts only when the
 * total stayed the same, as many different users came as it says, and nothing comes behind the last one. If not, the
 * list is walked once more; if that does not add up either, or differs from what was handed over, it is `Waiting`.
 */
export async function* walkUsers(
  service: Listed,
  query: Query,
  signal: AbortSignal,
): AsyncGenerator<readonly User[], End> {
  const given = new Set<string>();
  let pages = 0;
  for (const last of [false, true]) {
    const seen = new Set<string>();
    try {
      const end = yield* walk(service, query, { given, seen }, signal);
      pages += end.pages;
      if (given.size !== seen.size) throw new Shifted('users came and went');
      return { pages, total: end.total };
    } catch (error) {
      if (!(error instanceof Shifted)) throw error;
      if (last) throw moved(service.connection, error.message);
    }
  }
  throw moved(service.connection, 'it never ended');
}

/** Rejects where the list without a filter has another total than it must have by now. */
export async function refuseMoved(service: Listed, total: number, signal: AbortSignal): Promise<void> {
  const one = { ...service, list: { ...service.list, pageSize: 1 } };
  const now = await fetchPage(one, {}, 1, signal);
  if (now.total !== total) throw moved(service.connection, 'users became active or inactive meanwhile');
}

async function* walk(
  service: Listed,
  query: Query,
  { given, seen }: { readonly given: Set<string>; readonly seen: Set<string> },
  signal: AbortSignal,
): AsyncGenerator<readonly User[], End> {
  const fetch = (start: number) => {
    const page = fetchPage(service, query, start, signal);
    // It is asked for before the page before it is worked on; whoever stops there must not leave a rejection behind.
    page.catch(() => {});
    return page;
  };
  let page = await fetch(1);
  const { total } = page;
  let received = 0;
  let withoutId = 0;
  let largest = 0;
  for (let pages = 1; ; pages += 1) {
    const { users } = page;
    if (page.total !== total) throw new Shifted('its total changed');
    received += users.length;
    largest = Math.max(largest, users.length);
    if (users.length === 0 && received < total) throw new Shifted('it ended before its total');
    // A last page as full as the others may not be the last: what comes behind it must be empty.
    const over = received >= total && users.length < largest;
    const next = over || users.length === 0 ? undefined : fetch(received + 1);
    const fresh: User[] = [];
    const before = seen.size;
    for (const user of users) {
      const { id } = user;
      if (id === undefined || id === null) withoutId += 1;
      const key =
        typeof id === 'string' || typeof id === 'number' ? String(id) : `without id ${String(withoutId)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (!given.has(key)) fresh.push(user);
      given.add(key);
    }
    if (users.length > 0 && seen.size === before) throw new Shifted('a page came twice');
    if (fresh.length > 0) yield fresh;
    if (next === undefined) {
      if (seen.size !== total) throw new Shifted('its total does not add up');
      return { pages, total };
    }
    if (seen.size > total) throw new Shifted('more users came than its total');
    page = await next;
    if (page.users.length === 0 && received >= total) {
      if (seen.size !== total || page.total !== total) throw new Shifted('its total does not add up');
      return { pages, total };
    }
  }
}

async function fetchPage(
  service: Listed,
  query: Query,
  startIndex: number,
  signal: AbortSignal,
): Promise<Page> {
  const accept = query.filter === undefined ? [] : [400];
  const answer = await service.client.request(
    {
      method: 'GET',
      path: 'Users',
      query: { ...query, startIndex, count: service.list.pageSize },
      effect: 'read',
      accept,
    },
    signal,
  );
  if (answer.status === 400) {
    throw new Stalled(
      'FilterRefused',
      `connection ${service.connection}: the server refuses to look users up by this attribute (400); match by userName or externalId`,
      { connection: service.connection },
    );
  }
  const { body } = answer;
  const total = isObject(body) ? body['totalResults'] : undefined;
  const users = isObject(body) ? (body['Resources'] ?? []) : undefined;
  if (
    !Number.isSafeInteger(total) ||
    Number(total) < 0 ||
    !Array.isArray(users) ||
    !users.every((one: Json) => isObject(one))
  ) {
    throw new Waiting(
      'NotAList',
      `connection ${service.connection}: the answer to the list of users is no SCIM list; check baseUrl if this stays`,
      { connection: service.connection },
    );
  }
  return { users: users as unknown as readonly User[], total: Number(total) };
}

function moved(connection: string, how: string): Waiting {
  return new Waiting(
    'ListMoved',
    `connection ${connection}: the list of users cannot be trusted (${how}); it is read again later`,
    {
      connection,
    },
  );
}
