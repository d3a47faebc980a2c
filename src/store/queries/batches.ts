import { setImmediate } from 'node:timers/promises';

/** Rows in one statement: large enough to be quick, small enough that a health check in between does not wait. */
const batchSize = 500;

/** Rows of one page of a long read. */
const pageSize = 5_000;

/**
 * Calls `work` with 500 items at a time, in order, and lets the event loop turn in between: an embedded database works
 * on the same thread that answers health checks.
 */
export async function inBatches<T>(
  items: readonly T[],
  work: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    if (start > 0) await setImmediate();
    await work(items.slice(start, start + batchSize));
  }
}

/**
 * Reads a long list page by page; `read` is given the last row of the page before and answers the rows after it.
 * Ends with the first page that is not full.
 */
export async function inPages<T>(
  read: (after: T | undefined, limit: number) => Promise<readonly T[]>,
  take: (row: T) => void,
): Promise<void> {
  let after: T | undefined;
  for (;;) {
    const page = await read(after, pageSize);
    for (const row of page) take(row);
    if (page.length < pageSize) return;
    after = page.at(-1);
    await setImmediate();
  }
}

/** The last item of each key, in the order of keys: sorted keys are written several times faster. */
export function lastByKey<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const byKey = new Map<string, T>();
  for (const item of items) byKey.set(key(item), item);
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
