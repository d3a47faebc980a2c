import type { Writer } from '../connector.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import { untilCalledOff } from '../failed-write.ts';
import { ScimOrders } from './orders.ts';
import { ScimReader } from './reader.ts';
import type { Service } from './service.ts';

/** Writes to a SCIM 2.0 service. */
export class ScimWriter implements Writer {
  readonly #service: Service;
  readonly #orders: ScimOrders;

  constructor(service: Service) {
    this.#service = service;
    this.#orders = new ScimOrders(service, new ScimReader(service));
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#service.client.room,
      (order) => this.#orders.carryOut(order, signal),
    );
  }

  async close(): Promise<void> {
    await this.#service.close();
  }
}
