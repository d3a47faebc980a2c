import type { Json } from '../../../src/model/value.ts';
import type { Person } from '../../people/people.ts';
import type { Employee } from './tenant.ts';

const statuses = {
  onboarding: 'active',
  active: 'active',
  leave: 'inactive',
  inactive: 'terminated',
} as const;

/** An invented person as an employee of the unified model, the way a connector fills it that knows most of it. */
export function employeeOf(person: Person, custom: readonly Json[] = []): Employee {
  const id = idOf(person.number);
  return {
    id,
    downstream_id: String(person.number),
    first_name: person.firstName,
    last_name: person.lastName,
    middle_name: null,
    display_name: `${person.firstName} ${person.lastName}`,
    title: person.position,
    employee_number: String(person.number),
    department_id: person.department,
    department_name: person.department,
    team: { id: person.team, name: person.team },
    company_name: 'Example & Sons',
    employment_start_date: person.hireDate,
    employment_end_date: person.lastDay ?? null,
    employment_status: statuses[person.status],
    employment_role: { type: 'employee', sub_type: 'full_time' },
    ...(person.supervisor === undefined ? {} : { manager: { id: idOf(person.supervisor) } }),
    jobs: [
      {
        id: `job-${person.number}`,
        employee_id: id,
        title: person.position,
        start_date: person.hireDate,
        end_date: null,
        is_primary: true,
        status: 'active',
        location: { city: person.office, country: person.country },
      },
    ],
    addresses: [{ type: 'work', city: person.office, country: person.country }],
    phone_numbers: [],
    emails: [
      { id: 'e2', email: `private.${person.number}@example.com`, type: 'personal' },
      { id: 'e1', email: person.email, type: 'work' },
    ],
    timezone: person.timezone,
    custom_fields: [{ id: 'dynamic_24407', name: 'User_City', value: person.office }, ...custom],
    custom_mappings: {},
    deleted: false,
    created_at: '2024-01-02T09:00:00.000Z',
    updated_at: '2026-11-01T09:00:00.000Z',
  };
}

/** Ids of the unified API are texts of any form. */
export function idOf(number: number): string {
  return `emp_${String(number).padStart(5, '0')}`;
}
