import type { Clock } from '../model/effects.ts';
import { Waiting } from '../model/error.ts';
import type { KeptTokens } from '../model/kept-tokens.ts';
import { asOnlyHolder } from '../reconcile/lease.ts';
import type { Store } from '../store/store.ts';

/** Others hold it for the length of one request to the token endpoint. */
const askAgainMs = 250;
const patienceMs = 120_000;

/** The tokens of a connection; what is done alone is done under a lease that all processes of the store share. */
export function keptTokensOf(
  connection: string,
  { store, clock, holder }: { readonly store: Store; readonly clock: Clock; readonly holder: () => string },
): KeptTokens {
  const busy = () =>
    new Waiting(
      'TokenBusy',
      `connection ${connection}: another rosterd is renewing its token, or was killed while it did; the next try is in a minute`,
      { connection, retryAfterMs: 60_000 },
    );
  return {
    ...store.keptTokens(connection),
    async alone(work, signal) {
      const until = clock.monotonic() + patienceMs;
      // One holder for each call: two renewals of one process must not share the lease either.
      const alone = { name: `tokens:${connection}`, holder: holder(), busy };
      for (;;) {
        try {
          return await asOnlyHolder(alone, { store, clock }, signal, work);
        } catch (error) {
          const isBusy = error instanceof Waiting && error.reason === 'TokenBusy';
          if (!isBusy || clock.monotonic() >= until) throw error;
          await clock.sleep(askAgainMs, signal);
        }
      }
    },
  };
}
