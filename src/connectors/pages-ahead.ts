/** Pages asked for ahead of the one that is handed over. */
const ahead = 4;

/**
 * The pages of a list in their order. The first is there already, and says how many there are; `fetch` asks for the one at
 * an index. All that was asked for is waited for, even when nobody reads on.
 */
export async function* pagesAhead<P>(
  first: P,
  count: number,
  fetch: (index: number) => Promise<P>,
  signal: AbortSignal,
): AsyncGenerator<P> {
  const coming: Promise<P>[] = [];
  let asked = 1;
  try {
    for (let index = 0; index === 0 || index < count; index += 1) {
      for (; asked < Math.min(count, index + 1 + ahead); asked += 1) {
        const page = fetch(asked);
        // It may fail before it is awaited; the failure is told where it is.
        page.catch(() => undefined);
        coming.push(page);
      }
      signal.throwIfAborted();
      yield index === 0 ? first : ((await coming.shift()) ?? first);
    }
  } finally {
    await Promise.allSettled(coming);
  }
}
