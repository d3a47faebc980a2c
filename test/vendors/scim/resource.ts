import type { Json } from '../../../src/model/value.ts';
import { coreUrn, named, schemas, splitUrn, type Definition } from './attributes.ts';
import { Refusal } from './refusal.ts';

export type Resource = { [key: string]: Json };

/**
 * A body of POST or PUT as it is kept: checked against the schemas, names in canonical spelling, what is unassigned
 * (null, empty list) left out, read-only attributes ignored (RFC 7643 §2.5, RFC 7644 §3.3).
 */
export function normalizeResource(body: Json | undefined): Resource {
  const given = objectOf(body, 'the body');
  const declared = declaredSchemas(given['schemas']);
  const resource: Resource = { schemas: [...declared] };
  for (const [key, value] of Object.entries(given)) {
    if (key.toLowerCase() === 'schemas') continue;
    const extension = splitUrn(key);
    if (extension === undefined) {
      assign(resource, definitionOf(schemas.get(coreUrn) ?? [], key), value);
      continue;
    }
    if (!declared.has(extension.urn)) {
      throw new Refusal(400, 'RFC 7643 §3.3', 'an extension must be listed in "schemas"', 'invalidValue');
    }
    const part: Resource = {};
    for (const [name, inner] of Object.entries(objectOf(value, key))) {
      assign(part, definitionOf(schemas.get(extension.urn) ?? [], name), inner);
    }
    if (Object.keys(part).length > 0) resource[extension.urn] = part;
  }
  const { userName } = resource;
  if (typeof userName !== 'string' || userName === '') {
    throw new Refusal(400, 'RFC 7643 §4.1.1', 'userName is required', 'invalidValue');
  }
  return resource;
}

/** The attribute's value in canonical form, `undefined` where it is unassigned. */
export function normalizeValue(definition: Definition, value: Json): Json | undefined {
  if (value === null) return undefined;
  if (definition.multiValued !== true) return normalizeSingle(definition, value);
  if (!Array.isArray(value)) throw wrongType(definition, 'a list');
  const items = value
    .map((item: Json) => normalizeSingle(definition, item) ?? null)
    .filter((item) => item !== null);
  const primaries = items.filter((item) => (item as Resource)['primary'] === true);
  if (primaries.length > 1) {
    throw new Refusal(400, 'RFC 7643 §2.4', `${definition.name} has two primary values`, 'invalidValue');
  }
  return items.length === 0 ? undefined : items;
}

export function definitionOf(definitions: readonly Definition[], name: string): Definition {
  const definition = named(definitions, name);
  if (definition === undefined) {
    throw new Refusal(400, 'RFC 7644 §3.12', 'an attribute that no schema knows', 'invalidPath');
  }
  return definition;
}

export function objectOf(value: Json | undefined, what: string): Readonly<Record<string, Json>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'RFC 7644 §3.12', `${what} must be a JSON object`, 'invalidSyntax');
  }
  return value as Readonly<Record<string, Json>>;
}

/** A value as text: itself, or its JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function declaredSchemas(value: Json | undefined): ReadonlySet<string> {
  if (!Array.isArray(value)) {
    throw new Refusal(400, 'RFC 7643 §3', '"schemas" is required', 'invalidSyntax');
  }
  const urns = value
    .map((one: Json) => splitUrn(textOf(one)))
    .map((one) => (one?.rest === '' ? one.urn : undefined));
  if (urns.includes(undefined) || !urns.includes(coreUrn)) {
    throw new Refusal(
      400,
      'RFC 7643 §3',
      '"schemas" must name the User schema and known extensions',
      'invalidValue',
    );
  }
  return new Set(urns as string[]);
}

function assign(into: Resource, definition: Definition, value: Json): void {
  if (definition.mutability === 'readOnly') return;
  const normal = normalizeValue(definition, value);
  if (normal !== undefined) into[definition.name] = normal;
}

function normalizeSingle(definition: Definition, value: Json): Json | undefined {
  const type = definition.type ?? 'string';
  if (type === 'complex') {
    const part: Resource = {};
    for (const [name, inner] of Object.entries(objectOf(value, definition.name))) {
      assign(part, definitionOf(definition.sub ?? [], name), inner);
    }
    return Object.keys(part).length === 0 ? undefined : part;
  }
  if (type === 'integer') {
    if (!Number.isInteger(value)) throw wrongType(definition, 'an integer');
  } else if (typeof value !== type) throw wrongType(definition, `a ${type}`);
  return value;
}

function wrongType(definition: Definition, wanted: string): Refusal {
  return new Refusal(400, 'RFC 7643 §2.3', `${definition.name} must be ${wanted}`, 'invalidValue');
}
