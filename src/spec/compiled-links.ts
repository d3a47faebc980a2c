import type { Place } from './compiled.ts';

/** What the Links documents of one revision decide for one sync. */
export interface LinkDecisions {
  /** By person. */
  readonly same: ReadonlyMap<string, Decision>;
  /** By person, each account once. */
  readonly never: ReadonlyMap<string, readonly Decision[]>;
  /** By person. */
  readonly release: ReadonlyMap<string, Decision>;
  /** Syncs whose links become those of this one. */
  readonly transfers: readonly Transfer[];
}

/** About one person and one account. */
export interface Decision {
  readonly person: string;
  readonly account: string;
  readonly reason: string;
  readonly by: string | undefined;
  readonly place: Place;
}

export interface Transfer {
  readonly from: string;
  readonly reason: string | undefined;
  readonly by: string | undefined;
  readonly place: Place;
}
