import type { Row } from '../../model/row.ts';
import type { Json, Value, ValueType } from '../../model/value.ts';
import { unreadable } from '../unreadable.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Field, Place } from './fields.ts';

/** One SCIM user (or a part of one) as it came. */
export type User = JsonObject;

/** Thrown by an extractor where a value has a form that its attribute cannot have. */
class UnexpectedForm extends Error {}

type Extract = (user: User) => Value | undefined;

/** Turns users into rows with these attributes, in this order. Made once for a reading, called for every user. */
export function rowMaker(fields: readonly Field[]): (user: User) => Row {
  const extracts = fields.map(({ place, spec }) => extractor(place, spec.type));
  return (user) => {
    const base = { id: textOf(pick(user, 'id')), active: isActive(pick(user, 'active')) };
    const values: (Value | undefined)[] = [];
    let fault: string | undefined;
    for (const [index, extract] of extracts.entries()) {
      try {
        values.push(extract(user));
      } catch (error) {
        if (!(error instanceof UnexpectedForm)) throw error;
        values.push(undefined);
        const spec = fields[index]?.spec;
        if (spec !== undefined) fault ??= unreadable(spec, `${spec.type} in a form that SCIM knows`);
      }
    }
    return fault === undefined ? { ...base, values } : { ...base, values, fault };
  };
}

/** What the user has of attributes that can be written, by name. */
export function writtenOf(user: User, fields: ReadonlyMap<string, Field>): Readonly<Record<string, Value>> {
  const written = [...fields.values()].filter(
    ({ spec }) => spec.write !== undefined && spec.writeOnly !== true,
  );
  const { values } = rowMaker(written)(user);
  return Object.fromEntries(
    written.flatMap(({ spec }, at) => (values[at] === undefined ? [] : [[spec.name, values[at]]])),
  );
}

/** The element of a list that a place speaks of; the same for reading and for writing. */
export function elementOf(elements: readonly Json[], place: Place & { kind: 'element' }): User | undefined {
  let primary: User | undefined;
  for (const element of elements) {
    if (!isObject(element)) continue;
    const type = pick(element, 'type');
    if (typeof type === 'string' && type.toLowerCase() === place.type) return element;
    if (place.orPrimary && primary === undefined && pick(element, 'primary') === true) primary = element;
  }
  return primary;
}

/** A member by name; names and URNs are compared without case (RFC 7643 §2.1), the exact spelling first. */
export function pick(object: User, name: string): Json | undefined {
  const exact = object[name];
  if (exact !== undefined) return exact;
  let lower: string | undefined;
  for (const key in object) {
    if (key.length !== name.length) continue;
    lower ??= name.toLowerCase();
    if (key.toLowerCase() === lower) return object[key];
  }
  return undefined;
}

/** Unassigned, null and an empty list are absent (RFC 7643 §2.5). */
function extractor(place: Place, type: ValueType): Extract {
  if (place.kind === 'element') {
    return (user) => {
      const list = pick(user, place.list);
      if (list === undefined || list === null) return undefined;
      if (!Array.isArray(list)) throw new UnexpectedForm();
      const element = elementOf(list as readonly Json[], place);
      return element === undefined ? undefined : valueOf(pick(element, place.part), type);
    };
  }
  if (place.kind === 'values') return (user) => valuesOf(pick(user, place.list));
  if (place.kind === 'status') {
    return (user) => {
      const active = valueOf(pick(user, 'active'), 'bool');
      return active === undefined ? undefined : active === true ? 'active' : 'inactive';
    };
  }
  const container = containerOf(place.urn);
  if (place.kind === 'reference') {
    return (user) => {
      const reference = pick(container(user), place.attribute);
      return valueOf(isObject(reference) ? pick(reference, 'value') : reference, type);
    };
  }
  const { attribute, part } = place;
  if (part === undefined) return (user) => valueOf(pick(container(user), attribute), type);
  return (user) => {
    const complex = pick(container(user), attribute);
    if (complex === undefined || complex === null) return undefined;
    if (!isObject(complex)) throw new UnexpectedForm();
    return valueOf(pick(complex, part), type);
  };
}

/** Elements are objects with a value, or by some servers plain texts. */
function valuesOf(list: Json | undefined): readonly string[] | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list)) throw new UnexpectedForm();
  const values = (list as readonly Json[]).flatMap((element) => {
    const value = isObject(element) ? pick(element, 'value') : element;
    if (value === undefined || value === null) return [];
    if (typeof value === 'object') throw new UnexpectedForm();
    return [String(value)];
  });
  return values.length === 0 ? undefined : values;
}

const nothing: User = {};

function containerOf(urn: string | undefined): (user: User) => User {
  if (urn === undefined) return (user) => user;
  return (user) => {
    const extension = pick(user, urn);
    return isObject(extension) ? extension : nothing;
  };
}

/** Servers mix up numbers, booleans and texts; a list or an object where one value belongs is not guessed at. */
function valueOf(value: Json | undefined, type: ValueType): Value | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (typeof value === 'object') throw new UnexpectedForm();
  if (type === 'bool') {
    if (typeof value === 'boolean') return value;
    if (/^(?:true|false)$/i.test(String(value))) return String(value).toLowerCase() === 'true';
    throw new UnexpectedForm();
  }
  if (type === 'int' || type === 'decimal') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw new UnexpectedForm();
    return number;
  }
  const text = String(value);
  // An attribute of the type dateTime (RFC 7643 §2.3.5) that is declared as a date: the day as it stands.
  return type === 'date' && dateTime.test(text) ? text.slice(0, 10) : text;
}

const dateTime = /^\d{4}-\d{2}-\d{2}T/;

function textOf(id: Json | undefined): string {
  return typeof id === 'string' ? id : typeof id === 'number' ? String(id) : '';
}

/** Absent means active; some servers write the boolean as text. */
export function isActive(active: Json | undefined): boolean {
  return !(active === false || (typeof active === 'string' && active.toLowerCase() === 'false'));
}
