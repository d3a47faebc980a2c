import type { Order, Result } from '../../../model/order.ts';
import { failedWrite } from '../../failed-write.ts';
import { idOf, isObject, textOf, type JsonObject } from '../../json.ts';
import { notShown, orAlreadyThere, type LookUp } from '../already-there.ts';
import { refusals, type TalentLmsClient } from '../client.ts';
import { refused } from '../refusals.ts';
import type { Payload } from '../payload.ts';
import { getOne, pathOf } from './answer.ts';
import { userOf } from './user.ts';

type Outcome = Omit<Result, 'key'>;

/** Makes an account, in the branch if one is named. It is sent once: a lost answer is told as `unknown`. */
export async function signUp(
  client: TalentLmsClient,
  order: Order,
  { core, custom }: Payload,
  branch: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly user: JsonObject } | Outcome> {
  const { timezone: _timezone, deactivation_date: _date, ...taken } = core;
  const texts = Object.entries(taken).map(([key, value]) => [key, textOf(value) ?? ''] as const);
  const form = {
    ...Object.fromEntries(texts),
    ...withValue(custom),
    ...(branch ? { branch_id: branch } : {}),
  };
  try {
    const request = {
      method: 'POST',
      path: 'usersignup',
      body: { form },
      effect: 'once',
      accept: refusals,
    } as const;
    const { status, body } = await client.request(request, signal);
    if ((refusals as readonly number[]).includes(status)) {
      return await orHeldByDeleted(client, core, refused(order, { status, body }), signal);
    }
    // A number here, text everywhere else.
    const id = isObject(body) ? idOf(body['id']) : undefined;
    if (id !== undefined && isObject(body)) return { id, user: body };
  } catch (error) {
    return failedWrite(error, 'once', signal);
  }
  return byLogin(client, textOf(core['login']) ?? '', signal);
}

/** A sign-up whose answer names nobody: the login tells who it was. */
async function byLogin(
  client: TalentLmsClient,
  login: string,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly user: JsonObject } | Outcome> {
  try {
    const user = await getOne(client, pathOf('users', { username: login }), signal);
    const id = typeof user === 'object' ? idOf(user['id']) : undefined;
    if (typeof user === 'object' && id !== undefined) return { id, user };
    throw client.unexpected('a sign-up without an id');
  } catch (error) {
    return { ...failedWrite(error, 'repeatable', signal), outcome: 'unknown' };
  }
}

/**
 * A login or address that is in use and shown by nobody may be that of a user who was deleted, and not for good: nobody
 * else can have it, and waiting changes nothing.
 */
async function orHeldByDeleted(
  client: TalentLmsClient,
  core: Payload['core'],
  refusal: Outcome,
  signal: AbortSignal,
): Promise<Outcome> {
  let held: string | undefined;
  const lookUp: LookUp = async function* lookUp(name, text, pass) {
    const key = name === 'login' ? 'username' : 'email';
    const user = await getOne(client, pathOf('users', { [key]: text }), pass);
    if (user === 'deleted') held ??= name;
    if (typeof user === 'object') yield userOf(user, 'YYYY-MM-DD').item;
  };
  const posted = { login: core['login'] ?? null, email: core['email'] ?? null, ...namesIn(core) };
  const judged = await orAlreadyThere(lookUp, posted, undefined, refusal, signal);
  if (judged !== notShown || held === undefined) return judged;
  const message =
    `TalentLMS keeps the ${held} for a user who was deleted and not for good; ` +
    'restore that user in TalentLMS, or delete them for good';
  return { outcome: 'rejected', error: { reason: 'HeldByDeleted', message, fate: 'person' } };
}

function namesIn(core: Payload['core']): JsonObject {
  return { name: core['first_name'] ?? null, surname: core['last_name'] ?? null };
}

/** A field that is to be empty is left out: a new account has none. */
function withValue(custom: Payload['custom']): Payload['custom'] {
  return Object.fromEntries(Object.entries(custom).filter(([, text]) => text !== ''));
}
