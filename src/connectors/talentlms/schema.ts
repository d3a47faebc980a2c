import { z } from 'zod';
import type { AttributeSpec } from '../../model/attribute.ts';

/** Where the portal is and what its plan allows. */
export const configSchema = z
  .strictObject({
    /** `acme.talentlms.com`: the portal's own talentlms.com host, also where a custom domain is mapped. */
    domain: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/i,
        'must be a host name, such as acme.talentlms.com',
      )
      .optional(),
    /** Instead of `domain`: a stand-in, such as `http://127.0.0.1:8080`. */
    baseUrl: z.url().optional(),
    /** v1 is older and has everything of a user in one request; see docs/connectors/talentlms.md. */
    api: z.enum(['v2', 'v1']).default('v2'),
    /** API v2 only: sent with every request as X-API-Version. */
    apiVersion: z.iso.date().default('2025-01-01'),
    /** Requests per hour that rosterd may use; the plan's own limit (2,000 or 10,000) when left out. */
    perHour: z.int().min(100).optional(),
    /** How date fields of this portal are written and read. API v1 tells it by itself. */
    dateFormat: z.enum(['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY']).default('YYYY-MM-DD'),
  })
  .refine(({ domain, baseUrl }) => (domain === undefined) !== (baseUrl === undefined), {
    error: 'needs either domain or baseUrl',
    path: ['domain'],
  });

export type Config = z.output<typeof configSchema>;

export function baseUrlOf({ domain, baseUrl, api }: Config): string {
  return `${(baseUrl ?? `https://${domain ?? ''}`).replace(/\/+$/, '')}/api/${api}`;
}

/**
 * Attributes that every portal has. `key` is the vendor's name in API v2; API v1 has most of them under our names.
 * Custom fields come on top, as `custom.<name>`, and only the portal can tell them.
 */
export const coreAttributes: readonly AttributeSpec[] = [
  { name: 'id', type: 'text', class: 'internal', optional: false },
  {
    name: 'login',
    type: 'text',
    class: 'personal',
    write: 'always',
    required: true,
    unique: true,
    rename: true,
    optional: false,
  },
  { name: 'first_name', key: 'name', type: 'text', class: 'personal', write: 'always', required: true },
  { name: 'last_name', key: 'surname', type: 'text', class: 'personal', write: 'always', required: true },
  {
    name: 'email',
    type: 'text',
    class: 'personal',
    write: 'always',
    required: true,
    unique: true,
    rename: true,
    optional: false,
  },
  { name: 'language', key: 'locale', type: 'text', class: 'internal', write: 'always' },
  { name: 'timezone', type: 'text', class: 'internal', write: 'always' },
  { name: 'user_type', key: 'type', type: 'text', class: 'internal' },
  { name: 'status', type: 'text', class: 'internal', values: ['active', 'inactive'], optional: false },
  { name: 'created_on', key: 'registration', type: 'instant', class: 'internal' },
  { name: 'last_updated', type: 'instant', class: 'internal' },
  { name: 'deactivation_date', type: 'date', class: 'internal', write: 'always' },
  {
    name: 'password',
    type: 'text',
    class: 'sensitive',
    write: 'create',
    required: true,
    writeOnly: true,
  },
];

/** As `coreAttributes`, by what an API can write. No public client changes a language by v1's `edituser`. */
export function attributesOf(api: Config['api']): readonly AttributeSpec[] {
  return api === 'v2' ? coreAttributes : v1Attributes;
}

const v1Attributes: readonly AttributeSpec[] = coreAttributes.map(({ key: _key, ...spec }) =>
  spec.name === 'language' ? { ...spec, write: 'create' } : spec,
);

/** Attributes that the list of users lacks: they cost a request for each user. */
export function needsDetail(attribute: string): boolean {
  return attribute === 'deactivation_date' || attribute.startsWith('custom.');
}

/** Users of these types run the portal and are never touched. */
export function isProtectedType(userType: unknown): boolean {
  return typeof userType === 'string' && /admin|owner/i.test(userType);
}
