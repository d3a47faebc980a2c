import type { Result } from '../../model/order.ts';
import type { TalentLmsClient } from './client.ts';
import { failed } from './errors.ts';
import { textOf, type JsonObject } from './json.ts';
import { readPages } from './pages.ts';
import type { Payload } from './payload.ts';
import { isProtectedType } from './schema.ts';

type Failure = Pick<Result, 'outcome' | 'error'>;

/**
 * What a POST comes to that was refused because its login or address is in use. An account that is just as the POST
 * would have made it is most likely made by it: something on the way sent it twice, and the second was refused. The plan
 * creates nobody whose login or address was in the list, so that it was not there before; what it is, is looked up.
 */
export async function orAlreadyThere(
  client: TalentLmsClient,
  { core }: Payload,
  refusal: Failure,
  signal: AbortSignal,
): Promise<Failure> {
  if (refusal.error?.reason !== 'AlreadyExists') return refusal;
  try {
    const login = textOf(core['login']) ?? '';
    for await (const page of readPages(client, 'users', { 'filter[login][eq]': login }, signal)) {
      if (page.some((user) => isAsPosted(user, core))) return alreadyThere;
    }
    return refusal;
  } catch (error) {
    return { ...failed(error, 'repeatable', signal), outcome: 'unknown' };
  }
}

const alreadyThere: Failure = {
  outcome: 'unknown',
  error: {
    reason: 'AlreadyThere',
    message: 'an account just like it is there already; it is looked up',
    fate: 'person',
  },
};

function isAsPosted(user: JsonObject, core: Payload['core']): boolean {
  const same = (name: string) => told(user, name) === told(core, name);
  const sameInAnyCase = (name: string) => told(user, name).toLowerCase() === told(core, name).toLowerCase();
  return (
    !isProtectedType(user['type']) &&
    user['status'] === 'active' &&
    same('name') &&
    same('surname') &&
    sameInAnyCase('login') &&
    sameInAnyCase('email')
  );
}

function told(from: JsonObject, name: string): string {
  return (textOf(from[name]) ?? '').trim();
}
