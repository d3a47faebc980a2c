import type { VendorAnswer } from '../../loopback.ts';
import type { Meter } from '../limits.ts';
import { Refusal, sections } from '../refusal.ts';
import type { VendorState } from '../state.ts';
import { idIn, only, type Arguments } from './arguments.ts';
import { entities } from './forms.ts';
import { userOf } from './users.ts';

export function siteInfo(state: VendorState): VendorAnswer {
  return {
    status: 200,
    body: {
      total_users: String(state.users.size),
      total_courses: String(state.courses.size),
      total_branches: String(state.branches.size),
      domain_map: '',
      date_format: state.dateFormat,
    },
  };
}

export function rateLimit(meter: Meter): VendorAnswer {
  const { limit, remaining, reset } = meter.left();
  return {
    status: 200,
    body: { limit: String(limit), remaining, reset: String(reset), formatted_reset: '' },
  };
}

export function fieldDefinitions(state: VendorState): VendorAnswer {
  const body = state.fields.map(({ index, name, type, values }, order) => ({
    key: `custom_field_${index}`,
    type,
    name: entities(name),
    mandatory: 'no',
    visible_on_reports: 'yes',
    dropdown_values: values.join(';'),
    checkbox_status: 'off',
    selective_availability: 'no',
    branch: null,
    main_domain_availability: null,
    previous_key: null,
    order: order + 1,
  }));
  return { status: 200, body };
}

/** The list has no users; the single form has. */
export function branches(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['id']);
  if (!given.has('id')) return { status: 200, body: [...state.branches].map((one) => shown(one)) };
  const id = idIn(given, 'id');
  const users = [...state.users.values()].filter((user) => user.branches.has(id));
  const body = {
    ...shown([id, nameOf(state, id)]),
    users: users.map((user) => ({ id: String(user.id), name: entities(`${user.name} ${user.surname}`) })),
    courses: [],
  };
  return { status: 200, body };
}

export function joinBranch(state: VendorState, given: Arguments): VendorAnswer {
  const { user, id, name } = membership(state, given);
  if (user.branches.has(id)) {
    throw new Refusal(400, sections.v1Errors, 'The requested user is already a member of this branch');
  }
  user.branches.add(id);
  return { status: 200, body: { user_id: String(user.id), branch_id: String(id), branch_name: name } };
}

export function leaveBranch(state: VendorState, given: Arguments): VendorAnswer {
  const { user, id, name } = membership(state, given);
  if (!user.branches.delete(id)) {
    throw new Refusal(400, sections.v1Errors, 'The requested user is not a member of this branch');
  }
  return { status: 200, body: { user_id: String(user.id), branch_id: String(id), branch_name: name } };
}

function membership(state: VendorState, given: Arguments) {
  only(given, ['user_id', 'branch_id']);
  const id = idIn(given, 'branch_id');
  return { user: userOf(state, idIn(given, 'user_id')), id, name: nameOf(state, id) };
}

function nameOf(state: VendorState, id: number): string {
  const name = state.branches.get(id);
  if (name === undefined) throw new Refusal(404, sections.v1, 'The requested branch does not exist');
  return name;
}

function shown([id, name]: readonly [number, string]) {
  return { id: String(id), name: entities(name) };
}
