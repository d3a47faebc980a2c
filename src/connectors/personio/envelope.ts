import { Stalled, Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';

/**
 * The content of `{ success, data, metadata }`. Throws where the answer says `success: false`, which may come with
 * status 200, and where it has another shape. The vendor's message is not quoted: it may name a person.
 */
export function opened(body: Json, connection: string): JsonObject {
  if (isObject(body) && body.success === true && body.data !== undefined) return body;
  const error = isObject(body) && body.success === false ? body.error : undefined;
  if (error === undefined) throw unusable('an answer without `success` and `data`', connection);
  const code = isObject(error) && typeof error.code === 'number' ? error.code : 0;
  if (code === 401 || code === 403) {
    throw new Stalled(
      'PermissionDenied',
      `connection ${connection}: Personio refused the request (code ${code}); check the API credentials and their readable attributes`,
      { connection },
    );
  }
  throw new Waiting(
    'VendorError',
    `connection ${connection}: Personio reported an error (code ${code}) in place of data; it is tried again later`,
    { connection },
  );
}

export function unusable(what: string, connection: string): Waiting {
  return new Waiting(
    'UnusableAnswer',
    `connection ${connection}: Personio sent ${what}; nothing is planned from it, and it is tried again later`,
    { connection },
  );
}
