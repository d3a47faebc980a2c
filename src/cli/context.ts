import type { Workspace } from '../compose/workspace.ts';
import type { Clock, Random } from '../model/effects.ts';
import type { DataClass } from '../model/value.ts';
import type { Output } from './output.ts';

/** What a command works with. The workspace is opened on first use, so that a command that needs no store makes none. */
export interface CliContext {
  readonly out: Output;
  readonly global: GlobalOptions;
  /** `log`: whether it logs to standard output; commands other than the daemon talk for themselves. */
  readonly workspace: (options?: { readonly log: boolean }) => Promise<Workspace>;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
}

/** Options of every command. */
export interface GlobalOptions {
  readonly specs?: string;
  readonly config?: string;
  readonly data?: string;
  readonly output: Output['format'];
  /** Values up to this class are shown, others are masked. */
  readonly show: DataClass;
}
