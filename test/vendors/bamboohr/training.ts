import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import type { Company, TrainingRecord, TrainingType } from './company.ts';
import { record } from './employees.ts';
import { refusal } from './refusal.ts';

/** Training types and records: what is empty comes as a list, what is not as an object by id. */
export function answerTraining(path: string, request: VendorRequest, company: Company): VendorAnswer {
  const [kind, ...rest] = path.split('/');
  if (kind === 'type') return answerTypes(rest[0], request, company);
  if (kind !== 'record') return refusal(404, 'no such path');
  if (rest[0] === 'employee') return ofEmployee(rest[1] ?? '', request, company);
  const held = company.records.get(Number(rest[0]));
  if (held === undefined) return refusal(404, 'no such training record');
  if (request.method === 'DELETE') {
    company.records.delete(held.id);
    return { status: 200 };
  }
  const values = record(request.json);
  if (!isDate(values['completed'])) return refusal(400, 'completed is required');
  const changed = { ...held, values: { ...held.values, ...emptied(values) } };
  company.records.set(held.id, changed);
  return { status: 201, body: shownRecord(changed) };
}

function answerTypes(id: string | undefined, request: VendorRequest, company: Company): VendorAnswer {
  if (request.method === 'GET') return { status: 200, body: byId([...company.types.values()], shownType) };
  if (request.method === 'POST') {
    const values = record(request.json);
    if (typeof values['name'] !== 'string' || values['name'] === '') return refusal(400, 'name is required');
    const made = { id: company.nextId(), values: emptied(values) };
    company.types.set(made.id, made);
    return { status: 201, body: shownType(made) };
  }
  const held = company.types.get(Number(id));
  if (held === undefined) return refusal(404, 'no such training type');
  if (request.method === 'DELETE') {
    company.types.delete(held.id);
    return { status: 200 };
  }
  const changed = { ...held, values: { ...held.values, ...emptied(record(request.json)) } };
  company.types.set(held.id, changed);
  return { status: 200, body: shownType(changed) };
}

function ofEmployee(employeeId: string, request: VendorRequest, company: Company): VendorAnswer {
  if (!company.employees.has(employeeId)) return refusal(404, 'no such employee');
  if (request.method === 'GET') {
    const theirs = [...company.records.values()].filter((one) => one.employeeId === employeeId);
    return { status: 200, body: byId(theirs, shownRecord) };
  }
  const { type, ...values } = record(request.json);
  if (!isDate(values['completed'])) return refusal(400, 'completed is required');
  if (!company.types.has(Number(type))) return refusal(400, 'type must be an existing training type');
  const made = { id: company.nextId(), employeeId, type: Number(type), values: emptied(values) };
  company.records.set(made.id, made);
  return { status: 201, body: { ...shownRecord(made), type: made.type } };
}

function byId<One extends { readonly id: number }>(all: readonly One[], shown: (one: One) => Json): Json {
  return all.length === 0 ? [] : Object.fromEntries(all.map((one) => [String(one.id), shown(one)]));
}

function shownType({ id, values }: TrainingType): { readonly [key: string]: Json } {
  const { category, ...rest } = values;
  const name = record(category)['name'];
  const named = typeof name === 'string' && name !== '' ? { id: 7, name } : [];
  return { id, description: null, linkUrl: null, required: null, ...rest, category: named };
}

/** Numbers come back as text. */
function shownRecord({ id, employeeId, type, values }: TrainingRecord): { readonly [key: string]: Json } {
  const { completed = null, notes = null, instructor = null } = values;
  const [hours, credits] = [textOf(values['hours']), textOf(values['credits'])];
  return { id, employeeId, completed, notes, instructor, credits, hours, cost: null, type: String(type) };
}

function textOf(value: Json | undefined): Json {
  return typeof value === 'number' ? String(value) : (value ?? null);
}

function emptied(values: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === '' ? null : value]));
}

function isDate(value: Json | undefined): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
}
