import type { Chance } from '../chance.ts';
import type { HrRecord } from '../source.ts';
import type { World } from '../world.ts';

export const many = 14;

/** How one HR system has somebody. */
export type Standing = 'here' | 'left' | 'not there';

export const syncs = ['staff', 'crew'] as const;
export type Sync = (typeof syncs)[number];

/** The id that this list has for the person of this number. */
export function idOf(sync: Sync, number: number): string {
  return `${sync === 'staff' ? 's' : 'c'}${number}`;
}

export function numberOf(personId: string): number {
  return Number(personId.slice(1));
}

export function emailOf(number: number): string {
  return `person${number}@example.test`;
}

export function standingOf(world: World, sync: Sync, number: number): Standing {
  return standing(world.sources.get(`hr-${sync}`)?.people.get(idOf(sync, number)));
}

export function standing(record: HrRecord | undefined): Standing {
  if (record === undefined) return 'not there';
  return record['status'] === 'active' ? 'here' : 'left';
}

/** Somebody joins one list, leaves it, is taken off it, or moves from the one to the other. */
export function moves(world: World, chance: Chance): string {
  const number = chance.between(1, many);
  const [sync, other] = chance.happens(0.5) ? (['staff', 'crew'] as const) : (['crew', 'staff'] as const);
  const how = chance.oneOf('joins', 'joins', 'leaves', 'leaves', 'vanishes', 'moves', 'moves');
  if (how === 'joins') put(world, sync, number, 'active');
  if (how === 'leaves' && standingOf(world, sync, number) === 'here') put(world, sync, number, 'inactive');
  if (how === 'vanishes') world.sources.get(`hr-${sync}`)?.people.delete(idOf(sync, number));
  if (how === 'moves') {
    if (standingOf(world, sync, number) === 'here') put(world, sync, number, 'inactive');
    put(world, other, number, 'active');
  }
  return `person ${number} ${how} ${sync}`;
}

export function put(world: World, sync: Sync, number: number, status: 'active' | 'inactive'): void {
  const id = idOf(sync, number);
  const record: HrRecord = {
    id,
    first_name: `Given ${number}`,
    last_name: `Name ${number}`,
    email: emailOf(number),
    department: sync === 'staff' ? 'Sales' : 'Lab',
    site: 'North',
    phone: `+49 ${number}`,
    manager: null,
    status,
    start_date: '2026-01-01',
    last_day: null,
  };
  world.sources.get(`hr-${sync}`)?.people.set(id, record);
}
