import { request as undiciRequest, type Agent } from 'undici';

import type { Json } from '../model/value.ts';
import { BadBody, readBytes, readJson, readText } from './body.ts';
import type { HttpRequest } from './client.ts';
import { HostRefused } from './connect.ts';
import { deadline } from './deadline.ts';
import { multipartOf } from './multipart.ts';

/** What one attempt brought: an answer, or none. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** `null` unless it was wanted and there. */
      readonly body: Json;
      readonly bytes?: Uint8Array;
      readonly text?: string;
    }
  /** Status came, body is unusable. */
  | { readonly kind: 'bad-body'; readonly status: number; readonly error: BadBody }
  /** No answer. `reached` is false where it is certain that nothing was sent. */
  | { readonly kind: 'none'; readonly reached: boolean; readonly code: string; readonly error: unknown };

export interface Sending {
  readonly agent: Agent;
  readonly url: URL;
  readonly request: HttpRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Sends once, follows nothing, and never throws except for the caller's signal and a refused host. */
export async function exchange(sending: Sending, signal: AbortSignal): Promise<Exchange> {
  const { agent, url, request, headers } = sending;
  using limit = deadline(request.effect, sending.timeoutMs, signal);
  try {
    const answer = await undiciRequest(url, {
      dispatcher: agent,
      method: request.method,
      headers,
      body: bodyOf(request),
      signal: limit.signal,
    });
    const answerHeaders = flatten(answer.headers);
    const status = answer.statusCode;
    const wanted = isSuccess(status) ? request.expect !== 'none' : (request.accept ?? []).includes(status);
    if (!wanted) {
      await answer.body.dump({ limit: 65_536 }).catch(() => undefined);
      return { kind: 'answer', status, headers: answerHeaders, body: null };
    }
    return await readAnswer(status, answerHeaders, answer.body, request.expect);
  } catch (error) {
    if (request.effect === 'read') signal.throwIfAborted();
    if (error instanceof HostRefused) throw error;
    return { kind: 'none', ...classify(error, limit.timedOut), error };
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

async function readAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  stream: AsyncIterable<Uint8Array>,
  expect: HttpRequest['expect'],
): Promise<Exchange> {
  try {
    if (typeof expect === 'object' && 'text' in expect) {
      const text = await readText(stream, headers, expect.text.atMost);
      return { kind: 'answer', status, headers, body: null, text };
    }
    if (isSuccess(status) && typeof expect === 'object') {
      const bytes = await readBytes(stream, headers, expect.bytes.atMost);
      return { kind: 'answer', status, headers, body: null, bytes };
    }
    const body = await readJson(stream, headers);
    return { kind: 'answer', status, headers, body };
  } catch (error) {
    if (!(error instanceof BadBody)) throw error;
    // The caller of an accepted refusal goes by the status; the page that a proxy put there is no reason to fail.
    if (!isSuccess(status)) return { kind: 'answer', status, headers, body: null };
    return { kind: 'bad-body', status, error };
  }
}

function bodyOf(request: HttpRequest): string | Uint8Array | null {
  if (request.body === undefined) return null;
  if ('file' in request.body) return multipartOf(request.body.file);
  if ('text' in request.body) return request.body.text;
  return 'json' in request.body
    ? JSON.stringify(request.body.json)
    : new URLSearchParams(request.body.form).toString();
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** No connection, a certificate that is not trusted, or a request that cannot be written at all. */
const beforeSending =
  /^(?:UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_TLS_CERT_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;

/** Codes are words of Node and undici and hold nothing of the request. */
function classify(error: unknown, timedOut: boolean): { readonly reached: boolean; readonly code: string } {
  if (timedOut) return { reached: true, code: 'TIMEOUT' };
  const { code, syscall, errors } = (error ?? {}) as {
    code?: unknown;
    syscall?: unknown;
    errors?: readonly { syscall?: unknown }[];
  };
  const calls = errors === undefined ? [syscall] : errors.map((one) => one.syscall);
  const connecting = calls.length > 0 && calls.every((call) => call === 'connect' || call === 'getaddrinfo');
  const word = typeof code === 'string' ? code : 'FAILED';
  return { reached: !connecting && !beforeSending.test(word), code: word };
}
