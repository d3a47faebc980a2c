import type { ConnectorContext, Probe } from '../connector.ts';
import { isObject } from '../json.ts';
import { RefusedStatus } from '../../http/errors.ts';
import type { HttpClient } from '../../http/client.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json } from '../../model/value.ts';
import type { ScimConfig } from './schema.ts';
import { pick, type User } from './user.ts';

/**
 * What the service says about itself (RFC 7644 §4), and whether users can be listed. `/ServiceProviderConfig` is a
 * hint: it may be missing or untrue. `/Me` is asked for our own account; few servers offer it.
 */
export async function probeService(
  client: HttpClient,
  { config, connection }: ConnectorContext<ScimConfig>,
  fields: readonly AttributeSpec[],
  signal: AbortSignal,
): Promise<Probe> {
  const missing: string[] = [];
  const total = await totalOf(client, signal, missing);
  const service = await ask(client, 'ServiceProviderConfig', signal);
  if (service !== undefined && flag(service, 'patch') === false) {
    missing.push(
      'the server says that it does not support PATCH: accounts can be created and deleted, not updated',
    );
  }
  if (service !== undefined && flag(service, 'filter') === false) {
    missing.push('the server says that it does not support filters: accounts cannot be looked up one by one');
  }
  const me = await ask(client, 'Me', signal);
  const ownId = me === undefined ? undefined : pick(me, 'id');
  const { profile, pageSize } = config;
  return {
    account: accountAt(config),
    ...(typeof ownId === 'string' ? { ownAccountId: ownId } : {}),
    fields,
    missing: missing.map((sentence) => `connection ${connection}: ${sentence}`),
    ...(total === undefined
      ? {}
      : { cost: { requests: Math.ceil(total / pageSize) + (profile.listHidesInactive ? 2 : 1) } }),
  };
}

/** Where the service is reached: SCIM has no request that names the tenant, and providers tell them apart by address. */
export function accountAt({ baseUrl }: ScimConfig): string {
  const { host, pathname } = new URL(baseUrl);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

async function totalOf(
  client: HttpClient,
  signal: AbortSignal,
  missing: string[],
): Promise<number | undefined> {
  try {
    const query = { startIndex: 1, count: 1 };
    const { body } = await client.request({ method: 'GET', path: 'Users', query, effect: 'read' }, signal);
    const total = isObject(body) ? body['totalResults'] : undefined;
    if (typeof total === 'number') return total;
    missing.push('the answer to the list of users is no SCIM list; check baseUrl');
  } catch (error) {
    if (!(error instanceof RefusedStatus) || error.status === 401) throw error;
    missing.push(
      `users cannot be listed (${String(error.status)}); give the token the right to read users, or check baseUrl`,
    );
  }
  return undefined;
}

/** A document of discovery, or nothing where the server does not offer it. */
async function ask(client: HttpClient, path: string, signal: AbortSignal): Promise<User | undefined> {
  const accept = [400, 403, 404, 405, 500, 501];
  const { status, body } = await client.request({ method: 'GET', path, effect: 'read', accept }, signal);
  return status < 300 && isObject(body) ? body : undefined;
}

function flag(service: User, feature: string): Json | undefined {
  const part = pick(service, feature);
  return isObject(part) ? pick(part, 'supported') : undefined;
}
