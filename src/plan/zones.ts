import type { PlanInput } from './input.ts';
import { People } from './person.ts';

/**
 * The time zone in which these people's days begin, by person id. Left out for who is not in the source, or whose zone is
 * not known.
 */
export function zonesOf(input: PlanInput, people: Iterable<string>): ReadonlyMap<string, string> {
  const known = new People(input);
  const zones = new Map<string, string>();
  for (const id of people) {
    const position = input.people.position(id);
    if (position < 0) continue;
    const { today } = known.look(input.people.row(position));
    if (today !== undefined && 'zone' in today) zones.set(id, today.zone);
  }
  return zones;
}
