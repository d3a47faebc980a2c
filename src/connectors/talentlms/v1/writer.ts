import { applySideBySide } from '../../../http/side-by-side.ts';
import type { Order, Result } from '../../../model/order.ts';
import type { ConnectorContext, Writer } from '../../connector.ts';
import { failedWrite, untilCalledOff } from '../../failed-write.ts';
import { TalentLmsClient } from '../client.ts';
import { pickFields, type CustomField } from '../fields.ts';
import { Remembered } from '../../remembered.ts';
import { payloadOf } from '../payload.ts';
import type { Config } from '../schema.ts';
import { v1BranchOf } from './branch.ts';
import { V1Accounts } from './accounts.ts';
import { readV1Fields } from './fields.ts';
import { readPortal, type PortalFacts } from './portal.ts';

/** Writes to one portal by API v1: core and custom fields of an account in one request, side by side with others. */
export class TalentLmsV1Writer implements Writer {
  readonly #client: TalentLmsClient;
  readonly #accounts: V1Accounts;
  /** Asked for once, when the first order needs them. */
  readonly #portal: Remembered<string, PortalFacts>;
  readonly #fields: Remembered<string, readonly CustomField[]>;
  readonly #branches: Remembered<string, string | undefined>;

  constructor(context: ConnectorContext<Config>) {
    const client = new TalentLmsClient(context);
    this.#client = client;
    this.#accounts = new V1Accounts(client, context);
    this.#portal = new Remembered((_, signal) => readPortal(client, context.config, signal));
    this.#fields = new Remembered((_, signal) => readV1Fields(client, signal));
    this.#branches = new Remembered((scope, signal) =>
      v1BranchOf(client, JSON.parse(scope) as Order['scope'], signal),
    );
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    yield* applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      (order) => this.#carryOut(order, signal),
    );
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    const { key, kind } = order;
    try {
      signal.throwIfAborted();
      const names = Object.keys(order.set);
      const hasCustom = names.some((name) => name.startsWith('custom.'));
      const fields = pickFields(this.#client, hasCustom ? await this.#fields.get('', signal) : [], names);
      const { dateFormat } = await this.#portal.get('', signal);
      const payload = payloadOf(order, fields, dateFormat, 'v1');
      if ('fate' in payload) return { key, outcome: 'not-sent', error: payload };
      const branch =
        kind === 'create' ? await this.#branches.get(JSON.stringify(order.scope), signal) : undefined;
      return { key, ...(await this.#accounts.write(order, { payload, branch, dateFormat }, signal)) };
    } catch (error) {
      // Nothing but reads until here.
      return { key, ...failedWrite(error, 'read', signal) };
    }
  }
}
