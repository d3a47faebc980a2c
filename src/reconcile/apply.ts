import type { Writer } from '../connectors/connector.ts';
import type { Change } from '../model/change.ts';
import { applySteps } from '../plan/order.ts';
import type { Applied } from './applied.ts';
import type { Books } from './books.ts';
import type { PassDeps } from './deps.ts';
import { prepareOrder, type PreparedOrder } from './orders.ts';

/** How many intents share one commit. A crash loses none: those not sent are found to be not done. */
const batchSize = 100;

/**
 * Carries out what was released, step by step: values are freed before they are taken, references come after the
 * accounts they point to, removals last.
 *
 * The intent is on disk before an order leaves, the outcome after; `unknown` is left for the next pass to look up.
 * `soft` ends it at a person's boundary; `hard` breaks off requests that are under way.
 */
export async function applyChanges(
  changes: readonly Change[],
  books: Books,
  deps: PassDeps,
  soft: AbortSignal,
  hard: AbortSignal,
): Promise<Applied> {
  if (changes.length === 0) return { done: [] };
  const writer = deps.target.openWriter();
  try {
    for (const step of applySteps(changes)) {
      await applyStep(step, writer, books, deps, soft, hard);
    }
    await books.close();
  } finally {
    await writer.close();
  }
  return { done: books.done, ...(books.stopped === undefined ? {} : { stopped: books.stopped }) };
}

async function applyStep(
  changes: readonly Change[],
  writer: Writer,
  books: Books,
  deps: PassDeps,
  soft: AbortSignal,
  hard: AbortSignal,
): Promise<void> {
  const orders = feed(changes, books, deps, soft, hard);
  try {
    for await (const result of writer.apply(orders, hard)) {
      await books.settle(result);
      deps.progress?.({ step: 'apply', done: books.ended, of: books.planned });
    }
    await books.settleRest('NotAnswered', 'the writer ended without an answer to this');
  } catch (error) {
    // The connection is gone: what was taken and not answered may have been done.
    await books.giveUp(error);
  }
  await books.endStep();
}

/** Hands out orders one at a time, having written a batch of intents first. */
async function* feed(
  changes: readonly Change[],
  books: Books,
  deps: PassDeps,
  soft: AbortSignal,
  hard: AbortSignal,
) {
  for (let start = 0; start < changes.length; start += batchSize) {
    const batch = changes.slice(start, start + batchSize);
    const prepared = await prepareBatch(batch, books, deps, soft, hard);
    for (const order of prepared) {
      if (await books.mustNotSend(soft)) {
        await books.notSent(order.order.key, 'Stopped', 'the pass was stopped before this was sent');
        continue;
      }
      books.sent(order.order.key);
      yield order.order;
    }
  }
}

async function prepareBatch(
  batch: readonly Change[],
  books: Books,
  deps: PassDeps,
  soft: AbortSignal,
  hard: AbortSignal,
): Promise<readonly PreparedOrder[]> {
  const prepared: { readonly change: Change; readonly order: PreparedOrder }[] = [];
  for (const change of batch) {
    const obstacle = books.obstacle(change, soft);
    if (obstacle !== undefined) {
      books.skip(change, obstacle);
      continue;
    }
    const order = prepareOrder(change, {
      key: deps.random.id(),
      scope: deps.sync.targetWant.scope ?? {},
      accountOf: (personId) => books.accountOf(personId),
      random: deps.random,
      source: deps.source.reader,
      signal: hard,
    });
    if (order === undefined) await books.linkOnly(change);
    else prepared.push({ change, order });
  }
  await books.intend(prepared);
  return prepared.map(({ order }) => order);
}
