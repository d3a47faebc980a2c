import { isoInstant } from '../model/effects.ts';
import { ReadingBuilder } from '../model/packed-reading.ts';
import type { Reading } from '../model/reading.ts';
import type { Key, Row, Want } from '../model/row.ts';
import { accountKeys, neighbourKeys, type Lookup } from '../plan/lookup.ts';
import type { PassDeps, Side } from './deps.ts';
import type { PassMemory } from './memory.ts';
import { planInputOf } from './planning.ts';
import type { Readings } from './read.ts';

/** Why a few people cannot be decided about without the others, in a few words without a person's values. */
export interface NotAlone {
  readonly because: string;
}

/**
 * The records of these people, and every account that may be theirs or stands in their way: by the links, by identity and
 * match keys, by the values that must be unique. All of it is looked up; nobody who is not found is known to be absent.
 */
export async function readSome(
  only: ReadonlySet<string>,
  memory: PassMemory,
  deps: PassDeps,
  signal: AbortSignal,
): Promise<Readings | NotAlone> {
  const { sync, source, target, clock } = deps;
  const asOf = isoInstant(clock.now());
  if (!looksUp(source)('id')) return beyond(source, ['id']);
  const ids = [...only].map((value): Key => ({ attribute: 'id', value }));
  const found = await source.reader.find(sync.sourceWant, ids, signal);
  const people = readingOf(
    sync.sourceWant,
    found.filter(({ id }) => only.has(id)),
    asOf,
  );

  const rows: Row[] = [];
  const accounts = () => readingOf(sync.targetWant, rows, asOf);
  // Twice: which values are new to an account is known once the account is there.
  for (const keysOf of [accountKeys, neighbourKeys]) {
    const input = planInputOf({ people, accounts: accounts(), memory, only }, deps);
    const lookup: Lookup = keysOf(input, looksUp(target));
    if (lookup.beyond.length > 0) return beyond(target, lookup.beyond);
    if (lookup.keys.length > 0)
      rows.push(...(await target.reader.find(sync.targetWant, lookup.keys, signal)));
  }
  return { people, accounts: accounts() };
}

function looksUp({ reader }: Side): (attribute: string) => boolean {
  return (attribute) => reader.looksUp?.(attribute) ?? true;
}

function beyond({ connection }: Side, attributes: readonly string[]): NotAlone {
  return { because: `connection ${connection.name} looks nobody up by ${attributes.join(', ')}` };
}

function readingOf({ attributes }: Want, rows: readonly Row[], asOf: string): Reading {
  const builder = new ReadingBuilder(attributes);
  for (const row of rows) builder.add(row);
  return builder.finish({ pages: 0, records: rows.length, end: 'looked up', asOf });
}
