import { stringify } from 'yaml';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Entity } from '../../model/entity.ts';
import { highestClass } from '../../model/value.ts';
import type { SavedFields } from '../compiled.ts';
import { apiVersion } from '../documents/document.ts';
import type { Documents } from '../documents.ts';
import type { SavedAttribute } from '../documents/fields.ts';

/** The attributes of a connection that `rosterd connection fields --save` wrote, when it did. */
export function savedFields(connection: string, documents: Documents): SavedFields | undefined {
  const spec = documents.Fields.get(connection)?.content.spec;
  if (spec === undefined) return undefined;
  return Object.fromEntries(
    (Object.keys(keyOf) as Entity[]).flatMap((entity) => {
      const saved = spec[keyOf[entity]];
      return saved === undefined ? [] : [[entity, saved.map((field) => withoutUndefined(field))]];
    }),
  );
}

/** Where the file keeps them: people's under `attributes`, as files have it that know of nothing else. */
const keyOf = { person: 'attributes', course: 'course', enrollment: 'enrollment' } as const;

/** Where the fields of a connection are saved, below the specs folder. */
export function fieldsPath(connection: string): string {
  return `fields/${connection}.fields.yaml`;
}

/** The file that saves what a connection can read and write: a `Fields` document, attributes sorted by name. */
export function renderFields(connection: string, fields: SavedFields): string {
  const lists = Object.entries(keyOf).flatMap(([entity, key]) => {
    const attributes = fields[entity as Entity];
    return attributes === undefined
      ? []
      : [[key, attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1))] as const];
  });
  const spec = Object.fromEntries(lists);
  const document = { apiVersion, kind: 'Fields', metadata: { name: connection }, spec };
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

function withoutUndefined(field: SavedAttribute): AttributeSpec {
  return Object.fromEntries(
    Object.entries(field).filter(([, value]) => value !== undefined),
  ) as unknown as AttributeSpec;
}
