import type { Upcoming } from '../model/upcoming.ts';
import type { Lease } from './store.ts';

/** A moment at which a date brings something to a person. */
export type Due = Pick<Upcoming, 'personId' | 'at' | 'kind'>;

/** The part of the store from which the daemon knows when to wake for a date. */
export interface DueStore {
  /**
   * Keeps what dates will bring this sync's people, in the place of what was kept: of all of them, or of these alone.
   */
  saveDue(sync: string, due: readonly Due[], lease: Lease, only?: ReadonlySet<string>): Promise<void>;
  /** What is kept with a moment after `after` and not after `until` (ms), in order of time, then person. */
  due(sync: string, after: number, until: number): Promise<readonly Due[]>;
  /** The first moment after this one (ms), or undefined where none is kept. */
  nextDue(sync: string, after: number): Promise<number | undefined>;
}
