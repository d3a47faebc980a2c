import { stringify } from 'yaml';
import type { AttributeSpec } from '../../model/attribute.ts';
import { highestClass } from '../../model/value.ts';
import { apiVersion } from '../documents/document.ts';
import type { Documents } from '../documents.ts';
import type { FieldsDocument } from '../documents/fields.ts';

/** The attributes of a connection that `rosterd connection fields --save` wrote, when it did. */
export function savedFields(connection: string, documents: Documents): readonly AttributeSpec[] | undefined {
  return documents.Fields.get(connection)?.content.spec.attributes.map((field) => withoutUndefined(field));
}

/** Where the fields of a connection are saved, below the specs folder. */
export function fieldsPath(connection: string): string {
  return `fields/${connection}.fields.yaml`;
}

/** The file that saves what a connection can read and write: a `Fields` document, attributes sorted by name. */
export function renderFields(connection: string, attributes: readonly AttributeSpec[]): string {
  const document = {
    apiVersion,
    kind: 'Fields',
    metadata: { name: connection },
    spec: { attributes: attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1)) },
  };
  const comment = `# Written by: rosterd connection fields ${connection} --save\n`;
  return comment + stringify(document, { version: '1.2', aliasDuplicateObjects: false, lineWidth: 0 });
}

/**
 * What is known of a connection's attributes: the connector's own facts, and what was saved of this account. The class
 * is the higher of the two, so that a saved file lowers none. `undefined` where neither knows.
 */
export function knownAttributes(
  offline: readonly AttributeSpec[] | undefined,
  saved: readonly AttributeSpec[] | undefined,
): ReadonlyMap<string, AttributeSpec> | undefined {
  if (offline === undefined && saved === undefined) return undefined;
  const known = new Map((saved ?? []).map((attribute) => [attribute.name, attribute]));
  for (const attribute of offline ?? []) {
    const other = known.get(attribute.name);
    const highest = other === undefined ? attribute.class : highestClass([attribute.class, other.class]);
    known.set(attribute.name, { ...other, ...attribute, class: highest });
  }
  return known;
}

function withoutUndefined(field: FieldsDocument['spec']['attributes'][number]): AttributeSpec {
  return Object.fromEntries(
    Object.entries(field).filter(([, value]) => value !== undefined),
  ) as unknown as AttributeSpec;
}
