import type { Json } from '../../../src/model/value.ts';
import { coreUrn, named, schemas, splitUrn, type Definition } from './attributes.ts';
import { matches, parseFilter } from './filter.ts';
import { Refusal } from './refusal.ts';
import { definitionOf, normalizeValue, objectOf, textOf, type Resource } from './resource.ts';

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

interface Target {
  readonly urn: string;
  readonly definition: Definition;
  readonly filter: string | undefined;
  readonly sub: Definition | undefined;
}

/** Carries out a PATCH on a copy (RFC 7644 §3.5.2): all of it, or a refusal. */
export function patched(resource: Resource, body: Json | undefined): Resource {
  const { schemas: urns, Operations: operations, ...rest } = objectOf(body, 'the body');
  if (
    !Array.isArray(urns) ||
    !urns.includes(patchUrn) ||
    !Array.isArray(operations) ||
    operations.length === 0
  ) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', 'a PATCH needs its schema and "Operations"', 'invalidSyntax');
  }
  if (Object.keys(rest).length > 0) {
    throw new Refusal(
      400,
      'RFC 7644 §3.5.2',
      'a PATCH has nothing but "schemas" and "Operations"',
      'invalidSyntax',
    );
  }
  const copy = structuredClone(resource);
  for (const operation of operations) carryOut(copy, objectOf(operation as Json, 'an operation'));
  if (typeof copy['userName'] !== 'string') {
    throw new Refusal(400, 'RFC 7644 §3.5.2.2', 'userName is required', 'mutability');
  }
  return copy;
}

function carryOut(resource: Resource, operation: Readonly<Record<string, Json>>): void {
  const { op, path, value, ...rest } = operation;
  if (Object.keys(rest).length > 0 || (op !== 'add' && op !== 'remove' && op !== 'replace')) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', 'op must be add, remove or replace', 'invalidSyntax');
  }
  if (path === undefined) {
    if (op === 'remove') throw new Refusal(400, 'RFC 7644 §3.5.2.2', 'remove needs a path', 'noTarget');
    for (const [key, one] of Object.entries(objectOf(value, 'the value'))) {
      if (splitUrn(key)?.rest === '') {
        for (const [name, inner] of Object.entries(objectOf(one, key)))
          write(resource, op, `${key}:${name}`, inner);
      } else write(resource, op, key, one);
    }
    return;
  }
  if (op !== 'remove' && value === undefined) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', `${op} needs a value`, 'invalidValue');
  }
  write(resource, op, textOf(path), value ?? null);
}

function write(resource: Resource, op: 'add' | 'remove' | 'replace', path: string, value: Json): void {
  const target = targetOf(path);
  if (target.definition.mutability === 'readOnly' || target.sub?.mutability === 'readOnly') {
    throw new Refusal(400, 'RFC 7644 §3.5.2', `${target.definition.name} is read-only`, 'mutability');
  }
  const container = containerOf(resource, target.urn);
  if (target.filter !== undefined) writeElements(container, op, target, value);
  else if (target.sub !== undefined) writeSub(container, op, target, value);
  else writeWhole(container, op, target.definition, value);
  if (target.urn !== coreUrn) keepExtension(resource, target.urn, container);
}

/** `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`, each also behind a URN and a colon. */
function targetOf(path: string): Target {
  const extension = splitUrn(path);
  const urn = extension?.urn ?? coreUrn;
  const parts = /^([A-Za-z$][\w$-]*)(?:\[(.*)\])?(?:\.([A-Za-z$][\w$-]*))?$/u.exec(extension?.rest ?? path);
  const definition = parts === null ? undefined : named(schemas.get(urn) ?? [], parts[1] ?? '');
  if (parts === null || definition === undefined) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', 'a path that no schema knows', 'invalidPath');
  }
  const sub = parts[3] === undefined ? undefined : definitionOf(definition.sub ?? [], parts[3]);
  return { urn, definition, filter: parts[2], sub };
}

function containerOf(resource: Resource, urn: string): Resource {
  return urn === coreUrn ? resource : ((resource[urn] as Resource | undefined) ?? {});
}

function keepExtension(resource: Resource, urn: string, container: Resource): void {
  const urns = (resource['schemas'] as string[]).filter((one) => one !== urn);
  if (Object.keys(container).length === 0) delete resource[urn];
  else {
    resource[urn] = container;
    urns.push(urn);
  }
  resource['schemas'] = urns;
}

function writeWhole(
  into: Resource,
  op: 'add' | 'remove' | 'replace',
  definition: Definition,
  value: Json,
): void {
  if (op === 'remove') {
    delete into[definition.name];
    return;
  }
  const given = definition.multiValued === true && !Array.isArray(value) ? [value] : value;
  const normal = normalizeValue(definition, given);
  const now = into[definition.name];
  if (normal === undefined) delete into[definition.name];
  else if (definition.multiValued === true && op === 'add' && Array.isArray(now)) {
    into[definition.name] = appended(definition, now as Resource[], normal as unknown as Resource[]);
  } else if (definition.type === 'complex' && definition.multiValued !== true && now !== undefined) {
    into[definition.name] = { ...(now as Resource), ...(normal as Resource) };
  } else into[definition.name] = normal;
}

/** Adding a value that is there already changes nothing (RFC 7644 §3.5.2.1); a new primary takes it from the others. */
function appended(definition: Definition, now: readonly Resource[], more: readonly Resource[]): Json {
  const fresh = more.filter((one) => !now.some((old) => JSON.stringify(old) === JSON.stringify(one)));
  const takesPrimary = fresh.some((one) => one['primary'] === true);
  const kept = takesPrimary ? now.map((old) => ({ ...old, primary: false })) : now;
  return normalizeValue(definition, [...kept, ...fresh]) ?? null;
}

function writeSub(into: Resource, op: 'add' | 'remove' | 'replace', target: Target, value: Json): void {
  const { definition, sub } = target;
  if (definition.multiValued === true || sub === undefined) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', 'a list needs a value filter to reach into it', 'invalidPath');
  }
  const part = { ...(into[definition.name] as Resource | undefined) };
  const normal = op === 'remove' ? undefined : normalizeValue(sub, value);
  if (normal === undefined) delete part[sub.name];
  else part[sub.name] = normal;
  if (Object.keys(part).length === 0) delete into[definition.name];
  else into[definition.name] = part;
}

function writeElements(into: Resource, op: 'add' | 'remove' | 'replace', target: Target, value: Json): void {
  const { definition, sub } = target;
  const filter = parseFilter(target.filter ?? '', definition.sub ?? []);
  const now = (into[definition.name] as Resource[] | undefined) ?? [];
  const chosen = now.filter((one) => matches(filter, one));
  if (chosen.length === 0) {
    throw new Refusal(400, 'RFC 7644 §3.5.2.3', 'the value filter matches nothing', 'noTarget');
  }
  const next = now.flatMap((one): Resource[] => {
    if (!chosen.includes(one)) return [one];
    if (op === 'remove' && sub === undefined) return [];
    const copy = { ...one };
    if (sub === undefined) return [{ ...copy, ...(objectOf(value, 'the value') as Resource) }];
    const normal = op === 'remove' ? undefined : normalizeValue(sub, value);
    if (normal === undefined) delete copy[sub.name];
    else copy[sub.name] = normal;
    return [copy];
  });
  const normal = normalizeValue(definition, next);
  if (normal === undefined) delete into[definition.name];
  else into[definition.name] = normal;
}
