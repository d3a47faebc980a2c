import type { Reading } from '../model/reading.ts';
import { columnsOf } from '../model/reading.ts';
import type { CompiledSync } from '../spec/compiled.ts';

/** Recipients by channel whom no active account of the target has, compared without case. */
export function unknownRecipients(
  { knownRecipients }: Pick<CompiledSync, 'knownRecipients'>,
  accounts: Reading,
): ReadonlyMap<string, readonly string[]> {
  const unknown = new Map<string, readonly string[]>();
  if (knownRecipients.length === 0) return unknown;
  const columns = columnsOf(accounts.attributes);
  const wanted = knownRecipients.map(({ attribute, to }) => ({
    column: columns.get(attribute) ?? -1,
    left: new Map(to.map((address) => [address.toLowerCase(), address])),
  }));
  for (let position = 0; position < accounts.size; position += 1) {
    const { values, active } = accounts.row(position);
    if (active === false) continue;
    for (const { column, left } of wanted) {
      const value = values[column];
      if (typeof value === 'string') left.delete(value.toLowerCase());
    }
  }
  for (const [index, { channel }] of knownRecipients.entries()) {
    const left = [...(wanted[index]?.left.values() ?? [])];
    if (left.length > 0) unknown.set(channel, left);
  }
  return unknown;
}

/** A sentence for each channel that does not reach everybody; no address is in it. */
export function recipientsToLookAt(
  { knownRecipients, to: target }: Pick<CompiledSync, 'knownRecipients' | 'to'>,
  unknown: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return knownRecipients.flatMap(({ channel, attribute, to }) => {
    const left = unknown.get(channel)?.length ?? 0;
    if (left === 0) return [];
    return [
      `channel ${channel}: ${left} of ${to.length} recipients have no active account in ${target} ("${attribute}") and get no mail`,
    ];
  });
}
