import type { ConnectorContext } from '../connector.ts';
import { failedWrite, halfDone } from '../failed-write.ts';
import type { JsonObject } from '../json.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import { refusals, type TalentLmsClient } from './client.ts';
import { refused, refusedFor } from './refusals.ts';
import { taskErrors, taskIdOf } from './tasks.ts';

/** The custom fields of one order, on their way to an account that exists. */
export interface CustomPart {
  readonly order: Order;
  readonly accountId: string;
  /** By `custom_field_N`. */
  readonly custom: Readonly<Record<string, string>>;
  readonly sent: Readonly<Record<string, Value>>;
  readonly received?: Readonly<Record<string, Value>>;
  /** What of the order was done before, in words; `undefined` when this is all of it. */
  readonly done: string | undefined;
}

type Failure = Pick<Result, 'outcome' | 'error'>;

/**
 * Writes custom fields of up to 100 accounts by one request to batch/users, the only route that takes them, and waits
 * for its background task. Every entry has the account's id and nothing but custom fields: no account is ever created
 * by it, none is matched by login, and sending it twice has the effect of once.
 */
export async function sendCustomFields(
  client: TalentLmsClient,
  { clock, details }: Pick<ConnectorContext, 'clock' | 'details'>,
  parts: readonly CustomPart[],
  signal: AbortSignal,
): Promise<readonly Result[]> {
  // Before the request: when we die in the middle, nobody believes the old values.
  await details.forget(parts.map((part) => part.accountId));
  const failures = await send(parts);
  return parts.map((part) => resultOf(part, failures.get(part)));

  async function send(some: readonly CustomPart[]): Promise<ReadonlyMap<CustomPart, Failure>> {
    const entries = some.map(({ accountId, custom }): JsonObject => ({ id: Number(accountId), ...custom }));
    try {
      const answer = await client.request(
        {
          method: 'POST',
          path: 'batch/users',
          body: { json: { users: entries } },
          effect: 'repeatable',
          accept: refusals,
        },
        signal,
      );
      if (isRefusal(answer.status)) return await apart(some, (part) => refused(part.order, answer));
      const taskId = taskIdOf(answer.body);
      if (taskId === undefined) throw client.unexpected('a batch without the id of its task');
      const errors = await taskErrors(client, clock, taskId, entries, signal);
      return new Map(some.flatMap((part, index) => errorOf(part, index, errors)));
    } catch (error) {
      const failure = failedWrite(error, 'repeatable', signal);
      return new Map(some.map((part) => [part, failure]));
    }
  }

  /** One entry can spoil a batch: halves are sent until the entry at fault stands alone. */
  async function apart(
    some: readonly CustomPart[],
    why: (part: CustomPart) => Failure,
  ): Promise<ReadonlyMap<CustomPart, Failure>> {
    const [only] = some;
    if (some.length <= 1) return only === undefined ? new Map() : new Map([[only, why(only)]]);
    const middle = Math.ceil(some.length / 2);
    return new Map([...(await send(some.slice(0, middle))), ...(await send(some.slice(middle)))]);
  }
}

function errorOf(
  part: CustomPart,
  index: number,
  errors: ReadonlyMap<number, unknown>,
): readonly (readonly [CustomPart, Failure])[] {
  return errors.has(index) ? [[part, refusedFor(part.order, errors.get(index))]] : [];
}

function resultOf(part: CustomPart, failure: Failure | undefined): Result {
  const { order, accountId, sent, received, done } = part;
  const { key } = order;
  if (failure === undefined) {
    return { key, outcome: 'applied', accountId, sent, ...(received === undefined ? {} : { received }) };
  }
  if (done === undefined) return { key, accountId, sent, ...failure };
  return { key, sent, ...halfDone(accountId, failure, done) };
}

function isRefusal(status: number): boolean {
  return (refusals as readonly number[]).includes(status);
}
