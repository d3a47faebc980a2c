/** What one sync carries: people, courses, or enrolments (who takes which course, and how far they are). */
export type Entity = 'person' | 'course' | 'enrollment';

/** In the order in which they are listed. */
export const entities: readonly Entity[] = ['person', 'course', 'enrollment'];

const nouns: Readonly<Record<Entity, readonly [one: string, many: string]>> = {
  person: ['person', 'people'],
  course: ['course', 'courses'],
  enrollment: ['enrolment', 'enrolments'],
};

/** What they are called in sentences: `person` where it is one, `people` for any other number. */
export function nounOf(entity: Entity, count = 2): string {
  const [one, many] = nouns[entity];
  return count === 1 ? one : many;
}

/** A flow in one line: `personio → talentlms`, `north → south (enrolments)`; what flows is said where it is not people. */
export function flowText(from: string, arrow: '→' | '⇄', to: string, entity: Entity): string {
  return `${from} ${arrow} ${to}${entity === 'person' ? '' : ` (${nounOf(entity)})`}`;
}

/**
 * Names the records of one entity in one connection, wherever the store must not take a course for the account with the
 * same number. For people it is the connection's name alone; no name has a slash.
 */
export function listOf(connection: string, entity: Entity): string {
  return entity === 'person' ? connection : `${connection}/${entity}`;
}
