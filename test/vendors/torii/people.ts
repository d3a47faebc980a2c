import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { page } from './cursor.ts';
import { Refusal, sections } from './refusal.ts';
import type { Person, ToriiState } from './state.ts';

const usual = [
  'idOrg',
  'firstName',
  'lastName',
  'email',
  'creationTime',
  'idRole',
  'lifecycleStatus',
  'isDeletedInIdentitySources',
  'isExternal',
  'activeAppsCount',
  'role',
  'additionalEmails',
];

/** `GET /users`, as far as it is documented; `q`, `filters`, `aggs` and `sort` are not simulated. */
export function listPeople({ query }: VendorRequest, state: ToriiState): VendorAnswer {
  for (const name of ['q', 'filters', 'aggs', 'sort'])
    if (query.has(name)) throw new Refusal(400, sections.simulator, `${name} is not simulated`);
  const fields = query.get('fields')?.split(',') ?? usual;
  const known = new Set([...usual, ...state.fields.map(({ key }) => key)]);
  if (fields.some((name) => !known.has(name))) throw new Refusal(400, sections.people, 'unknown field');
  const ids = query.get('idUsers')?.split(',');
  const view = query.get('view') ?? 'allEmployees';
  const email = query.get('email')?.toLowerCase();
  const chosen = [...state.people.values()].filter(
    (one) =>
      (ids === undefined || ids.includes(String(one.id))) &&
      (email === undefined || one.email === email) &&
      (!view.startsWith('current') || one.lifecycleStatus !== 'offboarded') &&
      (!view.startsWith('past') || one.lifecycleStatus === 'offboarded'),
  );
  return page(query, chosen, state.largestPage, (one) => shown(one, fields, state));
}

export function listFields({ fields, organisation }: ToriiState): VendorAnswer {
  const listed = fields.map(({ isDeleted = false, ...field }) => ({
    ...field,
    idOrg: organisation.id,
    isDeleted,
  }));
  return { status: 200, body: { fields: listed } };
}

export function onePerson({ method, json }: VendorRequest, id: string, state: ToriiState): VendorAnswer {
  const person = state.people.get(Number(id));
  if (person === undefined) throw new Refusal(404, sections.people, 'User not found');
  if (method === 'PUT') {
    const { lifecycleStatus, ...others } = json as { lifecycleStatus: Person['lifecycleStatus'] };
    const [other] = Object.keys(others);
    if (!['active', 'offboarding', 'offboarded'].includes(lifecycleStatus))
      throw new Refusal(400, sections.people, '"lifecycleStatus" must be one of the three');
    if (other !== undefined) throw new Refusal(400, sections.people, `"${other}" is not allowed`);
    person.lifecycleStatus = lifecycleStatus;
  }
  return { status: 200, body: { user: shown(person, usual, state) } };
}

/** The id and further addresses always come. */
function shown(person: Person, fields: readonly string[], { organisation, roles }: ToriiState): Json {
  const all: Readonly<Record<string, Json>> = {
    idOrg: organisation.id,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    creationTime: '2026-02-03T09:14:00.000Z',
    idRole: roles.indexOf(person.role) + 1,
    role: person.role,
    lifecycleStatus: person.lifecycleStatus,
    isDeletedInIdentitySources: person.isDeletedInIdentitySources,
    isExternal: person.isExternal,
    activeAppsCount: person.activeAppsCount,
  };
  const values = fields.map((name) => [name, all[name] ?? person.fields.get(name) ?? null] as const);
  return { ...Object.fromEntries(values), id: person.id, additionalEmails: [] };
}
