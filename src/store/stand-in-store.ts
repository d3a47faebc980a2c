import type { StandIn } from '../model/stand-in.ts';
import type { Lease } from './store.ts';

/** The part of a store that several sources of one target need. */
export interface StandInStore {
  /** Who waits for accounts of this target connection, by their syncs' latest whole readings. */
  standIns(target: string): Promise<readonly StandIn[]>;
  /** Takes the place of everything that this sync has said of this target. */
  saveStandIns(sync: string, target: string, standIns: readonly StandIn[], lease: Lease): Promise<void>;
  /** Beside what these syncs have said themselves, until they say it anew. */
  addStandIns(target: string, standIns: readonly StandIn[], lease: Lease): Promise<void>;
}
