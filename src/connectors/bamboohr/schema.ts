import { z } from 'zod';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Entity } from '../../model/entity.ts';
import type { DataClass, ValueType } from '../../model/value.ts';

export const configSchema = z.strictObject({
  companyDomain: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/i, 'must be the part before .bamboohr.com')
    .describe('The company: `acme` of https://acme.bamboohr.com.'),
  auth: z
    .enum(['apiKey', 'oauth'])
    .default('apiKey')
    .describe('Let in by the key of a user, or by a person who agrees in BambooHR (`connection connect`).'),
  scopes: z
    .array(z.string().regex(/^[\w.:]+$/, 'must be a scope, such as employee'))
    .default(['employee', 'employee:name', 'employee:job', 'field'])
    .describe('What is asked for with `auth: oauth`; custom fields need `employee:custom_fields`.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Another address of the same API, such as a stand-in; https://COMPANY.bamboohr.com when left out.',
    ),
});

export type Config = z.output<typeof configSchema>;

export function baseUrlOf({ companyDomain, baseUrl }: Config): string {
  return baseUrl ?? `https://${companyDomain}.bamboohr.com`;
}

/** Under which a record holds what is told of the photo, beside the fields' aliases. */
export const photoKey = 'photo';

type Facts = Partial<AttributeSpec>;

const free: Facts = { write: 'always' };

/**
 * Fields that every company has, under the names of their API aliases ("Get Employee", "List Fields"). What has a history
 * in BambooHR (job, status, manager) is written by rows of its tables, and not here.
 */
export const personAttributes: readonly AttributeSpec[] = [
  { ...attribute('id', 'text', 'internal', 'id'), optional: false },
  attribute('first_name', 'text', 'personal', 'firstName', { ...free, required: true }),
  attribute('last_name', 'text', 'personal', 'lastName', { ...free, required: true }),
  attribute('middle_name', 'text', 'personal', 'middleName', free),
  attribute('preferred_name', 'text', 'personal', 'preferredName', free),
  attribute('email', 'text', 'personal', 'workEmail', { ...free, unique: true, rename: true }),
  attribute('personal_email', 'text', 'personal', 'homeEmail', free),
  attribute('employee_number', 'text', 'internal', 'employeeNumber', free),
  attribute('status', 'text', 'internal', 'status', { values: ['Active', 'Inactive'] }),
  attribute('employment_status', 'text', 'internal', 'employmentHistoryStatus'),
  attribute('hire_date', 'date', 'personal', 'hireDate', free),
  attribute('termination_date', 'date', 'personal', 'terminationDate'),
  attribute('job_title', 'text', 'internal', 'jobTitle'),
  attribute('department', 'text', 'internal', 'department'),
  attribute('division', 'text', 'internal', 'division'),
  attribute('location', 'text', 'internal', 'location'),
  attribute('supervisor.id', 'text', 'internal', 'supervisorEId'),
  attribute('supervisor.email', 'text', 'personal', 'supervisorEmail'),
  attribute('work_phone', 'text', 'personal', 'workPhone', free),
  attribute('mobile_phone', 'text', 'personal', 'mobilePhone', free),
  attribute('date_of_birth', 'date', 'sensitive', 'dateOfBirth', free),
  attribute('gender', 'text', 'sensitive', 'gender', free),
  attribute('ssn', 'text', 'sensitive', 'ssn', free),
  attribute('city', 'text', 'personal', 'city', free),
  attribute('country', 'text', 'personal', 'country', free),
  attribute(photoKey, 'picture', 'personal', photoKey, free),
];

/** Training types. */
const courseAttributes: readonly AttributeSpec[] = [
  attribute('name', 'text', 'internal', 'name', { ...free, required: true }),
  attribute('category', 'text', 'internal', 'category', free),
  attribute('description', 'text', 'internal', 'description', free),
];

/** Training records: BambooHR knows only what has been completed. */
const enrollmentAttributes: readonly AttributeSpec[] = [
  attribute('user', 'text', 'internal', 'employeeId', { write: 'create', required: true }),
  attribute('course', 'text', 'internal', 'type', { write: 'create', required: true }),
  attribute('status', 'text', 'internal', 'status', { values: ['completed'] }),
  attribute('completed_on', 'date', 'personal', 'completed', { ...free, required: true }),
  attribute('instructor', 'text', 'personal', 'instructor', free),
  attribute('hours', 'decimal', 'internal', 'hours', free),
  attribute('credits', 'decimal', 'internal', 'credits', free),
  attribute('notes', 'text', 'personal', 'notes', free),
];

export function attributesOf(entity: Entity): readonly AttributeSpec[] {
  if (entity === 'course') return courseAttributes;
  return entity === 'enrollment' ? enrollmentAttributes : personAttributes;
}

/** The alias, or for a custom field without one its number. */
export function keyOf({ key, name }: AttributeSpec): string {
  return key ?? name;
}

function attribute(
  name: string,
  type: ValueType,
  of: DataClass,
  key: string,
  facts: Facts = {},
): AttributeSpec {
  return { name, type, class: of, optional: true, key, ...facts };
}
