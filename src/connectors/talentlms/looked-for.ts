import type { Key } from '../../model/row.ts';
import { sameValue } from '../../model/value.ts';
import type { ListedUser } from './details.ts';
import { customText, type CustomField } from './fields.ts';
import { columnOf, rowOf } from './rows.ts';
import type { Config } from './schema.ts';
import { canonicalValue } from './shape.ts';

/** What one key of a look-up asks for. */
export interface LookedFor {
  /** The value as TalentLMS writes it; empty where there is nothing to look for. */
  readonly text: string;
  /** Whether a user has it: filters may find more people than those. */
  isHeldBy(user: Pick<ListedUser, 'item' | 'detail'>): boolean;
}

/** @param fields the custom fields of the keys */
export function lookedFor(
  { attribute, value }: Key,
  fields: ReadonlyMap<string, CustomField>,
  format: Config['dateFormat'],
): LookedFor {
  const column = columnOf(attribute, fields, format);
  const columns = column === undefined ? [] : [column];
  const field = fields.get(attribute);
  const plain = value === null || Array.isArray(value) ? '' : String(value).trim();
  const wanted = canonicalValue(attribute, value);
  return {
    text: field === undefined ? plain : customText(field, value, format),
    isHeldBy: (user) => sameValue(canonicalValue(attribute, rowOf(user, columns, false).values[0]), wanted),
  };
}
