import type { Row } from '../../model/row.ts';
import type { Json, Value } from '../../model/value.ts';
import { idOf, textOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { dateFrom } from './dates.ts';
import type { ListedUser } from './details.ts';
import type { UserDetail } from './single.ts';
import { customValue, type CustomField } from './fields.ts';
import { languageCode } from './locale.ts';
import { isProtectedType, type Config } from './schema.ts';

/** Reads one attribute from a user of the list and, where it takes one, the user's details. */
export type Column = (item: JsonObject, detail: UserDetail | undefined) => Value | undefined;

/** A value that is not of its attribute's type. */
class BadValue extends Error {}

/** The column of an attribute; `undefined` when TalentLMS has no such attribute. */
export function columnOf(
  attribute: string,
  fields: ReadonlyMap<string, CustomField>,
  format: Config['dateFormat'],
): Column | undefined {
  const field = fields.get(attribute);
  if (field === undefined) return coreColumns[attribute];
  return (_, detail) => {
    const raw = detail?.fields[field.id];
    return raw === undefined ? undefined : typed(attribute, raw, customValue(field, raw, format));
  };
}

/** The columns of these attributes; stops where TalentLMS has no such attribute. */
export function columnsOf(
  client: TalentLmsClient,
  attributes: readonly string[],
  fields: ReadonlyMap<string, CustomField>,
  format: Config['dateFormat'],
): readonly Column[] {
  return attributes.map((attribute) => {
    const column = columnOf(attribute, fields, format);
    if (column !== undefined) return column;
    throw client.stalled(
      'UnknownAttribute',
      `TalentLMS has no attribute "${attribute}"; custom user fields are written custom.<name>`,
    );
  });
}

/** A user as a row. Where the details were not read, what stands in them is absent. */
export function rowOf(
  { item, detail, gone }: Pick<ListedUser, 'item' | 'detail' | 'gone'>,
  columns: readonly Column[],
  outside: boolean,
): Row {
  const id = idOf(item['id']);
  const row = {
    id: id ?? '',
    active: item['status'] === 'active',
    ...(isProtectedType(item['type']) ? { protected: true } : {}),
    ...(outside ? { outside: true } : {}),
  };
  const faults: string[] = id === undefined ? ['TalentLMS gave no id'] : [];
  if (gone === true) faults.push('TalentLMS lists this user and finds nobody when asked for them singly');
  const values = columns.map((column) => {
    try {
      return column(item, detail);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      faults.push(error.message);
      return undefined;
    }
  });
  return faults.length === 0 ? { ...row, values } : { ...row, values, fault: faults.join('; ') };
}

const plain =
  (key: string): Column =>
  (item) =>
    textOf(item[key]);

const coreColumns: Readonly<Record<string, Column>> = {
  id: (item) => idOf(item['id']),
  login: plain('login'),
  first_name: plain('name'),
  last_name: plain('surname'),
  email: plain('email'),
  language: (item, detail) => {
    const text = textOf(item['language'] ?? detail?.locale ?? null);
    return typeof text === 'string' && text !== '' ? languageCode(text) : text;
  },
  timezone: plain('timezone'),
  user_type: plain('type'),
  status: plain('status'),
  created_on: plain('registration'),
  last_updated: plain('last_updated'),
  deactivation_date: (_, detail) => {
    if (detail === undefined) return undefined;
    const raw = textOf(detail.deactivation) ?? null;
    return raw === null || raw === '' ? null : typed('deactivation_date', raw, dateFrom(raw));
  },
  // Never read back.
  password: () => undefined,
};

/** The value, or a fault where something is there that is not of the type. Never quotes it. */
function typed(attribute: string, raw: Json, value: Value | undefined): Value | undefined {
  if (value === undefined && raw !== undefined) {
    throw new BadValue(`${attribute} holds a value that is not of its type; see dateFormat in the config`);
  }
  return value;
}
