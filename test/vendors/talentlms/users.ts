import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { booleanOf, bodyOf, required, textOf } from './body.ts';
import { page } from './envelope.ts';
import { profileFields, readProfile } from './profile.ts';
import { Refusal, sections } from './refusal.ts';
import { addUser, userTypes, type VendorState, type VendorUser } from './state.ts';

const section = sections.users;

export function listUsers(state: VendorState, request: VendorRequest, url: string): VendorAnswer {
  const asked = (name: string) => request.query.get(name) ?? undefined;
  const status = asked('filter[status][eq]');
  if (status !== undefined && status !== 'active' && status !== 'inactive') {
    throw new Refusal(400, section, 'filter[status][eq] must be active or inactive.');
  }
  const branch = asked('filter[branch_id][eq]');
  if (branch !== undefined && !/^\d+$/.test(branch)) {
    throw new Refusal(400, section, 'filter[branch_id][eq] must be an integer.');
  }
  const keyword = asked('filter[keyword][like]')?.toLowerCase();
  const custom = asked('filter[custom_field_value][eq]');
  const tests: readonly (readonly [unknown, (user: VendorUser) => boolean])[] = [
    [status, (user) => user.status === status],
    [asked('filter[login][eq]'), (user) => user.login === asked('filter[login][eq]')],
    [asked('filter[email][eq]'), (user) => user.email === asked('filter[email][eq]')],
    [keyword, (user) => searched(user).some((text) => text.toLowerCase().includes(keyword ?? ''))],
    [branch, (user) => user.branches.has(Number(branch))],
    [asked('filter[last_updated][gte]'), (user) => user.lastUpdated >= moment(request, 'gte')],
    [asked('filter[last_updated][lte]'), (user) => user.lastUpdated <= moment(request, 'lte')],
    // Nobody here is in a group or comes from an integration.
    [asked('filter[group_id][eq]') ?? asked('filter[integration][eq]'), () => false],
    [custom, (user) => [...user.custom.values()].includes(custom ?? '')],
  ];
  const active = tests.filter(([wanted]) => wanted !== undefined);
  const found = [...state.users.values()].filter((user) => active.every(([, test]) => test(user)));
  return page(request, found.map(listItem), state.largestPage, url);
}

/** The documents show it without a zone; the portal's instants are UTC. */
function moment(request: VendorRequest, edge: 'gte' | 'lte'): string {
  const text = request.query.get(`filter[last_updated][${edge}]`) ?? '';
  const at = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at)) throw new Refusal(400, section, `filter[last_updated][${edge}] must be a date-time.`);
  return new Date(at).toISOString();
}

function searched(user: VendorUser): readonly string[] {
  return [user.name, user.surname, user.login, user.email];
}

/** As documented: without custom fields, and `language` where the single user has `locale`. */
function listItem(user: VendorUser): unknown {
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    surname: user.surname,
    email: user.email,
    avatar: { default: 'https://example.talentlms.com/images/unknown.png' },
    timezone: user.timezone,
    language: user.locale.split('-')[0],
    type: user.userType,
    registration: user.registration,
    last_login: user.lastLogin,
    status: user.status,
    last_updated: user.lastUpdated,
    integration_user_id: null,
  };
}

export function getUser(state: VendorState, id: string): VendorAnswer {
  return { status: 200, body: { _data: wholeUser(state, userOf(state, id)) } };
}

function wholeUser(state: VendorState, user: VendorUser): unknown {
  const id = userTypes.findIndex((name) => name === user.userType) + 1;
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    surname: user.surname,
    email: user.email,
    credits: user.credits,
    description:
      user.description === null ? null : { html: `<p>${user.description}</p>`, text: user.description },
    avatar: null,
    custom_fields: state.fields.map(({ index, name, type }) => ({
      id: index,
      name,
      value: user.custom.get(index) ?? null,
      type,
    })),
    email_notifications: user.emailNotifications,
    timezone: user.timezone,
    locale: user.locale,
    user_type: { id, name: user.userType, is_default: user.userType === 'Learner-Type' },
    status: user.status,
    deactivation_date: user.deactivationDate,
    available_types: [],
  };
}

export function createUser(state: VendorState, request: VendorRequest): VendorAnswer {
  const body = bodyOf(request, [...profileFields, 'status'], section);
  const need = (key: string) => required(textOf(body, key, section), key, section);
  const [name, surname, login, email] = [need('name'), need('surname'), need('login'), need('email')];
  need('password');
  const status = booleanOf(body, 'status', section) === false ? 'inactive' : 'active';
  const profile = readProfile(state, body, undefined);
  const user = addUser(state, { name, surname, login, email, status });
  Object.assign(user, profile);
  const data = state.createAnswer === 'user' ? wholeUser(state, user) : { id: user.id };
  return { status: 200, body: { _data: data } };
}

export function patchUser(state: VendorState, request: VendorRequest, id: string): VendorAnswer {
  const user = userOf(state, id);
  const body = bodyOf(request, [...profileFields, 'status', 'current_password'], section);
  const status = required(textOf(body, 'status', section), 'status', section);
  if (status !== 'active' && status !== 'inactive') {
    throw new Refusal(400, section, 'status must be active or inactive.');
  }
  Object.assign(user, readProfile(state, body, user), { status });
  user.lastUpdated = new Date(state.now()).toISOString();
  return { status: 204 };
}

export function deleteUser(state: VendorState, id: string): VendorAnswer {
  const user = userOf(state, id);
  state.users.delete(user.id);
  for (const [key, one] of state.enrollments) if (one.user === user.id) state.enrollments.delete(key);
  return { status: 200, body: { _data: { message: 'Operation completed successfully' } } };
}

export function userOf(state: VendorState, id: string | number): VendorUser {
  const user = state.users.get(Number(id));
  if (user === undefined) throw new Refusal(404, section, 'The requested user does not exist');
  return user;
}

/** Names are documented, the body is not: the index as `id` and as `key`, as the single user and v1 show them. */
export function listFields(state: VendorState): VendorAnswer {
  const data = state.fields.map(({ index, name, type, values }) => ({
    id: index,
    key: `custom_field_${index}`,
    name,
    type,
    mandatory: false,
    dropdown_values: values,
  }));
  return { status: 200, body: { _data: data } };
}
