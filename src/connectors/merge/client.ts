import type { HttpClient, HttpRequest, HttpResponse } from '../../http/client.ts';
import { Stalled, type Waiting } from '../../model/error.ts';
import type { Json } from '../../model/value.ts';
import { apiKeyOf, unexpectedAnswer } from '../answers.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject, type JsonObject } from '../json.ts';
import { accountTokenOf } from './account-token.ts';
import { pageIn, type Page } from './pages.ts';
import { refusals, refused } from './refusals.ts';
import { baseUrlOf, requestsPerMinute, type Config } from './schema.ts';
import { scopesIn } from './scopes.ts';

/** The most that a page holds (`page_size`). */
const pageSize = 100;

type Query = NonNullable<HttpRequest['query']>;

/** What `GET /account-details` says. */
export type LinkedAccount = JsonObject & { readonly id: string };

/** The requests of Merge's HRIS API that are needed, each with its answer checked. */
export class MergeClient {
  readonly connection: string;
  readonly #http: HttpClient;
  readonly #context: ConnectorContext<Config>;

  constructor(context: ConnectorContext<Config>) {
    const { connection, config } = context;
    this.connection = connection;
    this.#context = context;
    this.#http = context.http({
      baseUrl: baseUrlOf(config),
      auth: { kind: 'header', name: 'authorization', secret: apiKeyOf(context), prefix: 'Bearer ' },
      limits: [{ requests: requestsPerMinute(config), perMs: 60_000 }],
    });
  }

  get host(): string {
    return this.#http.host;
  }

  /** One page of a list of the linked account. */
  async page(path: string, query: Query, cursor: string | undefined, signal: AbortSignal): Promise<Page> {
    const more = cursor === undefined ? {} : { cursor };
    return this.#pageIn(await this.get(path, { page_size: pageSize, ...query, ...more }, signal));
  }

  /** One employee by Merge's own id; `undefined` where nobody has it. */
  async employee(id: string, query: Query, signal: AbortSignal): Promise<JsonObject | undefined> {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
    const path = `employees/${id}`;
    const { status, body } = await this.#ask(path, query, await this.#token(), [], signal);
    if (status === 404) return undefined;
    if (status >= 300) throw refused(this.connection, 'employees', status, body);
    if (!isObject(body) || body['id'] !== id)
      throw this.unexpected('another employee than the one asked for');
    return body;
  }

  /** The linked account; throws `Stalled` that names the credential that is not taken. */
  async account(signal: AbortSignal): Promise<LinkedAccount> {
    const answer = await this.#ask('account-details', {}, await this.#token(), [401], signal);
    if (answer.status === 401) throw await this.#whichIsRefused(signal);
    if (answer.status >= 300) throw refused(this.connection, 'account-details', answer.status, answer.body);
    const { body } = answer;
    const id = isObject(body) ? body['id'] : undefined;
    if (!isObject(body) || typeof id !== 'string') throw this.unexpected('no linked account');
    return { ...body, id };
  }

  /** Whether this token is the one of that linked account. */
  async tokenIsOf(token: string, id: Json | undefined, signal: AbortSignal): Promise<boolean> {
    const { status, body } = await this.#ask('account-details', {}, token, [401], signal);
    return status < 300 && isObject(body) && body['id'] === id;
  }

  /** Linked accounts of this end user, also where the key is one for tests: those are listed only when asked for. */
  async linkedAccounts(originId: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const query = { category: 'hris', end_user_origin_id: originId, page_size: pageSize };
    for (const more of [{}, { is_test_account: 'true' }]) {
      const { status, body } = await this.#ask(
        'linked-accounts',
        { ...query, ...more },
        undefined,
        [],
        signal,
      );
      if (status >= 300) throw refused(this.connection, 'linked-accounts', status, body);
      const found = this.#pageIn(body).items.filter((one) => one['end_user_origin_id'] === originId);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** A page that links this end user's HR system, or links it anew. Asking twice makes two pages, of which one is used. */
  async linkToken(json: Json, signal: AbortSignal): Promise<JsonObject> {
    const path = '/hris/v1/link-token';
    const { status, body } = await this.#http.request(
      { method: 'POST', path, body: { json }, effect: 'repeatable', accept: refusals },
      signal,
    );
    if (status >= 300) throw refused(this.connection, 'link-token', status, body);
    if (!isObject(body)) throw this.unexpected('no link token');
    return body;
  }

  /** What Merge's scopes show; `undefined` where this plan or key does not tell. */
  async scopes(signal: AbortSignal): Promise<readonly JsonObject[] | undefined> {
    const body = await this.optional('linked-account-scopes', {}, signal);
    if (body === undefined) return undefined;
    const models = scopesIn(body);
    if (models === undefined) throw this.unexpected('no scopes');
    return models;
  }

  async get(path: string, query: Query, signal: AbortSignal): Promise<Json> {
    const answer = await this.#ask(path, query, await this.#token(), [], signal);
    if (answer.status >= 300) throw refused(this.connection, path, answer.status, answer.body);
    return answer.body;
  }

  /** What a plan may leave out; `undefined` where it does. */
  async optional(path: string, query: Query, signal: AbortSignal): Promise<Json | undefined> {
    const answer = await this.#ask(path, query, await this.#token(), [], signal);
    if (answer.status === 403 || answer.status === 404) return undefined;
    if (answer.status >= 300) throw refused(this.connection, path, answer.status, answer.body);
    return answer.body;
  }

  /** The answer has a shape that no document shows: nothing is concluded from it. */
  unexpected(what: string): Waiting {
    return unexpectedAnswer(this.connection, 'Merge', what);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #token(): Promise<string> {
    return accountTokenOf(this.#context, this.host);
  }

  /** What Merge still cannot do for this linked account, in its own words. */
  async issues(linkedAccount: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    const query = { linked_account_id: linkedAccount, status: 'ONGOING', page_size: pageSize };
    const { status, body } = await this.#ask('issues', query, undefined, [], signal);
    return status < 300 ? this.#pageIn(body).items : [];
  }

  #ask(
    path: string,
    query: Query,
    accountToken: string | undefined,
    accept: readonly number[],
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    return this.#http.request(
      {
        method: 'GET',
        path: `/hris/v1/${path}`,
        query,
        headers: accountToken === undefined ? {} : { 'x-account-token': accountToken },
        effect: 'read',
        accept: [...refusals, ...accept],
      },
      signal,
    );
  }

  #pageIn(body: Json): Page {
    return pageIn(body, pageSize, (what) => this.unexpected(what));
  }

  /** Merge answers 401 to either: without the account's token only the key is judged. */
  async #whichIsRefused(signal: AbortSignal): Promise<Stalled> {
    const { status } = await this.#ask('linked-accounts', { page_size: 1 }, undefined, [401], signal);
    const { connection } = this;
    const message =
      status === 401
        ? `connection ${connection}: Merge does not take the API key (401); check the credential apiKey, and that \`region\` is the organisation's`
        : `connection ${connection}: Merge takes the API key and not the token of the linked account (401); run rosterd connection connect ${connection}, or check the credential accountToken`;
    return new Stalled('AuthenticationFailed', message, { connection });
  }
}
