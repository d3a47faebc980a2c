import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import type { LinkedAccount, Model } from './linked-account.ts';
import { pageOf } from './pages.ts';
import { textIn, type Item } from './record.ts';
import { Refusal, sections } from './refusal.ts';

/** Parameters that ask for one value of a field. */
const equal = [
  'remote_id',
  'employee_number',
  'work_email',
  'personal_email',
  'first_name',
  'last_name',
  'display_full_name',
];

/** Every parameter of the list (K1), besides those of `equal`; relation and date filters are left to the document. */
const parameters = new Set([
  ...equal,
  'cursor',
  'page_size',
  'modified_after',
  'employment_status',
  'expand',
  'include_deleted_data',
  'include_remote_data',
  'include_sensitive_fields',
]);
const relations = new Set([
  'company',
  'employments',
  'groups',
  'home_location',
  'manager',
  'pay_group',
  'team',
  'work_location',
]);

/** Shown only with `include_sensitive_fields`. Which fields those are is not published; these are our model. */
const sensitive = ['ssn', 'date_of_birth'];

/** `GET /employees`. */
export function listEmployees(account: LinkedAccount, { query }: VendorRequest): VendorAnswer {
  refuseDisabled(account);
  refuseUnknown(query);
  const after = query.get('modified_after');
  const rows = [...account.employees.values()]
    .filter((row) => query.get('include_deleted_data') === 'true' || row['remote_was_deleted'] !== true)
    .filter((row) => equal.every((name) => !query.has(name) || row[name] === query.get(name)))
    .filter(
      (row) => !query.has('employment_status') || row['employment_status'] === query.get('employment_status'),
    )
    .filter((row) => after === null || textIn(row, 'modified_at') > after);
  return pageOf(rows, query, showing(account, query));
}

/** `GET /employees/{id}`: also of those who were deleted (our model). */
export function oneEmployee(account: LinkedAccount, id: string, { query }: VendorRequest): VendorAnswer {
  refuseDisabled(account);
  const row = account.employees.get(id);
  if (row === undefined) throw new Refusal(404, sections.reading, 'Not found.');
  return { status: 200, body: showing(account, query)(row) };
}

function refuseUnknown(query: URLSearchParams): void {
  const unknown = [...query.keys()].find((name) => !parameters.has(name));
  const relation = (query.get('expand') ?? '').split(',').find((name) => name !== '' && !relations.has(name));
  const wrong = unknown ?? relation;
  if (wrong !== undefined) throw new Refusal(400, sections.reading, `${wrong} is not in the table`);
}

/** Without its scope the list is refused; which status that has is our model. */
function refuseDisabled(account: LinkedAccount): void {
  if (account.disabled.Employee === 'all')
    throw new Refusal(403, sections.model, 'Model is disabled by scopes.');
}

function showing(account: LinkedAccount, query: URLSearchParams): (row: Item) => Json {
  const expand = new Set((query.get('expand') ?? '').split(','));
  const groups = account.groupsById();
  const locations = account.locationsById();
  const companies = account.companiesById();
  const seen = (model: Model, items: ReadonlyMap<string, Item>) => (id: Json | undefined) => {
    const item = typeof id === 'string' ? items.get(id) : undefined;
    return item === undefined || account.disabled[model] === 'all' ? null : visible(account, model, item);
  };
  const employee = seen('Employee', account.employees);
  const one: Readonly<Record<string, (id: Json | undefined) => Json>> = {
    company: seen('Company', companies),
    home_location: seen('Location', locations),
    work_location: seen('Location', locations),
    manager: (id) => masked(employee(id), query),
    team: () => null,
    pay_group: () => null,
  };
  const many: Readonly<Record<string, (id: Json) => Json>> = {
    groups: seen('Group', groups),
    employments: seen('Employment', account.employments),
  };
  return (row) => {
    const shown: Record<string, Json> = { ...(visible(account, 'Employee', row) as Item) };
    for (const [name, of] of Object.entries(one)) if (expand.has(name)) shown[name] = of(shown[name]);
    for (const [name, of] of Object.entries(many)) {
      if (!expand.has(name) || !Array.isArray(shown[name])) continue;
      shown[name] = (shown[name] as readonly Json[]).map(of).filter((item) => item !== null);
    }
    const raw = account.raw.get(textIn(row, 'id'));
    const wantsRaw = query.get('include_remote_data') === 'true' && raw !== undefined;
    return masked({ ...shown, remote_data: wantsRaw ? [{ path: '/employees', data: raw }] : null }, query);
  };
}

/** A field that a scope switches off comes as null, without a word. */
function visible(account: LinkedAccount, model: Model, item: Item): Json {
  const off = account.disabled[model];
  if (off === 'all' || off.length === 0) return item;
  return { ...item, ...Object.fromEntries(off.map((field) => [field, null])) };
}

function masked(row: Json, query: URLSearchParams): Json {
  if (row === null || query.get('include_sensitive_fields') === 'true') return row;
  return { ...(row as Item), ...Object.fromEntries(sensitive.map((field) => [field, null])) };
}
