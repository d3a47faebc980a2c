import type { FetchToken, HttpClient, HttpRequest, HttpResponse } from '../../../http/client.ts';
import { clientCredentials } from '../../../http/oauth.ts';
import { Stalled, type Waiting } from '../../../model/error.ts';
import type { Secret } from '../../../model/secret.ts';
import type { ConnectorContext } from '../../connector.ts';
import { isObject, textOf, type JsonObject } from '../../json.ts';
import { unusable } from '../envelope.ts';
import type { PersonioConfig } from '../schema.ts';
import { pageOf, type Page } from './pages.ts';
import { refusals, refused } from './problem.ts';
import type { Resource } from './resources.ts';

type Query = NonNullable<HttpRequest['query']>;

/** Personio publishes no limit of v2, and its users meet one. This is that of v1. */
export const usualPerMinute = 300;

/** The few requests of API v2 that are needed. */
export class PersonioV2Client {
  readonly connection: string;
  readonly #http: HttpClient;

  constructor(context: ConnectorContext<PersonioConfig>) {
    const { connection, config } = context;
    this.connection = connection;
    this.#http = context.http({
      baseUrl: config.baseUrl,
      headers: partnerHeaders(config),
      auth: { kind: 'token', fetch: tokenOf(context) },
      limits: [
        { requests: config.perMinute ?? usualPerMinute, perMs: 60_000 },
        { requests: 15, perMs: 1000 },
      ],
    });
  }

  get room(): number {
    return this.#http.room;
  }

  /** One page of a list, the first where there is no cursor. */
  async page(
    resource: Resource,
    query: Query,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Page> {
    const asked = { limit: resource.pageSize, ...query, cursor };
    const answer = await this.#get(resource, resource.path, asked, signal);
    if (answer.status >= 300) throw refused(this.connection, resource, answer);
    const page = pageOf(answer.body, resource.pageSize);
    if (page === undefined) throw this.unusable(`a page of ${resource.what} without its items or links`);
    return page;
  }

  /** One thing by its id, which comes bare or in `_data`; `undefined` when there is none. */
  async one(
    resource: Resource,
    id: string,
    query: Query,
    signal: AbortSignal,
  ): Promise<JsonObject | undefined> {
    const answer = await this.#get(resource, `${resource.path}/${encodeURIComponent(id)}`, query, signal);
    if (answer.status === 404) return undefined;
    if (answer.status >= 300) throw refused(this.connection, resource, answer);
    const { body } = answer;
    const bare = isObject(body) && isObject(body['_data']) ? body['_data'] : body;
    if (!isObject(bare) || textOf(bare['id']) !== id) {
      throw this.unusable(`another of its ${resource.what} than the one asked for`);
    }
    return bare;
  }

  unusable(what: string): Waiting {
    return unusable(what, this.connection);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #get(resource: Resource, path: string, query: Query, signal: AbortSignal): Promise<HttpResponse> {
    const headers = resource.isBeta === true ? { headers: { beta: 'true' } } : {};
    return this.#http.request(
      { method: 'GET', path, query, effect: 'read', accept: refusals, ...headers },
      signal,
    );
  }
}

/** The names of v2's document, and those of v1, which its clients send. */
function partnerHeaders({ partnerId, appId }: PersonioConfig): Readonly<Record<string, string>> {
  return {
    ...(partnerId === undefined
      ? {}
      : { 'personio-partner-id': partnerId, 'x-personio-partner-id': partnerId }),
    ...(appId === undefined ? {} : { 'personio-app-id': appId, 'x-personio-app-id': appId }),
  };
}

/** Without a scope asked for, a token has all that the credentials have ("Obtain Access Token"). */
function tokenOf(context: ConnectorContext<PersonioConfig>): FetchToken {
  return async (client, host, signal) => {
    const fetch = clientCredentials({
      connection: context.connection,
      tokenPath: '/v2/auth/token',
      clientId: secretOf(context, 'clientId'),
      clientSecret: secretOf(context, 'clientSecret'),
      clientAuth: 'form',
    });
    return await fetch(client, host, signal);
  };
}

function secretOf({ connection, secrets }: ConnectorContext<PersonioConfig>, name: string): Secret {
  const secret = secrets[name];
  if (secret !== undefined) return secret;
  throw new Stalled('CredentialMissing', `connection ${connection}: the credential ${name} is missing`, {
    connection,
  });
}
