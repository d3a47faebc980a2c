import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { bodyOf, dateOf, emailOf, flagOf, invalid, oneOf, textOf, type Body } from './body.ts';
import { employeeOf, isSmallList, ok } from './reading.ts';
import { todayOf } from './records.ts';
import { Refusal, sections } from './refusal.ts';
import { addEmployee, addName, findName, languages, type SmallList, type VendorState } from './state.ts';

const hireKeys = [
  'first_name',
  'last_name',
  'email',
  'hire_date',
  'employment_status',
  'reports_to_employee_id',
  'job_record',
  'compensation_record',
  'prevent_email',
  'is_existing',
  'hire_packet',
];
const jobKeys: Readonly<Record<string, SmallList>> = {
  job_title_id: 'job-titles',
  location_id: 'locations',
  division_id: 'divisions',
  department_id: 'departments',
};
const payKeys = ['pay_rate', 'pay_rate_period', 'pay_rate_schedule', 'overtime_status'];
const periods = ['hour', 'day', 'week', 'month', 'quarter', 'year'];

/** `POST /employees/hire`: employment status and pay are asked for, as the known form does; an invitation goes out unless prevented. */
export function hireEmployee(state: VendorState, request: VendorRequest): VendorAnswer {
  const body = bodyOf(request, hireKeys);
  const [first_name, last_name] = [textOf(body, 'first_name'), textOf(body, 'last_name')];
  const email = freeEmail(state, emailOf(body, 'email'), undefined);
  const hire_date = dateOf(body, 'hire_date');
  const status = bodyOf({ json: body['employment_status'] }, ['employment_status_id'], 'employment_status');
  const statusId = listedId(state, status, 'employment_status_id', 'employment-statuses');
  const job =
    body['job_record'] === undefined ? {} : bodyOf({ json: body['job_record'] }, Object.keys(jobKeys));
  const ids = Object.entries(jobKeys).flatMap(([key, list]) =>
    job[key] === undefined ? [] : [[list, listedId(state, job, key, list)] as const],
  );
  const pay = bodyOf({ json: body['compensation_record'] }, payKeys, 'compensation_record');
  if (typeof pay['pay_rate'] !== 'number') throw invalid('The field pay_rate is required.');
  oneOf(pay, 'pay_rate_period', periods);
  const manager = body['reports_to_employee_id'];
  if (manager !== undefined) managerOf(state, manager);
  const [isQuiet, isExisting] = [flagOf(body, 'prevent_email'), flagOf(body, 'is_existing')];

  const employee = addEmployee(state, { first_name, last_name, email, hire_date });
  Object.assign(employee.job, Object.fromEntries(ids), { 'employment-statuses': statusId });
  if (manager === null) state.headId = employee.id;
  if (manager !== undefined) employee.reports_to_employee_id = manager as number | null;
  if (!isQuiet) state.mails.push({ to: email, about: 'invitation' });
  if (!isExisting) state.onboardings.push(employee.id);
  return ok({ id: employee.id, first_name, last_name, email });
}

const plainKeys = [
  'ssn',
  'employee_number',
  'work_phone',
  'mobile_phone',
  'phone',
  'address',
  'city',
  'postal_code',
  'country',
  'nationality',
  'citizenship',
  'linked_in_url',
];
const choices: Readonly<Record<string, readonly string[]>> = {
  gender: ['Male', 'Female', 'Non-binary'],
  marital_status: ['Single', 'Separated', 'Married', 'Widowed'],
};
const updateKeys = [
  'first_name',
  'last_name',
  'email',
  'personal_email',
  'birth_date',
  'reports_to_employee_id',
  'emergency_contact',
  'hr_languages',
  ...plainKeys,
  ...Object.keys(choices),
];

/** `PUT /employees/{id}`: what is left out stays. A manager of null makes the person the head of the company. */
export function updateEmployee(state: VendorState, request: VendorRequest, id: string): VendorAnswer {
  const employee = employeeOf(state, id);
  const body = bodyOf(request, updateKeys);
  const names: { first_name?: string; last_name?: string; email?: string } = {};
  if ('first_name' in body) names.first_name = textOf(body, 'first_name');
  if ('last_name' in body) names.last_name = textOf(body, 'last_name');
  if ('email' in body) names.email = freeEmail(state, emailOf(body, 'email'), employee.id);
  const profile = new Map<string, Json>();
  for (const key of [...plainKeys, ...Object.keys(choices), 'personal_email', 'birth_date']) {
    if (!(key in body)) continue;
    profile.set(key, body[key] === null ? null : profileValue(state, body, key, employee.id));
  }
  if ('hr_languages' in body) profile.set('hr_languages', languagesOf(body));
  const manager = body['reports_to_employee_id'];
  if (manager !== undefined) managerOf(state, manager);

  Object.assign(employee, names);
  for (const [key, value] of profile) employee.profile.set(key, value);
  if (manager !== undefined) employee.reports_to_employee_id = manager as number | null;
  if (manager === null) state.headId = employee.id;
  return ok({ id: employee.id });
}

/** The path is known, its body is a guess: an effective date and nothing else. */
export function terminateEmployee(state: VendorState, request: VendorRequest, id: string): VendorAnswer {
  const employee = employeeOf(state, id);
  const date = dateOf(bodyOf(request, ['effective_date']), 'effective_date');
  const { termination_date: before } = employee;
  if (before !== null && before <= todayOf(state)) throw invalid('The employee is already terminated.');
  employee.termination_date = date;
  return ok({ id: employee.id });
}

export function createName(state: VendorState, request: VendorRequest, list: string): VendorAnswer {
  if (!isSmallList(list) || list === 'locations' || list === 'employment-statuses') {
    throw new Refusal(404, sections.simulator, 'The route does not exist.');
  }
  const name = textOf(bodyOf(request, ['name']), 'name');
  if (findName(state, list, name) !== undefined) throw invalid('The name has already been taken.');
  return ok({ id: addName(state, list, name), name, object_type: list });
}

function profileValue(state: VendorState, body: Body, key: string, self: number): Json {
  if (key === 'birth_date') {
    const date = dateOf(body, key);
    if (date < '1930-01-01' || date > todayOf(state)) throw invalid('birth_date must be after 1930-01-01.');
    return date;
  }
  if (key === 'personal_email') {
    const email = emailOf(body, key);
    const isTaken = [...state.employees.values()].some(
      (one) => one.id !== self && one.profile.get(key) === email,
    );
    if (isTaken) throw invalid(`The personal email ${email} has already been taken.`);
    return email;
  }
  const allowed = choices[key];
  return allowed === undefined ? textOf(body, key) : oneOf(body, key, allowed);
}

function languagesOf(body: Body): Json {
  const value = body['hr_languages'];
  const ids = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (!Array.isArray(value) || !ids.every(isLanguage)) throw invalid('The field hr_languages is invalid.');
  return [...ids];
}

function isLanguage(id: Json): boolean {
  return languages.some((one) => one.id === id);
}

/** Addresses are unique in any case. The message repeats the address, as many systems do. */
function freeEmail(state: VendorState, email: string, self: number | undefined): string {
  const isTaken = [...state.employees.values()].some(
    (one) => one.id !== self && one.email.toLowerCase() === email.toLowerCase(),
  );
  if (isTaken) throw invalid(`The email ${email} has already been taken.`);
  return email;
}

function listedId(state: VendorState, body: Body, key: string, list: SmallList): number {
  const id = body[key];
  const isKnown = state.lists[list].some((one) => one.id === id);
  if (typeof id !== 'number' || !isKnown) throw invalid(`The field ${key} is invalid.`);
  return id;
}

function managerOf(state: VendorState, manager: Json): void {
  const isKnown = manager === null || (typeof manager === 'number' && state.employees.has(manager));
  if (!isKnown) throw invalid('The field reports_to_employee_id is invalid.');
}
