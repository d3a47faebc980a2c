import { LostAnswer } from '../../http/errors.ts';
import type { HttpResponse } from '../../http/client.ts';
import { SyncError } from '../../model/error.ts';
import type { Order, Result } from '../../model/order.ts';
import { faultOf, type Fault } from '../failed-write.ts';
import { vendorWords } from '../vendor-words.ts';
import { isObject } from '../json.ts';
import { pick } from './user.ts';

/** Error words of RFC 7644 §3.12. Others may quote people and are not passed on. */
const scimTypes = new Set([
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
]);

/** A status that refuses this order. */
export function refusal(order: Order, answer: HttpResponse): Result {
  const { status } = answer;
  const words = `${String(status)}${scimTypeOf(answer)}`;
  if (status === 404 && order.kind === 'create') {
    const message = `the server does not know /Users (${words}); check baseUrl`;
    return rejected(order, { reason: 'NotFound', message, fate: 'stalled' });
  }
  if (status === 404 || status === 200) {
    const message = `there is no account with this id any more (${words}); the next pass looks for it`;
    return rejected(order, { reason: 'AccountGone', message, fate: 'person' });
  }
  if (status === 405 || status === 501) {
    const message = `the server does not support this kind of change (${words}); use a mode without it`;
    return rejected(order, { reason: 'NotSupported', message, fate: 'stalled' });
  }
  if (status === 409) {
    const message = `the server refused it (${words}): a value that must be unique is in use`;
    return rejected(order, { reason: 'InUse', message, fate: 'person' });
  }
  const names = Object.keys(order.set).toSorted();
  const said = vendorWords(isObject(answer.body) ? pick(answer.body, 'detail') : undefined, {
    fields: names,
  });
  const mapping = names.length === 0 ? 'this sync' : names.join(', ');
  const message = `the server refused it (${words})${said === '' ? '' : `: ${said}`}; check the mapping of ${mapping}`;
  return rejected(order, { reason: 'Refused', message, fate: 'person' });
}

/** A create that met a taken value; when the account there carries our identity, looking it up settles it. */
export function inUse(order: Order, isOurs: boolean): Result {
  if (!isOurs) {
    const message =
      'the server refused it (409): userName or another unique value is in use by another account';
    return rejected(order, { reason: 'InUse', message, fate: 'person' });
  }
  const message = 'an account with this identity is there already; it is looked up';
  return { key: order.key, outcome: 'unknown', error: { reason: 'AlreadyThere', message, fate: 'person' } };
}

/** A create that the server answered without saying which account it made. */
export function noId(order: Order): Result {
  const message = 'the server answered a create without the id of the account; it is looked up';
  return { key: order.key, outcome: 'unknown', error: { reason: 'AnswerLost', message, fate: 'person' } };
}

/** Made ahead for somebody who starts later, and usable against our will. The next pass links it; a person looks at it. */
export function stillActive(order: Order, accountId: string): Result {
  const message =
    'the server made the account active although it was asked not to, and refused to deactivate it; deactivate it there, or write then.starting.enable: on-create';
  return {
    key: order.key,
    outcome: 'unknown',
    accountId,
    error: { reason: 'StillActive', message, fate: 'person' },
  };
}

/** Creating a user once more was to enable the one that is there, and made another. */
export function anotherAccount(order: Order): Result {
  const message =
    'the server made another account in place of enabling the one that is there; look at both in the service';
  return { key: order.key, outcome: 'unknown', error: { reason: 'AnotherAccount', message, fate: 'person' } };
}

export function notSent(order: Order): Result {
  const error = {
    reason: 'CalledOff',
    message: 'the pass was stopped before this was sent',
    fate: 'waiting',
  } as const;
  return { key: order.key, outcome: 'not-sent', error };
}

/**
 * What a failed request means for its order. A create whose answer was not lost was never carried out; of a change
 * that may be repeated, an earlier try may have arrived, so that only looking can tell.
 */
export function failed(order: Order, error: unknown, signal: AbortSignal): Result {
  if (!(error instanceof SyncError)) {
    if (!signal.aborted) throw error;
    return order.kind === 'create' ? notSent(order) : { ...notSent(order), outcome: 'unknown' };
  }
  const fault = faultOf(error);
  if (error.fate === 'stalled') return rejected(order, fault);
  const outcome = order.kind === 'create' && !(error instanceof LostAnswer) ? 'not-sent' : 'unknown';
  return { key: order.key, outcome, error: fault };
}

function rejected(order: Order, error: Fault): Result {
  return { key: order.key, outcome: 'rejected', error };
}

function scimTypeOf({ body }: HttpResponse): string {
  const type = isObject(body) ? pick(body, 'scimType') : undefined;
  return typeof type === 'string' && scimTypes.has(type) ? ` ${type}` : '';
}
