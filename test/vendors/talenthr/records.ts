import type { Json } from '../../../src/model/value.ts';
import { languages, type SmallList, type VendorEmployee, type VendorState } from './state.ts';

type JsonObject = { readonly [key: string]: Json };

/** A row of the directory: names under `department`, `job_title`; nothing of the profile but two fields. */
export function directoryRow(state: VendorState, employee: VendorEmployee): JsonObject {
  const { job, profile } = employee;
  return {
    id: employee.id,
    user_id: employee.id,
    u_id: employee.id,
    first_name: employee.first_name,
    last_name: employee.last_name,
    email: employee.email,
    reports_to_employee_id: employee.reports_to_employee_id,
    photo_url: `https://cdn.example.test/${employee.id}.png?signed=${state.now()}`,
    resized_photo_url: null,
    division_id: job.divisions,
    division: nameIn(state, 'divisions', job.divisions),
    employment_status_id: job['employment-statuses'],
    employment_status_name: nameIn(state, 'employment-statuses', job['employment-statuses']),
    department_id: job.departments,
    department: nameIn(state, 'departments', job.departments),
    job_title_id: job['job-titles'],
    job_title: nameIn(state, 'job-titles', job['job-titles']),
    location_id: job.locations,
    location: nameIn(state, 'locations', job.locations),
    hire_date: employee.hire_date,
    termination_date: employee.termination_date,
    linked_in_url: profile.get('linked_in_url') ?? null,
    work_phone: profile.get('work_phone') ?? null,
    is_owner: employee.role === 'owner' ? 1 : 0,
    is_future_rehire: false,
    active_cycle: 1,
    user_role: roleOf(employee),
    time_off_requests: [],
    ...(employee.deleted_at === null ? {} : { deleted_at: employee.deleted_at }),
  };
}

/** The single record: the profile, and the names of the directory under other keys. */
export function singleRecord(state: VendorState, employee: VendorEmployee): JsonObject {
  const { job, profile } = employee;
  const held = (key: string): Json => profile.get(key) ?? null;
  const keys = [
    'address',
    'birth_date',
    'citizenship',
    'city',
    'country',
    'employee_number',
    'gender',
    'ssn',
  ];
  const more = [
    'linked_in_url',
    'marital_status',
    'nationality',
    'personal_email',
    'postal_code',
    'work_phone',
  ];
  const manager = state.employees.get(employee.reports_to_employee_id ?? 0);
  return {
    ...Object.fromEntries([...keys, ...more].map((key) => [key, held(key)])),
    id: employee.id,
    custom_fields: [],
    department_id: job.departments,
    department_name: nameIn(state, 'departments', job.departments),
    division_id: job.divisions,
    division_name: nameIn(state, 'divisions', job.divisions),
    job_title_id: job['job-titles'],
    job_title_name: nameIn(state, 'job-titles', job['job-titles']),
    location_id: job.locations,
    location_name: nameIn(state, 'locations', job.locations),
    hire_date: employee.hire_date,
    hire_date_utc: `${employee.hire_date}T00:00:00Z`,
    is_terminated: employee.termination_date !== null && employee.termination_date < todayOf(state),
    termination_date: employee.termination_date,
    termination_reason: null,
    hr_languages: profile.get('hr_languages') ?? [],
    short_manager: manager === undefined ? null : { id: manager.id, first_name: manager.first_name },
    user: {
      id: employee.id,
      first_name: employee.first_name,
      last_name: employee.last_name,
      email: employee.email,
      language: languages.find(({ id }) => id === employee.language)?.code ?? null,
    },
    user_role: roleOf(employee),
  };
}

/** Every definition with this person's values; groups only gather others. */
export function customFieldsOf(state: VendorState, employee: VendorEmployee): readonly JsonObject[] {
  return state.customFields.map((field, index) => ({
    id: index + 1,
    name: field.name,
    field_name: `custom_${index + 1}`,
    slug: field.slug,
    custom_field_type: { id: 1, slug: field.type ?? 'text' },
    custom_field_values: (employee.custom.get(field.slug) ?? []).map((value, at) => ({ id: at + 1, value })),
    has_multiple_records: field.multiple === true,
    is_enabled: true,
    is_group: field.group === true,
    parent_group_id: null,
    visible_to: 'everyone',
    deleted_at: field.deleted === true ? '2025-01-01 00:00:00' : null,
  }));
}

/** The day it is for the vendor. */
export function todayOf({ now }: VendorState): string {
  return new Date(now()).toISOString().slice(0, 10);
}

function roleOf({ role }: VendorEmployee): JsonObject {
  return { id: role === 'employee' ? 3 : 1, slug: role, name: role };
}

function nameIn({ lists }: VendorState, list: SmallList, id: number | null): string | null {
  return lists[list].find((one) => one.id === id)?.name ?? null;
}
