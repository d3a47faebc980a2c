import type { AttributeChange } from '../model/change.ts';
import type { Difference } from './difference.ts';
import type { Found } from './found.ts';
import type { Pass } from './pass.ts';
import { alike, isEmpty } from './prepared.ts';

/**
 * Why somebody who came back can't have another account: the one they had holds a value that no two may share. It is left
 * alone, so that only a person can free the value.
 */
export function heldByFormer(
  { accounts, prepared }: Pick<Pass, 'accounts' | 'prepared'>,
  { except = -1 }: Found,
  attributes: readonly AttributeChange[],
): Difference['fault'] {
  if (except < 0) return undefined;
  const { id, values } = accounts.reading.row(except);
  for (const attribute of prepared) {
    const { name, mapped, identity, column } = attribute;
    const after = attributes.find((one) => one.name === name)?.after;
    if (after === undefined || !('value' in after) || isEmpty(after.value)) continue;
    const shared = (identity || mapped.spec.unique === true) && alike(attribute, after.value, values[column]);
    if (!shared) continue;
    const wayOut = 'change or clear it there, or write then.returned: reuse';
    return {
      finding: 'unique',
      reason: `attribute "${name}": the former account ${id} still holds the value; ${wayOut}`,
    };
  }
  return undefined;
}
