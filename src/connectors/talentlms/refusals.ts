import type { HttpResponse } from '../../http/client.ts';
import type { Order } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import { rejected, type Failure } from '../failed-write.ts';
import { vendorWords } from '../vendor-words.ts';
import { isObject } from '../json.ts';

/** TalentLMS refused one person's data: nothing changed. There is no machine code, only words. */
export function refused(order: Order, answer: Pick<HttpResponse, 'status' | 'body'>): Failure {
  return refusedFor(order, messageIn(answer.body), answer.status);
}

/** Likewise, where a task says it of one user of a batch. */
export function refusedFor(order: Order, message: unknown, status?: number): Failure {
  const words = vendorWords(message, { fields: Object.keys(order.set) });
  const said =
    words === '' ? (status === undefined ? 'without a word' : `with status ${status}`) : `"${words}"`;
  return rejected(reasonOf(words, status), `TalentLMS refused it: ${said}`);
}

/** Two fields at the top, or below `error`: the vendor documents both. */
export function messageIn(body: Json): unknown {
  if (!isObject(body)) return undefined;
  const { error } = body;
  return isObject(error) ? error['message'] : (body['message'] ?? error);
}

function reasonOf(words: string, status: number | undefined): string {
  if (/already exists/i.test(words)) return 'AlreadyExists';
  if (status === 404 || /does not exist|no longer available/i.test(words)) return 'AccountGone';
  return 'Refused';
}
