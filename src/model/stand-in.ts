/**
 * Somebody of a sync that waits: they stand for an account which another sync has, by identity, match or links, and
 * would have it if that one gave it up.
 */
export interface StandIn {
  readonly sync: string;
  readonly accountId: string;
  readonly personId: string;
  /** The first day (`YYYY-MM-DD`) of somebody who is not here yet. */
  readonly starts: string | null;
  /** The moment (ms) that the reading is from which last showed it. */
  readonly seenAt: number;
}
