export type Tree = Readonly<Record<string, unknown>>;

/**
 * A schema of an OpenAPI document as JSON Schema that stands alone: what it refers to comes along, `nullable` and
 * boolean `exclusiveMinimum` are said the way JSON Schema says them. Throws when a reference leads nowhere.
 */
export function standalone(root: Tree, schema: Tree): Tree {
  const definitions: Record<string, unknown> = {};
  const open: string[] = [];
  const refer = (ref: string): string => {
    const name = ref.replaceAll(/[^A-Za-z0-9_-]/g, '_');
    if (!(name in definitions)) {
      definitions[name] = true;
      open.push(ref);
    }
    return `#/$defs/${name}`;
  };
  const main = convert(schema, refer);
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    definitions[ref.replaceAll(/[^A-Za-z0-9_-]/g, '_')] = convert(pointed(root, ref), refer);
  }
  return { ...main, $defs: definitions };
}

export function isObject(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Words that say nothing about validity. A required property that is read only is not required of a request. */
const dropped = new Set([
  'example',
  'examples',
  'nullable',
  'format',
  'discriminator',
  'xml',
  'externalDocs',
  'default',
]);

function convert(schema: Tree, refer: (ref: string) => string): Tree {
  if (typeof schema.$ref === 'string') return { $ref: refer(schema.$ref) };
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key) || key.startsWith('x-')) continue;
    converted[key] = convertKeyword(key, value, refer);
  }
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof converted[flag] !== 'boolean') continue;
    if (converted[flag]) converted[flag] = converted[bound];
    else delete converted[flag];
  }
  // Some documents write `required: true` at a property, which is not a list of names.
  if (!Array.isArray(converted.required)) delete converted.required;
  else converted.required = requestedOf(converted.required as string[], schema.properties);
  return schema.nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}

function convertKeyword(key: string, value: unknown, refer: (ref: string) => string): unknown {
  if (key === 'properties' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, isObject(one) ? convert(one, refer) : true]),
    );
  }
  if (Array.isArray(value) && ['allOf', 'anyOf', 'oneOf'].includes(key)) {
    return value.map((one) => (isObject(one) ? convert(one, refer) : true));
  }
  const isSchema = key === 'items' || key === 'not' || key === 'additionalProperties';
  return isSchema && isObject(value) ? convert(value, refer) : value;
}

function requestedOf(required: readonly string[], properties: unknown): readonly string[] {
  if (!isObject(properties)) return required;
  return required.filter((name) => {
    const property = properties[name];
    return !(isObject(property) && property.readOnly === true);
  });
}

function pointed(root: Tree, ref: string): Tree {
  if (!ref.startsWith('#/')) throw new Error(`${ref} is not in the document`);
  let target: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    target = isObject(target)
      ? target[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')]
      : undefined;
  }
  if (!isObject(target)) throw new Error(`${ref} leads nowhere`);
  return target;
}
