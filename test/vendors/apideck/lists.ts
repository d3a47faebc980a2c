import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { Refusal } from './refusal.ts';
import type { Employee, Tenant } from './tenant.ts';

/** What every answer of the unified API stands in (`GetEmployeesResponse`). */
export function envelope(serviceId: string, resource: string, operation: string, data: unknown, more = {}) {
  return { status_code: 200, status: 'OK', service: serviceId, resource, operation, data, ...more };
}

/** `GET /hris/employees`. */
export function listEmployees({ query }: VendorRequest, tenant: Tenant, serviceId: string): VendorAnswer {
  const { behaviour } = tenant;
  const asked = filtersIn(query, behaviour.filters);
  const showsLeavers =
    behaviour.leavers === 'listed' ||
    (behaviour.leavers === 'by-filter' && asked.get('employment_status') === 'terminated') ||
    (behaviour.leavers === 'by-pass-through' && query.get('pass_through[include_terminated]') === 'true');
  const shown = [...tenant.employees.values()]
    .filter((one) => showsLeavers || one['employment_status'] !== 'terminated')
    .filter((one) => [...asked].every(([name, value]) => matches(one, name, value)))
    .map((one) => without(one, behaviour.onlySingle));
  return page(shown, 'employees', query, tenant, serviceId);
}

/** `GET /hris/employees/{id}`. */
export function oneEmployee(
  id: string,
  { query }: VendorRequest,
  tenant: Tenant,
  serviceId: string,
): VendorAnswer {
  const employee = tenant.employees.get(id);
  if (employee === undefined) throw new Refusal(404, 'EntityNotFoundError', `Employee ${id} was not found`);
  const data = projected(supported(employee, tenant), query);
  return { status: 200, body: envelope(serviceId, 'employees', 'one', data) };
}

/** `GET /hris/departments` and `/hris/companies`. */
export function listUnits(
  resource: 'departments' | 'companies',
  { query }: VendorRequest,
  tenant: Tenant,
  serviceId: string,
): VendorAnswer {
  const name = resource === 'departments' ? 'name' : 'legal_name';
  const units = [...tenant[resource]].map(([id, called]) => ({ id, [name]: called }));
  return page(units, resource, query, tenant, serviceId);
}

function page(
  all: readonly Employee[],
  resource: string,
  query: URLSearchParams,
  tenant: Tenant,
  serviceId: string,
): VendorAnswer {
  const { pages, largestPage, total, failing } = tenant.behaviour;
  const isPaged = query.has('limit') || query.has('cursor');
  if (!pages && isPaged)
    throw new Refusal(400, 'PaginationNotSupportedError', 'Pagination is not supported for this connector');
  const limit = pages ? Math.min(limitIn(query), largestPage) : Math.max(1, all.length);
  const at = offsetIn(query.get('cursor'));
  const data = all.slice(at, at + limit).map((one) => projected(supported(one, tenant), query));
  const next = at + limit < all.length ? cursorAt(at + limit) : null;
  const warnings = [...failing].map(([operation, message]) => ({ type: 'step', operation, message }));
  const meta = {
    items_on_page: data.length,
    cursors: { previous: null, current: cursorAt(at), next },
    ...(total ? { total_count: all.length } : {}),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
  return { status: 200, body: envelope(serviceId, resource, 'all', data, { meta, links: {} }) };
}

function limitIn(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new Refusal(400, 'RequestValidationError', 'limit must be between 1 and 200');
  return limit;
}

/** Cursors are opaque, and belong to this connector. */
function cursorAt(offset: number): string {
  return Buffer.from(`em9obw::${offset}`).toString('base64');
}

function offsetIn(cursor: string | null): number {
  if (cursor === null) return 0;
  const [, offset] = /^em9obw::(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (offset === undefined) throw new Refusal(400, 'InvalidCursorError', 'The cursor is not valid');
  return Number(offset);
}

const known = ['company_id', 'email', 'first_name', 'last_name', 'manager_id', 'employment_status'].concat([
  'employee_number',
  'department_id',
  'city',
  'country',
]);

function filtersIn(query: URLSearchParams, offered: ReadonlySet<string>): ReadonlyMap<string, string> {
  const asked = new Map<string, string>();
  for (const [key, value] of query) {
    const name = /^filter\[(.+)\]$/.exec(key)?.[1];
    if (name === undefined) continue;
    if (!known.includes(name)) throw new Refusal(400, 'RequestValidationError', 'filter is not known');
    if (!offered.has(name)) throw new Refusal(400, 'UnsupportedFiltersError', `Unsupported filters: ${name}`);
    asked.set(name, value);
  }
  return asked;
}

function matches(employee: Employee, name: string, value: string): boolean {
  if (name !== 'email') return employee[name] === value;
  const emails = (employee['emails'] ?? []) as readonly { readonly email: string }[];
  return emails.some(({ email }) => email.toLowerCase() === value.toLowerCase());
}

function supported(employee: Employee, { behaviour }: Tenant): Employee {
  return Object.fromEntries(
    Object.entries(employee).map(([name, value]): [string, Json] => [
      name,
      behaviour.unsupported.has(name) ? null : value,
    ]),
  );
}

function without(employee: Employee, hidden: ReadonlySet<string>): Employee {
  return Object.fromEntries(
    Object.entries(employee).filter(([name]) => name === 'id' || !(hidden.has(name) || hidden.has('*'))),
  );
}

/** `fields`: "only the fields specified in the comma-separated string will be included". */
function projected(employee: Employee, query: URLSearchParams): Employee {
  const fields = query.get('fields')?.split(',');
  if (fields === undefined) return employee;
  return Object.fromEntries(Object.entries(employee).filter(([name]) => fields.includes(name)));
}
