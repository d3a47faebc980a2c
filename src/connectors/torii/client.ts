import type { HttpClient, HttpRequest, HttpResponse } from '../../http/client.ts';
import { Stalled, type Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { apiKeyOf, unexpectedAnswer } from '../answers.ts';
import type { ConnectorContext } from '../connector.ts';
import { idOf, isObject } from '../json.ts';
import type { ToriiConfig } from './schema.ts';

/** Statuses by which Torii refuses what is in a request; any other is the connection's. */
export const refusals = [400, 404, 409, 422] as const;

/** Endpoints change under `X-API-Version`; this is what the published document describes. */
export const versionHeader = { 'x-api-version': '1.0' } as const;

/** Requests a minute that Torii's document allows for an endpoint. */
export type PerMinute = 100 | 200 | 600 | 800;

/** Torii's own API, with the key of Settings > API Access. */
export class ToriiClient {
  readonly connection: string;
  readonly #context: ConnectorContext<ToriiConfig>;
  readonly #doors = new Map<PerMinute, HttpClient>();

  constructor(context: ConnectorContext<ToriiConfig>) {
    this.connection = context.connection;
    this.#context = context;
  }

  /** How many writes may run side by side now. */
  get room(): number {
    return this.#door(200).room;
  }

  request(perMinute: PerMinute, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    return this.#door(perMinute).request(request, signal);
  }

  async get(
    perMinute: PerMinute,
    path: string,
    query: NonNullable<HttpRequest['query']>,
    signal: AbortSignal,
  ): Promise<Json> {
    const { body } = await this.request(perMinute, { method: 'GET', path, query, effect: 'read' }, signal);
    return body;
  }

  /** The id of the organisation that the key belongs to (`GET /orgs/my`). */
  async organisation(signal: AbortSignal): Promise<string> {
    const body = await this.get(100, 'orgs/my', {}, signal);
    const id = isObject(body) && isObject(body['org']) ? idOf(body['org']['id']) : undefined;
    if (id === undefined) throw this.unexpected('without the id of the organisation');
    return id;
  }

  /** The answer has a shape that no document shows: nothing is concluded from it. */
  unexpected(what: string): Waiting {
    return unexpectedAnswer(this.connection, 'Torii', what);
  }

  stalled(reason: string, message: string): Stalled {
    return new Stalled(reason, `connection ${this.connection}: ${message}`, { connection: this.connection });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#doors.values()].map((door) => door.close()));
  }

  /** Limits are by endpoint: those of one limit share it, which stays below. */
  #door(perMinute: PerMinute): HttpClient {
    const known = this.#doors.get(perMinute);
    if (known !== undefined) return known;
    const door = this.#context.http({
      baseUrl: this.#context.config.baseUrl,
      headers: { accept: 'application/json', ...versionHeader },
      auth: { kind: 'header', name: 'authorization', secret: apiKeyOf(this.#context), prefix: 'Bearer ' },
      limits: [{ requests: perMinute, perMs: 60_000 }],
    });
    this.#doors.set(perMinute, door);
    return door;
  }
}
