import type { Order } from '../../model/order.ts';
import type { Fault } from '../failed-write.ts';
import { isObject, type JsonObject } from '../json.ts';
import { unreadable } from '../unreadable.ts';
import { stepsOf, valueAt, withValue } from './path.ts';
import type { Field } from './rows.ts';
import { wrong } from './values.ts';

/** What is sent, or why this order cannot be. */
export type Body = { readonly json: JsonObject } | { readonly fault: Fault };

/** The body of a write: constants, and the ordered values each at its path, below `under` where that is said. */
export function bodyOf(
  set: Order['set'],
  fields: ReadonlyMap<string, Field>,
  constants: JsonObject,
  under: string | undefined,
  current: JsonObject = {},
): Body {
  const around = under === undefined ? constants : (valueAt(constants, stepsOf(under)) ?? null);
  let inner = merged(current, isObject(around) ? around : {});
  for (const [name, value] of Object.entries(set)) {
    const field = fields.get(name);
    if (field === undefined || field.spec.write === undefined)
      return refused('UnknownAttribute', `${name} cannot be written`);
    const written = field.form.written(value);
    if (written === wrong) return refused('WrongValue', unreadable(field.spec));
    inner = withValue(inner, field.config.sent ?? field.path, written);
  }
  return { json: under === undefined ? inner : withValue(constants, under, inner) };
}

/** Two documents in one: objects member by member, the second's word on all else. */
export function merged(first: JsonObject, second: JsonObject): JsonObject {
  return Object.entries(second).reduce<JsonObject>((sum, [name, value]) => {
    const before = Object.hasOwn(sum, name) ? sum[name] : undefined;
    return { ...sum, [name]: isObject(before) && isObject(value) ? merged(before, value) : value };
  }, first);
}

/** A record without what the system does not take back. */
export function without(record: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((rest, path) => {
    const names = stepsOf(path).flatMap((step) => (step.kind === 'name' ? [step.name] : []));
    return removed(rest, names);
  }, record);
}

function refused(reason: string, message: string): Body {
  return { fault: { reason, message: `${message}; nothing was sent`, fate: 'person' } };
}

function removed(record: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  if (!Object.hasOwn(record, name)) return record;
  const { [name]: inner, ...others } = record;
  if (rest.length === 0) return others;
  return isObject(inner) ? { ...record, [name]: removed(inner, rest) } : record;
}
