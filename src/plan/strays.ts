import type { Change } from '../model/change.ts';
import type { LinkRecord, PackedCounts } from '../model/link.ts';
import { packCounts, unpackCounts } from '../model/link.ts';

/** So many readings in a row that differ from what we wrote are enough: the target does not keep the value. */
const enough = 3;

/** True where one more reading that differs is not answered with a write any more. */
export function isEnough(strays: number): boolean {
  return strays + 1 >= enough;
}

/**
 * The counts that the link has once the change has been applied. What is written because the target had strayed from it
 * counts once more; what is written for any other reason begins anew, and so does everything when the mapping or the
 * account is another.
 */
export function straysAfter(
  { kind, accountId, attributes }: Change,
  previous: LinkRecord | undefined,
  mapping: string,
): PackedCounts | undefined {
  if (previous === undefined || previous.mapping !== mapping || kind === 'create' || kind === 'adopt')
    return undefined;
  if (accountId !== null && accountId !== previous.accountId) return undefined;
  if (previous.strays === undefined && attributes.every(({ cause }) => cause !== 'drift')) return undefined;
  const counts = unpackCounts(previous.strays);
  for (const { name, cause } of attributes) {
    if (cause === 'drift') counts.set(name, (counts.get(name) ?? 0) + 1);
    else counts.delete(name);
  }
  return packCounts(counts);
}

/** The link without the counts of these attributes. */
export function withoutStrays(link: LinkRecord, attributes: readonly string[]): LinkRecord {
  const { strays, ...rest } = link;
  const counts = unpackCounts(strays);
  for (const name of attributes) counts.delete(name);
  const left = packCounts(counts);
  return left === undefined ? rest : { ...rest, strays: left };
}
