import { Stalled, type Waiting } from '../../model/error.ts';
import type { Secret } from '../../model/secret.ts';
import type { HttpClient, HttpFactory, HttpOptions, HttpRequest, HttpResponse } from '../../http/client.ts';
import { apiKeyOf, unexpectedAnswer } from '../answers.ts';
import type { ConnectorContext } from '../connector.ts';
import { Budget } from './budget.ts';
import { baseUrlOf, type Config } from './schema.ts';

/** Statuses by which TalentLMS refuses one person's data; conflicts are 400 or 422, which is not published. */
export const refusals = [400, 404, 409, 422] as const;

/** One for each connection, however many readers and writers a pass opens: the hour does not begin anew with a pass. */
const budgets = new WeakMap<HttpFactory, Budget>();

function budgetOf({ http, clock, config }: ConnectorContext<Config>): Budget {
  const budget = budgets.get(http) ?? new Budget(clock, config.perHour);
  budgets.set(http, budget);
  return budget;
}

/** The API of one portal: the headers it asks for, its limits, and the count of requests in this hour. */
export class TalentLmsClient {
  readonly connection: string;
  readonly budget: Budget;
  readonly #http: HttpClient;

  constructor(context: ConnectorContext<Config>) {
    const { connection, config } = context;
    const apiKey = apiKeyOf(context);
    this.connection = connection;
    this.budget = budgetOf(context);
    this.#http = context.http({
      baseUrl: baseUrlOf(config),
      ...accessBy(config, apiKey),
      limits: [{ requests: 200, perMs: 5_000 }],
      concurrency: 8,
    });
  }

  get host(): string {
    return this.#http.host;
  }

  get room(): number {
    return this.#http.room;
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const answer = await this.#http.request(request, signal);
    this.budget.note(answer.headers);
    return answer;
  }

  async get(path: string, signal: AbortSignal, accept: readonly number[] = []): Promise<HttpResponse> {
    return this.request({ method: 'GET', path, effect: 'read', accept }, signal);
  }

  /** The answer has a shape that no document of the vendor shows: nothing is concluded from it. */
  unexpected(what: string): Waiting {
    return unexpectedAnswer(this.connection, 'TalentLMS', what);
  }

  stalled(reason: string, message: string): Stalled {
    return new Stalled(reason, `connection ${this.connection}: ${message}`, { connection: this.connection });
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

/** API v1 takes the key as the name of a Basic login without a password. */
function accessBy({ api, apiVersion }: Config, apiKey: Secret): Pick<HttpOptions, 'headers' | 'auth'> {
  const accept = 'application/json';
  if (api === 'v1') {
    return { headers: { accept }, auth: { kind: 'basic', user: apiKey, password: undefined } };
  }
  return {
    headers: { accept, 'x-api-version': apiVersion },
    auth: { kind: 'header', name: 'X-API-Key', secret: apiKey },
  };
}
