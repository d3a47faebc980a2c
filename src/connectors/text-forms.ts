import type { Value } from '../model/value.ts';

/** A form in which values are compared: texts in the given one, all else as it is. */
export function onText(form: (text: string) => string): (value: Value) => Value {
  return (value) => (typeof value === 'string' ? form(value) : value);
}

/** Where space at the ends does not survive. */
export const trimmed = onText((text) => text.trim());
/** Where case does not count either, as in addresses and most logins. */
export const trimmedLower = onText((text) => text.trim().toLowerCase());
/** A date that is read back as a moment. */
export const dateAlone = onText((text) => text.slice(0, 10));
