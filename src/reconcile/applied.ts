import { Waiting } from '../model/error.ts';
import type { Change } from '../model/change.ts';
import type { PersonOutcome } from '../model/run.ts';

/** What apply came to. */
export interface Applied {
  /** One for each released change, in the order in which they ended. */
  readonly done: readonly Done[];
  /** Set when the target as a whole gave up or we were stopped: the rest was not sent. */
  readonly stopped?: {
    readonly fate: 'waiting' | 'stalled';
    readonly reason: string;
    readonly message: string;
    readonly retryAfterMs?: number;
    /** The connection that could not be had any more. */
    readonly away?: string | undefined;
  };
}

/** A pass that takes too long waits for its next time; any other stop is the operator's. */
export function whyStopped({ reason }: AbortSignal): NonNullable<Applied['stopped']> {
  if (reason instanceof Waiting && reason.reason === 'PassTooLong') {
    return { fate: 'waiting', reason: reason.reason, message: reason.message };
  }
  return { fate: 'waiting', reason: 'Stopped', message: 'the pass was asked to stop' };
}

/** One change and what became of it. */
export interface Done {
  readonly change: Change;
  /** The account's id, also of one that this change has made. */
  readonly accountId: string | null;
  /** `failed`: carried out, but not on an account that can be this person's. */
  readonly outcome: Extract<
    PersonOutcome,
    'applied' | 'delivered' | 'rejected' | 'unknown' | 'not-sent' | 'failed'
  >;
  readonly error: { readonly reason: string; readonly message: string } | null;
}
