import { narrowed } from '../model/narrowed.ts';
import type { Want } from '../model/row.ts';
import type { PassDeps } from './deps.ts';
import { look, lookAtReadings, type Look } from './look.ts';
import { checkOrigins } from './origins.ts';
import { readBoth, type Readings } from './read.ts';

export interface TwoLooks {
  readonly older: Look;
  readonly newer: Look;
  /** Why one reading did not do for both; left out where it did. */
  readonly readTwice?: string;
}

/**
 * What two revisions of one sync plan. Both look at the same reading, which has what either needs, unless one of them reads
 * other systems or another part of the target: then what happened between the readings cannot be told from what the
 * specs do, and `readTwice` says so.
 */
export async function lookTwice(older: PassDeps, newer: PassDeps, signal: AbortSignal): Promise<TwoLooks> {
  const readTwice = whyTwice(older, newer);
  if (readTwice !== undefined) {
    return { older: await look(older, signal), newer: await look(newer, signal), readTwice };
  }
  await checkOrigins(newer, signal);
  const readings = await readBoth(withUnion(older, newer), signal);
  return { older: await lookAt(readings, older, signal), newer: await lookAt(readings, newer, signal) };
}

function whyTwice(older: PassDeps, newer: PassDeps): string | undefined {
  for (const side of ['source', 'target'] as const) {
    const [before, after] = [older[side].connection, newer[side].connection];
    if (before.name !== after.name)
      return `it goes ${side === 'source' ? 'from' : 'to'} ${after.name} now, and not ${before.name}`;
    if (before.digest !== after.digest) return `connection ${after.name} has changed`;
  }
  const scopes = [older, newer].map(({ sync }) => JSON.stringify(sync.targetWant.scope ?? {}));
  if (scopes[0] !== scopes[1]) return 'its scope in the target has changed';
  return older.sync.entity === newer.sync.entity ? undefined : 'it carries something else now';
}

function withUnion(older: PassDeps, newer: PassDeps): PassDeps {
  const { sync } = newer;
  const sourceWant = union(older.sync.sourceWant, sync.sourceWant);
  const targetWant = union(older.sync.targetWant, sync.targetWant);
  return { ...newer, sync: { ...sync, sourceWant, targetWant } };
}

function union(a: Want, b: Want): Want {
  return { ...b, attributes: [...new Set([...a.attributes, ...b.attributes])].toSorted() };
}

async function lookAt(whole: Readings, deps: PassDeps, signal: AbortSignal): Promise<Look> {
  const { sync } = deps;
  const readings = {
    people: narrowed(whole.people, sync.sourceWant.attributes),
    accounts: narrowed(whole.accounts, sync.targetWant.attributes),
  };
  return await lookAtReadings(readings, deps, signal);
}
