import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import type { Company } from './company.ts';
import { refusal } from './refusal.ts';

/** `employees/changed`, `employees/{id}` and `employees`, as the vendor's document has them. */
export function answerEmployees(path: string, request: VendorRequest, company: Company): VendorAnswer {
  if (path === 'employees/changed') return changed(request, company);
  const id = /^employees\/([^/]+)$/.exec(path)?.[1];
  if (path === 'employees' && request.method === 'POST') return create(request, company);
  if (id === undefined) return refusal(404, 'no such path');
  const employee = company.employees.get(id);
  if (employee === undefined) return refusal(404, 'no such employee');
  if (request.method === 'POST') return update(id, request, company);
  const wanted = request.query.get('fields')?.split(',') ?? ['firstName', 'lastName'];
  if (wanted.length > 400) return refusal(400, 'too many fields');
  // What is unknown or may not be read is left out, without a word.
  const shown = wanted
    .filter((alias) => !company.hidden.has(alias))
    .map((alias): [string, Json] => [alias, employee.get(alias) ?? null]);
  return { status: 200, body: { id, ...Object.fromEntries(shown) } };
}

function changed({ query }: VendorRequest, company: Company): VendorAnswer {
  const since = Date.parse(query.get('since') ?? '');
  if (Number.isNaN(since)) return refusal(400, 'since is missing');
  const lines = [
    ...[...company.employees.keys()].map((id) => line(id, 'Updated', company.lastChanged(id))),
    ...[...company.deleted].map(([id, at]) => line(id, 'Deleted', at)),
  ].filter(({ lastChanged }) => Date.parse(lastChanged) >= since);
  // PHP writes an empty map as a list.
  const employees = lines.length === 0 ? [] : Object.fromEntries(lines.map((one) => [one.id, one]));
  const latest = lines
    .map(({ lastChanged }) => lastChanged)
    .toSorted()
    .at(-1);
  return { status: 200, body: { ...(latest === undefined ? {} : { latest }), employees } };
}

function line(id: string, action: string, lastChanged: string) {
  return { id, action, lastChanged };
}

function create({ json }: VendorRequest, company: Company): VendorAnswer {
  const values = record(json);
  if (!filled(values['firstName']) || !filled(values['lastName']))
    return refusal(400, 'firstName and lastName are required');
  const fault = wrong(values, undefined, company);
  if (fault !== undefined) return fault;
  const id = company.hire(values);
  return { status: 201, headers: { location: `https://example.bamboohr.com/api/v1/employees/${id}` } };
}

function update(id: string, { json }: VendorRequest, company: Company): VendorAnswer {
  const values = record(json);
  const fault = wrong(values, id, company);
  if (fault !== undefined) return fault;
  const emptied = Object.entries(values).map(([alias, value]): [string, Json] => [
    alias,
    value === '' ? null : value,
  ]);
  company.edit(id, Object.fromEntries(emptied));
  return { status: 200 };
}

function wrong(
  values: Readonly<Record<string, Json>>,
  id: string | undefined,
  company: Company,
): VendorAnswer | undefined {
  if (company.isTaken(values['workEmail'], id)) return refusal(409, 'Duplicate email address');
  const dates = [values['hireDate'], values['dateOfBirth']].filter(filled);
  if (dates.some((date) => typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date)))
    return refusal(409, 'Invalid date');
  return undefined;
}

function filled(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

export function record(json: Json | undefined): Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Readonly<Record<string, Json>>)
    : {};
}
