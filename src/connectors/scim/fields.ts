import type { AttributeSpec } from '../../model/attribute.ts';
import type { ScimConfig } from './schema.ts';

export const coreUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Where a published attribute lives in a SCIM user. Reading, writing and filtering are made from this alone. */
export type Place =
  /** An attribute, or a part of a complex one, of the user or of an extension. */
  | { readonly kind: 'plain'; readonly urn?: string; readonly attribute: string; readonly part?: string }
  /** A part of the element with this type in a list; with `orPrimary`, else of the primary one. */
  | {
      readonly kind: 'element';
      readonly list: string;
      readonly type: string;
      readonly orPrimary: boolean;
      readonly part: string;
    }
  /** The values of a whole list. */
  | { readonly kind: 'values'; readonly list: string }
  /** Another user: sent as `{ value: id }`, read also from plain text (Microsoft's samples). */
  | { readonly kind: 'reference'; readonly urn: string; readonly attribute: string };

export interface Field {
  readonly spec: AttributeSpec;
  readonly place: Place;
}

type Facts = Partial<Omit<AttributeSpec, 'name'>>;

const core = (attribute: string, facts: Facts = {}): Field =>
  field(attribute, { kind: 'plain', attribute }, facts);
const name = (part: string): Field => field(`name.${part}`, { kind: 'plain', attribute: 'name', part });
const enterprise = (attribute: string): Field =>
  field(attribute, { kind: 'plain', urn: enterpriseUrn, attribute }, { class: 'internal' });
const element = (list: string, type: string, part: string, orPrimary: boolean): Place => ({
  kind: 'element',
  list,
  type,
  part,
  orPrimary,
});
const values = (list: string): Field =>
  field(list, { kind: 'values', list }, { type: 'list<text>', class: 'internal' });
const workAddress = (part: string): Field =>
  field(`addresses.work.${part}`, element('addresses', 'work', part, true));

/** RFC 7643 §4.1 and §4.3, flat. `active` is the row's own. */
const standard: readonly Field[] = [
  core('userName', { required: true, unique: true, rename: true }),
  core('externalId'),
  ...['givenName', 'familyName', 'middleName', 'honorificPrefix', 'honorificSuffix', 'formatted'].map(name),
  core('displayName'),
  core('nickName'),
  core('title', { class: 'internal' }),
  core('userType', { class: 'internal' }),
  core('preferredLanguage'),
  core('locale'),
  core('timezone'),
  field('emails.work', element('emails', 'work', 'value', true), { rename: true }),
  field('phoneNumbers.work', element('phoneNumbers', 'work', 'value', false)),
  field('phoneNumbers.mobile', element('phoneNumbers', 'mobile', 'value', false)),
  ...['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'].map(workAddress),
  ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map(enterprise),
  field('manager', { kind: 'reference', urn: enterpriseUrn, attribute: 'manager' }, { class: 'internal' }),
  field('photos.photo', element('photos', 'photo', 'value', true)),
  values('roles'),
  values('entitlements'),
  core('password', { class: 'sensitive', writeOnly: true }),
];

/** Every attribute that this connection publishes, by name, with its place. */
export function fieldsOf(config: ScimConfig): ReadonlyMap<string, Field> {
  const custom = config.extensions.flatMap(({ urn, attributes }) =>
    attributes.map(({ name: attribute, type, class: dataClass }) =>
      field(`custom.${attribute}`, { kind: 'plain', urn, attribute }, { type, class: dataClass }),
    ),
  );
  const { userNameMutable, attributes } = config.profile;
  const known =
    attributes === undefined ? standard : standard.filter(({ spec }) => attributes.includes(spec.name));
  const fixed = userNameMutable
    ? known
    : known.map((one) =>
        one.spec.name === 'userName' ? { ...one, spec: { ...one.spec, write: 'create' as const } } : one,
      );
  return new Map([...fixed, ...custom].map((one) => [one.spec.name, one]));
}

function field(published: string, place: Place, facts: Facts = {}): Field {
  return {
    spec: { type: 'text', class: 'personal', optional: true, write: 'always', ...facts, name: published },
    place,
  };
}
