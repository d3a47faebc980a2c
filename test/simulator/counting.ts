import { dayIn } from './calendar.ts';
import type { Violation } from './claims.ts';
import { hasLeft, type Ledger } from './ledger.ts';
import { limits } from './specs.ts';
import type { LogEntry } from './trace.ts';

/** One person in one class of changes in one pass. */
export interface CountedClass {
  /** `leave`, or `clear/phone`. */
  readonly class: string;
  readonly sync: string;
  readonly personId: string;
  readonly at: number;
  readonly pass: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The limit classes of an order, told from what the target was asked and what the source had listed. `isNew`: the person
 * was given the account in this very pass, and what follows is part of that.
 */
export function classesOf(
  { kind, pass, personId, before, set }: LogEntry,
  isNew: boolean,
): readonly string[] {
  if (kind === 'create') return [];
  if (kind === 'disable' || kind === 'delete') {
    const person = pass.listed?.get(personId);
    const today = dayIn(pass.rules.zone, pass.readAt);
    // The account of somebody whom HR has dropped is deleted only if they had left before.
    const former = person === undefined && kind === 'delete';
    return [former || (person !== undefined && hasLeft(person, today)) ? 'leave' : 'remove'];
  }
  const held = (name: string) => before?.values[name] !== undefined;
  // A manager whom the account never had is what its creation left open, and no update.
  const fills = Object.keys(set).every((name) => name === 'manager') && !held('manager');
  const classes = held('hris_id') && !isNew && !fills ? ['update'] : [];
  if (held('email') && 'email' in set) classes.push('rename');
  for (const [name, value] of Object.entries(set))
    if (value === null && held(name)) classes.push(`clear/${name}`);
  return classes;
}

/** The first day in which more was changed than the limits allow. People are counted, once in each pass. */
export function countWindows(counted: readonly CountedClass[], ledger: Ledger): Violation | undefined {
  for (const [key, entries] of Map.groupBy(counted, (one) => `${one.sync} ${one.class}`)) {
    for (const [index, { at, sync, class: name }] of entries.entries()) {
      const window = entries.slice(0, index + 1).filter((one) => one.at > at - dayMs);
      const people = new Set(window.map((one) => `${one.pass} ${one.personId}`)).size;
      const allowed = allowedFor(name, ledger.population(sync, at, dayMs));
      if (people <= allowed) continue;
      return { claim: 'C6', text: `${key}: ${people} people within a day, where ${allowed} are allowed` };
    }
  }
  return undefined;
}

function allowedFor(name: string, population: number): number {
  const limit = Object.entries(limits).find(([key]) => key === name.replace(/\/.*/, ''))?.[1];
  if (limit === undefined) return Infinity;
  return Math.max(limit.floor, Math.floor(limit.fraction * population + 1e-9));
}
