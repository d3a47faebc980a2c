import type { Reader, Writer } from '../connectors/connector.ts';
import type { Clock, Random } from '../model/effects.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { Trigger } from '../model/run.ts';
import type {
  CompiledApproval,
  CompiledConnection,
  CompiledSync,
  LinkDecisions,
  Limits,
} from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** What a pass is narrowed to; everybody and everything where nothing is said. */
export interface PassScope {
  /**
   * A partial pass: these people alone, by their ids in the source. Where it cannot decide about them without the others
   * the pass looks at everybody, and is a pass as any other.
   */
  readonly only?: ReadonlySet<string>;
  /** Of everything that is planned, only what takes access away from people who have left is written. */
  readonly leaversOnly?: boolean;
}

/** Everything one pass of one sync works with. Made by the composition root for each pass. */
export interface PassDeps extends PassScope {
  readonly sync: CompiledSync;
  readonly source: Side;
  readonly target: Side & { readonly openWriter: () => Writer };
  readonly store: Store;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  /** Approvals in Git for this sync. */
  readonly approvals: readonly CompiledApproval[];
  /** What Links documents in Git decide for this sync. */
  readonly decisions?: LinkDecisions;
  readonly limits: { readonly target: Limits; readonly installation: Limits };
  readonly revision: string;
  readonly trigger: Trigger;
  /** Who we are in leases: unique for each process. */
  readonly holder: string;
  /** The operator's kill switch: look, plan and record, but write to no target. */
  readonly killSwitch: boolean;
  /** False where the operator has configured no mail server: nobody is welcomed then, and the run says so. */
  readonly mailServer?: boolean;
  /** A pass that takes longer (ms) ends at a person's boundary; left out, none is too long. */
  readonly passLimitMs?: number;
  /** Called now and then with what is going on, for a terminal. */
  readonly progress?: (progress: Progress) => void;
}

export interface Side {
  readonly connection: CompiledConnection;
  readonly reader: Reader;
}

export type Progress =
  | { readonly step: 'read'; readonly side: 'source' | 'target'; readonly records: number }
  | { readonly step: 'plan' }
  | { readonly step: 'apply'; readonly done: number; readonly of: number };
