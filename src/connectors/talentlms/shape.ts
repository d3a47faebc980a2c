import type { AttributeSpec } from '../../model/attribute.ts';
import type { Shape } from '../../model/reading.ts';
import type { Value } from '../../model/value.ts';
import { comparableLanguage } from './locale.ts';
import { coreAttributes } from './schema.ts';

/** What planning must know of TalentLMS. `saved` are the attributes kept in the specs repository. */
export function shapeOf(saved: readonly AttributeSpec[] | undefined): Shape {
  const custom = (saved ?? []).filter((one) => one.name.startsWith('custom.'));
  return {
    system: 'TalentLMS',
    abilities: { create: true, update: true, enable: true, disable: true, delete: true },
    attributes: [...coreAttributes, ...custom],
    canonical: (attribute) => forms[attribute] ?? (attribute.startsWith('custom.') ? trimmed : undefined),
    delivers: false,
  };
}

const onText =
  (form: (text: string) => string) =>
  (value: Value): Value =>
    typeof value === 'string' ? form(value) : value;

/** Space at the ends does not survive. */
const trimmed = onText((text) => text.trim());
/** Logins and addresses are unique without regard to case. */
const lower = onText((text) => text.trim().toLowerCase());

const forms: Readonly<Record<string, (value: Value) => Value>> = {
  login: lower,
  email: lower,
  first_name: trimmed,
  last_name: trimmed,
  timezone: trimmed,
  language: onText(comparableLanguage),
  /** Written as a date, read back as an instant. */
  deactivation_date: onText((text) => text.slice(0, 10)),
};

/** The value in the form in which two values are compared. */
export function canonicalValue(attribute: string, value: Value | undefined): Value {
  if (value === undefined || value === null || value === '') return null;
  const form = forms[attribute] ?? (attribute.startsWith('custom.') ? trimmed : undefined);
  return form === undefined ? value : form(value);
}
