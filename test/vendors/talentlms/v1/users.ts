import type { VendorAnswer } from '../../loopback.ts';
import { checkUnique, checkPassword } from '../profile.ts';
import { Refusal, sections } from '../refusal.ts';
import { addUser, userTypes, type VendorState, type VendorUser } from '../state.ts';
import { idIn, only, wanted, type Arguments } from './arguments.ts';
import { customIn, dateIn, localeIn } from './values.ts';
import { listed, whole } from './shown.ts';

const done: VendorAnswer = { status: 200, body: { message: 'Operation completed successfully' } };
const edited = ['first_name', 'last_name', 'email', 'login', 'password', 'bio', 'timezone', 'credits'];

export function list(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['page_size', 'page_number']);
  const users = [...state.users.values()].map((user) => listed(state, user, state.listHasFields));
  return { status: 200, body: pageOf(state, users, given) };
}

/** A bare array, without totals: 20 unless more are asked for, 1,000 at the most. */
export function pageOf(state: VendorState, items: readonly unknown[], given: Arguments): readonly unknown[] {
  if (state.givesAllAtOnce) return items;
  const size = Math.min(given.has('page_size') ? idIn(given, 'page_size') : 20, 1_000, largest(state));
  const number = given.has('page_number') ? idIn(given, 'page_number') : 1;
  return items.slice((number - 1) * size, number * size);
}

/** 100 is the most of v2; only a lower one was set by a test. */
function largest(state: VendorState): number {
  return state.largestPage < 100 ? state.largestPage : 1_000;
}

export function single(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['id', 'email', 'username']);
  const [key = '', value = ''] = [...given][0] ?? [];
  const is = (user: VendorUser) =>
    key === 'id'
      ? String(user.id) === value
      : (key === 'email' ? user.email : user.login).toLowerCase() === value.toLowerCase();
  const user = [...state.users.values()].find(is);
  if (user !== undefined) return { status: 200, body: whole(state, user) };
  throw gone([...state.ghosts.values()].some(is));
}

export function signUp(state: VendorState, given: Arguments): VendorAnswer {
  const optional = ['branch_id', 'group_id', 'user_type', 'language', 'restrict_email', /^custom_field_\d+$/];
  only(given, ['first_name', 'last_name', 'email', 'login', 'password', ...optional]);
  const need = (key: string) => wanted(given, key);
  const seed = {
    login: need('login'),
    name: need('first_name'),
    surname: need('last_name'),
    email: need('email'),
  };
  need('password');
  checked(state, given, undefined);
  const branch = given.has('branch_id') ? idIn(given, 'branch_id') : undefined;
  if (branch !== undefined && !state.branches.has(branch)) {
    throw new Refusal(404, sections.v1, 'The requested branch does not exist');
  }
  const custom = customIn(state, given);
  const locale = localeIn(given);
  const user = addUser(state, {
    ...seed,
    userType: userTypeIn(given),
    ...(locale === undefined ? {} : { locale }),
  });
  for (const [index, value] of custom) if (value !== '') user.custom.set(index, value);
  if (branch !== undefined) user.branches.add(branch);
  // A number here, text everywhere else.
  return { status: 200, body: { ...listed(state, user, true), id: user.id } };
}

export function edit(state: VendorState, given: Arguments): VendorAnswer {
  const more = ['user_id', 'deactivation_date', 'restrict_email', 'user_type', /^custom_field_\d+$/];
  only(given, [...edited, ...more]);
  const user = userOf(state, idIn(given, 'user_id'));
  checked(state, given, user);
  const custom = customIn(state, given);
  const date = dateIn(state, given, 'deactivation_date');
  if (typeof date === 'string' && user.status !== 'active') {
    throw new Refusal(400, sections.v1, 'Invalid arguments provided: the user is not active');
  }
  const text = (key: string, now: string) => (given.has(key) ? wanted(given, key) : now);
  Object.assign(user, {
    name: text('first_name', user.name),
    surname: text('last_name', user.surname),
    email: text('email', user.email),
    login: text('login', user.login),
    timezone: text('timezone', user.timezone),
    userType: given.has('user_type') ? userTypeIn(given) : user.userType,
    description: given.get('bio') ?? user.description,
    deactivationDate: date === undefined ? user.deactivationDate : date && `${date}T00:00:00+00:00`,
    lastUpdated: new Date(state.now()).toISOString(),
  });
  for (const [index, value] of custom) {
    if (value === '') user.custom.delete(index);
    else user.custom.set(index, value);
  }
  return { status: 200, body: listed(state, user, true) };
}

export function setStatus(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['user_id', 'status']);
  const user = userOf(state, idIn(given, 'user_id'));
  const status = wanted(given, 'status');
  if (status !== 'active' && status !== 'inactive') {
    throw new Refusal(400, sections.v1, 'Invalid arguments provided');
  }
  user.status = status;
  user.lastUpdated = new Date(state.now()).toISOString();
  return { status: 200, body: { user_id: String(user.id), status } };
}

export function remove(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['user_id', 'deleted_by_user_id', 'permanent']);
  const user = userOf(state, idIn(given, 'user_id'));
  state.users.delete(user.id);
  if (given.get('permanent') !== 'yes') state.ghosts.set(user.id, user);
  for (const [key, one] of state.enrollments) if (one.user === user.id) state.enrollments.delete(key);
  return done;
}

/** An object by user id, over all fields; nobody is an empty list. */
export function byField(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['custom_field_value']);
  const value = wanted(given, 'custom_field_value');
  const found = [...state.users.values()].filter((user) => [...user.custom.values()].includes(value));
  if (found.length === 0) return { status: 200, body: [] };
  return { status: 200, body: Object.fromEntries(found.map((user) => [user.id, listed(state, user, true)])) };
}

export function userOf(state: VendorState, id: number): VendorUser {
  const user = state.users.get(id);
  if (user === undefined) throw gone(state.ghosts.has(id));
  return user;
}

function gone(isGhost: boolean): Refusal {
  const what = isGhost ? 'is no longer available' : 'does not exist';
  return new Refusal(isGhost ? 400 : 404, sections.v1Errors, `The requested user ${what}`);
}

function checked(state: VendorState, given: Arguments, self: VendorUser | undefined): void {
  for (const [key, value] of given) {
    if (value.length > 191) throw new Refusal(400, sections.v1, `${key}: maximum 191 characters.`);
  }
  const email = given.get('email');
  if (email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw new Refusal(400, sections.v1, 'email must be a valid email address.');
  }
  const password = given.get('password');
  if (password !== undefined) {
    checkPassword(password, sections.v1Errors);
    if (password.length > 30)
      throw new Refusal(400, sections.v1Errors, 'Password is too long (30 characters)');
  }
  checkUnique(state, given.get('login')?.trim(), email?.trim(), self, sections.v1Errors);
}

function userTypeIn(given: Arguments): string {
  const name = given.get('user_type') ?? 'Learner-Type';
  if (userTypes.some((one) => one === name)) return name;
  throw new Refusal(400, sections.v1, 'The requested user type does not exist');
}
