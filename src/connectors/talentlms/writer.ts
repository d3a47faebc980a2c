import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import type { ConnectorContext, Writer } from '../connector.ts';
import { failedWrite, untilCalledOff } from '../failed-write.ts';
import { inBatches, type Step } from './batches.ts';
import { branchOf } from './branch.ts';
import { TalentLmsClient } from './client.ts';
import { CoreWriter } from './core.ts';
import { sendCustomFields, type CustomPart } from './custom-fields.ts';
import { pickFields, readFields, type CustomField } from './fields.ts';
import { payloadOf } from './payload.ts';
import { Remembered } from '../remembered.ts';
import type { Config } from './schema.ts';

/**
 * Writes to one portal. Core fields go account by account (POST and PATCH take nothing else), side by side; custom
 * fields follow in batches of up to 100 accounts, since only batch/users takes them.
 */
export class TalentLmsWriter implements Writer {
  readonly #context: ConnectorContext<Config>;
  readonly #client: TalentLmsClient;
  readonly #core: CoreWriter;
  /** Field definitions and branches are asked for once, when the first order needs them. */
  readonly #fields: Remembered<string, readonly CustomField[]>;
  readonly #branches: Remembered<string, string | undefined>;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    const client = new TalentLmsClient(context);
    this.#client = client;
    this.#core = new CoreWriter(client, context);
    this.#fields = new Remembered((_, signal) => readFields(client, signal));
    this.#branches = new Remembered((scope, signal) =>
      branchOf(client, JSON.parse(scope) as Order['scope'], signal),
    );
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    const steps = applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      (order) => this.#begin(order, signal),
    );
    const send = (parts: readonly CustomPart[]) =>
      sendCustomFields(this.#client, this.#context, parts, signal);
    yield* inBatches(steps, send, this.#context.clock);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Everything of an order but its custom fields. */
  async #begin(order: Order, signal: AbortSignal): Promise<Step<CustomPart, Result>> {
    try {
      signal.throwIfAborted();
      const fields = pickFields(this.#client, await this.#fieldsFor(order, signal), Object.keys(order.set));
      const payload = payloadOf(order, fields, this.#context.config.dateFormat);
      if ('fate' in payload) return { result: { key: order.key, outcome: 'not-sent', error: payload } };
      const branch =
        order.kind === 'create' ? await this.#branches.get(JSON.stringify(order.scope), signal) : undefined;
      return await this.#core.write(order, payload, branch, signal);
    } catch (error) {
      // Nothing but reads until here.
      return { result: { key: order.key, ...failedWrite(error, 'read', signal) } };
    }
  }

  async #fieldsFor(order: Order, signal: AbortSignal): Promise<readonly CustomField[]> {
    if (!Object.keys(order.set).some((name) => name.startsWith('custom.'))) return [];
    return this.#fields.get('', signal);
  }
}
