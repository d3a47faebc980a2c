import { z } from 'zod';

import type { AttributeSpec } from '../../model/attribute.ts';
import type { DataClass, ValueType } from '../../model/value.ts';
import { isTimeZone } from '../../model/time-zone.ts';

export const configSchema = z
  .strictObject({
    /** Generation of the API. Both are live at the vendor, and one may be changed for the other. */
    api: z.enum(['v1', 'v2']).default('v1'),
    baseUrl: z.url({ protocol: /^https?$/ }).default('https://api.personio.de'),
    /** Identifiers of an integration partner, sent as headers (`X-Personio-Partner-ID`, `X-Personio-App-ID`). */
    partnerId: z
      .string()
      .regex(/^[A-Z0-9]+(?:_[A-Z0-9]+)*$/, 'must be in capitals with underscores, such as EXAMPLE_LTD')
      .optional(),
    appId: z.string().min(1).optional(),
    /** In pixels; Personio scales. */
    pictureWidth: z
      .int()
      .min(16)
      .max(2000)
      .default(400)
      .describe('Width in pixels at which profile pictures are read.'),
    /** Zone in which a timestamp that comes in UTC is a date. Not needed while Personio sends the company's offset. */
    timezone: z
      .string()
      .refine(isTimeZone, 'not a time zone of the IANA list, such as Europe/Berlin')
      .optional(),
    /** Of webhooks: each delivery names the company that it is about. */
    companyId: z
      .string()
      .regex(/^\d+$/, 'must be the number of the company, in quotes')
      .optional()
      .describe('Company whose webhooks are taken; those of others name nobody.'),
    /** API v2 only, whose limit is not published. */
    perMinute: z.int().min(1).max(2000).optional().describe('Requests to API v2 in a minute.'),
  })
  .refine(({ api, perMinute }) => api === 'v2' || perMinute === undefined, {
    error: 'only `api: v2` takes it, the limits of v1 are published and kept',
    path: ['perMinute'],
  });

export type PersonioConfig = z.output<typeof configSchema>;

/** `status`, as the v1 document lists it. */
const statuses = ['onboarding', 'active', 'leave', 'inactive'];

/** Attributes that every Personio company has, in the order of the vendor's example record (v1 personnel data). */
export const standardAttributes: readonly AttributeSpec[] = [
  { ...attribute('id', 'int', 'internal'), optional: false },
  attribute('first_name', 'text', 'personal'),
  attribute('last_name', 'text', 'personal'),
  attribute('preferred_name', 'text', 'personal'),
  attribute('email', 'text', 'personal'),
  attribute('gender', 'text', 'sensitive'),
  { ...attribute('status', 'text', 'internal'), values: statuses },
  attribute('position', 'text', 'internal'),
  attribute('supervisor.id', 'int', 'internal'),
  attribute('supervisor.email', 'text', 'personal'),
  attribute('supervisor.first_name', 'text', 'personal'),
  attribute('supervisor.last_name', 'text', 'personal'),
  { ...attribute('employment_type', 'text', 'internal'), values: ['internal', 'external'] },
  attribute('weekly_working_hours', 'decimal', 'personal'),
  attribute('hire_date', 'date', 'personal'),
  attribute('contract_end_date', 'date', 'personal'),
  attribute('probation_period_end', 'date', 'personal'),
  attribute('termination_date', 'date', 'personal'),
  attribute('termination_type', 'text', 'sensitive'),
  attribute('termination_reason', 'text', 'sensitive'),
  attribute('last_working_day', 'date', 'personal'),
  attribute('created_at', 'instant', 'internal'),
  attribute('last_modified_at', 'instant', 'internal'),
  ...['subcompany', 'office', 'department', 'team'].flatMap((relation) => [
    attribute(`${relation}.id`, 'int', 'internal'),
    attribute(`${relation}.name`, 'text', 'internal'),
  ]),
  attribute('cost_centers.id', 'list<int>', 'internal'),
  attribute('cost_centers.name', 'list<text>', 'internal'),
  attribute('holiday_calendar.id', 'int', 'internal'),
  attribute('holiday_calendar.name', 'text', 'internal'),
  attribute('work_schedule.id', 'int', 'internal'),
  attribute('work_schedule.name', 'text', 'internal'),
  attribute('fix_salary', 'decimal', 'sensitive'),
  attribute('fix_salary_interval', 'text', 'sensitive'),
  attribute('hourly_salary', 'decimal', 'sensitive'),
  attribute('profile_picture', 'picture', 'personal'),
];

/** Without these hardly any sync works, so a probe asks for them. */
export const usuallyNeeded = ['first_name', 'last_name', 'email', 'status'];

/** The vendor's key, under which the attribute is asked for and comes back. */
export function keyOf(spec: AttributeSpec): string {
  return spec.key ?? spec.name.replace(/\..*$/s, '');
}

/** The part of a relation that the attribute is (`name` of `office.name`); `undefined` for a plain value. */
export function partOf(spec: AttributeSpec): string | undefined {
  return spec.key === undefined ? /\.(.+)$/s.exec(spec.name)?.[1] : undefined;
}

function attribute(name: string, type: ValueType, dataClass: DataClass): AttributeSpec {
  return { name, type, class: dataClass, optional: true };
}
