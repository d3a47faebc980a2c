import { Stalled, Waiting } from '../model/error.ts';
import type { BadBody } from './body.ts';
import { LostAnswer, RefusedStatus } from './errors.ts';

/** Where a request went, for messages: nothing here holds an id, a query or a credential. */
export interface Place {
  readonly connection: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
}

/** The error for a status that the caller does not handle and that no repetition mends. */
export function refused(place: Place, status: number): RefusedStatus {
  const { connection, host } = place;
  const make = (reason: string, message: string) => new RefusedStatus(connection, reason, message, status);
  if (status === 401) {
    return make(
      'AuthenticationFailed',
      `check the credentials of connection ${connection}; they were refused by ${host} (401)`,
    );
  }
  if (status === 403) {
    return make(
      'PermissionDenied',
      `${where(place)} is not allowed (403); give the credentials of this connection the permission`,
    );
  }
  if (status >= 300 && status < 400) {
    return make(
      'Redirected',
      `${where(place)} answered with a redirect (${status}), which is not followed; set the base URL to where the system lives now`,
    );
  }
  if (status === 404) {
    return make(
      'NotFound',
      `${where(place)} does not exist (404); check the base URL and the config of this connection`,
    );
  }
  return make(
    'RequestRefused',
    `${where(place)} was refused (${status}); check the config of this connection`,
  );
}

export function rateLimited(place: Place, retryAfterMs: number): Waiting {
  const { connection, host } = place;
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new Waiting(
    'RateLimited',
    `connection ${connection}: ${host} asks to wait ${seconds} s; the pass is tried again after that`,
    { connection, retryAfterMs },
  );
}

/** `retryAfterMs` where the last answer named a moment. */
export function unavailable(
  place: Place,
  status: number,
  attempts: number,
  retryAfterMs: number | undefined,
): Waiting {
  const reason = status === 429 ? 'RateLimited' : 'Unavailable';
  const message = `${where(place)} answered ${status}, at try ${attempts}; it is tried again later`;
  const { connection } = place;
  return new Waiting(
    reason,
    message,
    retryAfterMs === undefined ? { connection } : { connection, retryAfterMs },
  );
}

export function unreachable(place: Place, code: string, cause: unknown): Waiting {
  return new Waiting('Unreachable', `${where(place)} gave no answer (${code}); it is tried again later`, {
    connection: place.connection,
    cause,
  });
}

export function badBody(place: Place, error: BadBody): Waiting {
  const what = {
    BodyCut: 'sent an answer that broke off',
    NotJson: 'sent an answer that is not JSON, such as a page of a proxy',
    BodyTooLarge: 'sent an answer that is too large',
  }[error.reason];
  return new Waiting(error.reason, `${where(place)} ${what}; it is tried again later`, {
    connection: place.connection,
    cause: error.cause,
  });
}

/** `retryAfterMs` where the answer that told nothing else named a moment. */
export function lost(
  place: Place,
  what: string,
  more: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
): LostAnswer {
  return new LostAnswer(
    place.connection,
    `${where(place)}: the answer was lost (${what}); whether it was carried out is looked up before anything is repeated`,
    more,
  );
}

export function hostRefused(place: Pick<Place, 'connection' | 'host'>, why: string): Stalled {
  const { connection, host } = place;
  return new Stalled('HostRefused', `connection ${connection}: ${host} must not be reached: ${why}`, {
    connection,
  });
}

export function secretRefused(connection: string, why: string): Stalled {
  return new Stalled(
    'SecretRefused',
    `connection ${connection}: ${why}; the operator's configuration binds secrets to hosts`,
    { connection },
  );
}

function where({ connection, host, method, path }: Place): string {
  return `connection ${connection}: ${method} ${path} on ${host}`;
}
