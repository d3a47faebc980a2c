import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { bodyOf, required, textOf, type Body } from './body.ts';
import { readProfile } from './profile.ts';
import { Refusal, sections } from './refusal.ts';
import { addUser, type TaskResult, type VendorField, type VendorState, type VendorUser } from './state.ts';
import { userOf } from './users.ts';

const section = sections.users;
const core = ['id', 'login', 'name', 'surname', 'email', 'status'];

/** Upserts up to 100: checked as a whole now, carried out in the background with a result for each. */
export function batchUsers(state: VendorState, request: VendorRequest): VendorAnswer {
  const { users } = bodyOf(request, ['users'], section);
  if (!Array.isArray(users) || users.length === 0) {
    throw new Refusal(400, section, 'users must be a list of users.');
  }
  if (users.length > 100) throw new Refusal(400, section, 'users: at most 100 items in one request.');
  for (const entry of users as readonly Json[]) checkEntry(entry);
  const id = `task-${state.tasks.size + 1}`;
  state.tasks.set(id, {
    id,
    pendingFor: state.pendingPolls,
    run: () => (users as readonly Body[]).map((entry, index) => upsert(state, entry, index)),
    results: undefined,
  });
  return { status: 200, body: { _data: { id, status: 'pending' } } };
}

function checkEntry(entry: Json): void {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) {
    throw new Refusal(400, section, 'users must be a list of users.');
  }
  for (const [key, value] of Object.entries(entry as Body)) {
    if (core.includes(key)) continue;
    if (!/^custom_field_\d+$/.test(key)) {
      throw new Refusal(400, section, `The field ${key} is not documented here.`);
    }
    if (typeof value !== 'string') throw new Refusal(400, section, `${key} must be a string.`);
  }
}

/** By id when the body has it, else by login; without either match a new user. */
function upsert(state: VendorState, entry: Body, index: number): TaskResult {
  try {
    const found = match(state, entry);
    const profile = readProfile(state, entry, found);
    const custom = customOf(state, entry);
    const status = textOf(entry, 'status', section);
    if (status !== undefined && status !== 'active' && status !== 'inactive') {
      throw new Refusal(400, section, 'status must be active or inactive.');
    }
    const user = found ?? created(state, profile);
    Object.assign(user, profile, status === undefined ? {} : { status });
    for (const [field, value] of custom) {
      if (value === '') user.custom.delete(field);
      else user.custom.set(field, value);
    }
    // Whether `last_updated` moves with a custom field alone is not documented; here it does not.
    if (Object.keys(profile).length > 0) user.lastUpdated = new Date(state.now()).toISOString();
    return { index, id: user.id, status: 'success', error: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const id = typeof entry['id'] === 'number' ? entry['id'] : null;
    return { index, id, status: 'error', error: error.message };
  }
}

function match(state: VendorState, entry: Body): VendorUser | undefined {
  if (entry['id'] !== undefined) return userOf(state, Number(entry['id']));
  const login = required(textOf(entry, 'login', section), 'login', section);
  return [...state.users.values()].find((user) => user.login.toLowerCase() === login.toLowerCase());
}

function created(state: VendorState, profile: Partial<VendorUser>): VendorUser {
  const need = (key: 'login' | 'name' | 'surname' | 'email') => required(profile[key], key, section);
  return addUser(state, {
    login: need('login'),
    name: need('name'),
    surname: need('surname'),
    email: need('email'),
  });
}

function customOf(state: VendorState, entry: Body): readonly (readonly [number, string])[] {
  return Object.entries(entry).flatMap(([key, value]) => {
    if (!key.startsWith('custom_field_')) return [];
    const field = state.fields.find((one) => `custom_field_${one.index}` === key);
    if (field === undefined) throw new Refusal(400, section, `There is no field ${key}`);
    return [[field.index, checked(field, (value as string).trim())] as const];
  });
}

function checked(field: VendorField, value: string): string {
  if (value === '') return value;
  const fine = {
    text: () => value.length <= 191,
    dropdown: () => field.values.includes(value),
    checkbox: () => value === 'on' || value === 'off',
    date: () => /^\d{4}-\d{2}-\d{2}$/.test(value),
  }[field.type]();
  if (!fine) throw new Refusal(400, section, `The value "${value}" is not valid for the field ${field.name}`);
  return value;
}

/** Work goes on with every request that reaches the portal. */
export function workInBackground(state: VendorState): void {
  for (const task of state.tasks.values()) {
    if (task.results !== undefined) continue;
    if (task.pendingFor > 0) task.pendingFor -= 1;
    else task.results = task.run();
  }
}

export function getTask(state: VendorState, id: string): VendorAnswer {
  const task = state.tasks.get(id);
  if (task === undefined) throw new Refusal(404, section, 'The requested task does not exist');
  const { results } = task;
  const data =
    results === undefined ? { id, status: 'pending', results: [] } : { id, status: 'completed', results };
  return { status: 200, body: { _data: data } };
}
