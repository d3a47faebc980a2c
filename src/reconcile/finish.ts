import type { Intent, Order, Resolution } from '../model/order.ts';
import type { Lease } from '../store/store.ts';
import type { PassDeps } from './deps.ts';

/**
 * Completes an account that a create left half made (the process was killed, or an answer was lost, between two of its
 * requests): the connector sends what is missing, which it may send twice. Until that is done the answer is `unknown`.
 */
export async function finishCreate(
  intent: Intent,
  accountId: string,
  { sync, killSwitch, store, target }: PassDeps,
  lease: Lease,
  signal: AbortSignal,
): Promise<Exclude<Resolution, { state: 'unfinished' }>> {
  if (sync.mode === 'observe' || killSwitch || signal.aborted) return { state: 'unknown' };
  // Nothing to keep, but fenced: rejects when another process has taken over the target meanwhile.
  await store.settle([], lease);
  const writer = target.openWriter();
  try {
    let isWhole = false;
    for await (const { outcome } of writer.apply(only({ ...intent, accountId }), signal)) {
      isWhole = outcome === 'applied';
    }
    return isWhole ? { state: 'done', accountId } : { state: 'unknown' };
  } finally {
    await writer.close();
  }
}

async function* only(order: Order): AsyncGenerator<Order> {
  yield order;
}
