/**
 * A value of one attribute of a person or an account: what JSON can carry, without objects.
 * Nested attributes of a system are published flat under dotted names (`office.name`), so that a row is an array.
 *
 * Absent, null and empty text are three things: absent is `undefined`, null is `null`, empty text is `''`.
 * Dates are text `YYYY-MM-DD` (never an instant), instants are ISO text with an offset, ints are safe integers.
 */
export type Value = string | number | boolean | null | readonly (string | number | boolean)[];

/** Any JSON value: configuration, request and answer bodies. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The type of an attribute, the same words for both sides. */
export type ValueType =
  | 'text'
  | 'int'
  | 'decimal'
  | 'bool'
  | 'date'
  | 'instant'
  /** A digest of the content: see `model/picture.ts`. It is passed on as it is, and no expression computes with it. */
  | 'picture'
  | 'list<text>'
  | 'list<int>'
  | 'list<decimal>'
  | 'list<bool>';

/** How careful a value must be handled; later in the list is more careful. */
export const dataClasses = ['public', 'internal', 'personal', 'sensitive'] as const;
export type DataClass = (typeof dataClasses)[number];

/** The more careful of the given classes; `public` for none. */
export function highestClass(classes: readonly DataClass[]): DataClass {
  let highest = 0;
  for (const one of classes) highest = Math.max(highest, dataClasses.indexOf(one));
  return dataClasses[highest] ?? 'sensitive';
}

/** True for what `onNull` speaks about: absent or null. Empty text is a value. */
export function isNothing(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null;
}

/** Equality of two values by content; lists compare in order. Absent equals only absent, null only null. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => item === b[index]);
}
