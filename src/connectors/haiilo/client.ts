import { clientCredentials, ownerPassword } from '../../http/oauth.ts';
import type { HttpClient } from '../../http/client.ts';
import { Stalled } from '../../model/error.ts';
import type { Secret } from '../../model/secret.ts';
import type { ConnectorContext } from '../connector.ts';
import type { AdvocacyConfig, HaiiloConfig, IntranetConfig } from './schema.ts';

/** Limits are published for neither product: fewer at once than elsewhere. */
const concurrency = 4;

const scimHeaders = { accept: 'application/scim+json, application/json' } as const;

/** The SCIM server of the platform, for both products (support.haiilo.com, "User directory: SCIM"; advocacy knowledge base). */
function scimBase({ baseUrl }: Pick<HaiiloConfig, 'baseUrl'>): string {
  return `${root(baseUrl)}/api/scim/v2`;
}

/** With the client id and secret of the user directory, which Haiilo shows when it is set up. */
export function openIntranet(context: ConnectorContext<IntranetConfig>): HttpClient {
  const oauth = oauthOf(context, 'clientId', 'clientSecret');
  return context.http({
    baseUrl: scimBase(context.config),
    headers: scimHeaders,
    auth: { kind: 'token', fetch: clientCredentials(oauth) },
    concurrency,
  });
}

/** The REST API, with the login of a person: it may what they may. */
export function openRest(context: ConnectorContext<IntranetConfig>): HttpClient {
  const oauth = oauthOf(context, 'apiClientId', 'apiClientSecret');
  const owner = { username: credential(context, 'username'), password: credential(context, 'password') };
  return context.http({
    baseUrl: root(context.config.baseUrl),
    auth: { kind: 'token', fetch: ownerPassword(oauth, owner) },
    concurrency,
  });
}

/** With the access token of a user of the platform. */
export function openAdvocacy(context: ConnectorContext<AdvocacyConfig>): HttpClient {
  const secret = credential(context, 'token');
  const prefix = context.config.tokenPrefix === 'none' ? {} : { prefix: 'Bearer ' };
  return context.http({
    baseUrl: scimBase(context.config),
    headers: scimHeaders,
    auth: { kind: 'header', name: 'authorization', secret, ...prefix },
    concurrency,
  });
}

function oauthOf(context: ConnectorContext<IntranetConfig>, id: string, secret: string) {
  return {
    connection: context.connection,
    tokenPath: `${root(context.config.baseUrl)}/api/oauth/token`,
    clientId: credential(context, id),
    clientSecret: credential(context, secret),
    clientAuth: 'basic',
  } as const;
}

function credential({ connection, secrets }: ConnectorContext, name: string): Secret {
  const secret = secrets[name];
  if (secret !== undefined) return secret;
  const message = `connection ${connection} needs the credential "${name}"`;
  throw new Stalled('CredentialMissing', message, { connection });
}

function root(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '');
}
