import type { Json } from '../../../src/model/value.ts';
import type { Person } from '../../people/people.ts';
import { departments, offices } from '../../people/names.ts';
import type { Employee, PersonioAttribute } from './attributes.ts';

/** What Personio holds of an invented person. */
export function employeeOf(person: Person): Employee {
  const teams = departments.flatMap((one) => one.teams as readonly string[]);
  return new Map<string, Json>([
    ['id', person.number],
    ['first_name', person.firstName],
    ['last_name', person.lastName],
    ['preferred_name', `${person.firstName} ${person.lastName}`],
    ['email', person.email],
    ['gender', ''],
    ['status', person.status],
    ['position', person.position],
    ['supervisor', person.supervisor ?? null],
    ['employment_type', 'internal'],
    ['weekly_working_hours', String(person.weeklyHours)],
    ['hire_date', person.hireDate],
    ['contract_end_date', null],
    ['termination_date', person.lastDay ?? null],
    ['termination_type', person.lastDay === undefined ? null : 'employee-quit'],
    ['termination_reason', null],
    ['probation_period_end', null],
    ['last_working_day', person.lastDay ?? null],
    ['created_at', person.hireDate],
    ['last_modified_at', person.lastDay ?? person.hireDate],
    ['subcompany', relation('Subcompany', 7, 'Example GmbH')],
    ['office', relation('Office', 1 + offices.findIndex((one) => one.name === person.office), person.office)],
    [
      'department',
      relation(
        'Department',
        21 + departments.findIndex((one) => one.name === person.department),
        person.department,
      ),
    ],
    ['team', relation('Team', 51 + teams.indexOf(person.team), person.team)],
    ['cost_centers', [{ type: 'CostCenter', attributes: { id: 9, name: 'CC 100', percentage: 100 } }]],
    ['profile_picture', `https://api.personio.de/v1/company/employees/${person.number}/profile-picture`],
    ['dynamic_24407', person.office],
    ['dynamic_33400', person.hireDate],
    ['dynamic_33401', 1000 + person.number],
    ['dynamic_33402', 'M'],
    ['dynamic_33403', ['Deutsch', 'English']],
    ['dynamic_33404', '1990-05-17'],
  ]);
}

function relation(type: string, id: number, name: string): Json {
  return { type, attributes: { id, name } };
}

/** One record as v1 sends it: every value in a wrapper, attributes that may not be read simply not there. */
export function recordOf(
  employee: Employee,
  attributes: readonly PersonioAttribute[],
  zone: string,
): { readonly [key: string]: Json } {
  const wrapped: Record<string, Json> = {};
  for (const { key, label, type, universalId } of attributes) {
    if (!employee.has(key)) continue;
    const raw = employee.get(key) ?? null;
    const value = type === 'date' ? stamped(raw, zone) : key === 'supervisor' ? supervisor(raw) : raw;
    wrapped[key] = { label, value, type, universal_id: universalId };
  }
  return { type: 'Employee', attributes: wrapped };
}

function supervisor(id: Json): Json {
  if (typeof id !== 'number') return null;
  return {
    type: 'Employee',
    attributes: { id: { label: 'ID', value: id, type: 'integer', universal_id: 'id' } },
  };
}

const stamps = new Map<string, string>();

/** Midnight of the company's zone with its offset: cut after a detour over UTC it would be the day before. */
function stamped(date: Json, zone: string): Json {
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const key = `${date} ${zone}`;
  let stamp = stamps.get(key);
  if (stamp === undefined) {
    stamp = Temporal.PlainDate.from(date).toZonedDateTime(zone).toString({ timeZoneName: 'never' });
    stamps.set(key, stamp);
  }
  return stamp;
}
