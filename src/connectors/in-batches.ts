import type { Order } from '../model/order.ts';

/**
 * Orders in groups of so many, the last one smaller, for a system that takes many at once. Once the pass was called off, the
 * group that was begun comes, and no order is taken after it.
 */
export async function* inBatches(
  orders: AsyncIterable<Order>,
  atMost: number,
  signal: AbortSignal,
): AsyncGenerator<readonly Order[]> {
  let batch: Order[] = [];
  for await (const order of orders) {
    batch.push(order);
    if (batch.length < atMost && !signal.aborted) continue;
    yield batch;
    batch = [];
    if (signal.aborted) return;
  }
  if (batch.length > 0) yield batch;
}
