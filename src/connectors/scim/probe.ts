import type { Probe } from '../connector.ts';
import { isObject } from '../json.ts';
import { RefusedStatus } from '../../http/errors.ts';
import type { HttpClient } from '../../http/client.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json } from '../../model/value.ts';
import { ask } from './discovery.ts';
import type { Service } from './service.ts';
import { pick, type User } from './user.ts';

/**
 * What the service says about itself (RFC 7644 §4), and whether users can be listed. `/ServiceProviderConfig` is a
 * hint: it may be missing or untrue. `/Me` is asked for our own account; few servers offer it.
 */
export async function probeService(service: Service, signal: AbortSignal): Promise<Probe> {
  const { client, connection, account, list } = service;
  const missing: string[] = [];
  const total = await totalOf(client, signal, missing);
  const says = await ask(client, 'ServiceProviderConfig', signal);
  if (says !== undefined && flag(says, 'patch') === false) {
    missing.push(
      'the server says that it does not support PATCH: accounts can be created and deleted, not updated',
    );
  }
  if (says !== undefined && flag(says, 'filter') === false) {
    missing.push('the server says that it does not support filters: accounts cannot be looked up one by one');
  }
  const more = await service.examine?.(signal);
  const me = await ask(client, 'Me', signal);
  const ownId = me === undefined ? undefined : pick(me, 'id');
  return {
    account,
    ...(typeof ownId === 'string' ? { ownAccountId: ownId } : {}),
    fields: withFound(service.shape.attributes, total === undefined ? [] : await service.discover(signal)),
    missing: [...missing, ...(more?.missing ?? [])].map(
      (sentence) => `connection ${connection}: ${sentence}`,
    ),
    ...(more?.notes === undefined ? {} : { notes: more.notes }),
    ...(total === undefined
      ? {}
      : { cost: { requests: Math.ceil(total / list.pageSize) + (list.hidesInactive ? 3 : 1) } }),
  };
}

/** What is known already keeps its name: of two attributes with one name the other is left to the config. */
function withFound(
  known: readonly AttributeSpec[],
  found: readonly AttributeSpec[],
): readonly AttributeSpec[] {
  const names = new Set(known.map(({ name }) => name));
  const fresh = found.filter(({ name }) => !names.has(name) && names.add(name));
  return [...known, ...fresh];
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

function flag(says: User, feature: string): Json | undefined {
  const part = pick(says, feature);
  return isObject(part) ? pick(part, 'supported') : undefined;
}
