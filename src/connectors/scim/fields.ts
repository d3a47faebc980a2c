import type { AttributeSpec } from '../../model/attribute.ts';
import { classOfLabel } from '../class-of-label.ts';
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
  | { readonly kind: 'reference'; readonly urn: string; readonly attribute: string }
  /** `active` in words, as the status rule of a sync wants them. */
  | { readonly kind: 'status' };

export interface Field {
  readonly spec: AttributeSpec;
  readonly place: Place;
}

type Facts = Partial<Omit<AttributeSpec, 'name'>>;

/** What a service says of each user and takes from nobody (RFC 7643 §3.1), and the state that `disable` and `enable` write. */
const told: readonly Field[] = [
  readOnly('id', { kind: 'plain', attribute: 'id' }, { optional: false }),
  readOnly('active', { kind: 'plain', attribute: 'active' }, { type: 'bool' }),
  readOnly('status', { kind: 'status' }, { values: ['active', 'inactive'] }),
  ...['created', 'lastModified'].map((part) =>
    readOnly(`meta.${part}`, { kind: 'plain', attribute: 'meta', part }, { type: 'instant' }),
  ),
];

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

/** RFC 7643 §4.1 and §4.3, flat. */
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

/**
 * Every attribute that this connection publishes, by name, with its place: those of the standards, the config's, and those
 * that were found at the service and saved in the specs.
 */
export function fieldsOf(
  {
    extensions,
    profile,
  }: {
    readonly extensions: ScimConfig['extensions'];
    readonly profile: Pick<ScimConfig['profile'], 'userNameMutable' | 'attributes'>;
  },
  saved: readonly AttributeSpec[] = [],
): ReadonlyMap<string, Field> {
  const declared = extensions.flatMap(({ urn, attributes }) =>
    attributes.map(({ name: attribute, type, class: dataClass = classOfLabel(attribute) }) =>
      field(`custom.${attribute}`, { kind: 'plain', urn, attribute }, { type, class: dataClass }),
    ),
  );
  const { userNameMutable, attributes } = profile;
  const known =
    attributes === undefined ? standard : standard.filter(({ spec }) => attributes.includes(spec.name));
  const fixed = userNameMutable ? known : known.map(onlyOnCreate);
  return byName([...told, ...fixed, ...declared, ...saved.flatMap(savedField)]);
}

/** Of two fields with one name the first counts: what the config says goes before what was saved. */
export function byName(fields: readonly Field[]): ReadonlyMap<string, Field> {
  const known = new Map<string, Field>();
  for (const one of fields) if (!known.has(one.spec.name)) known.set(one.spec.name, one);
  return known;
}

/** A custom attribute of a user: of the extension with this URN, or without one of the user itself. */
export function customField(
  attribute: string,
  at: { readonly published: string; readonly urn?: string | undefined },
  facts: Facts = {},
): Field {
  const { published, urn } = at;
  const place = { kind: 'plain', attribute, ...(urn === undefined ? {} : { urn }) } as const;
  const key = urn === undefined ? attribute : `${urn}:${attribute}`;
  return field(`custom.${published}`, place, { class: classOfLabel(published), key, ...facts });
}

/** The field of a custom attribute in a saved file, by its key. A URN has colons and dots: the name stands behind the last colon. */
export function savedField({ name: published, key, ...facts }: AttributeSpec): readonly Field[] {
  if (!published.startsWith('custom.') || key === undefined) return [];
  const colon = key.lastIndexOf(':');
  const attribute = key.slice(colon + 1);
  const at = {
    published: published.slice('custom.'.length),
    urn: colon < 0 ? undefined : key.slice(0, colon),
  };
  const { spec, place } = customField(attribute, at, facts);
  if (facts.write !== undefined) return [{ spec, place }];
  const { write: _always, ...never } = spec;
  return [{ spec: never, place }];
}

function onlyOnCreate(one: Field): Field {
  return one.spec.name === 'userName' ? { ...one, spec: { ...one.spec, write: 'create' } } : one;
}

function readOnly(published: string, place: Place, facts: Facts): Field {
  return { spec: { type: 'text', class: 'internal', optional: true, ...facts, name: published }, place };
}

function field(published: string, place: Place, facts: Facts = {}): Field {
  return {
    spec: { type: 'text', class: 'personal', optional: true, write: 'always', ...facts, name: published },
    place,
  };
}
