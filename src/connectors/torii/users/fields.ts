import type { AttributeSpec } from '../../../model/attribute.ts';
import type { DataClass, ValueType } from '../../../model/value.ts';
import { classOfLabel } from '../../class-of-label.ts';
import type { JsonObject } from '../../json.ts';

export const lifecycles = ['active', 'offboarding', 'offboarded'] as const;

/**
 * What every organisation's people have. Only the life cycle can be written (`EditableUser` of the document); the address
 * as if on a create, which there is none of, so that it may be said to be what people are known by.
 */
export const personAttributes: readonly AttributeSpec[] = [
  { ...attribute('id', 'text', 'internal'), optional: false },
  { ...attribute('email', 'text', 'personal'), write: 'create', required: true, unique: true },
  attribute('firstName', 'text', 'personal'),
  attribute('lastName', 'text', 'personal'),
  attribute('additionalEmails', 'list<text>', 'personal'),
  { ...attribute('lifecycleStatus', 'text', 'internal'), values: lifecycles, write: 'always' },
  attribute('isDeletedInIdentitySources', 'bool', 'internal'),
  attribute('isExternal', 'bool', 'internal'),
  attribute('role', 'text', 'internal'),
  attribute('activeAppsCount', 'int', 'internal'),
  attribute('creationTime', 'instant', 'internal'),
];

/** Types of Torii's fields that are not text; the list is not published. */
const types: Readonly<Record<string, ValueType>> = {
  date: 'date',
  datePicker: 'date',
  number: 'decimal',
  currency: 'decimal',
  checkbox: 'bool',
  boolean: 'bool',
  multiSelect: 'list<text>',
};

/**
 * The fields of `GET /users/fields`, of the organisation and of its sources: `custom.<name>`, with Torii's own name in
 * `key`. A name that two fields share has the key behind it.
 */
export function customAttributes(fields: readonly JsonObject[]): readonly AttributeSpec[] {
  const usable = fields.flatMap(({ name, key, type, isDeleted }) =>
    typeof name === 'string' && typeof key === 'string' && isDeleted !== true
      ? [{ name: name.trim(), key, type: typeof type === 'string' ? type : '' }]
      : [],
  );
  const standard = new Set(personAttributes.map((spec) => spec.name));
  return usable
    .filter(({ key }) => !standard.has(key))
    .map(({ name, key, type }) => {
      const isShared = usable.filter((one) => one.name === name).length > 1;
      return {
        name: isShared ? `custom.${name} (${key})` : `custom.${name}`,
        type: types[type] ?? 'text',
        class: classOfLabel(`${name} ${key}`),
        label: name,
        key,
        optional: true,
      };
    });
}

export function isCustom(name: string): boolean {
  return name.startsWith('custom.');
}

function attribute(name: string, type: ValueType, dataClass: DataClass): AttributeSpec {
  return { name, type, class: dataClass, optional: true };
}
