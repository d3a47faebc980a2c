import { Stalled, Waiting } from '../model/error.ts';

/** The answer to a `once` request was lost: it may have been carried out. Only looking can tell. */
export class LostAnswer extends Waiting {
  constructor(
    connection: string,
    message: string,
    more: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super('AnswerLost', message, { connection, ...more });
  }
}

/** A status that the caller did not accept. `status` lets a connector tell 404 from 409. */
export class RefusedStatus extends Stalled {
  readonly status: number;
  constructor(connection: string, reason: string, message: string, status: number) {
    super(reason, message, { connection });
    this.status = status;
  }
}
