import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import {
  createUser,
  deleteUser,
  replaceUser,
  switchUser,
  updateUser,
  type DeskhubUser,
} from './deskhub-users.ts';

export interface Deskhub {
  /** With `/api`. */
  readonly url: string;
  readonly loopback: Loopback;
  readonly users: Map<string, DeskhubUser>;
  close(): Promise<void>;
}

/** The most that a page holds, whatever is asked for. */
const largestPage = 100;

/**
 * A system with user accounts that nobody sells: plain REST, pages by number or offset, with totals, flags and links of
 * every kind, so that a spec may choose. It refuses parameters and members that it does not know.
 */
export async function startDeskhub({ token }: { readonly token: string }): Promise<Deskhub> {
  const users = new Map<string, DeskhubUser>();
  // An id is never used again.
  let made = 0;
  const newId = () => `n-${String((made += 1))}`;
  const loopback = await Loopback.start((request) => {
    if (request.headers['authorization'] !== `Bearer ${token}`) return failed(401, 'The token is not valid.');
    return answer(users, request, `${loopback.url}/api`, newId);
  });
  return { url: `${loopback.url}/api`, loopback, users, close: () => loopback.close() };
}

function answer(
  users: Map<string, DeskhubUser>,
  request: VendorRequest,
  url: string,
  newId: () => string,
): VendorAnswer {
  const { method, path } = request;
  const [, root, name, id, action, ...rest] = path.split('/');
  if (root !== 'api' || name !== 'users' || rest.length > 0) return failed(404, 'There is no such path.');
  if (id === undefined && method === 'GET') return listUsers(users, request, url);
  if (id === undefined && method === 'POST') return createUser(users, request, newId());
  const user = users.get(id ?? '');
  if (user === undefined) return failed(404, 'There is no such user.');
  if (action === 'activate' || action === 'deactivate') {
    return method === 'POST' ? switchUser(users, user, action === 'activate') : failed(405, 'Use POST.');
  }
  if (action !== undefined) return failed(404, 'There is no such path.');
  if (method === 'GET') return { status: 200, body: { user } };
  if (method === 'PATCH') return updateUser(users, user, request);
  if (method === 'PUT') return replaceUser(users, user, request);
  return method === 'DELETE' ? deleteUser(users, user) : failed(405, 'There is no such method.');
}

const known = ['page', 'per_page', 'offset', 'number', 'email', 'sort'];

function listUsers(
  users: ReadonlyMap<string, DeskhubUser>,
  { query }: VendorRequest,
  url: string,
): VendorAnswer {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return failed(400, `The parameter ${unknown} is unknown.`);
  const all = [...users.values()].filter(
    ({ number, email }) =>
      (query.get('number') === null || query.get('number') === number) &&
      (query.get('email') === null || query.get('email')?.toLowerCase() === email),
  );
  const size = Math.min(largestPage, Number(query.get('per_page') ?? 10));
  const page = Number(query.get('page') ?? 1);
  const from = query.has('offset') ? Number(query.get('offset')) : (page - 1) * size;
  if (!(size > 0 && from >= 0)) return failed(400, 'The page is not valid.');
  const records = all.slice(from, from + size);
  const more = from + records.length < all.length;
  const next = new URL(`${url}/users`);
  for (const [name, value] of query) next.searchParams.set(name, value);
  next.searchParams.set('page', String(page + 1));
  return {
    status: 200,
    headers: more ? { link: `<${url}/users?page=1>; rel="first", <${next.href}>; rel="next"` } : { link: '' },
    body: {
      users: records,
      meta: {
        total: all.length,
        pages: Math.ceil(all.length / size),
        more,
        // Relative to where it was asked for, as some systems have it.
        next: more ? `${next.pathname}${next.search}` : null,
      },
    },
  };
}

function failed(status: number, message: string): VendorAnswer {
  return { status, body: { errors: [message] } };
}
