import type { PassDeps } from './deps.ts';
import { asOnlyWriter, type Tenure } from './lease.ts';

/**
 * As `asOnlyWriter` to the sync's target. A flow of a pair has the other's target to itself as well: what the one has just
 * written must be remembered before the other looks, or it would take it for somebody's edit. Both ask in the order of the
 * connections' names, so that neither holds what the other waits for.
 */
export async function asOnlyWriterOf<T>(
  { sync, holder, store, clock }: PassDeps,
  signal: AbortSignal,
  work: (tenure: Tenure) => Promise<T>,
): Promise<T> {
  const deps = { store, clock };
  const { from, to } = sync;
  if (sync.pair === undefined) return await asOnlyWriter(to, holder, deps, signal, work);
  const [first, second] = from < to ? [from, to] : [to, from];
  return await asOnlyWriter(first, holder, deps, signal, (outer) =>
    asOnlyWriter(second, holder, deps, outer.signal, (inner) =>
      work({
        lease: second === to ? inner.lease : outer.lease,
        signal: inner.signal,
        holds: async () => (await outer.holds()) && (await inner.holds()),
      }),
    ),
  );
}
