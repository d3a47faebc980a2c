import type { Connecting, Connector, ConnectWith, Reader } from '../connectors/connector.ts';
import type { Clock, Random } from '../model/effects.ts';
import type { Entity } from '../model/entity.ts';
import type { Finding } from '../model/error.ts';
import type { Trigger } from '../model/run.ts';
import type { OperatorConfig } from '../operator/config.ts';
import type { PassDeps, PassScope, Progress } from '../reconcile/deps.ts';
import type { CompiledConnection, CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

export interface WorkspaceOptions {
  /** Flags that win over the configuration. */
  readonly specs?: string;
  readonly config?: string;
  readonly data?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether it logs, as JSON lines on standard output: commands other than the daemon talk for themselves. */
  readonly logs?: boolean;
}

/** One pass, ready to look or to reconcile. */
export interface OpenPass {
  readonly deps: PassDeps;
  close(): Promise<void>;
}

/** Real sources, targets, store and secrets behind the names in specs: the one place where they are put together. */
export interface Workspace {
  readonly config: OperatorConfig;
  readonly options: WorkspaceOptions;
  readonly telemetry: Telemetry;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** The specs at hand: of the folder, or of the newest commit of the branch. Rejects with `Invalid`. */
  loadSpecs(): Promise<LoadedSpecs>;
  /** The specs as they were before this branch (`earlierRevision`); only where they lie in a folder of a repository. */
  loadEarlier(revision: string, signal: AbortSignal): Promise<LoadedSpecs>;
  /** The connections alone, whatever the rest of the specs lacks. */
  loadConnections(): Promise<ReadonlyMap<string, CompiledConnection>>;
  /** The store, opened on first use and made when there is none. */
  store(): Promise<Store>;
  /** `probes`: those of its connections that were away the last time. */
  openPass(
    sync: CompiledSync,
    specs: CompiledSpecs,
    trigger: Trigger,
    progress?: (progress: Progress) => void,
    probes?: readonly string[],
    scope?: PassScope,
  ): Promise<OpenPass>;
  /** For `connection test` and `connection fields`. The caller closes it. */
  openReader(connection: CompiledConnection, entity: Entity): Promise<Reader>;
  /** For `connection connect`. Rejects with `Stalled` where there is nothing to connect. */
  connect(connection: CompiledConnection, how: ConnectWith, signal: AbortSignal): Promise<Connecting>;
  close(): Promise<void>;
}

export interface LoadedSpecs {
  readonly specs: CompiledSpecs;
  readonly warnings: readonly Finding[];
  /** Absolute path of the folder they were read from. */
  readonly folder: string;
}
