import type { Value } from '../../model/value.ts';
import type { Place } from './fields.ts';

/**
 * `path eq value` as RFC 7644 §3.4.2.2 writes it. The value is a JSON literal, so that no quote or backslash in a
 * person's data ends it.
 */
export function equals(place: Place, value: Exclude<Value, null>): string {
  const literal = place.kind === 'status' ? value === 'active' : value;
  return `${filterPath(place)} eq ${JSON.stringify(literal)}`;
}

/** Path of an attribute for filters: plain names, since few servers filter by the type of an element. */
function filterPath(place: Place): string {
  if (place.kind === 'element') return `${place.list}.${place.part}`;
  if (place.kind === 'values') return `${place.list}.value`;
  return place.kind === 'reference' ? `${requestPath(place)}.value` : requestPath(place);
}

/** Path of an attribute for `attributes=` and PATCH: `name.givenName`, `emails`, `URN:department`. */
export function requestPath(place: Place): string {
  if (place.kind === 'element' || place.kind === 'values') return place.list;
  if (place.kind === 'status') return 'active';
  const prefix = place.urn === undefined ? '' : `${place.urn}:`;
  const part = place.kind === 'plain' && place.part !== undefined ? `.${place.part}` : '';
  return `${prefix}${place.attribute}${part}`;
}
