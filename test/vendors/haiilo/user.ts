import type { Json } from '../../../src/model/value.ts';
import { Refusal } from '../scim/refusal.ts';

/** A user as SCIM shows it: names as they came, the server's own `id` and `meta` left out. */
export type ScimUser = { [key: string]: Json };

/** What a product does with an attribute that a client sends; throws where the product refuses it. */
export type Take = (path: readonly string[], value: Json) => void;

/** What of our model is no word of Haiilo's. */
export const ourModel = 'our model: Haiilo does not publish it';

/** A whole user of a POST: everything but what the server gives is taken, or refused. */
export function created(body: Json | undefined, take: Take): ScimUser {
  const { schemas, id: _id, meta: _meta, ...given } = objectOf(body);
  if (!Array.isArray(schemas))
    throw new Refusal(400, 'RFC 7643 §3', '"schemas" is required', 'invalidSyntax');
  if (typeof given['userName'] !== 'string' || given['userName'] === '') {
    throw new Refusal(400, 'User directory: SCIM', 'userName is required', 'invalidValue');
  }
  for (const [key, value] of Object.entries(given)) takeAll([key], value, take);
  return given;
}

/** A PATCH with a replace or a remove for each attribute, on a copy (RFC 7644 §3.5.2); plain paths only: the rest is not published. */
export function patched(user: ScimUser, body: Json | undefined, take: Take): ScimUser {
  const { Operations: operations } = objectOf(body);
  if (!Array.isArray(operations)) {
    throw new Refusal(400, 'RFC 7644 §3.5.2', 'a PATCH needs "Operations"', 'invalidSyntax');
  }
  const copy = structuredClone(user);
  for (const operation of operations) {
    const { op, path, value } = objectOf(operation as Json);
    if ((op !== 'replace' && op !== 'remove') || typeof path !== 'string' || path.includes('[')) {
      throw new Refusal(400, ourModel, 'only replace and remove with plain paths', 'invalidPath');
    }
    write(copy, keysOf(path), op === 'remove' ? null : (value ?? null), take);
  }
  return copy;
}

/** The value at these keys, where there is one. */
export function valueAt(user: ScimUser, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = user;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as ScimUser)[key];
  }
  return value;
}

export function objectOf(value: Json | undefined): ScimUser {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ScimUser;
  throw new Refusal(400, 'RFC 7644 §3.12', 'a JSON object is needed', 'invalidSyntax');
}

/** `name.givenName`, `URN:attribute`: a URN ends at the last colon. */
function keysOf(path: string): readonly string[] {
  const colon = path.lastIndexOf(':');
  return colon < 0 ? path.split('.') : [path.slice(0, colon), ...path.slice(colon + 1).split('.')];
}

function write(user: ScimUser, keys: readonly string[], value: Json, take: Take): void {
  takeAll(keys, value, take);
  const [last = ''] = keys.slice(-1);
  let holder: ScimUser = user;
  for (const key of keys.slice(0, -1)) {
    const inner = { ...(holder[key] as ScimUser | undefined) };
    holder[key] = inner;
    holder = inner;
  }
  if (value === null) delete holder[last];
  else holder[last] = value;
}

/** Asks for each plain value by its keys; the elements of a list by the list's. */
function takeAll(keys: readonly string[], value: Json, take: Take): void {
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) takeAll(keys, one, take);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) takeAll([...keys, key], inner, take);
  } else take(keys, value);
}
