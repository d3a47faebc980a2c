import type { Order } from '../../model/order.ts';

/** Takes no further order once the pass was called off; what is taken is finished. */
export async function* whileWanted(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Order> {
  for await (const order of orders) {
    yield order;
    if (signal.aborted) return;
  }
}
