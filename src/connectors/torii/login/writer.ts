import type { Order, Result } from '../../../model/order.ts';
import type { ConnectorContext, Writer } from '../../connector.ts';
import { ScimWriter } from '../../scim/writer.ts';
import type { ToriiConfig } from '../schema.ts';
import { HiddenUsers } from './hidden.ts';
import { openLogins } from './service.ts';

/** Writes who may log in to Torii, as the SCIM connector writes, and notes whom the list will leave out. */
export class LoginWriter implements Writer {
  readonly #scim: ScimWriter;
  readonly #hidden: HiddenUsers;

  constructor(context: ConnectorContext<ToriiConfig>) {
    const service = openLogins(context);
    this.#scim = new ScimWriter(service);
    this.#hidden = new HiddenUsers(service, context);
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return this.#scim.apply(this.#noted(orders), signal);
  }

  async close(): Promise<void> {
    await this.#scim.close();
  }

  /** Before each write, so that a crash in the middle leaves nobody out of sight. */
  async *#noted(orders: AsyncIterable<Order>): AsyncGenerator<Order> {
    for await (const order of orders) {
      const { kind, accountId } = order;
      if (accountId !== null && kind !== 'create') {
        await this.#hidden.changed(accountId);
        if (kind === 'disable') await this.#hidden.remember([accountId]);
      }
      yield order;
    }
  }
}
