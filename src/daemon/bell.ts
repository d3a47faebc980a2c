import type { Clock } from '../model/effects.ts';

/** Wakes one loop. A ring while nobody waits is not lost: the next wait ends at once. Many rings are one. */
interface Bell {
  ring(): void;
  /** Ends when it rings, when `ms` have passed, or when the signal aborts; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  let rung = false;
  let waiting: AbortController | undefined;
  return {
    ring() {
      rung = true;
      waiting?.abort();
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted) {
        waiting = new AbortController();
        const either = AbortSignal.any([signal, waiting.signal]);
        await clock.sleep(Math.max(0, ms), either).catch(() => undefined);
        waiting = undefined;
      }
      rung = false;
    },
  };
}
