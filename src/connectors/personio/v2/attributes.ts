import type { AttributeSpec } from '../../../model/attribute.ts';
import { standardAttributes } from '../schema.ts';

/** What v1 has and no page of v2 does. Pay is another API; a sub-company is deprecated for the legal entity. */
const onlyInV1 = /^(?:subcompany\.name|holiday_calendar\.|work_schedule\.|fix_salary|hourly_salary)/;

/** Under the names of v1, where it has them, with the same types. */
export const v2Attributes: readonly AttributeSpec[] = [
  ...standardAttributes.filter(({ name }) => !onlyInV1.test(name)),
  { name: 'legal_entity.id', type: 'int', class: 'internal', optional: true },
  { name: 'legal_entity.name', type: 'text', class: 'internal', optional: true },
];

/** Not among those that can be chosen as readable for API credentials. */
export const onlyInV2 = ['legal_entity.id', 'legal_entity.name'];

/** Stands in the list of persons. Anything else costs a request for each person. */
export function isListed(name: string): boolean {
  return listed.has(name) || name.startsWith('custom.');
}

const listed = new Set([
  'id',
  'first_name',
  'last_name',
  'preferred_name',
  'email',
  'gender',
  'created_at',
  'last_modified_at',
  'profile_picture',
]);

/** Of another person, who is in the same list. */
export function isOfSupervisor(name: string): boolean {
  return name.startsWith('supervisor.') && name !== 'supervisor.id';
}
