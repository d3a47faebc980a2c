import type { AttributeSpec } from '../../model/attribute.ts';
import type { Shape } from '../../model/reading.ts';
import type { Value } from '../../model/value.ts';
import { dateAlone, onText, trimmed, trimmedLower } from '../text-forms.ts';
import { fieldsOf, isCustom } from './fields.ts';
import { comparableLanguage } from './languages.ts';
import type { Config } from './schema.ts';

/** What planning must know of TalentHR. `saved` are the attributes kept in the specs repository. */
export function shapeOf(config: Config, saved: readonly AttributeSpec[] | undefined): Shape {
  const custom = (saved ?? []).filter((one) => isCustom(one.name));
  return {
    system: 'TalentHR',
    abilities: {
      create: true,
      update: true,
      // Nothing is known that takes a termination back, and nothing that deletes.
      enable: false,
      disable: config.allowTerminate,
      delete: false,
    },
    attributes: [...[...fieldsOf(config).values()].map((field) => field.spec), ...custom],
    canonical: (attribute) => forms[attribute] ?? trimmed,
    delivers: false,
  };
}

const forms: Readonly<Record<string, (value: Value) => Value>> = {
  email: trimmedLower,
  personal_email: trimmedLower,
  language: onText(comparableLanguage),
  hire_date: dateAlone,
  date_of_birth: dateAlone,
};

/** The value in the form in which two values are compared; nothing at all is null. */
export function canonicalValue(attribute: string, value: Value | undefined): Value {
  if (value === undefined || value === null || value === '') return null;
  return (forms[attribute] ?? trimmed)(value);
}
