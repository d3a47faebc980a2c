import type { Auth, FetchToken, HttpClient } from '../../../http/client.ts';
import { RefusedStatus } from '../../../http/errors.ts';
import { refreshedToken, type OAuthClient } from '../../../http/oauth.ts';
import { Stalled } from '../../../model/error.ts';
import type { Secret } from '../../../model/secret.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { ReportConfig } from '../schema.ts';

type Context = ConnectorContext<ReportConfig>;

/** Runs the report; nothing else of RaaS is needed. */
export class ReportClient {
  readonly #http: HttpClient;
  readonly #context: Context;

  constructor(context: Context) {
    const { config } = context;
    this.#context = context;
    this.#http = context.http({
      baseUrl: config.baseUrl,
      auth: authOf(context),
      headers: { accept: 'application/json' },
      // Workday works long before it answers, and not faster for many at once.
      timeoutMs: config.timeoutSeconds * 1000,
      concurrency: 1,
    });
  }

  /** The body as it came, whole as far as HTTP tells. XML comes where no format is asked for. */
  async run(signal: AbortSignal): Promise<Uint8Array> {
    const { tenant, report, prompts, largestMegabytes } = this.#context.config;
    const path = ['ccx', 'service', 'customreport2', tenant, report.owner, report.name];
    try {
      const { bytes } = await this.#http.request(
        {
          method: 'GET',
          path: path.map((part) => encodeURIComponent(part)).join('/'),
          template: '/ccx/service/customreport2/{tenant}/{owner}/{report}',
          query: { ...prompts, format: 'json' },
          effect: 'read',
          expect: { bytes: { atMost: largestMegabytes * 1_000_000 } },
        },
        signal,
      );
      return bytes ?? new Uint8Array();
    } catch (error) {
      throw error instanceof RefusedStatus ? this.#refused(error) : error;
    }
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** What the status means here; the bodies are XML or HTML of no known form. */
  #refused({ status, reason, message }: RefusedStatus): Stalled {
    const { connection, config } = this.#context;
    const { name } = config.report;
    const shared = `share the report ${name} with it, and give its security group the domains of the report's data source and fields`;
    const hints: Readonly<Record<number, string>> = {
      400: `Workday refused the prompts of the report ${name} (400); check config.prompts, and give each required prompt a value`,
      401: `Workday refused the credentials, or their account may not run the report (401); check them, ${shared}`,
      403: `the account may not run the report (403); ${shared}`,
      404: `Workday shows no report ${name} of this owner (404); check config.tenant and config.report, tick "Enable As Web Service" in the report, and share it with the account of this connection`,
    };
    const hint = hints[status];
    return new Stalled(reason, hint === undefined ? message : `connection ${connection}: ${hint}`, {
      connection,
    });
  }
}

function authOf(context: Context): Auth {
  if (context.config.auth === 'oauth') return { kind: 'token', fetch: fetchToken(context) };
  return {
    kind: 'basic',
    user: secretOf(context, 'username'),
    password: secretOf(context, 'password'),
  };
}

/** The API client as an OAuth client: its endpoint takes it by `Authorization: Basic`. */
export function oauthOf(context: Context): OAuthClient {
  const { connection, config } = context;
  return {
    connection,
    tokenPath: `/ccx/oauth2/${encodeURIComponent(config.tenant)}/token`,
    clientId: secretOf(context, 'clientId'),
    clientSecret: secretOf(context, 'clientSecret'),
    clientAuth: 'basic',
  };
}

function fetchToken(context: Context): FetchToken {
  const { connection, config, tokens, secrets } = context;
  const fetch = refreshedToken(oauthOf(context), { kept: tokens, given: secrets['refreshToken'] });
  if (config.authorizeUrl !== undefined) return fetch;
  return async (client, host, signal) => {
    try {
      return await fetch(client, host, signal);
    } catch (error) {
      if (!(error instanceof Stalled && error.reason === 'NotConnected')) throw error;
      const message =
        `connection ${connection}: ${host} does not take the refresh token; make one in Workday (View API Clients > ` +
        'Manage Refresh Tokens for Integrations) and put it into the credential refreshToken';
      throw new Stalled('NotConnected', message, { connection, cause: error });
    }
  };
}

function secretOf({ connection, secrets }: Context, name: string): Secret {
  const secret = secrets[name];
  if (secret !== undefined) return secret;
  const message = `connection ${connection}: the credential ${name} is missing; config.auth says that it is needed`;
  throw new Stalled('CredentialMissing', message, { connection });
}
