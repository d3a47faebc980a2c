import type { Result } from '../../model/order.ts';
import { failedWrite } from '../failed-write.ts';
import { textOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { readPages } from './pages.ts';
import { isProtectedType } from './schema.ts';

type Failure = Pick<Result, 'outcome' | 'error'>;

/** Users with exactly this login or address, as the list of API v2 shows them. */
export type LookUp = (
  name: 'login' | 'email',
  text: string,
  signal: AbortSignal,
) => AsyncIterable<JsonObject>;

/** What was posted, under the names of API v2. */
type Posted = JsonObject;

/**
 * What a POST comes to that was refused because its login or address is in use. An account that is just as the POST
 * would have made it is most likely made by it: something on the way sent it twice, or an earlier try arrived after all.
 * The plan creates nobody whose login or address was in the list, so that it was not there before. So is one that the
 * portal knows of and does not show yet. What it is, is looked up by the next pass.
 */
export async function orAlreadyThere(
  lookUp: LookUp,
  core: Posted,
  active: false | undefined,
  refusal: Failure,
  signal: AbortSignal,
): Promise<Failure> {
  if (refusal.error?.reason !== 'AlreadyExists') return refusal;
  try {
    let shown = 0;
    for (const name of ['login', 'email'] as const) {
      for await (const user of lookUp(name, told(core, name), signal)) {
        if (isAsPosted(user, core, active)) return alreadyThere;
        shown += 1;
      }
    }
    return shown === 0 ? notShown : refusal;
  } catch (error) {
    return { ...failedWrite(error, 'repeatable', signal), outcome: 'unknown' };
  }
}

/** By API v2. */
export function lookUpIn(client: TalentLmsClient): LookUp {
  return async function* lookUp(name, text, signal) {
    for await (const page of readPages(client, 'users', { [`filter[${name}][eq]`]: text }, signal)) {
      yield* page;
    }
  };
}

const alreadyThere: Failure = {
  outcome: 'unknown',
  error: {
    reason: 'AlreadyThere',
    message: 'an account just like it is there already; it is looked up',
    fate: 'person',
  },
};

export const notShown: Failure = {
  outcome: 'unknown',
  error: {
    reason: 'AlreadyThere',
    message: 'TalentLMS says that such an account exists, and shows none; it is looked up again',
    fate: 'person',
  },
};

function isAsPosted(user: JsonObject, core: Posted, active: false | undefined): boolean {
  const same = (name: string) => told(user, name) === told(core, name);
  const sameInAnyCase = (name: string) => told(user, name).toLowerCase() === told(core, name).toLowerCase();
  return (
    !isProtectedType(user['type']) &&
    user['status'] === (active === false ? 'inactive' : 'active') &&
    same('name') &&
    same('surname') &&
    sameInAnyCase('login') &&
    sameInAnyCase('email')
  );
}

function told(from: JsonObject, name: string): string {
  return (textOf(from[name]) ?? '').trim();
}
