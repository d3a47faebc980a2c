import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json, ValueType } from '../../model/value.ts';
import { classOfLabel } from '../class-of-label.ts';
import { isObject, objectsOf, type JsonObject } from '../json.ts';
import type { MergeClient } from './client.ts';
import { remoteKey } from './remote-data.ts';

interface Found {
  readonly label: string;
  readonly key: string;
  readonly type: ValueType;
  readonly choices?: readonly string[];
}

/**
 * Every field that is not the same for all HR systems: those mapped in Merge under their targets' names, older custom
 * fields, and all else that the HR system's own answers hold, under the label that it shows. Two of one name get their key
 * behind it, but for the mapped one, whose name somebody chose.
 */
export async function customAttributes(
  client: MergeClient,
  signal: AbortSignal,
): Promise<readonly AttributeSpec[]> {
  const mappings = await client.optional('field-mappings', {}, signal);
  const remote = await client.optional('remote-fields', { common_models: 'Employee' }, signal);
  const { items } = await client.page('employees', {}, undefined, signal);
  const mapped = unique([...modelsIn(mappings).flatMap(mappedOf), ...items.flatMap(targetsIn)]);
  const others = unique([...items.flatMap(customFieldsIn), ...modelsIn(remote).flatMap(remoteOf)]);
  const taken = new Set(mapped.map(({ label }) => label));
  const times = Map.groupBy(others, ({ label }) => label);
  return [
    ...mapped.map((one) => specOf(one, one.label)),
    ...others.map((one) => {
      const isShared = taken.has(one.label) || (times.get(one.label)?.length ?? 0) > 1;
      return specOf(one, isShared ? `${one.label} (${one.key})` : one.label);
    }),
  ];
}

function unique(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.toReversed().map((one) => [one.key, one])).values()].toReversed();
}

function specOf({ label, key, type, choices }: Found, name: string): AttributeSpec {
  return {
    name: `custom.${name}`,
    type,
    class: classOfLabel(label),
    label,
    key,
    optional: true,
    ...(choices === undefined ? {} : { values: choices }),
  };
}

/** Both lists come by common model. */
function modelsIn(body: Json | undefined): readonly JsonObject[] {
  return isObject(body) ? objectsOf(body['Employee']) : [];
}

function mappedOf({ target_field: target, remote_field: remote }: JsonObject): readonly Found[] {
  if (!isObject(target) || typeof target['name'] !== 'string') return [];
  const type = typeOf(isObject(remote) ? remote['schema'] : undefined) ?? 'text';
  return [{ label: target['name'], key: `field_mappings.${target['name']}`, type }];
}

/** Where the plan has no list of mappings, people themselves show their targets. */
function targetsIn({ field_mappings: mappings }: JsonObject): readonly Found[] {
  const targets = isObject(mappings) ? Object.values(mappings).flatMap(namesIn) : [];
  return targets.map((label) => ({ label, key: `field_mappings.${label}`, type: 'text' }));
}

/** Custom fields of the older kind, of which no list tells. */
function customFieldsIn({ custom_fields: custom }: JsonObject): readonly Found[] {
  return namesIn(custom).map((label) => ({ label, key: `custom_fields.${label}`, type: 'text' }));
}

function namesIn(values: Json | undefined): readonly string[] {
  return isObject(values) ? Object.keys(values) : [];
}

function remoteOf(field: JsonObject): readonly Found[] {
  const { remote_key_name: name, remote_endpoint_info: endpoint, advanced_metadata: about } = field;
  const type = typeOf(field['schema']);
  if (typeof name !== 'string' || name === '' || type === undefined || !isObject(endpoint)) return [];
  const { url_path: path, field_traversal_path: traversal } = endpoint;
  if (typeof path !== 'string' || !Array.isArray(traversal)) return [];
  const steps = (traversal as readonly Json[]).filter(
    (one) => typeof one === 'string' || typeof one === 'number',
  );
  const shown = isObject(about) ? about['display_name'] : undefined;
  const label = typeof shown === 'string' && shown.trim() !== '' ? shown.trim() : name;
  return [{ label, key: remoteKey(path, steps), type, ...choicesIn(about) }];
}

function choicesIn(about: Json | undefined): Pick<Found, 'choices'> {
  const choices = isObject(about) ? about['field_choices'] : undefined;
  if (!Array.isArray(choices) || choices.length === 0) return {};
  const texts = (choices as readonly Json[]).filter((one) => typeof one === 'string');
  return texts.length === choices.length ? { choices: texts } : {};
}

/** Of a JSON schema; undefined for what is no value of an attribute, such as an object. */
function typeOf(schema: Json | undefined): ValueType | undefined {
  if (!isObject(schema)) return 'text';
  const { type, format, items } = schema;
  const plain = Array.isArray(type) ? (type as readonly Json[]).find((one) => one !== 'null') : type;
  if (plain === 'object') return undefined;
  if (plain === 'array') {
    const item = typeOf(items);
    return item === undefined || item.startsWith('list<')
      ? undefined
      : item === 'int'
        ? 'list<int>'
        : 'list<text>';
  }
  if (plain === 'integer') return 'int';
  if (plain === 'number') return 'decimal';
  if (plain === 'boolean') return 'bool';
  return format === 'date' ? 'date' : 'text';
}
