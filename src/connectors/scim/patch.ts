import type { Json, Value } from '../../model/value.ts';
import { isObject } from '../json.ts';
import { coreUrn, type Field, type Place } from './fields.ts';
import { requestPath } from './filter.ts';
import { elementOf, pick, type User } from './user.ts';

type Body = { [key: string]: Json };

/** The body of a create: the wanted attributes, and every schema that they belong to (RFC 7644 §3.3). */
export function createBody(
  set: Readonly<Record<string, Value>>,
  fields: ReadonlyMap<string, Field>,
  active: boolean,
): Readonly<Record<string, Json>> {
  const body: Body = { active };
  const urns = new Set([coreUrn]);
  for (const [name, value] of Object.entries(set)) {
    const place = fields.get(name)?.place;
    if (place === undefined || place.kind === 'status' || value === null) continue;
    if (place.kind === 'element') {
      const list = (body[place.list] as Json[] | undefined) ?? [];
      body[place.list] = withElement(list, place, value);
      continue;
    }
    if (place.kind === 'values') {
      body[place.list] = withValues([], value);
      continue;
    }
    if (place.urn !== undefined) urns.add(place.urn);
    const container = place.urn === undefined ? body : partOf(body, place.urn);
    if (place.kind === 'reference') container[place.attribute] = { value };
    else if (place.part === undefined) container[place.attribute] = value;
    else partOf(container, place.attribute)[place.part] = value;
  }
  return { schemas: [...urns], ...body };
}

/** Whether the change reaches into lists, whose other elements must be known to be kept. */
export function needsCurrent(
  set: Readonly<Record<string, Value>>,
  fields: ReadonlyMap<string, Field>,
): readonly string[] {
  const lists = Object.keys(set).map((name) => {
    const place = fields.get(name)?.place;
    return place?.kind === 'element' || place?.kind === 'values' ? place.list : undefined;
  });
  return [...new Set(lists.filter((list) => list !== undefined))];
}

/**
 * One PATCH that brings these attributes to these values and may be sent twice (RFC 7644 §3.5.2): a replace or a
 * remove for each, with plain paths. A list is replaced whole, with its other elements as they are in `current`, since
 * many servers refuse a path with a value filter, and the standard refuses one that matches nothing.
 */
export function patchBody(
  set: Readonly<Record<string, Value>>,
  fields: ReadonlyMap<string, Field>,
  current: User,
  active: boolean | undefined,
): Readonly<Record<string, Json>> {
  const operations: Json[] = [];
  const lists = new Map<string, readonly Json[]>();
  for (const [name, value] of Object.entries(set)) {
    const place = fields.get(name)?.place;
    if (place === undefined || place.kind === 'status') continue;
    if (place.kind === 'element') {
      const list = lists.get(place.list) ?? listOf(current, place.list);
      lists.set(place.list, withElement(list, place, value));
    } else if (place.kind === 'values') {
      lists.set(place.list, withValues(listOf(current, place.list), value));
    } else
      operations.push(
        operation(requestPath(place), place.kind === 'reference' && value !== null ? { value } : value),
      );
  }
  for (const [path, list] of lists) operations.push(operation(path, list.length === 0 ? null : list));
  if (active !== undefined) operations.push(operation('active', active));
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

function operation(path: string, value: Json): Json {
  return value === null ? { op: 'remove', path } : { op: 'replace', path, value };
}

/** The list with one part of one element set, or cleared; an element of which only its type is left goes. */
function withElement(list: readonly Json[], place: Place & { kind: 'element' }, value: Value): Json[] {
  const element = elementOf(list, place);
  if (element === undefined) {
    if (value === null) return [...list];
    const primary = place.orPrimary && !list.some((one) => isObject(one) && pick(one, 'primary') === true);
    return [...list, { [place.part]: value, type: place.type, ...(primary ? { primary } : {}) }];
  }
  const { [place.part]: _before, display: _derived, ...others } = element;
  const next = value === null ? others : { ...others, [place.part]: value };
  const isEmpty = Object.keys(next).every((key) => key === 'type' || key === 'primary');
  return list.flatMap((one) => (one === element ? (isEmpty ? [] : [next]) : [one]));
}

/** A list of exactly these values; of those that are there already, type, display and the like stay as they are. */
function withValues(list: readonly Json[], values: Value): Json[] {
  const known = new Map(list.map((one) => [withoutCase(isObject(one) ? pick(one, 'value') : one), one]));
  return (Array.isArray(values) ? values : []).map(
    (value: Json) => known.get(withoutCase(value)) ?? { value },
  );
}

function withoutCase(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function listOf(user: User, name: string): readonly Json[] {
  const list = pick(user, name);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

function partOf(body: Body, name: string): Body {
  const part = (body[name] as Body | undefined) ?? {};
  body[name] = part;
  return part;
}
