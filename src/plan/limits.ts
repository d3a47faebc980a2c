import { nounOf, type Entity } from '../model/entity.ts';
import type { Change, LimitClass } from '../model/change.ts';
import type { Breach } from '../model/hold.ts';
import type { Limit } from '../spec/compiled.ts';
import type { DefaultLimits, LimitLevel } from './guard-input.ts';
import { isFollower, isPicture } from './order.ts';
import { changeId } from './prepared.ts';

const day = 24 * 60 * 60 * 1000;
const unlimited = { fraction: Infinity, floor: Infinity, atMost: Infinity, windowMs: day };

/** What holds where a spec says nothing: design section 2, "Limits". */
const defaultLimits: DefaultLimits = {
  leave: { fraction: 0.1, floor: 5, atMost: Infinity, windowMs: day },
  remove: { fraction: 0.05, floor: 2, atMost: Infinity, windowMs: day },
  update: { fraction: 0.3, floor: 20, atMost: Infinity, windowMs: day },
  clear: { fraction: 0.02, floor: 2, atMost: Infinity, windowMs: day },
  rename: { fraction: 0.1, floor: 5, atMost: Infinity, windowMs: day },
  create: unlimited,
  adopt: unlimited,
  mail: unlimited,
};

/** A class a change counts in; `attribute` for `clear`, which counts for each attribute by itself. */
export interface Counted {
  readonly class: LimitClass;
  readonly attribute?: string;
}

/** The classes that a change counts in, each once. What follows a create (its references, its pictures) is part
 * of the create. */
export function changeClasses(change: Change): readonly Counted[] {
  if (change.kind === 'disable' || change.kind === 'delete') {
    return [{ class: change.situation === 'left' ? 'leave' : 'remove' }];
  }
  const counted: Counted[] = [{ class: ownClass(change) }];
  if (change.welcomes === true) counted.push({ class: 'mail' });
  if (change.attributes.some(({ renames }) => renames)) counted.push({ class: 'rename' });
  for (const { name, clears } of change.attributes)
    if (clears) counted.push({ class: 'clear', attribute: name });
  return counted;
}

function ownClass(change: Change): LimitClass {
  if (change.kind === 'create' || (isFollower(change) && change.accountId === null)) return 'create';
  if (isPicture(change) && change.needs.includes(changeId('adopt', change.personId))) return 'adopt';
  if (change.kind === 'update' && change.attributes.every(({ owed }) => owed === true)) return 'create';
  return change.kind === 'adopt' ? 'adopt' : 'update';
}

/** `leave`, or `clear/phone`: the key of what is counted within the windows. */
export function countKey(counted: Counted): string {
  return counted.attribute === undefined ? counted.class : `${counted.class}/${counted.attribute}`;
}

/**
 * The limits that the plan would go over, by key: the first level that is reached. People are counted, not changes: a
 * person's update and the references that follow it are one.
 */
export function breachesOf(
  levels: readonly LimitLevel[],
  changes: readonly Change[],
  newlyVanished: readonly string[],
): ReadonlyMap<string, Breach> {
  const planned = new Map<string, { readonly counted: Counted; readonly people: Set<string> }>();
  const count = (counted: Counted, personId: string): void => {
    const key = countKey(counted);
    const known = planned.get(key) ?? { counted, people: new Set() };
    known.people.add(personId);
    planned.set(key, known);
  };
  for (const change of changes) {
    for (const counted of changeClasses(change)) count(counted, change.personId);
  }
  for (const personId of newlyVanished) count({ class: 'remove' }, personId);
  const breaches = new Map<string, Breach>();
  for (const [key, { counted, people }] of planned) {
    const breach = firstReached(levels, counted, key, people.size);
    if (breach !== undefined) breaches.set(key, breach);
  }
  return breaches;
}

/**
 * More people are absent from the source than the sync may lose at once: they still are, whatever the window has
 * forgotten. Said until they are back, or are gone for good.
 */
export function standingAbsence(level: LimitLevel, vanished: number, entity: Entity): Breach | undefined {
  const limit = limitAt(level, 'remove');
  if (limit === undefined) return undefined;
  const allowed = allowedBy(limit, level.population);
  if (vanished <= allowed) return undefined;
  const message = `remove: ${vanished} ${nounOf(entity)} are absent from the source without a termination, ${allowed} may vanish at once`;
  return { class: 'remove', level: level.name, planned: vanished, counted: 0, allowed, message };
}

function firstReached(
  levels: readonly LimitLevel[],
  counted: Counted,
  key: string,
  planned: number,
): Breach | undefined {
  for (const level of levels) {
    const limit = limitAt(level, counted.class);
    if (limit === undefined) continue;
    const allowed = allowedBy(limit, level.population);
    const before = level.counted.get(key) ?? 0;
    if (before + planned <= allowed) continue;
    const message = sentence(key, level, limit, { planned, before, allowed });
    return { ...counted, level: level.name, planned, counted: before, allowed, message };
  }
  return undefined;
}

/** The sync has a limit for every class; the other levels only what they name, the rest of it by default. */
export function limitAt(level: LimitLevel, of: LimitClass): Required<Limit> | undefined {
  const said = level.limits[of];
  if (said === undefined) return level.name === 'sync' ? defaultLimits[of] : undefined;
  const usual = defaultLimits[of];
  if (usual !== unlimited) return { ...usual, ...said };
  // A class without a default is as free as the keys that are said leave it.
  const free = said.fraction === undefined && said.floor === undefined;
  return { fraction: free ? Infinity : 0, floor: 0, atMost: Infinity, windowMs: day, ...said };
}

/** The larger of floor and fraction of the population, rounded down, and never more than `atMost`. */
export function allowedBy(limit: Required<Limit>, population: number): number {
  // 0.29 * 100 is a hair below 29 in binary; a person is not lost to that.
  const share = population === 0 ? (limit.fraction === Infinity ? Infinity : 0) : limit.fraction * population;
  return Math.min(limit.atMost, Math.max(limit.floor, Math.floor(share + 1e-9)));
}

function sentence(
  key: string,
  level: LimitLevel,
  limit: Required<Limit>,
  { planned, before, allowed }: { planned: number; before: number; allowed: number },
): string {
  const hours = Math.round(limit.windowMs / 3_600_000);
  const percent = `${Number((limit.fraction * 100).toFixed(2))} % of ${level.population}`;
  const share = limit.fraction === Infinity ? '' : ` (${percent})`;
  const already = before === 0 ? '' : `, ${before} already counted`;
  const at = level.name === 'sync' ? '' : `, limit of the ${level.name}`;
  return `${key}: ${planned} planned${already}, ${allowed} allowed in ${hours} h${share}${at}`;
}
