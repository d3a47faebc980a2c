import type { SyncError } from '../../model/error.ts';
import type { Place } from './place.ts';

/**
 * Where a list lies, whatever stands in it: what reads and writes the list asks nothing else of the file. Each call rejects
 * with a `SyncError`, unless it was called off.
 */
export interface FileLocation {
  /** For messages. */
  readonly place: Place;
  /** What the file is now: another one, or another content, has another stamp. `none` where it is not there. */
  stamp(signal: AbortSignal): Promise<string>;
  /** Opens the file for one reading. */
  open(signal: AbortSignal): Promise<FoundFile>;
  /**
   * Puts a new file in the place of the one with this stamp, as a whole: whoever reads sees the old or the new one, never a
   * part. A file that somebody else has changed meanwhile stays as they left it.
   */
  replace(bytes: Uint8Array, stamp: string, signal: AbortSignal): Promise<Published>;
  /** What a list that is to be written lacks there, each with the way out: for `connection test`. */
  lacking?(signal: AbortSignal): Promise<readonly string[]>;
  /** Frees what a connection holds. */
  close(): Promise<void>;
}

/** A file that is open for one reading. */
export interface FoundFile {
  readonly size: number;
  /** When it was last written, as the place where it lies says (ms). */
  readonly modifiedMs: number;
  /** Its content, in pieces of any length. */
  bytes(signal: AbortSignal): AsyncGenerator<Buffer>;
  /** Throws `Waiting` when the file is not what it was when it was opened. Asked after the last byte. */
  checkUnchanged(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** What came of writing. `unknown`: it may be in place already. */
export type Published =
  | { readonly stamp: string }
  | { readonly failed: SyncError; readonly unknown: boolean };
