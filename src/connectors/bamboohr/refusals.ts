import type { HttpResponse } from '../../http/client.ts';
import type { Order } from '../../model/order.ts';
import { rejected, type Failure } from '../failed-write.ts';
import { vendorWords } from '../vendor-words.ts';

/** Statuses that speak of one order, not of the connection. */
export const refusals = [400, 404, 405, 406, 409, 412, 413, 422];

/** BambooHR refused one record. Its words stand in a header, under one of two names; the body is often empty. */
export function refused(
  order: Order,
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
): Failure {
  if (status === 404 && order.kind === 'create')
    return rejected('NotFound', 'BambooHR does not know where this is made (404); check baseUrl', 'stalled');
  if (status === 404)
    return rejected('AccountGone', 'there is no record with this id any more (404); the next pass looks');
  const said = vendorWords(headers['x-bamboohr-error-message'] ?? headers['x-bamboohr-message'], {
    fields: Object.keys(order.set),
  });
  const words = said === '' ? '' : `: "${said}"`;
  if (status === 409) {
    const message = `BambooHR refused it (409)${words}; an address that is in use, or a value that its list does not have`;
    return rejected('Conflict', message);
  }
  return rejected('Refused', `BambooHR refused it (${status})${words}`);
}
