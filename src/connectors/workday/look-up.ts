import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import { trimmed, trimmedLower } from '../text-forms.ts';

/** In which form values are compared: Workday keeps no space at the ends, and takes addresses and logins in any case. */
export function canonical(attribute: string): (value: Value) => Value {
  return ['email', 'personal_email', 'user_id'].includes(attribute) ? trimmedLower : trimmed;
}

/** The records of a whole list that have any of the keys, for a system that looks nobody up by them. */
export async function findInList(
  read: (want: Want) => AsyncGenerator<readonly Row[], Receipt>,
  want: Want,
  keys: readonly Key[],
): Promise<readonly Row[]> {
  const width = want.attributes.length;
  const wanted = keys.map(({ attribute, value }) => ({ form: canonical(attribute), value }));
  const found: Row[] = [];
  for await (const rows of read({
    attributes: [...want.attributes, ...keys.map(({ attribute }) => attribute)],
  })) {
    for (const row of rows) {
      const isOne = wanted.some(({ form, value }, index) => {
        const has = row.values[width + index];
        return has !== undefined && sameValue(form(has), form(value));
      });
      if (isOne) found.push({ ...row, values: row.values.slice(0, width) });
    }
  }
  return found;
}
