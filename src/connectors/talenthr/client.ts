import { Stalled, Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/client.ts';
import { apiKeyOf, unexpectedAnswer } from '../answers.ts';
import type { ConnectorContext } from '../connector.ts';
import { vendorWords } from '../vendor-words.ts';
import { isObject, objectsIn, type JsonObject } from '../json.ts';
import type { Config } from './schema.ts';

/** Statuses by which TalentHR refuses one person's data; which it uses for what is not published. */
export const refusals = [400, 404, 409, 422] as const;

type Query = NonNullable<HttpRequest['query']>;

/** The public API of one company: key as the user, its limit of 2,000 requests a minute, and its envelope. */
export class TalentHrClient {
  readonly connection: string;
  readonly #http: HttpClient;

  constructor(context: ConnectorContext<Config>) {
    const { connection, config } = context;
    const apiKey = apiKeyOf(context);
    this.connection = connection;
    this.#http = context.http({
      baseUrl: config.baseUrl,
      headers: { accept: 'application/json' },
      auth: { kind: 'basic', user: apiKey, password: undefined },
      limits: [{ requests: 2_000, perMs: 60_000 }],
    });
  }

  get room(): number {
    return this.#http.room;
  }

  /** The `data` of an answer. One that says `success: false`, which may come with 200, is an error. */
  async get(path: string, query: Query, signal: AbortSignal): Promise<Json> {
    const { body } = await this.#http.request({ method: 'GET', path, query, effect: 'read' }, signal);
    return this.#opened(body);
  }

  /** One thing by its id; `undefined` when it is not there. */
  async getOne(path: string, signal: AbortSignal): Promise<Json | undefined> {
    const answer = await this.#http.request({ method: 'GET', path, effect: 'read', accept: [404] }, signal);
    return answer.status === 404 ? undefined : this.#opened(answer.body);
  }

  /** A small list, which comes whole: plainly, or with its total. */
  async list(path: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const data = await this.get(path, {}, signal);
    const rows = objectsIn(isObject(data) ? data['rows'] : data);
    const isWhole = !isObject(data) || data['total'] === rows?.length;
    if (rows === undefined || !isWhole) throw this.unexpected(`no whole list of ${path}`);
    return rows;
  }

  /** A write. The caller judges refusals; any other status is thrown. */
  write(
    method: 'POST' | 'PUT',
    path: string,
    json: Json,
    effect: 'once' | 'repeatable',
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    return this.#http.request({ method, path, body: { json }, effect, accept: refusals }, signal);
  }

  /** The answer has a shape that no document shows: nothing is concluded from it. */
  unexpected(what: string): Waiting {
    return unexpectedAnswer(this.connection, 'TalentHR', what);
  }

  stalled(reason: string, message: string): Stalled {
    return new Stalled(reason, `connection ${this.connection}: ${message}`, { connection: this.connection });
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #opened(body: Json): Json {
    if (isObject(body) && body['success'] === true && body['data'] !== undefined) return body['data'];
    if (!isObject(body) || body['success'] !== false) {
      throw this.unexpected('without `success` and `data`');
    }
    const words = wordsIn(body);
    throw new Waiting(
      'VendorError',
      `connection ${this.connection}: TalentHR reported an error in place of data` +
        `${words === '' ? '' : ` ("${words}")`}; it is tried again later`,
      { connection: this.connection },
    );
  }
}

/** What an error of TalentHR says, as far as it is words of error messages: its shape is not published. */
export function wordsIn(body: Json, fields: readonly string[] = []): string {
  const error = isObject(body) ? (body['error'] ?? body['message'] ?? null) : null;
  const texts = textsIn(error, 0).map((text) => vendorWords(text, { fields }));
  return [...new Set(texts.filter((text) => text !== ''))].join('; ').slice(0, 300);
}

/** Texts of a message, a list of them, or a map of them by field, whose names say where the fault is. */
function textsIn(value: Json, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth > 3 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => textsIn(one, depth + 1));
  return Object.entries(value).flatMap(([key, one]) => {
    const isPlain = ['message', 'messages', 'errors', 'error', 'details'].includes(key);
    return textsIn(one, depth + 1).map((text) => (isPlain ? text : `${key}: ${text}`));
  });
}
