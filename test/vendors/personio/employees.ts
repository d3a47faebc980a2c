import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import type { Employee, PersonioAttribute } from './attributes.ts';
import { recordOf } from './record.ts';
import { german, refuse, sections } from './refusal.ts';

export interface Company {
  /** By id, in the order of the list. Tests change it as they like. */
  readonly employees: Map<number, Employee>;
  /** Pictures by employee, at the width that is asked for. Who is not in it has none. */
  readonly pictures: Map<number, (width: number) => Uint8Array>;
  readonly attributes: readonly PersonioAttribute[];
  /** Keys under "Readable employee attributes" of the credential. */
  readonly readable: Set<string>;
  /** Zone of the company: timestamps carry its offset. */
  readonly zone: string;
}

const listParameters = new Set(['limit', 'offset', 'email', 'attributes[]', 'updated_since']);

/** `GET /company/employees`. */
export function listEmployees(company: Company, { query }: VendorRequest): VendorAnswer {
  const unknown = [...query.keys()].find((name) => !listParameters.has(name));
  if (unknown !== undefined)
    return refuse(400, sections.reading, `parameter ${unknown} is not in the table`, german);
  const limit = wholeNumber(query.get('limit'), 50, 1);
  const offset = wholeNumber(query.get('offset'), 0, 0);
  if (limit === undefined || offset === undefined) {
    return refuse(400, sections.reading, 'limit and offset are whole numbers', german);
  }
  const capped = Math.min(limit, 100);
  const everybody = matching(company, query);
  const page = everybody.slice(offset, offset + capped);
  const shown = visible(company, query.getAll('attributes[]'));
  return {
    status: 200,
    body: {
      success: true,
      metadata: {
        total_elements: everybody.length,
        current_page: Math.floor(offset / capped),
        total_pages: Math.ceil(everybody.length / capped),
      },
      offset,
      limit: capped,
      data: page.map((employee) => recordOf(employee, shown, company.zone)),
    },
  };
}

/** `GET /company/employees/{id}`. */
export function oneEmployee(company: Company, id: string, { query }: VendorRequest): VendorAnswer {
  if (query.size > 0) return refuse(400, sections.reading, 'one employee takes no parameters', german);
  const employee = company.employees.get(Number(id));
  if (employee === undefined) return refuse(404, sections.reading, 'nobody has this id', german);
  return {
    status: 200,
    body: { success: true, data: recordOf(employee, visible(company, []), company.zone) },
  };
}

/** `GET /company/employees/{id}/profile-picture/{width}`: 404 for nobody, for no picture, and where it may not be read. */
export function onePicture(company: Company, id: number, width: number): VendorAnswer {
  const picture = company.readable.has('profile_picture') ? company.pictures.get(id) : undefined;
  if (picture === undefined || !company.employees.has(id))
    return refuse(404, sections.reading, 'no picture, or it is not whitelisted', german);
  return { status: 200, headers: { 'content-type': 'image/png' }, body: picture(width) };
}

/** `GET /company/employees/attributes`: the only place that shows what the credential may read. */
export function listAttributes(company: Company, { query }: VendorRequest): VendorAnswer {
  if (query.size > 0) return refuse(400, sections.reading, 'attributes takes no parameters', german);
  const data: Json = visible(company, [])
    .filter(({ key }) => company.readable.has(key))
    .map(({ key, label, type, universalId, options = [] }) => ({
      key,
      label,
      type,
      universal_id: universalId,
      options,
    }));
  return { status: 200, body: { success: true, data } };
}

/** Not readable is not there, without a word; the id always is. */
function visible(company: Company, wanted: readonly string[]): readonly PersonioAttribute[] {
  return company.attributes.filter(
    ({ key }) => key === 'id' || (company.readable.has(key) && (wanted.length === 0 || wanted.includes(key))),
  );
}

function matching({ employees }: Company, query: URLSearchParams): readonly Employee[] {
  const since = query.get('updated_since');
  const email = query.get('email');
  const all = [...employees.values()];
  if (since !== null) {
    const from = since.slice(0, 10);
    return all.filter((one) => {
      const modified = one.get('last_modified_at');
      return typeof modified === 'string' && modified >= from;
    });
  }
  return email === null ? all : all.filter((one) => one.get('email') === email);
}

function wholeNumber(text: string | null, usual: number, least: number): number | undefined {
  if (text === null) return usual;
  return /^\d+$/.test(text) && Number(text) >= least ? Number(text) : undefined;
}
