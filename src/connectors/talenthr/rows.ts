import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json, Value, ValueType } from '../../model/value.ts';
import { idOf, isObject, type JsonObject } from '../json.ts';
import type { ListedEmployee } from './details.ts';
import type { Field } from './fields.ts';
import type { Languages } from './languages.ts';

/** What decoding needs besides the records. */
export interface Reading {
  /** `YYYY-MM-DD` in the connection's zone. */
  readonly today: string;
  readonly languages: Languages | undefined;
}

/** Reads one attribute of a person; `wrong` where it holds something that is not of its type. */
export type Column = (
  person: Pick<ListedEmployee, 'item' | 'detail'>,
  reading: Reading,
) => Value | undefined | typeof wrong;

const wrong = Symbol('wrong');

/** The column of an attribute that TalentHR has; `spec` is that of a custom field where it is known. */
export function columnOf(name: string, field: Field | undefined, spec: AttributeSpec | undefined): Column {
  if (name === 'status') return ({ item }, { today }) => statusOf(item, today);
  const type = field?.spec.type ?? spec?.type ?? 'text';
  const { row } = field ?? {};
  if (row !== undefined) {
    return ({ item }) => {
      const raw = item[row];
      return raw === undefined ? undefined : converted(isObject(raw) ? (raw['slug'] ?? null) : raw, type);
    };
  }
  if (name === 'language') {
    return ({ detail }, { languages }) => {
      const raw = detail?.raw[name];
      if (raw === undefined) return undefined;
      // A user is more than their language.
      const own = isObject(raw) && field?.record === 'user' ? (raw['language_id'] ?? raw['language']) : raw;
      return own === undefined ? undefined : languages?.codeOf(own);
    };
  }
  return ({ detail }) => {
    const raw = detail?.raw[name];
    return raw === undefined ? undefined : converted(raw, type);
  };
}

/** A person as a row. Where the details were not read, what stands in them is absent. */
export function rowOf(
  { item, detail, gone }: Pick<ListedEmployee, 'item' | 'detail' | 'gone'>,
  columns: readonly { readonly name: string; readonly column: Column }[],
  reading: Reading,
): Row {
  const id = idOf(item['id']);
  const status = statusOf(item, reading.today);
  const faults: string[] = id === undefined ? ['TalentHR gave no id'] : [];
  if (gone === true) faults.push('TalentHR lists this person and finds nobody when asked for them singly');
  const values = columns.map(({ name, column }) => {
    const value = column({ item, detail }, reading);
    if (value !== wrong) return value;
    faults.push(`${name} holds a value that is not of its type`);
    return undefined;
  });
  return {
    id: id ?? '',
    values,
    active: isEmployed(item, reading.today),
    ...(status === 'deleted' ? { deleted: true } : {}),
    ...(isProtected(item) ? { protected: true } : {}),
    ...(faults.length === 0 ? {} : { fault: faults.join('; ') }),
  };
}

/**
 * `terminated` from the day after the termination date, `terminating` until then: the day is still worked. A sync that
 * maps `lastDay` decides by the person's own zone. That a deleted person is shown with `deleted_at` is not documented.
 */
function statusOf(item: JsonObject, today: string): string {
  if ((item['deleted_at'] ?? null) !== null) return 'deleted';
  const date = terminationOf(item);
  if (date === undefined) return item['is_terminated'] === true ? 'terminated' : 'active';
  return date < today ? 'terminated' : 'terminating';
}

/** As a target: nobody terminates again who is terminated by today. */
function isEmployed(item: JsonObject, today: string): boolean {
  const date = terminationOf(item);
  const isOver = date === undefined ? item['is_terminated'] === true : date <= today;
  return !isOver && (item['deleted_at'] ?? null) === null;
}

/** A date that is none counts as not set here; where it is wanted, it is that person's error. */
function terminationOf(item: JsonObject): string | undefined {
  const date = converted(item['termination_date'] ?? null, 'date');
  return typeof date === 'string' ? date : undefined;
}

/** The owner of the company's account and its administrators are never touched. */
function isProtected(item: JsonObject): boolean {
  const { is_owner: owner, user_role: role } = item;
  const slug = isObject(role) ? role['slug'] : undefined;
  return owner === 1 || owner === true || (typeof slug === 'string' && /owner|admin/i.test(slug));
}

function converted(raw: Json, type: ValueType): Value | typeof wrong {
  if (raw === null) return null;
  if (type === 'list<text>') return listOf(raw);
  if (typeof raw === 'object') return wrong;
  const text = String(raw);
  if (type === 'date') return text === '' ? null : (dateIn(text) ?? wrong);
  return text;
}

function listOf(raw: Json): Value | typeof wrong {
  const items = Array.isArray(raw) ? (raw as readonly Json[]) : raw === '' ? [] : [raw];
  if (items.some((one) => typeof one === 'object')) return wrong;
  return items.map(String);
}

/** `YYYY-MM-DD`, also where a time follows. */
function dateIn(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text.trim())?.[1];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day ? day : undefined;
}
