import type { HttpClient, HttpResponse, RateLimit, Token } from '../../http/client.ts';
import { Stalled } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, type JsonObject } from '../json.ts';
import { opened, unusable } from './envelope.ts';
import type { PersonioConfig } from './schema.ts';

/** Personio's changelog, "Rate Limits on GET Employees endpoint". */
const limits: readonly RateLimit[] = [
  { requests: 300, perMs: 60_000 },
  { requests: 15, perMs: 1000 },
];

/** The most that a page holds since January 2025 ("Pagination enforcement - V1 Employees API"). */
export const pageSize = 100;

const dayMs = 86_400_000;

export interface Page {
  readonly records: readonly Json[];
  /** Employees in the whole list, as this page says. */
  readonly total: number;
}

/** The few requests of v1 that are needed, each with its envelope opened. */
export class PersonioClient {
  readonly #http: HttpClient;
  readonly #connection: string;

  constructor(context: ConnectorContext<PersonioConfig>) {
    const { config, secrets, connection } = context;
    this.#connection = connection;
    this.#http = context.http({
      baseUrl: config.baseUrl,
      headers: {
        ...(config.partnerId === undefined ? {} : { 'x-personio-partner-id': config.partnerId }),
        ...(config.appId === undefined ? {} : { 'x-personio-app-id': config.appId }),
      },
      auth: {
        kind: 'token',
        fetch: (client, host, signal) => fetchToken(client, host, signal, secrets, connection),
      },
      limits,
    });
  }

  /** One page of the list. An answer that is not the page that was asked for is rejected. */
  async page(offset: number, keys: readonly string[], signal: AbortSignal, limit = pageSize): Promise<Page> {
    const query = { limit, offset, 'attributes[]': keys };
    const body = await this.#get('/v1/company/employees', query, signal);
    const { data, metadata } = body;
    const total = isObject(metadata) ? metadata.total_elements : undefined;
    if (!Array.isArray(data) || !isCount(total)) throw this.#unusable('a list without a total');
    if (data.length > limit || (body.offset !== undefined && body.offset !== offset)) {
      throw this.#unusable('another page than the one asked for');
    }
    return { records: data as readonly Json[], total };
  }

  async byEmail(email: string, keys: readonly string[], signal: AbortSignal): Promise<readonly Json[]> {
    const query = { email, limit: pageSize, 'attributes[]': keys };
    const { data } = await this.#get('/v1/company/employees', query, signal);
    if (!Array.isArray(data)) throw this.#unusable('no list');
    return data as readonly Json[];
  }

  /** `undefined` when nobody has this id. */
  async byId(id: string, signal: AbortSignal): Promise<Json | undefined> {
    const path = `/v1/company/employees/${encodeURIComponent(id)}`;
    const answer = await this.#http.request({ method: 'GET', path, effect: 'read', accept: [404] }, signal);
    return answer.status === 404 ? undefined : opened(answer.body, this.#connection).data;
  }

  /**
   * The profile picture, scaled to this width; `undefined` where the employee has none or the attribute is not whitelisted,
   * which the vendor does not tell apart ("Get Employee Profile Picture").
   */
  async picture(
    id: string,
    width: number,
    atMost: number,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const { bytes } = await this.#http.request(
      {
        method: 'GET',
        path: `/v1/company/employees/${encodeURIComponent(id)}/profile-picture/${width}`,
        effect: 'read',
        accept: [404],
        expect: { bytes: { atMost } },
      },
      signal,
    );
    return bytes;
  }

  get room(): number {
    return this.#http.room;
  }

  /** What the credential may read: the only place where a missing permission shows. */
  async attributes(signal: AbortSignal): Promise<Json> {
    const { data } = await this.#get('/v1/company/employees/attributes', {}, signal);
    if (!Array.isArray(data)) throw this.#unusable('no list of attributes');
    return data as readonly Json[];
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #get(
    path: string,
    query: Readonly<Record<string, string | number | readonly string[]>>,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const { body } = await this.#http.request({ method: 'GET', path, query, effect: 'read' }, signal);
    return opened(body, this.#connection);
  }

  #unusable(what: string): Error {
    return unusable(what, this.#connection);
  }
}

/** Asking for a token changes nothing: the same credentials get the same token for 24 h, so it may be repeated. */
async function fetchToken(
  client: HttpClient,
  host: string,
  signal: AbortSignal,
  secrets: ConnectorContext['secrets'],
  connection: string,
): Promise<Token> {
  const json = {
    client_id: secrets.clientId?.reveal(host) ?? '',
    client_secret: secrets.clientSecret?.reveal(host) ?? '',
  };
  const answer = await client.request(
    { method: 'POST', path: '/v1/auth', effect: 'read', body: { json }, accept: [400, 401, 403] },
    signal,
  );
  const data = tokenData(answer);
  if (data === undefined || typeof data.token !== 'string' || data.token === '') {
    throw new Stalled(
      'AuthenticationFailed',
      `check the credentials of connection ${connection}: ${host} gave no token for clientId and clientSecret`,
      { connection },
    );
  }
  const seconds = typeof data.expires_in === 'number' && data.expires_in > 0 ? data.expires_in : undefined;
  return { text: data.token, expiresInMs: seconds === undefined ? dayMs : seconds * 1000 };
}

function tokenData({ status, body }: HttpResponse): JsonObject | undefined {
  const isGiven = status < 300 && isObject(body) && body.success === true && isObject(body.data);
  return isGiven ? (body.data as JsonObject) : undefined;
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
