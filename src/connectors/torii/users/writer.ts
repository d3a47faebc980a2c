import { applySideBySide } from '../../../http/side-by-side.ts';
import type { Order, Result } from '../../../model/order.ts';
import type { ConnectorContext, Writer } from '../../connector.ts';
import { failedWrite, rejected, untilCalledOff } from '../../failed-write.ts';
import { isObject, textOf } from '../../json.ts';
import { refusals, ToriiClient } from '../client.ts';
import { refused } from '../refusals.ts';
import type { ToriiConfig } from '../schema.ts';

/** Writes the life cycle of people, person by person: the only thing of theirs that the API takes. */
export class LifecycleWriter implements Writer {
  readonly #client: ToriiClient;
  readonly #leavers: string;

  constructor(context: ConnectorContext<ToriiConfig>) {
    this.#client = new ToriiClient(context);
    this.#leavers = context.config.users.leavers;
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      (order) => this.#carryOut(order, signal),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    const { key, kind } = order;
    const accountId = order.accountId ?? '';
    if (kind === 'create' || kind === 'delete') {
      const message =
        'people of this list come from the sources that are connected in Torii; use `api: custom-integration` to be one of them';
      return { key, ...rejected('NotSupported', message, 'stalled') };
    }
    if (!/^\d{1,15}$/.test(accountId)) return { key, ...refused(order, { status: 404, body: null }) };
    try {
      signal.throwIfAborted();
      const lifecycleStatus = this.#statusFor(order);
      const answer = await this.#client.request(
        200,
        {
          method: 'PUT',
          path: `users/${accountId}`,
          body: { json: { lifecycleStatus } },
          effect: 'repeatable',
          accept: refusals,
        },
        signal,
      );
      if (answer.status >= 300) return { key, accountId, ...refused(order, answer) };
      const user = isObject(answer.body) ? answer.body['user'] : undefined;
      const received = isObject(user) ? textOf(user['lifecycleStatus']) : undefined;
      const result = { key, outcome: 'applied', accountId, sent: { lifecycleStatus } } as const;
      return received === undefined ? result : { ...result, received: { lifecycleStatus: received } };
    } catch (error) {
      return { key, accountId, ...failedWrite(error, 'repeatable', signal) };
    }
  }

  /** What a mapping says goes before what enabling and disabling mean here. */
  #statusFor({ kind, set }: Order): string {
    const { lifecycleStatus } = set;
    if (typeof lifecycleStatus === 'string') return lifecycleStatus;
    return kind === 'disable' ? this.#leavers : 'active';
  }
}
