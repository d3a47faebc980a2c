/** One attribute of the strict server's schemas (RFC 7643 §7). Defaults: single text, read and write, compared without case. */
export interface Definition {
  readonly name: string;
  readonly type?: 'string' | 'boolean' | 'integer' | 'complex';
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: 'readOnly' | 'readWrite' | 'writeOnly' | 'immutable';
  readonly sub?: readonly Definition[];
}

export const coreUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** An extension of the invented company that this server belongs to. */
export const customUrn = 'urn:example:params:scim:schemas:extension:acme:2.0:User';

const readOnly = 'readOnly' as const;
const text = (...names: readonly string[]): readonly Definition[] => names.map((name) => ({ name }));
const flag = (name: string): Definition => ({ name, type: 'boolean' });
const list = (name: string, sub: readonly Definition[]): Definition => ({
  name,
  type: 'complex',
  multiValued: true,
  sub: [...sub, { name: 'type' }, flag('primary')],
});

/** RFC 7643 §4.1 and §3.1. */
const core: readonly Definition[] = [
  { name: 'id', mutability: readOnly, caseExact: true },
  { name: 'externalId', caseExact: true },
  {
    name: 'meta',
    type: 'complex',
    mutability: readOnly,
    sub: text('resourceType', 'created', 'lastModified', 'location', 'version'),
  },
  { name: 'userName', required: true },
  {
    name: 'name',
    type: 'complex',
    sub: text('formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'),
  },
  ...text('displayName', 'nickName', 'profileUrl', 'title', 'userType'),
  ...text('preferredLanguage', 'locale', 'timezone'),
  flag('active'),
  { name: 'password', mutability: 'writeOnly' },
  list('emails', text('value', 'display')),
  list('phoneNumbers', text('value', 'display')),
  list('ims', text('value', 'display')),
  list('photos', text('value', 'display')),
  list('addresses', text('formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country')),
  { ...list('groups', text('value', '$ref', 'display')), mutability: readOnly },
  list('entitlements', text('value', 'display')),
  list('roles', text('value', 'display')),
  list('x509Certificates', text('value', 'display')),
];

/** RFC 7643 §4.3. */
const enterprise: readonly Definition[] = [
  ...text('employeeNumber', 'costCenter', 'organization', 'division', 'department'),
  {
    name: 'manager',
    type: 'complex',
    sub: [...text('value', '$ref'), { name: 'displayName', mutability: readOnly }],
  },
];

/** RFC 7643 §3.3: a schema of one's own. */
const custom: readonly Definition[] = [
  ...text('hireDate', 'badge', 'shoeSize'),
  flag('remote'),
  { name: 'floor', type: 'integer' },
];

/** Attributes by the URN of their schema. */
export const schemas: ReadonlyMap<string, readonly Definition[]> = new Map([
  [coreUrn, core],
  [enterpriseUrn, enterprise],
  [customUrn, custom],
]);

/** Names are compared without case (RFC 7643 §2.1). */
export function named(definitions: readonly Definition[], name: string): Definition | undefined {
  const lower = name.toLowerCase();
  return definitions.find((one) => one.name.toLowerCase() === lower);
}

/** The URN that a key or path begins with, in its canonical spelling, and what stands behind it. */
export function splitUrn(path: string): { readonly urn: string; readonly rest: string } | undefined {
  const lower = path.toLowerCase();
  for (const urn of schemas.keys()) {
    if (lower === urn.toLowerCase()) return { urn, rest: '' };
    if (lower.startsWith(`${urn.toLowerCase()}:`)) return { urn, rest: path.slice(urn.length + 1) };
  }
  return undefined;
}
