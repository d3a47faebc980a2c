import type { HttpResponse } from '../../http/client.ts';
import type { Order } from '../../model/order.ts';
import { rejected, type Failure, type Fault } from '../failed-write.ts';
import { isObject } from '../json.ts';
import { refusals, wordsIn } from './client.ts';

/** Whether TalentHR said no: by its status, or by `success: false` with 200. */
export function isRefusal({ status, body }: Pick<HttpResponse, 'status' | 'body'>): boolean {
  return (refusals as readonly number[]).includes(status) || (isObject(body) && body['success'] === false);
}

/** TalentHR refused one person's data: nothing changed. Its words are kept as far as they are words of messages. */
export function refused(order: Order, { status, body }: Pick<HttpResponse, 'status' | 'body'>): Failure {
  if (status === 404 && order.accountId === null) {
    return rejected(
      'NotFound',
      'TalentHR does not know where people are hired (404); check baseUrl',
      'stalled',
    );
  }
  if (status === 404) {
    return rejected('AccountGone', 'there is no employee with this id any more (404); the next pass looks');
  }
  const words = wordsIn(body, Object.keys(order.set));
  const reason = /already|taken|exists|unique/i.test(words) ? 'AlreadyExists' : 'Refused';
  return rejected(reason, `TalentHR refused it (${status})${words === '' ? '' : `: "${words}"`}`);
}

/** This order cannot be sent at all. */
export function wrong(reason: string, message: string): Fault {
  return { reason, message, fate: 'person' };
}
