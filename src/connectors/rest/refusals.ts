import type { HttpResponse } from '../../http/client.ts';
import type { Order } from '../../model/order.ts';
import { rejected, type Failure } from '../failed-write.ts';
import type { RestClient } from './client.ts';

/** What an answer to a write says of its order; `undefined` where it was done. */
export function failureIn(
  client: RestClient,
  order: Order,
  answer: HttpResponse,
  statuses: readonly number[],
): Failure | undefined {
  const { status, body } = answer;
  if (status >= 400) return refused(client, order, answer);
  const words = client.errorIn(body);
  if (words !== undefined) {
    return rejected(
      'Refused',
      `${client.system} refused it (${status})${quoted(client.wordsIn(body, namesOf(order)))}`,
    );
  }
  if (statuses.includes(status)) return undefined;
  const message = `${client.system} answered ${status}, which the config does not name as a success; it is looked up`;
  return { outcome: 'unknown', error: { reason: 'UnexpectedAnswer', message, fate: 'person' } };
}

function refused(client: RestClient, order: Order, { status, body }: HttpResponse): Failure {
  const words = client.wordsIn(body, namesOf(order));
  const { system } = client;
  if (status === 404 && order.accountId === null) {
    const message = `${system} does not know where accounts are created (404); correct write.create.path`;
    return rejected('NotFound', message, 'stalled');
  }
  if (status === 404 || status === 410) {
    const message = `there is no account with this id any more (${status}); the next pass looks for it`;
    return rejected('AccountGone', message);
  }
  if (status === 405) {
    const message = `${system} does not take this method (405); correct the method under "write", or use a mode without this kind of change`;
    return rejected('NotSupported', message, 'stalled');
  }
  const isTaken = status === 409 || /already|taken|exists|unique|in use|duplicate/i.test(words);
  return rejected(isTaken ? 'AlreadyExists' : 'Refused', `${system} refused it (${status})${quoted(words)}`);
}

function quoted(words: string): string {
  return words === '' ? '' : `: "${words}"`;
}

function namesOf({ set }: Order): readonly string[] {
  return Object.keys(set);
}
