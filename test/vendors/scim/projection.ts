import { coreUrn, schemas, splitUrn } from './attributes.ts';
import { attributePath } from './filter.ts';
import { Refusal } from './refusal.ts';
import type { Resource } from './resource.ts';

/** What `attributes` or `excludedAttributes` ask for (RFC 7644 §3.9), as canonical key paths. */
export interface Projection {
  readonly key: string;
  readonly only: boolean;
  readonly paths: readonly (readonly string[])[];
}

export function parseProjection(query: URLSearchParams): Projection | undefined {
  const only = query.get('attributes');
  const excluded = query.get('excludedAttributes');
  if (only !== null && excluded !== null) {
    throw new Refusal(
      400,
      'RFC 7644 §3.9',
      '"attributes" and "excludedAttributes" exclude each other',
      'invalidSyntax',
    );
  }
  const text = only ?? excluded;
  if (text === null || text === '') return undefined;
  const paths = text.split(',').map((name) => keysOf(name.trim()));
  return { key: `${only === null ? '-' : '+'}${text}`, only: only !== null, paths };
}

/** `id` and `schemas` always come; a password never does. */
export function project(resource: Resource, projection: Projection): Resource {
  if (!projection.only) return without(resource, projection);
  const part: Resource = {};
  for (const name of ['schemas', 'id']) part[name] = resource[name] ?? null;
  for (const keys of projection.paths) copy(resource, part, keys);
  return part;
}

function without(resource: Resource, projection: Projection): Resource {
  const part = structuredClone(resource);
  for (const [key, sub, subSub] of projection.paths) {
    if (key === undefined || key === 'id') continue;
    if (sub === undefined) delete part[key];
    else if (subSub === undefined) delete (part[key] as Resource | undefined)?.[sub];
  }
  return part;
}

function copy(from: Resource, to: Resource, keys: readonly string[]): void {
  const [key = '', ...rest] = keys;
  const value = from[key];
  if (value === undefined) return;
  if (rest.length === 0) to[key] = value;
  else if (Array.isArray(value)) {
    const parts = (to[key] as Resource[] | undefined) ?? value.map(() => ({}));
    (value as Resource[]).forEach((one, index) => copy(one, parts[index] ?? {}, rest));
    to[key] = parts;
  } else {
    const part = (to[key] as Resource | undefined) ?? {};
    copy(value as Resource, part, rest);
    if (Object.keys(part).length > 0) to[key] = part;
  }
}

function keysOf(name: string): readonly string[] {
  const extension = splitUrn(name);
  if (extension !== undefined && extension.rest === '' && extension.urn !== coreUrn) {
    if (schemas.has(extension.urn)) return [extension.urn];
  }
  return attributePath(name).keys;
}
