import type { AttributeSpec } from '../../model/attribute.ts';
import type { DataClass, ValueType } from '../../model/value.ts';
import { statuses } from './schema.ts';

/** Where an attribute stands in an employee of Apideck's unified model. */
export type Place =
  /** A property, or a part of it. */
  | { readonly kind: 'plain'; readonly property: string; readonly part?: string }
  /** A part of the first element of this type. */
  | { readonly kind: 'element'; readonly property: string; readonly type: string; readonly part: string }
  /** The address by which people sign in: that for work, else the primary one. */
  | { readonly kind: 'email'; readonly property: 'emails' }
  /** A part of the main job, or of its place. */
  | { readonly kind: 'job'; readonly property: 'jobs'; readonly part: string; readonly at?: 'location' }
  | { readonly kind: 'custom'; readonly property: 'custom_fields'; readonly id: string }
  | { readonly kind: 'mapped'; readonly property: 'custom_mappings'; readonly key: string };

/** One attribute with its place. */
export interface Field {
  readonly spec: AttributeSpec;
  readonly place: Place;
}

const emailTypes = ['work', 'primary', 'secondary', 'personal', 'billing', 'other'];
const phoneTypes = ['work', 'mobile', 'office', 'home', 'personal', 'primary', 'other'];
const addressTypes = ['primary', 'work', 'office', 'home', 'other'];
const addressParts = ['line1', 'line2', 'city', 'state', 'postal_code', 'country'];

/** The unified model (Employee, HRIS document 10.34.0) without pay, bank accounts and relatives, under the names of the other HR connectors. */
const standardFields: readonly Field[] = [
  { spec: { name: 'id', type: 'text', class: 'internal', optional: false }, place: plain('id') },
  field('downstream_id', 'internal'),
  ...[
    'first_name',
    'last_name',
    'middle_name',
    'preferred_name',
    'display_name',
    'initials',
    'salutation',
  ].map((name) => field(name, 'personal')),
  { spec: { ...spec('email', 'personal'), key: 'emails' }, place: { kind: 'email', property: 'emails' } },
  ...emailTypes.map((type) => element('emails', type, 'email', `emails.${type}`)),
  ...phoneTypes.map((type) => element('phone_numbers', type, 'number', `phone_numbers.${type}`)),
  ...addressTypes.flatMap((type) =>
    addressParts.map((one) => element('addresses', type, one, `addresses.${type}.${one}`)),
  ),
  field('employee_number', 'internal'),
  named('status', 'employment_status', 'internal', { values: statuses }),
  named('hire_date', 'employment_start_date', 'personal', { type: 'date' }),
  named('termination_date', 'employment_end_date', 'personal', { type: 'date' }),
  field('leaving_reason', 'sensitive', {
    values: ['dismissed', 'resigned', 'redundancy', 'retired', 'other'],
  }),
  part('employment_role', 'type', 'internal', {
    values: ['contractor', 'employee', 'freelance', 'temp', 'internship', 'other'],
  }),
  part('employment_role', 'sub_type', 'internal', {
    values: ['full_time', 'part_time', 'hourly', 'other', 'not_specified'],
  }),
  part('probation_period', 'start_date', 'personal', { type: 'date' }),
  part('probation_period', 'end_date', 'personal', { type: 'date' }),
  named('job_title', 'title', 'internal'),
  named('department', 'department_name', 'internal'),
  field('department_id', 'internal'),
  field('division', 'internal'),
  field('division_id', 'internal'),
  named('company', 'company_name', 'internal'),
  field('company_id', 'internal'),
  renamed('team', 'team', 'name', 'internal'),
  renamed('team_id', 'team', 'id', 'internal'),
  renamed('supervisor.id', 'manager', 'id', 'internal'),
  ...['name', 'first_name', 'last_name', 'email'].map((one) =>
    renamed(`supervisor.${one}`, 'manager', one, 'personal'),
  ),
  field('direct_reports', 'internal', { type: 'list<text>' }),
  ...['title', 'role', 'status'].map((one) => job(one, 'internal')),
  ...['start_date', 'end_date', 'hired_at'].map((one) => job(one, 'personal', { type: 'date' })),
  ...['name', 'city', 'country'].map((one) => jobPlace(one)),
  named('date_of_birth', 'birthday', 'sensitive', { type: 'date' }),
  field('deceased_on', 'sensitive', { type: 'date' }),
  ...['country_of_birth', 'gender', 'pronouns', 'marital_status', 'ethnicity'].map((name) =>
    field(name, 'sensitive'),
  ),
  field('nationalities', 'sensitive', { type: 'list<text>' }),
  named('ssn', 'social_security_number', 'sensitive'),
  ...['tax_code', 'tax_id', 'dietary_preference'].map((name) => field(name, 'sensitive')),
  field('food_allergies', 'sensitive', { type: 'list<text>' }),
  field('preferred_language', 'personal'),
  field('languages', 'personal', { type: 'list<text>' }),
  field('timezone', 'personal'),
  field('works_remote', 'personal', { type: 'bool' }),
  field('photo_url', 'personal'),
  field('description', 'personal'),
  field('tags', 'personal', { type: 'list<text>' }),
  field('source', 'internal'),
  field('source_id', 'internal'),
  field('created_at', 'internal', { type: 'instant' }),
  field('updated_at', 'internal', { type: 'instant' }),
];

export const standardByName: ReadonlyMap<string, Field> = new Map(
  standardFields.map((one) => [one.spec.name, one]),
);

export const standardAttributes: readonly AttributeSpec[] = standardFields.map((one) => one.spec);

/** The field of an attribute whose key is known: a standard one, or a custom one that was found or saved. */
export function fieldOf(known: AttributeSpec): Field | undefined {
  const standard = standardByName.get(known.name);
  if (standard !== undefined || known.key === undefined) return standard;
  if (known.name.startsWith('custom.')) {
    return { spec: known, place: { kind: 'custom', property: 'custom_fields', id: known.key } };
  }
  if (!known.name.startsWith('mapped.')) return undefined;
  return { spec: known, place: { kind: 'mapped', property: 'custom_mappings', key: known.key } };
}

export function isCustom(name: string): boolean {
  return name.startsWith('custom.') || name.startsWith('mapped.');
}

function spec(name: string, dataClass: DataClass, type: ValueType = 'text'): AttributeSpec {
  return { name, type, class: dataClass, optional: true };
}

function plain(property: string): Place {
  return { kind: 'plain', property };
}

type More = Partial<Pick<AttributeSpec, 'type' | 'values'>>;

function field(name: string, dataClass: DataClass, more: More = {}): Field {
  return { spec: { ...spec(name, dataClass), ...more }, place: plain(name) };
}

/** Under the name that the other HR connectors have for it. */
function named(name: string, property: string, dataClass: DataClass, more: More = {}): Field {
  return { spec: { ...spec(name, dataClass), key: property, ...more }, place: plain(property) };
}

function part(property: string, one: string, dataClass: DataClass, more: More = {}): Field {
  return {
    spec: { ...spec(`${property}.${one}`, dataClass), ...more },
    place: { kind: 'plain', property, part: one },
  };
}

/** A part of a property under the name that the other HR connectors have for it. */
function renamed(name: string, property: string, one: string, dataClass: DataClass): Field {
  return {
    spec: { ...spec(name, dataClass), key: `${property}.${one}` },
    place: { kind: 'plain', property, part: one },
  };
}

function element(property: string, type: string, one: string, name: string): Field {
  return { spec: spec(name, 'personal'), place: { kind: 'element', property, type, part: one } };
}

function job(one: string, dataClass: DataClass, more: More = {}): Field {
  return {
    spec: { ...spec(`job.${one}`, dataClass), ...more },
    place: { kind: 'job', property: 'jobs', part: one },
  };
}

function jobPlace(one: string): Field {
  return {
    spec: spec(`job.location.${one}`, 'internal'),
    place: { kind: 'job', property: 'jobs', part: one, at: 'location' },
  };
}
