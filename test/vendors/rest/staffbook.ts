import type { Json } from '../../../src/model/value.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';

export interface StaffbookPerson {
  readonly person_id: number;
  readonly first: string;
  readonly last: string;
  readonly emails: readonly { readonly kind: string; readonly address: string }[];
  readonly org: { readonly unit: string; readonly teams: readonly { readonly name: string }[] } | null;
  /** Ms since 1970: midnight in Berlin. */
  readonly joined_at: number;
  readonly left_at: number | null;
  readonly state: 'employed' | 'gone';
}

export interface Staffbook {
  /** With `/v2`. */
  readonly url: string;
  /** On a host of its own, as far as this machine has one. */
  readonly tokenUrl: string;
  readonly loopback: Loopback;
  readonly people: Map<number, StaffbookPerson>;
  /** Tokens given so far. */
  readonly tokensGiven: number;
  expireToken(): void;
  close(): Promise<void>;
}

/**
 * An HR system that nobody sells: people are searched by POST, pages go by a cursor that stands in the body, errors come
 * with 200 and `ok: false`, tokens come from another port and expire. It refuses what it does not know.
 */
export async function startStaffbook(credentials: {
  readonly clientId: string;
  readonly clientSecret: string;
}): Promise<Staffbook> {
  const people = new Map<number, StaffbookPerson>();
  let tokensGiven = 0;
  let valid = '';
  const tokens = await Loopback.start((request) => {
    const refusal = tokenRefusal(request, credentials);
    if (refusal !== undefined) return { status: 401, body: { error: refusal } };
    tokensGiven += 1;
    valid = `${credentials.clientSecret}-token-${String(tokensGiven)}`;
    return { status: 200, body: { access_token: valid, token_type: 'Bearer', expires_in: 3600 } };
  });
  const loopback = await Loopback.start((request) => {
    if (request.headers['authorization'] !== `Bearer ${valid}`) return failed('The token is not valid.', 401);
    return answer(people, request);
  });
  return {
    url: `${loopback.url}/v2`,
    tokenUrl: `${tokens.url}/oauth/token`,
    loopback,
    people,
    get tokensGiven() {
      return tokensGiven;
    },
    expireToken: () => {
      valid = 'none';
    },
    close: async () => {
      await loopback.close();
      await tokens.close();
    },
  };
}

function tokenRefusal(
  { method, path, headers, form }: VendorRequest,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): string | undefined {
  if (method !== 'POST' || path !== '/oauth/token' || form === undefined) return 'invalid_request';
  const pair = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  if (headers['authorization'] !== `Basic ${pair}`) return 'invalid_client';
  if (form.get('grant_type') !== 'client_credentials') return 'unsupported_grant_type';
  return form.get('scope') === 'people.read' ? undefined : 'invalid_scope';
}

function answer(people: ReadonlyMap<number, StaffbookPerson>, request: VendorRequest): VendorAnswer {
  const { method, path, query, json } = request;
  if ([...query.keys()].length > 0) return failed('There are no parameters.');
  if (method === 'GET' && path === '/v2/company') return done({ company: { code: 'acme-gmbh' } });
  const [, id] = /^\/v2\/people\/(\d+)$/.exec(path) ?? [];
  if (method === 'GET' && id !== undefined) {
    const person = people.get(Number(id));
    return person === undefined ? failed('There is no such person.', 404) : done({ person });
  }
  if (method === 'POST' && path === '/v2/people/search') return search(people, json);
  return failed('There is no such path.', 404);
}

function search(people: ReadonlyMap<number, StaffbookPerson>, json: Json | undefined): VendorAnswer {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return failed('The body must be an object.');
  const body = json as Readonly<Record<string, Json>>;
  const unknown = Object.keys(body).find((key) => !['include', 'page', 'where'].includes(key));
  if (unknown !== undefined) return failed(`The field ${unknown} is unknown.`);
  const { limit = 50, cursor = null } = (body['page'] ?? {}) as { limit?: number; cursor?: string | null };
  if (!Number.isInteger(limit) || limit < 1 || limit > 50)
    return failed('The limit must be between 1 and 50.');
  const after = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Number.isInteger(after)) return failed('The cursor is not valid.');
  const { email } = (body['where'] ?? {}) as { email?: string };
  // Former employees are left out unless they are asked for.
  const all = [...people.values()]
    .filter(({ state }) => body['include'] === 'everybody' || state === 'employed')
    .filter(
      ({ emails }) =>
        email === undefined || emails.some(({ address }) => address.toLowerCase() === email.toLowerCase()),
    )
    .toSorted((a, b) => a.person_id - b.person_id)
    .filter(({ person_id: number }) => number > after);
  const page = all.slice(0, limit);
  const last = page.at(-1);
  const next = all.length > page.length && last !== undefined ? cursorAfter(last) : null;
  return done({ people: page, next_cursor: next });
}

function cursorAfter({ person_id: id }: StaffbookPerson): string {
  return Buffer.from(String(id)).toString('base64url');
}

function done(result: object): VendorAnswer {
  return { status: 200, body: { ok: true, result } };
}

function failed(text: string, status = 200): VendorAnswer {
  return { status, body: { ok: false, error: { text } } };
}
