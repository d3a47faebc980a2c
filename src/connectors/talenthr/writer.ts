import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import type { ConnectorContext, Writer } from '../connector.ts';
import { failedWrite, rejected, untilCalledOff } from '../failed-write.ts';
import { Remembered } from '../remembered.ts';
import { TalentHrClient } from './client.ts';
import { fieldsOf, type Field } from './fields.ts';
import { hire, loseNobody, terminate, update, type Company } from './deeds.ts';
import { Languages } from './languages.ts';
import { Names } from './names.ts';
import { payloadOf } from './payload.ts';
import type { Config } from './schema.ts';

/** Writes to one company: person by person, side by side within the limit. */
export class TalentHrWriter implements Writer {
  readonly #client: TalentHrClient;
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #company: Company;

  constructor(context: ConnectorContext<Config>) {
    const client = new TalentHrClient(context);
    const languages = new Remembered((_: 'languages', signal) => Languages.read(client, signal));
    this.#client = client;
    this.#fields = fieldsOf(context.config);
    this.#company = {
      client,
      context,
      names: new Names(client, context.config),
      languages: (signal) => languages.get('languages', signal),
    };
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      (order) => this.#carryOut(order, signal),
    );
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    try {
      signal.throwIfAborted();
      const payload = payloadOf(order, this.#fields);
      if ('fate' in payload) return { key: order.key, outcome: 'not-sent', error: payload };
      const company = this.#company;
      if (order.kind === 'create' && order.accountId === null)
        return await hire(company, order, payload, signal);
      if (!/^\d+$/.test(order.accountId ?? '')) return { key: order.key, ...loseNobody(order) };
      if (order.kind === 'create' || order.kind === 'update')
        return await update(company, order, payload, signal);
      if (order.kind === 'disable') return await terminate(company, order, payload, signal);
      const message = `TalentHR has no request by which an employee is ${order.kind === 'delete' ? 'deleted' : 'reinstated'}; do it there`;
      return { key: order.key, ...rejected('NotSupported', message) };
    } catch (error) {
      // Nothing but reads until here: what may have been written is answered for where it is.
      return { key: order.key, ...failedWrite(error, 'read', signal) };
    }
  }
}
