import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json, Value } from '../../model/value.ts';
import { idOf, objectsOf, textOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { dateFrom, dateText } from './dates.ts';
import { dataOf } from './envelope.ts';
import type { Config } from './schema.ts';

export interface CustomField {
  /** The N of `custom_field_N`: an internal index with gaps, never to be hard-coded. */
  readonly id: string;
  /** `custom_field_N`, as it is written. */
  readonly key: string;
  readonly name: string;
  readonly type: 'text' | 'dropdown' | 'checkbox' | 'date';
  readonly values: readonly string[];
}

/** The portal's custom user fields. The body is not published: a list of id (or key), name and type is understood. */
export async function readFields(
  client: TalentLmsClient,
  signal: AbortSignal,
): Promise<readonly CustomField[]> {
  const { body } = await client.get('user-fields', signal);
  const data = dataOf(body);
  const fields = objectsOf(data).map(fieldOf);
  if (!Array.isArray(data) || fields.length !== data.length || fields.includes(undefined)) {
    throw client.unexpected('user-fields that are no list of fields');
  }
  return fields as readonly CustomField[];
}

/** The fields as attributes, under exactly the names that TalentLMS shows. A name given to two fields is left out. */
export function customAttributes(fields: readonly CustomField[]): readonly AttributeSpec[] {
  return fields
    .filter((field) => fields.filter((one) => one.name === field.name).length === 1)
    .map((field) => ({
      name: `custom.${field.name}`,
      type: field.type === 'checkbox' ? 'bool' : field.type === 'date' ? 'date' : 'text',
      class: /ssn|social|birth|salary|iban|tax|passport/i.test(field.name) ? 'sensitive' : 'personal',
      key: field.key,
      write: 'always',
      ...(field.values.length > 0 ? { values: field.values } : {}),
    }));
}

/** The field behind each wanted `custom.<name>`, by exact name, as TalentHR's own integration matches them. */
export function pickFields(
  client: TalentLmsClient,
  fields: readonly CustomField[],
  attributes: readonly string[],
): ReadonlyMap<string, CustomField> {
  const picked = new Map<string, CustomField>();
  for (const attribute of attributes) {
    if (!attribute.startsWith('custom.')) continue;
    const name = attribute.slice('custom.'.length);
    const found = fields.filter((one) => one.name === name);
    const [field] = found;
    if (field === undefined) throw client.stalled('UnknownField', missing(name, fields));
    if (found.length > 1) {
      throw client.stalled(
        'AmbiguousField',
        `TalentLMS has two custom user fields named "${name}"; rename one`,
      );
    }
    picked.set(attribute, field);
  }
  return picked;
}

function missing(name: string, fields: readonly CustomField[]): string {
  const near = fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const hint = near === undefined ? '' : `; it has "${near.name}", and names are compared exactly`;
  return `TalentLMS has no custom user field "${name}"; create it (Account & Settings, Users, Custom user fields)${hint}`;
}

/** A stored value as ours; `undefined` where it cannot be one of the field's type. Empty is null. */
export function customValue(field: CustomField, raw: Json, format: Config['dateFormat']): Value | undefined {
  const text = textOf(raw);
  if (text === undefined || text === null || text.trim() === '') return text === undefined ? undefined : null;
  if (field.type === 'date') return dateFrom(text, format);
  if (field.type !== 'checkbox') return text;
  if (/^(on|yes|true|1)$/i.test(text)) return true;
  return /^(off|no|false|0)$/i.test(text) ? false : undefined;
}

/** The text that is written. Empty text clears, as in v1. */
export function customText(field: CustomField, value: Value, format: Config['dateFormat']): string {
  if (value === null) return '';
  if (field.type === 'checkbox' && typeof value === 'boolean') return value ? 'on' : 'off';
  if (field.type === 'date' && typeof value === 'string') return dateText(value, format);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** A definition as either API gives it; `undefined` for what is none. */
export function fieldOf(item: JsonObject): CustomField | undefined {
  const key = textOf(item['key']) ?? undefined;
  const id = idOf(item['id']) ?? /^custom_field_(\d+)$/.exec(key ?? '')?.[1];
  const name = textOf(item['name']);
  const type = textOf(item['type']);
  if (id === undefined || typeof name !== 'string') return undefined;
  const index = /^custom_field_(\d+)$/.exec(key ?? '')?.[1] ?? id;
  return {
    id: index,
    key: `custom_field_${index}`,
    name,
    type: type === 'dropdown' || type === 'checkbox' || type === 'date' ? type : 'text',
    values: valuesOf(item['dropdown_values']),
  };
}

/** A list here; v1 has one text whose separator is not published, which is left alone. */
function valuesOf(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is string => typeof one === 'string' && one !== '');
}
