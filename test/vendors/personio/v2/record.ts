import type { Json } from '../../../../src/model/value.ts';
import { isObject, type JsonObject } from '../../../../src/connectors/json.ts';
import type { Employee, PersonioAttribute } from '../attributes.ts';

/** Keys that the credential may read: those of v1 stand for the fields of v2. */
type Readable = ReadonlySet<string>;

/** A person as v2 sends it: fields that may not be read are not there, id and employments always are. */
export function personOf(
  employee: Employee,
  employments: readonly JsonObject[],
  attributes: readonly PersonioAttribute[],
  readable: Readable,
): JsonObject {
  const id = textOf(employee.get('id') ?? null) ?? '';
  const plain = ['email', 'first_name', 'last_name', 'preferred_name'].filter((key) => readable.has(key));
  const custom = attributes.filter(
    ({ key }) => key.startsWith('dynamic_') && readable.has(key) && employee.has(key),
  );
  const latest = employments[0]?.['status'];
  return {
    id,
    ...Object.fromEntries(plain.map((key) => [key, employee.get(key) ?? null])),
    ...(readable.has('gender') ? { gender: enumOf(employee.get('gender')) } : {}),
    ...(readable.has('created_at') ? { created_at: moment(employee.get('created_at')) } : {}),
    ...(readable.has('last_modified_at') ? { updated_at: moment(employee.get('last_modified_at')) } : {}),
    ...(readable.has('profile_picture')
      ? { profile_picture: { url: employee.get('profile_picture') ?? null } }
      : {}),
    ...(readable.has('status') ? { status: latest === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE' } : {}),
    ...(custom.length === 0 ? {} : { custom_attributes: custom.map((one) => customOf(one, employee)) }),
    employments: employments.map((one) => ({ id: one['id'] ?? null })),
    _meta: { links: { employments: { href: `https://api.personio.de/v2/persons/${id}/employments` } } },
  };
}

/** The one employment of an invented person. */
export function employmentFrom(employee: Employee): JsonObject {
  const number = Number(employee.get('id'));
  const end = employee.get('termination_date') ?? null;
  const { id: office } = relation(employee.get('office'));
  const { id: department } = relation(employee.get('department'));
  const { id: team } = relation(employee.get('team'));
  const { id: company } = relation(employee.get('subcompany'));
  const supervisor = employee.get('supervisor') ?? null;
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    status: enumOf(employee.get('status')),
    type: enumOf(employee.get('employment_type')),
    weekly_working_hours: Number(employee.get('weekly_working_hours')),
    full_time_weekly_working_hours: 40,
    employment_start_date: employee.get('hire_date') ?? null,
    employment_end_date: end,
    probation_end_date: employee.get('probation_period_end') ?? null,
    contract_end_date: employee.get('contract_end_date') ?? null,
    created_at: moment(employee.get('created_at')),
    updated_at: moment(employee.get('last_modified_at')),
    position: { title: employee.get('position') ?? null },
    supervisor: supervisor === null ? null : { id: textOf(supervisor) },
    office: { id: office },
    org_units: [
      { type: 'team', id: team },
      { type: 'department', id: department },
    ],
    cost_centers: [{ id: '9', weight: 100 }],
    legal_entity: { id: '170' },
    sub_company: { id: company },
    person: { id: String(number) },
    termination:
      end === null
        ? null
        : {
            termination_date: end,
            last_working_day: employee.get('last_working_day') ?? null,
            terminated_at: null,
            type: 'EMPLOYEE',
            reason: employee.get('termination_reason') ?? null,
          },
  };
}

const keysOfEmployment: Readonly<Record<string, readonly string[]>> = {
  type: ['employment_type'],
  weekly_working_hours: ['weekly_working_hours'],
  full_time_weekly_working_hours: ['weekly_working_hours'],
  employment_start_date: ['hire_date'],
  employment_end_date: ['termination_date'],
  probation_end_date: ['probation_period_end'],
  contract_end_date: ['contract_end_date'],
  updated_at: ['last_modified_at'],
  created_at: ['created_at'],
  position: ['position'],
  supervisor: ['supervisor'],
  office: ['office'],
  org_units: ['department', 'team'],
  cost_centers: ['cost_centers'],
  legal_entity: ['subcompany'],
  sub_company: ['subcompany'],
  termination: ['termination_date', 'last_working_day'],
};

/** Without what may not be read; id, status, person and links stay (forum 6914b902). */
export function visibleOf(employment: JsonObject, readable: Readable): JsonObject {
  const shown = Object.entries(employment).filter(([name]) => {
    const keys = keysOfEmployment[name];
    return keys === undefined || keys.some((key) => readable.has(key));
  });
  return { ...Object.fromEntries(shown), _meta: { links: { person: { href: 'https://api.personio.de' } } } };
}

const customTypes: Readonly<Record<PersonioAttribute['type'], string>> = {
  standard: 'string',
  integer: 'INT',
  decimal: 'DOUBLE',
  date: 'DATE',
  list: 'STRING',
  tags: 'STRING_LIST',
};

/** Values are text or lists of text, whatever they are; the type comes in either case. */
function customOf({ key, label, type, universalId }: PersonioAttribute, employee: Employee): JsonObject {
  const value = employee.get(key) ?? null;
  return {
    id: key,
    type: customTypes[type],
    global_id: universalId ?? key.replace('dynamic_', 'field_'),
    label,
    value: typeof value === 'number' ? String(value) : value,
  };
}

function relation(value: Json | undefined): { readonly id: string | null; readonly name: string } {
  const inner = value !== undefined && isObject(value) ? value['attributes'] : undefined;
  if (inner === undefined || !isObject(inner)) return { id: null, name: '' };
  return { id: textOf(inner['id'] ?? null), name: textOf(inner['name'] ?? null) ?? '' };
}

/** `{ id, name }` of everything that employees refer to under this key. */
export function referred(employees: Iterable<Employee>, key: string): readonly JsonObject[] {
  const all = new Map<string, JsonObject>();
  for (const employee of employees) {
    const { id, name } = relation(employee.get(key));
    if (id !== null) all.set(id, { id, name });
  }
  return [...all.values()].toSorted((a, b) => Number(a['id']) - Number(b['id']));
}

function textOf(value: Json): string | null {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : null;
}

function enumOf(value: Json | undefined): string {
  return typeof value === 'string' && value !== '' ? value.toUpperCase() : 'UNSPECIFIED';
}

/** A date of the invented company as the moment that v2 has, in UTC. */
function moment(value: Json | undefined): Json {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? `${value}T08:00:00Z`
    : (value ?? null);
}
