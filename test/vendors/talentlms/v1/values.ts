import { Refusal, sections } from '../refusal.ts';
import type { VendorField, VendorState } from '../state.ts';
import type { Arguments } from './arguments.ts';
import { storedDate } from './forms.ts';

/** Values of custom fields as they are stored, by index; empty text clears. */
export function customIn(state: VendorState, given: Arguments): readonly (readonly [number, string])[] {
  return [...given].flatMap(([key, value]) => {
    if (!key.startsWith('custom_field_')) return [];
    const field = state.fields.find((one) => `custom_field_${one.index}` === key);
    if (field === undefined) throw new Refusal(400, sections.v1, 'Invalid arguments provided');
    return [[field.index, stored(state, field, value.trim())] as const];
  });
}

/** `undefined` when it was not sent, null when it is to be cleared. */
export function dateIn(state: VendorState, given: Arguments, key: string): string | null | undefined {
  const text = given.get(key);
  if (text === undefined || text.trim() === '') return text === undefined ? undefined : null;
  const date = storedDate(text.trim(), state.dateFormat);
  if (date === undefined)
    throw new Refusal(400, sections.v1, `${key} must be a date in the portal's format.`);
  return date;
}

/** Written as a code. */
export function localeIn(given: Arguments): string | undefined {
  const code = given.get('language');
  if (code === undefined) return undefined;
  if (!/^[a-z]{2}(-[A-Za-z]{2,4})?$/.test(code)) {
    throw new Refusal(400, sections.v1, 'language must be the code of a language.');
  }
  return code.includes('-') ? code : `${code}-${new Intl.Locale(code).maximize().region ?? 'US'}`;
}

function stored(state: VendorState, field: VendorField, value: string): string {
  if (value === '') return '';
  const fits = {
    text: () => value,
    dropdown: () => (field.values.includes(value) ? value : undefined),
    checkbox: () => (value === 'on' || value === 'off' ? value : undefined),
    date: () => storedDate(value, state.dateFormat),
  }[field.type]();
  if (fits === undefined)
    throw new Refusal(400, sections.v1, `The value is not valid for the field ${field.name}`);
  return fits;
}
