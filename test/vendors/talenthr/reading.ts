import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { customFieldsOf, directoryRow, singleRecord, todayOf } from './records.ts';
import { Refusal, sections } from './refusal.ts';
import { languages, smallLists, type SmallList, type VendorEmployee, type VendorState } from './state.ts';

/** The filter that shows terminated people in a company whose plain directory leaves them out. */
export const terminatedFilter = '2';

/** `GET /directory`: total and rows, ten at a time unless said, all of them at offset -1. */
export function listDirectory(state: VendorState, { query }: VendorRequest): VendorAnswer {
  const limit = whole(query, 'limit', 10, 1);
  const offset = whole(query, 'offset', 0, -1);
  const filter = query.get('filter');
  if (filter !== null && !/^\d+$/.test(filter)) {
    throw new Refusal(400, sections.reading, 'filter must be an id of the directory filters.');
  }
  const everybody = [...state.employees.values()].filter((one) => isShown(state, one, filter));
  const size = Math.min(limit, state.largestPage);
  const rows = offset === -1 ? everybody : everybody.slice(offset, offset + size);
  return ok({ total: everybody.length, rows: rows.map((one) => directoryRow(state, one)) });
}

export function listFilters(state: VendorState): VendorAnswer {
  return ok({
    departments: state.lists.departments,
    divisions: state.lists.divisions,
    locations: state.lists.locations,
    emp_state: [
      { id: 1, name: 'Active' },
      { id: Number(terminatedFilter), name: 'Terminated' },
    ],
    time_off_types: [],
  });
}

export function getEmployee(state: VendorState, id: string): VendorAnswer {
  return ok(singleRecord(state, employeeOf(state, id)));
}

export function getCustomFields(state: VendorState, id: string): VendorAnswer {
  return ok(customFieldsOf(state, employeeOf(state, id)));
}

/** Small lists come whole and plain. */
export function listNames(state: VendorState, list: string): VendorAnswer {
  if (list === 'languages') return ok(languages.map((one) => ({ ...one, rtl: 0, is_disabled: 0 })));
  if (!isSmallList(list)) throw new Refusal(404, sections.simulator, 'The route does not exist.');
  return ok(state.lists[list].map((one) => ({ ...one, object_type: list })));
}

export function isSmallList(list: string): list is SmallList {
  return (smallLists as readonly string[]).includes(list);
}

export function employeeOf(state: VendorState, id: string): VendorEmployee {
  const employee = /^\d+$/.test(id) ? state.employees.get(Number(id)) : undefined;
  if (employee === undefined) throw new Refusal(404, sections.reading, 'Employee not found.');
  return employee;
}

export function ok(data: unknown): VendorAnswer {
  return { status: 200, body: { success: true, data } };
}

function isShown(state: VendorState, employee: VendorEmployee, filter: string | null): boolean {
  const isOver = employee.termination_date !== null && employee.termination_date < todayOf(state);
  if (filter === terminatedFilter) return isOver;
  return !(state.hidesTerminated && isOver);
}

function whole(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value < least) {
    throw new Refusal(400, sections.envelope, `${name} must be an integer of ${least} or more.`);
  }
  return value;
}
