import type { Revision } from '../spec/compiled.ts';

/** Where specs come from: a branch of a remote repository, or a plain folder. */
export interface RevisionSource {
  /**
   * The newest revision and the folder on disk that holds its files, unchanged until twenty more were marked good.
   * Rejects with `Waiting` when it can't be had now (a remote that is away, or that answers something that is no
   * repository), with `Stalled` when a person must act.
   */
  fetch(signal: AbortSignal): Promise<Checkout>;
  /** The last revision that was marked good, also from before a restart and without the remote. */
  lastGood(): Promise<Checkout | undefined>;
  /** Remembers, durably, that this revision was valid. */
  markGood(checkout: Checkout): Promise<void>;
  /** Calls back when something may have changed: a poll that is due, a file that was written. Ends with the signal. */
  watch(onChange: () => void, signal: AbortSignal): Promise<void>;
}

export interface Checkout {
  readonly revision: Revision;
  /** Absolute path of the specs folder. */
  readonly folder: string;
}
