import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json, ValueType } from '../../model/value.ts';
import { classOfLabel } from '../class-of-label.ts';
import { isObject } from '../json.ts';
import { idOf, type BambooClient } from './client.ts';
import { keyOf, personAttributes } from './schema.ts';

/**
 * Every other field that the key may see ("List Fields"): custom ones under the label that people see, `custom.Shirt
 * size`; the vendor's own under their alias, `fields.nationality`. Two custom fields of one label get their key behind it.
 */
export async function otherFields(
  client: BambooClient,
  signal: AbortSignal,
): Promise<readonly AttributeSpec[]> {
  const body = await client.get('meta/fields', signal);
  if (!Array.isArray(body)) throw client.unusable('no list of fields');
  const known = new Set(personAttributes.map(keyOf));
  const found = (body as readonly Json[]).flatMap((field) => fieldOf(field, known) ?? []);
  const names = Map.groupBy(found, ({ name }) => name);
  return found.map((spec) =>
    (names.get(spec.name)?.length ?? 0) > 1 ? { ...spec, name: `${spec.name} (${spec.key ?? ''})` } : spec,
  );
}

function fieldOf(field: Json, known: ReadonlySet<string>): AttributeSpec | undefined {
  if (!isObject(field)) return undefined;
  const { id, name, type, alias } = field;
  const key = typeof alias === 'string' && alias !== '' ? alias : (idOf(id) ?? '');
  // Numbers with a point are columns of tables (`4340.4`): they have a history and no single value.
  if (key === '' || known.has(key) || /^\d+\.\d+$/.test(key) || typeof name !== 'string') return undefined;
  const isCustom = /^(custom|\d)/.test(key);
  return {
    name: isCustom ? `custom.${name}` : `fields.${key}`,
    label: name,
    key,
    type: typeOf(type),
    class: classOfLabel(`${name} ${key}`),
    optional: true,
    // What the vendor itself has beyond the table above may have rules of its own.
    ...(isCustom ? { write: 'always' } : {}),
  };
}

function typeOf(type: Json | undefined): ValueType {
  return type === 'date' ? 'date' : 'text';
}
