import type { HttpClient, HttpRequest, HttpResponse } from '../../http/client.ts';
import { Stalled, Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { unexpectedAnswer } from '../answers.ts';
import type { ConnectorContext } from '../connector.ts';
import { vendorWords } from '../vendor-words.ts';
import { authorize, type Authorized } from './authorization.ts';
import { conditionOf } from './condition.ts';
import { stepsOf, valueAt } from './path.ts';
import { waitFor } from './quota.ts';
import type { RestConfig } from './schema.ts';

/** A request that changes nothing, and what its answer must be. */
export interface Read extends Pick<HttpRequest, 'path' | 'template' | 'query' | 'body'> {
  readonly method: 'GET' | 'POST';
  /** Statuses of success. */
  readonly statuses: readonly number[];
  /** Statuses that the caller handles besides; such an answer is not looked at. */
  readonly accept?: readonly number[];
}

/** The declared system: its address, its credentials, its limits, and what it calls an error. */
export class RestClient {
  readonly connection: string;
  /** Words for messages: the host. */
  readonly system: string;
  readonly #http: HttpClient;
  readonly #authorized: Authorized;
  readonly #isError: readonly ((body: Json) => boolean)[];
  readonly #messages: readonly (readonly ReturnType<typeof stepsOf>[number][])[];

  constructor(context: ConnectorContext<RestConfig>) {
    const { config, connection } = context;
    this.connection = connection;
    this.system = new URL(config.baseUrl).host;
    this.#isError = config.errors.when.map(conditionOf);
    this.#messages = config.errors.message.map(stepsOf);
    this.#authorized = authorize(context);
    this.#http = context.http({
      baseUrl: config.baseUrl,
      headers: config.headers,
      auth: this.#authorized.auth,
      limits: config.limits.map(({ requests, perSeconds }) => ({ requests, perMs: perSeconds * 1000 })),
      ...(config.quota === undefined ? {} : { namedWait: waitFor(config.quota) }),
    });
  }

  get room(): number {
    return this.#http.room;
  }

  /** An answer that is data: of a status that was declared, and no error. Anything else rejects. */
  async read({ statuses, accept = [], ...request }: Read, signal: AbortSignal): Promise<HttpResponse> {
    const answer = await this.#http.request({ ...request, effect: 'read', accept }, signal);
    if (accept.includes(answer.status)) return answer;
    if (!statuses.includes(answer.status)) {
      throw this.unexpected(`${answer.status}, which the config does not name as a success`);
    }
    const words = this.errorIn(answer.body);
    if (words === undefined) return answer;
    throw new Waiting(
      'VendorError',
      `connection ${this.connection}: ${this.system} reported an error in place of data` +
        `${words === '' ? '' : ` ("${words}")`}; it is tried again later`,
      { connection: this.connection },
    );
  }

  /** A write. The caller judges what the answer says; statuses outside 2xx and `accept` are thrown. */
  write(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    return this.#http.request(request, signal);
  }

  /** The words of an error that an answer carries, as far as they are words of error messages; `undefined` for none. */
  errorIn(body: Json): string | undefined {
    if (body === null || !this.#isError.some((holds) => holds(body))) return undefined;
    return this.wordsIn(body);
  }

  wordsIn(body: Json, fields: readonly string[] = []): string {
    const texts = this.#messages.flatMap((steps) => textsIn(valueAt(body, steps) ?? null));
    const words = texts.map((text) => vendorWords(text, { fields })).filter((text) => text !== '');
    return [...new Set(words)].join('; ').slice(0, 300);
  }

  unexpected(what: string): Waiting {
    return unexpectedAnswer(this.connection, this.system, what);
  }

  stalled(reason: string, message: string): Stalled {
    return new Stalled(reason, `connection ${this.connection}: ${message}`, { connection: this.connection });
  }

  async close(): Promise<void> {
    await this.#http.close();
    await this.#authorized.close();
  }
}

/** A message, or several of them. */
function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly Json[]).filter((one) => typeof one === 'string') : [];
}
