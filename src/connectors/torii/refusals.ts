import type { HttpResponse } from '../../http/client.ts';
import type { Order } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import { rejected, type Failure } from '../failed-write.ts';
import { isObject } from '../json.ts';
import { vendorWords } from '../vendor-words.ts';

/** Torii refused what one order sent: nothing changed. */
export function refused(order: Order, { status, body }: Pick<HttpResponse, 'status' | 'body'>): Failure {
  if (status === 404)
    return rejected(
      'AccountGone',
      'there is nobody with this id any more (404); the next pass looks for them',
    );
  return rejected('Refused', `Torii refused it (${status})${said(body, Object.keys(order.set))}`);
}

/** What an error of Torii says, as far as it is words of error messages (hapi: `statusCode`, `error`, `message`). */
export function said(body: Json, fields: readonly string[]): string {
  const words = vendorWords(isObject(body) ? body['message'] : undefined, { fields });
  return words === '' ? '' : `: "${words}"`;
}
