import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';

export interface DeskhubUser {
  readonly id: string;
  readonly number: string | null;
  readonly login: string;
  /** Kept in lower case. */
  readonly email: string;
  readonly name: { readonly first: string; readonly last: string };
  readonly desk: { readonly floor: number | null; readonly room: string | null };
  /** `dd.MM.yyyy`. */
  readonly started: string | null;
  readonly remote: 'yes' | 'no';
  readonly tags: readonly string[];
  readonly active: boolean;
  readonly role: 'member' | 'owner';
  /** A person there has set it; no client knows it. */
  readonly avatar: string | null;
}

type Users = Map<string, DeskhubUser>;
type Body = Readonly<Record<string, Json>>;

const members = [
  'number',
  'login',
  'email',
  'name',
  'desk',
  'started',
  'remote',
  'tags',
  'active',
  'password',
];

export const emptyUser: DeskhubUser = {
  id: '',
  number: null,
  login: '',
  email: '',
  name: { first: '', last: '' },
  desk: { floor: null, room: null },
  started: null,
  remote: 'no',
  tags: [],
  active: true,
  role: 'member',
  avatar: null,
};

export function createUser(users: Users, request: VendorRequest, id: string): VendorAnswer {
  const made = changed({ ...emptyUser, id }, bodyIn(request), members);
  const refusal = typeof made === 'string' ? refused(422, made) : refusalOf(users, made);
  if (refusal !== undefined || typeof made === 'string') return refusal ?? refused(422, 'body');
  users.set(id, made);
  return { status: 201, headers: { location: `/api/users/${id}` }, body: { user: made } };
}

export function updateUser(users: Users, user: DeskhubUser, request: VendorRequest): VendorAnswer {
  return store(users, user, changed(user, bodyIn(request), members));
}

/** What is not sent is lost. What can't be set must not be sent. */
export function replaceUser(users: Users, user: DeskhubUser, request: VendorRequest): VendorAnswer {
  const { id, role } = user;
  return store(users, user, changed({ ...emptyUser, id, role }, bodyIn(request), [...members, 'avatar']));
}

export function switchUser(users: Users, user: DeskhubUser, active: boolean): VendorAnswer {
  users.set(user.id, { ...user, active });
  return { status: 204 };
}

export function deleteUser(users: Users, user: DeskhubUser): VendorAnswer {
  users.delete(user.id);
  return { status: 204 };
}

function store(users: Users, user: DeskhubUser, now: DeskhubUser | string): VendorAnswer {
  if (typeof now === 'string') return refused(422, now);
  const refusal = refusalOf(users, now);
  if (refusal !== undefined) return refusal;
  users.set(user.id, now);
  return { status: 200, body: { user: now } };
}

function bodyIn({ json }: VendorRequest): Body {
  const user = (json as Body | undefined)?.['user'];
  return typeof user === 'object' && user !== null && !Array.isArray(user)
    ? (user as Body)
    : { body: 'none' };
}

/** The user with these members, or what is wrong with them. */
function changed(user: DeskhubUser, body: Body, allowed: readonly string[]): DeskhubUser | string {
  const unknown = Object.keys(body).find((name) => !allowed.includes(name));
  if (unknown !== undefined) return `The attribute ${unknown} is unknown.`;
  const { password: _, ...rest } = body;
  const merged = Object.entries(rest).reduce<Record<string, Json>>(
    (sum, [name, value]) => {
      const before = sum[name];
      const isPart = (name === 'name' || name === 'desk') && typeof before === 'object';
      return { ...sum, [name]: isPart ? { ...(before as object), ...(value as object) } : value };
    },
    user as unknown as Record<string, Json>,
  );
  const now = merged as unknown as DeskhubUser;
  const { login, email, started, remote, active, desk } = now;
  if (typeof login !== 'string' || login.trim() === '') return 'The login is required.';
  if (typeof email !== 'string' || !email.includes('@')) return 'The email is invalid.';
  if (started !== null && !/^\d{2}\.\d{2}\.\d{4}$/.test(started))
    return 'The date must have the format dd.MM.yyyy.';
  if (remote !== 'yes' && remote !== 'no') return 'The field remote is invalid.';
  if (typeof active !== 'boolean') return 'The field active must be true or false.';
  if (desk.floor !== null && !Number.isInteger(desk.floor)) return 'The floor must be an integer.';
  return { ...now, login: login.trim(), email: email.toLowerCase() };
}

/** No two users share a login, in any case, or a number. */
function refusalOf(users: Users, now: DeskhubUser): VendorAnswer | undefined {
  for (const other of users.values()) {
    if (other.id === now.id) continue;
    if (other.login.toLowerCase() === now.login.toLowerCase())
      return refused(409, `The login ${now.login} is taken.`);
    if (other.number !== null && other.number === now.number)
      return refused(409, `The number ${now.number} is taken.`);
  }
  return undefined;
}

function refused(status: number, message: string): VendorAnswer {
  return { status, body: { errors: [message] } };
}
