import type { AttributeSpec } from '../../model/attribute.ts';
import { classOfLabel } from '../class-of-label.ts';
import { isObject, objectsOf, type JsonObject } from '../json.ts';
import type { ApideckClient } from './client.ts';
import { customKey } from './decode.ts';

/** Custom fields of the HR system, and what the integrator mapped in the Vault, as attributes. */
export interface Found {
  readonly attributes: readonly AttributeSpec[];
  /** Labels that stand for more than one custom field. */
  readonly ambiguous: readonly string[];
}

/**
 * Asks the Vault, which takes the custom fields of some services from one employee, where those that are empty are
 * missing ("customFieldsAll"), and adds what these employees carry.
 */
export async function findCustom(
  client: ApideckClient,
  employees: readonly JsonObject[],
  signal: AbortSignal,
): Promise<Found> {
  const { connectionPath } = client;
  const [fields, mappings] = await Promise.all([
    client.maybe(`${connectionPath}/employees/custom-fields`, {}, signal),
    client.maybe(`${connectionPath}/employees/custom-mappings`, {}, signal),
  ]);
  const listed = [...objectsOf(fields), ...employees.flatMap((one) => objectsOf(one['custom_fields']))];
  const custom = new Map<string, JsonObject>();
  for (const one of listed) {
    const key = customKey(one);
    if (key !== undefined && !custom.has(key)) custom.set(key, one);
  }
  const labels = [...custom].map(([key, one]) => labelOf(one, key));
  const isShared = (label: string) => labels.filter((one) => one === label).length > 1;
  return {
    attributes: [
      ...[...custom].map(([key, one]) => customAttribute(key, one, isShared(labelOf(one, key)))),
      ...mappedAttributes(objectsOf(mappings), employees),
    ],
    ambiguous: [...new Set(labels.filter(isShared))],
  };
}

function customAttribute(key: string, one: JsonObject, shared: boolean): AttributeSpec {
  const label = labelOf(one, key);
  return {
    name: shared ? `custom.${label} (${key})` : `custom.${label}`,
    // Only values tell what a field holds, and the next person's may be of another kind: texts hold them all.
    type: Array.isArray(one['value']) ? 'list<text>' : 'text',
    class: classOfLabel(`${label} ${key}`),
    label,
    key,
    optional: true,
  };
}

function mappedAttributes(
  mappings: readonly JsonObject[],
  employees: readonly JsonObject[],
): readonly AttributeSpec[] {
  const labels = new Map<string, string>();
  for (const { key, label } of mappings) {
    if (typeof key === 'string' && key !== '') labels.set(key, typeof label === 'string' ? label : key);
  }
  for (const { custom_mappings: mapped } of employees) {
    for (const key of Object.keys(isObject(mapped) ? mapped : {})) if (!labels.has(key)) labels.set(key, key);
  }
  return [...labels].map(([key, label]) => ({
    name: `mapped.${key}`,
    type: 'text',
    class: classOfLabel(`${label} ${key}`),
    label,
    key,
    optional: true,
  }));
}

function labelOf({ name }: JsonObject, key: string): string {
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : key;
}
