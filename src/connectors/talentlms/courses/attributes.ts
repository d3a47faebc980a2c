import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Value } from '../../../model/value.ts';

/**
 * A course as its list shows it. Its content is made in TalentLMS: courses are matched, never written (`courseShape`).
 * `write` says by what they may be matched, because an identity is what a create would set.
 */
export const courseAttributes: readonly AttributeSpec[] = [
  { name: 'id', type: 'text', class: 'public', optional: false },
  { name: 'name', type: 'text', class: 'public', write: 'create' },
  { name: 'code', type: 'text', class: 'public', write: 'create' },
  { name: 'category', type: 'text', class: 'public' },
  { name: 'description', type: 'text', class: 'public' },
  { name: 'status', type: 'text', class: 'public', values: ['active', 'inactive'] },
];

/** Who takes which course, and how far they are. Progress is what people learn, so that nobody else can write it. */
export const enrollmentAttributes: readonly AttributeSpec[] = [
  { name: 'id', type: 'text', class: 'internal', optional: false },
  { name: 'user', type: 'text', class: 'internal', write: 'create', required: true, optional: false },
  { name: 'course', type: 'text', class: 'internal', write: 'create', required: true, optional: false },
  { name: 'course_name', type: 'text', class: 'internal' },
  { name: 'role', type: 'text', class: 'internal' },
  {
    name: 'status',
    type: 'text',
    class: 'personal',
    values: ['not-started', 'in-progress', 'completed', 'expired'],
  },
  { name: 'progress', type: 'decimal', class: 'personal' },
  { name: 'enrolled_on', type: 'date', class: 'personal' },
  { name: 'completed_on', type: 'date', class: 'personal' },
  { name: 'expires_on', type: 'date', class: 'personal' },
  { name: 'score', type: 'decimal', class: 'personal' },
];

const nothing = { create: false, update: false, enable: false, disable: false, delete: false };

export const courseShape: Shape = {
  system: 'TalentLMS',
  abilities: nothing,
  attributes: courseAttributes,
  canonical: () => trimmed,
  delivers: false,
};

export const enrollmentShape: Shape = {
  system: 'TalentLMS',
  abilities: { ...nothing, create: true, delete: true },
  attributes: enrollmentAttributes,
  canonical: () => trimmed,
  delivers: false,
};

function trimmed(value: Value): Value {
  return typeof value === 'string' ? value.trim() : value;
}
