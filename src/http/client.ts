import type { Json } from '../model/value.ts';
import type { Secret } from '../model/secret.ts';

/** Makes the one HTTP client of a connection. The composition root gives it to connectors. */
export type HttpFactory = (options: HttpOptions) => HttpClient;

export interface HttpOptions {
  /** Absolute URL that every path is joined to; a base path is kept. Requests to another origin are refused. */
  readonly baseUrl: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How requests are authorised. A token is fetched once, shared by parallel requests, and renewed once on a 401. */
  readonly auth: Auth;
  /** The vendor's documented limits; the client stays below them by itself. */
  readonly limits?: readonly RateLimit[];
  /** Requests in flight at the most. Default 8. */
  readonly concurrency?: number;
  /**
   * How long an answer asks everybody to wait (ms), where the vendor says so in headers of its own: a quota that is used up
   * also with a success. `Retry-After` is read anyway, and wins.
   */
  readonly namedWait?: (answer: Pick<HttpResponse, 'status' | 'headers'>, now: number) => number | undefined;
  /** Real time that one attempt may take, body included, of a system that works long before it answers. Default 120 s. */
  readonly timeoutMs?: number;
}

export type Auth =
  | { readonly kind: 'none' }
  /** The secrets are revealed for the base URL's host only. */
  | { readonly kind: 'header'; readonly name: string; readonly secret: Secret; readonly prefix?: string }
  | { readonly kind: 'basic'; readonly user: Secret; readonly password: Secret | undefined }
  | { readonly kind: 'token'; readonly fetch: FetchToken; readonly prefix?: string };

/** Gets a fresh token through `client`, which sends no authorisation and never follows to another host. */
export type FetchToken = (client: HttpClient, host: string, signal: AbortSignal) => Promise<Token>;

export interface Token {
  readonly text: string;
  /** Life in ms from now; renewed a little before. */
  readonly expiresInMs: number;
}

export interface RateLimit {
  readonly requests: number;
  readonly perMs: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the base URL, or an absolute URL of the same origin (a `next` link). */
  readonly path: string;
  /**
   * The path as it may be printed (`/users/{login}`), for a path that holds a login or a name. Without it words are
   * printed, and what looks like an id or an address is not.
   */
  readonly template?: string;
  /** Arrays repeat the key. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?:
    | { readonly json: Json }
    | { readonly form: Readonly<Record<string, string>> }
    /** As it is, in UTF-8: XML, CSV. */
    | { readonly text: string; readonly mediaType: string }
    /** One file as `multipart/form-data`. */
    | { readonly file: FileField };
  /**
   * `read`: repeated on a lost answer, 429 and 5xx. `repeatable`: a write that may be sent twice with the same effect;
   * repeated likewise. `once`: a lost answer or a 5xx is `LostAnswer` (`errors.ts`), never repeated; a 429, a 425 and a 503
   * with Retry-After, which say that nothing was done, are repeated.
   */
  readonly effect: 'read' | 'repeatable' | 'once';
  /** Statuses besides 2xx that the caller handles; any other is thrown. */
  readonly accept?: readonly number[];
  /**
   * `json` (default) refuses an HTML page or a cut body; `none` ignores the body. `bytes`: the body as it is, in
   * `HttpResponse.bytes`; one that is longer than `atMost` is broken off, and is `Waiting` with the reason `BodyTooLarge`.
   * `text`: the same for text, in `HttpResponse.text`, also of the refusals in `accept` (XML, whose faults come with 500).
   */
  readonly expect?:
    | 'json'
    | 'none'
    | { readonly bytes: { readonly atMost: number } }
    | { readonly text: { readonly atMost: number; readonly mediaType: string } };
}

export interface FileField {
  /** Of the form's field. */
  readonly field: string;
  /** Of the file, as the other side may keep it: plain letters, and nothing of a person. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Plain fields of the form, sent before the file: words of the system's own, nothing of a person. */
  readonly besides?: Readonly<Record<string, string>>;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `null` for an empty body. */
  readonly body: Json;
  /** Of a success, where bytes were expected. */
  readonly bytes?: Uint8Array;
  /** Where text was expected. */
  readonly text?: string;
}

/**
 * One connection's client: timeouts, retry by effect, Retry-After honoured in full, token renewal, request limits,
 * concurrency that adapts to 429 and 503, hooks for metrics and traces. No credential ever goes to another host, and no
 * redirect is followed.
 *
 * Throws `Waiting` (network, timeouts, 429, 5xx after the last try, an answer that is no JSON or is cut) or `Stalled`
 * (401 after one renewal, 403, 404 and other 4xx not accepted), both with the connection's name and the way out.
 * Bodies of errors never reach the message.
 */
export interface HttpClient {
  /** `host` or `host:port` of the base URL, for `Secret.reveal`. */
  readonly host: string;
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** How many writes may run side by side now: grows by one with every success, halves on 429 and 503. At least 1. */
  readonly room: number;
  close(): Promise<void>;
}
