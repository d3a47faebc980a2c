import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { Refusal, sections } from './refusal.ts';
import { newId, type LoginUser, type ToriiState } from './state.ts';

const coreUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

const parameters = ['filter', 'sortBy', 'sortOrder', 'startIndex', 'count'];

interface Body {
  userName?: string;
  name?: { givenName?: string | undefined; familyName?: string | undefined };
  userType?: string;
  active?: boolean;
}

/** `GET /Users`: who is active, page by page; a filter knows `userName` and `emails`, with `eq` alone. */
export function listLogins({ query }: VendorRequest, state: ToriiState): VendorAnswer {
  const unknown = [...query.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw new Refusal(400, sections.scim, `"${unknown}" is not allowed`);
  const filter = query.get('filter');
  const wanted = filter === null ? undefined : wantedBy(filter);
  const found = [...state.logins.values()].filter(
    (one) => one.active && (wanted === undefined || one.userName === wanted),
  );
  const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1));
  const count = Math.min(Number(query.get('count') ?? 100), 200, state.largestPage);
  const resources = found.slice(startIndex - 1, startIndex - 1 + count).map(shown);
  return {
    status: 200,
    body: {
      schemas: [coreUrn],
      totalResults: found.length,
      itemsPerPage: resources.length,
      startIndex,
      Resources: resources,
    },
  };
}

/** `POST /Users`. Who is there and inactive is active again: Torii's way to reactivate. */
export function createLogin({ json }: VendorRequest, state: ToriiState): VendorAnswer {
  const { userName = '', name = {}, userType, active = true } = json as Body;
  const address = userName.toLowerCase();
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
    throw new Refusal(400, sections.scim, 'userName must be a valid email address');
  const role = roleOf(userType ?? 'Employee', state);
  const known = [...state.logins.values()].find((one) => one.userName === address);
  if (known?.active === true) throw new Refusal(409, sections.scim, 'User already exists');
  if (known !== undefined) {
    Object.assign(known, { name: withoutNothing(name), userType: role, active });
    return { status: 201, body: shown(known) };
  }
  const created = new Date(state.now()).toISOString();
  const login: LoginUser = {
    id: newId(state),
    userName: address,
    created,
    name: withoutNothing(name),
    userType: role,
    active,
  };
  state.logins.set(login.id, login);
  return { status: 201, body: shown(login) };
}

export function oneLogin(request: VendorRequest, id: string, state: ToriiState): VendorAnswer {
  const login = state.logins.get(Number(id));
  if (login === undefined) throw new Refusal(404, sections.scim, 'User not found');
  if (request.method === 'GET') return { status: 200, body: shown(login) };
  if (request.method === 'DELETE') {
    refuseLastAdmin(login, state);
    state.logins.delete(login.id);
    return { status: 204 };
  }
  if (!login.active) throw new Refusal(400, sections.scim, 'Only active users can be updated');
  const wanted = request.method === 'PATCH' ? patched(login, request.json) : (request.json as Body);
  if (wanted.userName !== undefined && wanted.userName.toLowerCase() !== login.userName)
    throw new Refusal(400, sections.scim, 'userName cannot be updated');
  const role = roleOf(wanted.userType ?? login.userType, state);
  const active = wanted.active ?? true;
  if (role !== login.userType || !active) refuseLastAdmin(login, state);
  Object.assign(login, { name: withoutNothing(wanted.name ?? login.name), userType: role, active });
  return { status: 200, body: shown(login) };
}

function patched(login: LoginUser, json: Json | undefined): Body {
  const { Operations: operations = [] } = (json ?? {}) as {
    Operations?: readonly { op: string; path?: string; value?: string | boolean }[];
  };
  const next: Body = { userName: login.userName, userType: login.userType, active: true, name: login.name };
  for (const { op, path, value } of operations) {
    const given = op === 'remove' ? undefined : value;
    if (path === 'active') next.active = given !== false && given !== 'false';
    else if (path === 'userType') next.userType = String(given ?? 'Employee');
    else if (path === 'userName') next.userName = String(given);
    else if (path === 'name.givenName' || path === 'name.familyName')
      next.name = { ...next.name, [path.slice(5)]: given };
    else throw new Refusal(400, sections.scim, 'unsupported path');
  }
  return next;
}

function wantedBy(filter: string): string {
  const found = /^(?:userName|emails(?:\.value)?)\s+eq\s+("(?:[^"\\]|\\.)*")$/i.exec(filter);
  if (found === null)
    throw new Refusal(400, sections.scim, 'only userName and emails can be filtered, without and, or, not');
  return (JSON.parse(found[1] ?? '""') as string).toLowerCase();
}

function roleOf(name: string, { roles }: ToriiState): string {
  if (!roles.includes(name)) throw new Refusal(400, sections.scim, 'userType is not a valid role');
  return name;
}

function refuseLastAdmin(login: LoginUser, { logins }: ToriiState): void {
  const admins = [...logins.values()].filter((one) => one.active && one.userType === 'Admin');
  if (admins.length === 1 && admins[0] === login)
    throw new Refusal(400, sections.scim, 'The last admin cannot be changed');
}

function shown({ id, userName, created, name, userType, active }: LoginUser) {
  return {
    schemas: [coreUrn],
    id: String(id),
    userName,
    name,
    active,
    emails: [{ primary: true, value: userName }],
    userType,
    meta: { created },
  };
}

function withoutNothing(name: Body['name'] = {}): LoginUser['name'] {
  return Object.fromEntries(Object.entries(name).filter(([, part]) => part !== undefined));
}
