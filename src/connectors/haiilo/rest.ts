import type { HttpClient, HttpResponse } from '../../http/client.ts';
import { unexpectedAnswer } from '../answers.ts';
import { isObject } from '../json.ts';
import { pick, type User } from '../scim/user.ts';

/** Statuses that speak of one user, not of the connection. */
const refusals = [400, 404, 405, 409, 412, 422];

/** A deed of the REST API (support.haiilo.com, "API: Managing users"). It may be repeated: it says what is to be. */
export type RestDeed = 'activate' | 'deactivate' | 'delete';

export async function carryOutByRest(
  client: HttpClient,
  deed: RestDeed,
  id: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const path = userPath(id);
  const request =
    deed === 'delete'
      ? ({ method: 'DELETE', path } as const)
      : ({ method: 'PUT', path: `${path}/${deed}` } as const);
  return await client.request({ ...request, effect: 'repeatable', accept: refusals, expect: 'none' }, signal);
}

/** The user that the REST API has under the id of SCIM; `undefined` where it has none. */
export async function restUser(
  client: HttpClient,
  id: string,
  signal: AbortSignal,
): Promise<User | undefined> {
  const path = userPath(id);
  const { status, body } = await client.request(
    { method: 'GET', path, effect: 'read', accept: [400, 404] },
    signal,
  );
  return status < 300 && isObject(body) ? body : undefined;
}

/** Whose login the REST API is used with. */
export async function ownUser(client: HttpClient, connection: string, signal: AbortSignal): Promise<User> {
  const { body } = await client.request({ method: 'GET', path: 'api/users/me', effect: 'read' }, signal);
  if (isObject(body) && typeof body['id'] === 'string') return body;
  throw unexpectedAnswer(connection, 'Haiilo', 'no user when asked whose login this is');
}

/**
 * Whether both mean one person. That an id of SCIM is the user's id in the REST API is published nowhere: the wrong
 * account would be deactivated, so that their names must agree.
 */
export function isSameUser(rest: User, scim: User): boolean {
  const userName = lower(pick(scim, 'userName'));
  return userName !== '' && ['loginName', 'email'].some((name) => lower(pick(rest, name)) === userName);
}

function userPath(id: string): string {
  return `api/users/${encodeURIComponent(id)}`;
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
