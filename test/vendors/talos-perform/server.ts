import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { Refused, Users, type Sent, type TalosUser } from './users.ts';

export interface TalosServer {
  readonly url: string;
  readonly loopback: Loopback;
  readonly users: Users;
  /** The key that is taken from now on. */
  useKey(key: string): void;
  /** Whether the key may read admin groups. */
  showGroups: boolean;
  close(): Promise<void>;
}

/**
 * The API of Talos Perform in our model. What is published is how it behaves: a search by employee id or address with a
 * flag for deactivated users, a user in full that wipes what is missing, a change that ignores what is empty, admin groups by
 * id (help centre, article 462874). Paths, names, pages and statuses are a guess, since the reference is not public.
 */
export async function startTalosPerform(options: {
  readonly key: string;
  readonly groups?: readonly { readonly id: number; readonly name: string }[];
}): Promise<TalosServer> {
  let { key } = options;
  const users = new Users(options.groups ?? []);
  const loopback = await Loopback.start((request) => {
    if (request.headers['authorization'] !== `Bearer ${key}`)
      return { status: 401, body: { message: 'Unauthorized' } };
    try {
      return route(request, server);
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, body: { message: error.message } };
      throw error;
    }
  });
  const server: TalosServer = {
    url: loopback.url,
    loopback,
    users,
    useKey: (other) => void (key = other),
    showGroups: true,
    close: () => loopback.close(),
  };
  return server;
}

function route(request: VendorRequest, { users, showGroups }: TalosServer): VendorAnswer {
  const { method, path } = request;
  if (method === 'GET' && path === '/admingroups') {
    return showGroups
      ? { status: 200, body: { adminGroups: users.groups } }
      : { status: 403, body: { message: 'Permission denied' } };
  }
  if (path === '/users') {
    if (method === 'GET') return listed(request, [...users.byId.values()]);
    if (method === 'POST') return { status: 201, body: users.create(sentIn(request)) };
  }
  const id = /^\/users\/([^/]+)$/.exec(path)?.[1];
  const user = id === undefined ? undefined : users.byId.get(decodeURIComponent(id));
  if (user === undefined) return { status: 404, body: { message: 'The user was not found' } };
  if (method === 'GET') return { status: 200, body: user };
  if (method === 'POST') return { status: 200, body: users.replace(user, sentIn(request)) };
  if (method === 'PATCH') return { status: 200, body: users.change(user, sentIn(request)) };
  return { status: 405, body: { message: 'The method is not allowed' } };
}

function listed({ query }: VendorRequest, all: readonly TalosUser[]): VendorAnswer {
  const [employeeId, email] = [query.get('employeeID'), query.get('email')?.toLowerCase()];
  const found = all.filter(
    (user) =>
      (query.get('includeDeactivated') === 'true' || user.isActive) &&
      (employeeId === null || user.employeeID === employeeId) &&
      (email === undefined || user.email === email),
  );
  const page = Number(query.get('page') ?? '1');
  const size = Number(query.get('pageSize') ?? '50');
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(size) || size < 1 || size > 100) {
    throw new Refused(400, 'The page is invalid');
  }
  return {
    status: 200,
    body: { users: found.slice((page - 1) * size, page * size), total: found.length, page },
  };
}

function sentIn({ json }: VendorRequest): Sent {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Sent;
  throw new Refused(400, 'The body is invalid');
}
