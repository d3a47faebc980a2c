import type { HttpClient, HttpRequest } from '../../http/client.ts';
import { Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { apiKeyOf } from '../answers.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, objectsIn, type JsonObject } from '../json.ts';
import { recordId } from './decode.ts';
import { opened, unusable } from './envelope.ts';
import { waitFor } from './limits.ts';
import { refusals, refused, type Asking } from './refusals.ts';
import type { Config } from './schema.ts';

type Query = NonNullable<HttpRequest['query']>;

/** One page of a list of the unified API. */
export interface Page {
  readonly records: readonly JsonObject[];
  /** Where the next one begins; null behind the last. */
  readonly next: string | null;
  readonly total: number | undefined;
}

/** The few requests that are needed, for one consumer and one HR system, each with its answer checked. */
export class ApideckClient {
  readonly asking: Asking;
  readonly #config: Config;
  readonly #http: HttpClient;

  constructor(context: ConnectorContext<Config>) {
    const { config, connection } = context;
    this.#config = config;
    this.asking = { connection, serviceId: config.serviceId };
    this.#http = context.http({
      baseUrl: config.baseUrl,
      headers: {
        'x-apideck-app-id': config.applicationId,
        'x-apideck-consumer-id': config.consumerId,
        'x-apideck-service-id': config.serviceId,
      },
      auth: { kind: 'header', name: 'authorization', secret: apiKeyOf(context), prefix: 'Bearer ' },
      // Each request is one or more of the HR system, whose limits nobody here knows.
      concurrency: 4,
      namedWait: waitFor,
    });
  }

  get room(): number {
    return this.#http.room;
  }

  /** One page of `employees`, `departments` or `companies`; the answer must say whether there is another. */
  async page(list: string, query: Query, signal: AbortSignal): Promise<Page> {
    const what = `to list ${list}`;
    const body = this.#open(await this.#get(`hris/${list}`, what, query, signal), what);
    const records = objectsIn(body['data']);
    if (records === undefined) throw this.unusable(`no list of ${list}`);
    const meta = isObject(body['meta']) ? body['meta'] : {};
    const { items_on_page: counted, total_count: total } = meta;
    if (typeof counted === 'number' && counted !== records.length)
      throw this.unusable(`a page of ${list} with fewer or more records than it says`);
    return { records, next: this.#nextIn(body, meta), total: typeof total === 'number' ? total : undefined };
  }

  /** One employee with these fields; `undefined` where nobody has this id. */
  async employee(id: string, fields: string, signal: AbortSignal): Promise<JsonObject | undefined> {
    const what = 'to read one employee';
    const path = `hris/employees/${encodeURIComponent(id)}`;
    const answer = await this.#request(path, { fields }, signal);
    const { status, body } = answer;
    if (status === 404 && isObject(body) && nobody.has(body['type_name'])) return undefined;
    if (status >= 300) throw refused(this.asking, what, status, body);
    const { data } = this.#open(body, what);
    if (!isObject(data) || recordId(data) !== id)
      throw this.unusable('an employee who is not the one asked for');
    return data;
  }

  /** The connection in the Vault; `undefined` where the application has none of this service. Holds secrets. */
  async connection(signal: AbortSignal): Promise<JsonObject | undefined> {
    const { connectionPath } = this;
    const { status, body } = await this.#request(connectionPath, {}, signal);
    if (status === 404) return undefined;
    const what = 'to tell the state of the connection';
    if (status >= 300) throw refused(this.asking, what, status, body);
    const { data } = this.#open(body, what);
    if (!isObject(data) || typeof data['state'] !== 'string')
      throw this.unusable('a connection without a state');
    return data;
  }

  /** What can be read about the service, and is not there for every one; `undefined` where it is not. */
  async maybe(path: string, query: Query, signal: AbortSignal): Promise<Json | undefined> {
    const { status, body } = await this.#request(path, query, signal);
    if (status >= 300 || !isObject(body)) return undefined;
    return body['data'];
  }

  /** A page of the Vault for a browser, worth something for an hour (Vault document, "Create Session"). */
  async session(signal: AbortSignal): Promise<string> {
    const what = 'to open a session of the Vault';
    const json = { settings: { unified_apis: ['hris'], session_length: '1h' } };
    const { status, body } = await this.#http.request(
      {
        method: 'POST',
        path: 'vault/sessions',
        body: { json },
        // A session that nobody opens is nothing.
        effect: 'repeatable',
        accept: refusals,
      },
      signal,
    );
    if (status >= 300) throw refused(this.asking, what, status, body);
    const { data } = this.#open(body, what);
    const uri = isObject(data) ? data['session_uri'] : undefined;
    if (typeof uri !== 'string' || !/^https?:$/.test(URL.parse(uri)?.protocol ?? ''))
      throw this.unusable('a session without an address');
    return uri;
  }

  get connectionPath(): string {
    return `vault/connections/hris/${this.asking.serviceId}`;
  }

  unusable(what: string, hint?: string): Waiting {
    return unusable(what, this.asking.connection, hint);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** `meta.cursors.next`, else `links.next`; what says nothing about another page is not the end of the list. */
  #nextIn(body: JsonObject, meta: JsonObject): string | null {
    const cursors = isObject(meta['cursors']) ? meta['cursors'] : {};
    const links = isObject(body['links']) ? body['links'] : {};
    const { next = links['next'] === null ? null : undefined } = cursors;
    if (next === null || (typeof next === 'string' && next !== '')) return next;
    const namesNone = next === undefined && (links['next'] ?? null) === null;
    if (this.#config.paging === 'none' && namesNone) return null;
    throw this.unusable(
      'a page that does not say whether there is another',
      `set \`paging: none\` where Apideck gives all of ${this.asking.serviceId} in one answer`,
    );
  }

  async #get(path: string, what: string, query: Query, signal: AbortSignal): Promise<Json> {
    const { status, body } = await this.#request(path, query, signal).catch((error: unknown) => {
      throw slowPage(error);
    });
    if (status >= 300) throw refused(this.asking, what, status, body);
    return body;
  }

  #request(path: string, query: Query, signal: AbortSignal) {
    return this.#http.request({ method: 'GET', path, query, effect: 'read', accept: refusals }, signal);
  }

  #open(body: Json, what: string): JsonObject {
    return opened(body, what, { ...this.asking, tolerated: this.#config.tolerateWarnings });
  }
}

/** Said by Apideck, or by the HR system behind it; other kinds of 404 are about the connection, and say nothing of a person. */
const nobody: ReadonlySet<unknown> = new Set(['EntityNotFoundError', 'ConnectorExecutionError']);

/** Apideck gives an HR system 30 s for a page, and says 504 or 502 after that (notes on Workday in the HRIS document). */
function slowPage(error: unknown): unknown {
  if (!(error instanceof Waiting) || error.reason !== 'Unavailable') return error;
  const { connection, retryAfterMs } = error;
  return new Waiting(
    error.reason,
    `${error.message}; where pages of this HR system take longer than 30 s, set a smaller \`pageSize\``,
    {
      cause: error,
      ...(connection === undefined ? {} : { connection }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  );
}
