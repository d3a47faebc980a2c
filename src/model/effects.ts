/** The clock, injected: no other module asks the operating system for the time. */
export interface Clock {
  /** Wall clock, ms since 1970 UTC. */
  now(): number;
  /** Steady clock for durations, ms from any start; never jumps. */
  monotonic(): number;
  /** Resolves after `ms` or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Randomness, injected, so that a seed replays a run. */
export interface Random {
  /** At least 0, below 1. */
  fraction(): number;
  bytes(length: number): Uint8Array;
  /** A new unique id, url-safe, sortable by time of creation. */
  id(): string;
}

/** ISO instant in UTC of a wall-clock moment. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}
