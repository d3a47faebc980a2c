import type { HttpClient, HttpRequest, HttpResponse } from '../../http/client.ts';
import { Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { authOf } from './access.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, type JsonObject } from '../json.ts';
import { baseUrlOf, type Config } from './schema.ts';

/** One line of the list of changes. */
export interface Change {
  readonly id: string;
  readonly deleted: boolean;
  /** Moves with every change of the record; text as it came. */
  readonly lastChanged: string;
}

/** Before BambooHR: "changed since" then lists everybody whom the account ever had. */
const everybody = '1970-01-01T00:00:00Z';

/** The requests that are needed, each with its answer checked. */
export class BambooClient {
  readonly #http: HttpClient;
  readonly #connection: string;

  constructor(context: ConnectorContext<Config>) {
    const { config, connection } = context;
    this.#connection = connection;
    this.#http = context.http({
      baseUrl: baseUrlOf(config),
      // Without it the answer is XML (vendor's Technical Overview).
      headers: { accept: 'application/json' },
      auth: authOf(context),
    });
  }

  get room(): number {
    return this.#http.room;
  }

  /** Everybody whom the account has or had, deleted ones too, in one answer ("Get Changed Employee IDs"). */
  async changes(signal: AbortSignal): Promise<readonly Change[]> {
    const body = await this.get('employees/changed', signal, { since: everybody });
    const employees = isObject(body) ? body['employees'] : undefined;
    // An empty map comes as an empty list.
    if (Array.isArray(employees) && employees.length === 0) return [];
    if (!isObject(employees)) throw this.unusable('a list without employees');
    return Object.values(employees).map((one) => this.#change(one));
  }

  /** One employee with these fields; `undefined` where nobody has this id. */
  async employee(
    id: string,
    fields: readonly string[],
    signal: AbortSignal,
  ): Promise<JsonObject | undefined> {
    if (!/^\d{1,15}$/.test(id)) return undefined;
    const answer = await this.request(
      {
        method: 'GET',
        path: `api/v1/employees/${id}`,
        query: { fields: fields.join(',') },
        effect: 'read',
        accept: [404],
      },
      signal,
    );
    if (answer.status === 404) return undefined;
    if (!isObject(answer.body) || idOf(answer.body['id']) !== id)
      throw this.unusable('an employee who is not the one asked for');
    return answer.body;
  }

  /**
   * The photo of 340 pixels; `undefined` where there is none, `hidden` where the key's owner may not see it. The original
   * may have 20 MB ("Get Employee Photo").
   */
  async photo(id: string, atMost: number, signal: AbortSignal): Promise<Uint8Array | 'hidden' | undefined> {
    const { status, bytes } = await this.request(
      {
        method: 'GET',
        path: `api/v1/employees/${encodeURIComponent(id)}/photo/large`,
        headers: { accept: 'image/*' },
        effect: 'read',
        accept: [403, 404],
        expect: { bytes: { atMost } },
      },
      signal,
    );
    return status === 403 ? 'hidden' : bytes;
  }

  /** The answer to a read below `/api/v1`. */
  async get(path: string, signal: AbortSignal, query: HttpRequest['query'] = {}): Promise<Json> {
    const { body } = await this.request(
      { method: 'GET', path: `api/v1/${path}`, query, effect: 'read' },
      signal,
    );
    return body;
  }

  /** What comes as an object by id, and as an empty list when there is nothing. */
  async byId(path: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const body = await this.get(path, signal);
    if (Array.isArray(body) && body.length === 0) return [];
    if (!isObject(body)) throw this.unusable('no list of records by id');
    return Object.values(body).map((one) => {
      if (isObject(one) && idOf(one['id']) !== undefined) return one;
      throw this.unusable('a record without an id');
    });
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    return await this.#http.request(request, signal);
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  unusable(what: string): Waiting {
    const connection = this.#connection;
    return new Waiting(
      'UnusableAnswer',
      `connection ${connection}: BambooHR sent ${what}; nothing is planned from it, and it is tried again later`,
      { connection },
    );
  }

  #change(one: Json): Change {
    const { id, action, lastChanged } = isObject(one) ? one : {};
    if (typeof id !== 'string' || id === '' || typeof lastChanged !== 'string' || !isAction(action))
      throw this.unusable('a change without id, kind or moment');
    return { id, deleted: action === 'Deleted', lastChanged };
  }
}

function isAction(action: Json | undefined): boolean {
  return action === 'Inserted' || action === 'Updated' || action === 'Deleted';
}

/** An id as text: it comes as a number in some answers and as text in others. */
export function idOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
