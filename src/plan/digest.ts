import { createHash } from 'node:crypto';
import type { AttributeChange, Change } from '../model/change.ts';
import type { HeldItem } from '../model/hold.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import { compareText } from './order.ts';

/** A held item by name: the change's id, with `#attribute` where only that attribute is held. */
export function memberOf({ change, attribute }: Pick<HeldItem, 'change' | 'attribute'>): string {
  return attribute === undefined ? change.id : `${change.id}#${attribute}`;
}

/**
 * What an approval speaks of: kind, ids, attribute names and keyed hashes of values. Neither revision nor cause nor time
 * nor the present value are in it, so that the same change is recognised tomorrow.
 */
export function contentOf(change: Change, attribute: string | undefined, hash: KeyedHash): string {
  const attributes = change.attributes
    .filter(({ name }) => attribute === undefined || name === attribute)
    .map((one) => [one.name, markOf(one, hash)])
    .toSorted(([a = ''], [b = '']) => compareText(a, b));
  return JSON.stringify([change.kind, change.personId, change.accountId, attributes]);
}

function markOf({ name, after, list }: AttributeChange, hash: KeyedHash): string {
  // What others put into a list meanwhile makes it no other change.
  if (list !== undefined) return `list ${hash(name, list.added)} ${hash(name, list.removed)}`;
  if ('value' in after) return `value ${hash(name, after.value)}`;
  if ('person' in after) return `person ${after.person}`;
  return `generate ${after.generate}`;
}

/** SHA-256 in hex over the held items, in whatever order they come; empty when nothing is held. */
export function digestOf(items: readonly HeldItem[], hash: KeyedHash): string {
  if (items.length === 0) return '';
  const contents = items.map(({ change, attribute }) => contentOf(change, attribute, hash));
  return createHash('sha256')
    .update(JSON.stringify(contents.toSorted(compareText)))
    .digest('hex');
}

/** The digest of a set that comes about anew after it was approved and used up: the earlier approval says nothing of it. */
export function digestAgain(digest: string): string {
  return createHash('sha256').update(`again ${digest}`).digest('hex');
}
