import type { AttributeSpec } from '../../model/attribute.ts';
import type { Shape } from '../../model/reading.ts';
import type { Value } from '../../model/value.ts';
import { dateAlone, onText, trimmed, trimmedLower } from '../text-forms.ts';
import { comparableLanguage } from './locale.ts';
import { attributesOf, type Config } from './schema.ts';
import { comparableZone } from './zones.ts';

/** What planning must know of TalentLMS. `saved` are the attributes kept in the specs repository. */
export function shapeOf(saved: readonly AttributeSpec[] | undefined, api: Config['api']): Shape {
  const custom = (saved ?? []).filter((one) => one.name.startsWith('custom.'));
  return {
    system: 'TalentLMS',
    abilities: {
      create: true,
      // API v1 signs people up active.
      createDisabled: api === 'v2',
      update: true,
      enable: true,
      disable: true,
      delete: true,
    },
    attributes: [...attributesOf(api), ...custom],
    // API v2 shows a zone as it was written.
    canonical: (attribute) => (api === 'v2' && attribute === 'timezone' ? trimmed : formOf(attribute)),
    delivers: false,
  };
}

const forms: Readonly<Record<string, (value: Value) => Value>> = {
  login: trimmedLower,
  email: trimmedLower,
  first_name: trimmed,
  last_name: trimmed,
  timezone: onText(comparableZone),
  language: onText(comparableLanguage),
  /** Written as a date, read back as an instant. */
  deactivation_date: dateAlone,
};

function formOf(attribute: string): ((value: Value) => Value) | undefined {
  return forms[attribute] ?? (attribute.startsWith('custom.') ? trimmed : undefined);
}

/** The value in the form in which two values are compared. */
export function canonicalValue(attribute: string, value: Value | undefined): Value {
  if (value === undefined || value === null || value === '') return null;
  return formOf(attribute)?.(value) ?? value;
}
