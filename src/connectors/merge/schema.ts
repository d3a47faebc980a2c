import { z } from 'zod';

import type { AttributeSpec } from '../../model/attribute.ts';
import type { DataClass, ValueType } from '../../model/value.ts';

/** `servers` of Merge's HRIS document. Keys and linked accounts belong to one of them. */
const regions = {
  us: 'https://api.merge.dev/api',
  eu: 'https://api-eu.merge.dev/api',
  ap: 'https://api-ap.merge.dev/api',
} as const;

/** Requests a minute for each linked account, by plan (docs.merge.dev, "Rate limits"). */
const plans = { launch: 100, professional: 400, enterprise: 600 } as const;

const refuseOrAccept = z.enum(['refuse', 'accept']).default('refuse');

export const configSchema = z.strictObject({
  region: z.enum(['us', 'eu', 'ap']).default('us').describe('Where the organisation signed up at Merge.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Another address of the same API, such as a stand-in; the region's when left out."),
  plan: z
    .enum(['launch', 'professional', 'enterprise'])
    .default('launch')
    .describe('The plan at Merge: it limits requests to 100, 400 or 600 a minute.'),
  identifyBy: z
    .enum(['remote_id', 'id'])
    .default('remote_id')
    .describe("The HR system's own id of a person, or Merge's, which another linked account does not share."),
  endUser: z
    .strictObject({
      originId: z.string().min(1).describe('Whose linked account it is, in our own words: never changed.'),
      organization: z.string().min(1),
      email: z.email().describe('Only shown in Merge; nothing is sent there.'),
    })
    .optional()
    .describe('Whose HR system is linked, for `rosterd connection connect` and for webhooks.'),
  integration: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be an integration's slug, such as bamboohr")
    .optional()
    .describe('The only HR system that the set-up link offers.'),
  linkExpiryMinutes: z
    .int()
    .min(30)
    .max(10_080)
    .default(10_080)
    .describe('How long a set-up link can be used: 30 minutes to 7 days.'),
  maxCopyAgeHours: z
    .int()
    .min(1)
    .max(24 * 366)
    .default(168)
    .describe("Nothing is planned from a copy of Merge's that is older."),
  partialCopies: refuseOrAccept.describe(
    'Whether a copy counts of which Merge could not renew every field; never a first one.',
  ),
  selectiveSync: refuseOrAccept.describe(
    'Whether a copy counts that a Selective Sync filter made: it holds only some of the people.',
  ),
});

export type Config = z.output<typeof configSchema>;

export function baseUrlOf({ baseUrl, region }: Config): string {
  return baseUrl ?? regions[region];
}

export function requestsPerMinute({ plan }: Config): number {
  return plans[plan];
}

/** `EmploymentStatusEnum`; what Merge could not map comes as the HR system says it. */
const statuses = ['ACTIVE', 'PENDING', 'INACTIVE'];

/** Group types of which people have one, as a rule: published as a text, and as a list for those who have more. */
const groupTypes = {
  department: 'DEPARTMENT',
  team: 'TEAM',
  cost_center: 'COST_CENTER',
  business_unit: 'BUSINESS_UNIT',
} as const;

/** What every linked account has, as far as its HR system gives it (Merge's HRIS document). Keys are explained in `columns.ts`. */
export function attributesOf({ identifyBy }: Pick<Config, 'identifyBy'>): readonly AttributeSpec[] {
  return [
    { ...attribute('id', 'text', 'internal', identifyBy), optional: false },
    attribute('merge_id', 'text', 'internal', 'id'),
    attribute('remote_id', 'text', 'internal', 'remote_id'),
    attribute('employee_number', 'text', 'internal', 'employee_number'),
    attribute('first_name', 'text', 'personal', 'first_name'),
    attribute('last_name', 'text', 'personal', 'last_name'),
    attribute('preferred_name', 'text', 'personal', 'preferred_name'),
    attribute('display_name', 'text', 'personal', 'display_full_name'),
    attribute('username', 'text', 'personal', 'username'),
    attribute('email', 'text', 'personal', 'work_email'),
    attribute('personal_email', 'text', 'personal', 'personal_email'),
    attribute('mobile_phone', 'text', 'personal', 'mobile_phone_number'),
    { ...attribute('status', 'text', 'internal', 'employment_status'), values: statuses },
    attribute('hire_date', 'date', 'personal', 'hire_date'),
    attribute('start_date', 'date', 'personal', 'start_date'),
    attribute('termination_date', 'date', 'personal', 'termination_date'),
    attribute('created_at', 'instant', 'internal', 'remote_created_at'),
    attribute('modified_at', 'instant', 'internal', 'modified_at'),
    attribute('date_of_birth', 'date', 'sensitive', 'date_of_birth'),
    attribute('gender', 'text', 'sensitive', 'gender'),
    attribute('ethnicity', 'text', 'sensitive', 'ethnicity'),
    attribute('marital_status', 'text', 'sensitive', 'marital_status'),
    attribute('ssn', 'text', 'sensitive', 'ssn'),
    attribute('supervisor.id', 'text', 'internal', `manager.${identifyBy}`),
    attribute('supervisor.email', 'text', 'personal', 'manager.work_email'),
    attribute('supervisor.first_name', 'text', 'personal', 'manager.first_name'),
    attribute('supervisor.last_name', 'text', 'personal', 'manager.last_name'),
    attribute('job_title', 'text', 'internal', 'employments.job_title'),
    attribute('employment_type', 'text', 'internal', 'employments.employment_type'),
    attribute('employment_date', 'date', 'personal', 'employments.effective_date'),
    attribute('flsa_status', 'text', 'internal', 'employments.flsa_status'),
    attribute('pay_rate', 'decimal', 'sensitive', 'employments.pay_rate'),
    attribute('pay_period', 'text', 'sensitive', 'employments.pay_period'),
    attribute('pay_frequency', 'text', 'sensitive', 'employments.pay_frequency'),
    attribute('pay_currency', 'text', 'sensitive', 'employments.pay_currency'),
    attribute('pay_group', 'text', 'internal', 'pay_group.pay_group_name'),
    attribute('company', 'text', 'internal', 'company.display_name'),
    attribute('company_legal_name', 'text', 'internal', 'company.legal_name'),
    ...Object.entries(groupTypes).flatMap(([name, type]) => [
      attribute(name, 'text', 'internal', `groups[${type}].name`),
      attribute(`${name}s`, 'list<text>', 'internal', `groups[${type}].name`),
    ]),
    attribute('groups', 'list<text>', 'internal', 'groups.name'),
    ...location('work_location', 'internal'),
    ...location('home_location', 'personal'),
  ];
}

function location(relation: string, of: DataClass): readonly AttributeSpec[] {
  return ['name', 'street_1', 'street_2', 'city', 'state', 'zip_code', 'country', 'phone_number'].map(
    (field) => attribute(`${relation}.${field}`, 'text', of, `${relation}.${field}`),
  );
}

function attribute(name: string, type: ValueType, of: DataClass, key: string): AttributeSpec {
  return { name, type, class: of, optional: true, ...(key === name ? {} : { key }) };
}
