import type { Agent } from 'undici';

import type { Clock, Random } from '../model/effects.ts';
import { addressOf, parseBase, printablePath } from './address.ts';
import { Authorization } from './authorization.ts';
import type { HttpClient, HttpFactory, HttpOptions, HttpRequest, HttpResponse } from './client.ts';
import { HostRefused, onlyThisMachine, openAgent, type HostPolicy } from './connect.ts';
import { LostAnswer } from './errors.ts';
import { exchange, isSuccess, type Exchange } from './exchange.ts';
import { hostRefused, rateLimited, type Place } from './failure.ts';
import { headersOf } from './headers.ts';
import { judge, statusOf, type NamedWait } from './judge.ts';
import { Limiter } from './limiter.ts';
import { asksForPatience, backoffMs } from './retry.ts';
import { retryAfterMs } from './retry-after.ts';
import type { HeldToken } from './tokens.ts';
import { traced } from './trace.ts';

/** What the client tells about itself. Nothing here holds an id, a query or a credential. */
export interface HttpHooks {
  /** After every attempt. `status` is 0 when no answer came. */
  request(method: string, status: number, durationMs: number): void;
  /** Time that requests waited because the other side asked for it. */
  throttled(ms: number): void;
  /** One line for a debug log: every attempt, and the wait that follows it. */
  trace?(attempt: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly attempt: number;
    readonly waitMs: number | undefined;
  }): void;
}

export interface HttpDeps {
  /** Name of the connection in the specs, for messages. */
  readonly connection: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly hooks?: HttpHooks;
  /** What the operator allows. Without it only this machine can be reached. */
  readonly checkHost?: HostPolicy;
  /** Attempts for one request, the first included. Default 5. */
  readonly maxAttempts?: number;
  /** While the system is known to be away, one attempt has to do: whoever waits for it should wait shortly. */
  readonly isAway?: () => boolean;
  /** Real time that one attempt may take, body included. Default 120 s. */
  readonly requestTimeoutMs?: number;
  /** Waits that one request may add up to, and the longest pause that is sat out. Default 15 min. */
  readonly waitCapMs?: number;
}

/**
 * Clients for one connection. See `HttpClient` for what they promise. Clients of one factory to the same system share
 * its limits, its pauses and the room, so that a reader and a writer together stay below what is documented.
 */
export function createHttp(deps: HttpDeps): HttpFactory {
  const limiters = new Map<string, Limiter>();
  return (options) => {
    const base = parseBase(options.baseUrl, deps.connection);
    const { limits = [], concurrency = 8 } = options;
    const key = JSON.stringify([base.origin, limits, concurrency]);
    const limiter = limiters.get(key) ?? new Limiter(deps.clock, limits, concurrency);
    limiters.set(key, limiter);
    return new ConnectionClient(deps, options, base, limiter);
  };
}

class ConnectionClient implements HttpClient {
  readonly host: string;
  readonly #deps: HttpDeps;
  readonly #options: HttpOptions;
  readonly #base: URL;
  readonly #agent: Agent;
  readonly #limiter: Limiter;
  readonly #authorization: Authorization;
  readonly #timeoutMs: number;
  #lostInARow = 0;

  constructor(deps: HttpDeps, options: HttpOptions, base: URL, limiter: Limiter) {
    this.#deps = deps;
    this.#options = options;
    this.#base = base;
    this.host = this.#base.host;
    this.#limiter = limiter;
    this.#timeoutMs = options.timeoutMs ?? deps.requestTimeoutMs ?? 120_000;
    this.#agent = openAgent({
      checkHost: deps.checkHost ?? onlyThisMachine,
      connections: options.concurrency ?? 8,
      silenceMs: this.#timeoutMs,
    });
    this.#authorization = new Authorization(options.auth, this.host, deps, {
      host: this.host,
      room: 1,
      request: (request, signal) => this.#request(request, signal, false),
      close: async () => {},
    });
  }

  get room(): number {
    return this.#limiter.room;
  }

  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    return this.#request(request, signal, true);
  }

  async close(): Promise<void> {
    await this.#authorization.close();
    await this.#agent.destroy();
  }

  async #request(request: HttpRequest, signal: AbortSignal, authorize: boolean): Promise<HttpResponse> {
    const url = addressOf(this.#base, request, this.#deps.connection);
    const place = {
      connection: this.#deps.connection,
      host: this.host,
      method: request.method,
      path: request.template ?? printablePath(url),
    };
    const { maxAttempts = 5, waitCapMs = 900_000 } = this.#deps;
    let token = authorize ? await this.#authorization.token(signal) : undefined;
    let renewed = false;
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#attempt(
        request,
        { url, place, token, authorize, resend: attempt - 1 },
        signal,
      );
      if (answer.kind === 'answer') {
        if (isSuccess(answer.status) || (request.accept ?? []).includes(answer.status)) {
          if (request.effect === 'once') this.#lostInARow = 0;
          this.#heed(answer);
          return answer;
        }
        if (answer.status === 401 && token !== undefined && !renewed) {
          token = await this.#authorization.newer(token, signal);
          renewed = true;
          attempt -= 1;
          continue;
        }
      }
      const named = this.#namedWait(answer);
      // Also where this request ends here: nobody else comes before the moment that was named either.
      if (named !== undefined) this.#pause(named.ms);
      const failure = judge(request, answer, named, place, attempt);
      if (failure.final || attempt >= (this.#deps.isAway?.() === true ? 1 : maxAttempts)) {
        this.#trace(answer, place, attempt, undefined);
        if (failure.error instanceof LostAnswer) failure.error.inARow = this.#lostInARow += 1;
        throw failure.error;
      }
      const wait = named?.ms ?? backoffMs(attempt, statusOf(answer), this.#deps.random);
      waited += wait;
      this.#trace(answer, place, attempt, wait);
      if (named === undefined && statusOf(answer) === 429) this.#pause(wait);
      if (waited > waitCapMs) throw rateLimited(place, wait);
      await this.#deps.clock.sleep(wait, signal);
    }
  }

  async #attempt(
    request: HttpRequest,
    how: { url: URL; place: Place; token: HeldToken | undefined; authorize: boolean; resend: number },
    signal: AbortSignal,
  ): Promise<Exchange> {
    const { clock, hooks, waitCapMs = 900_000 } = this.#deps;
    const paused = this.#limiter.pausedMs;
    if (paused > waitCapMs) throw rateLimited(how.place, paused);
    const authorization = how.authorize ? await this.#authorization.header(how.token) : {};
    const headers = headersOf(request, this.#options.headers, authorization);
    const startedAt = await this.#limiter.enter(signal);
    try {
      const answer = await traced({ ...how.place, resend: how.resend }, () =>
        exchange({ agent: this.#agent, url: how.url, request, headers, timeoutMs: this.#timeoutMs }, signal),
      );
      const status = statusOf(answer);
      if (status === 429 || status === 503) this.#limiter.slower(startedAt);
      else if (status !== undefined && status < 500) this.#limiter.faster();
      hooks?.request(request.method, status ?? 0, clock.monotonic() - startedAt);
      return answer;
    } catch (error) {
      if (error instanceof HostRefused) throw hostRefused(how.place, error.message);
      throw error;
    } finally {
      this.#limiter.leave();
    }
  }

  #namedWait(answer: Exchange): NamedWait | undefined {
    if (answer.kind !== 'answer' || !asksForPatience(answer.status)) return undefined;
    const now = this.#deps.clock.now();
    const asked = retryAfterMs(answer.headers['retry-after'], now);
    const ms = asked ?? this.#options.namedWait?.(answer, now);
    return ms === undefined ? undefined : { ms, isRetryAfter: asked !== undefined };
  }

  /** A success may say that it was the last one for a while. */
  #heed(answer: Pick<HttpResponse, 'status' | 'headers'>): void {
    const wait = this.#options.namedWait?.(answer, this.#deps.clock.now());
    if (wait !== undefined) this.#pause(wait);
  }

  #pause(ms: number): void {
    this.#limiter.pause(ms);
    this.#deps.hooks?.throttled(ms);
  }

  #trace(answer: Exchange, { method, path }: Place, attempt: number, waitMs: number | undefined): void {
    this.#deps.hooks?.trace?.({ method, path, status: statusOf(answer) ?? 0, attempt, waitMs });
  }
}
