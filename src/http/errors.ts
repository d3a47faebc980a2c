import { Stalled, Waiting, type SyncError } from '../model/error.ts';

/** The answer to a `once` request was lost: it may have been carried out. Only looking can tell. */
export class LostAnswer extends Waiting {
  /** How many answers to `once` requests this client has lost one after the other, this one included. */
  inARow = 1;

  constructor(
    connection: string,
    message: string,
    more: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super('AnswerLost', message, { connection, ...more });
  }
}

/**
 * What a lost answer says of the orders after it: one alone nothing, they go on. As many in a row as any other request
 * is tried: the system is away.
 */
export function fateOf(error: SyncError): 'person' | SyncError['fate'] {
  return error instanceof LostAnswer && error.inARow < manyInARow ? 'person' : error.fate;
}

const manyInARow = 5;

/** A status that the caller did not accept. `status` lets a connector tell 404 from 409. */
export class RefusedStatus extends Stalled {
  readonly status: number;
  constructor(connection: string, reason: string, message: string, status: number) {
    super(reason, message, { connection });
    this.status = status;
  }
}
