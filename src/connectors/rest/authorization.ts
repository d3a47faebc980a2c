import type { Auth, FetchToken, HttpClient } from '../../http/client.ts';
import { clientCredentials, refreshedToken, type OAuthClient } from '../../http/oauth.ts';
import { Stalled } from '../../model/error.ts';
import type { Secret } from '../../model/secret.ts';
import type { Connect, ConnectorContext } from '../connector.ts';
import { askConsent } from '../oauth-consent.ts';
import type { RestConfig } from './schema.ts';
import type { AuthConfig } from './schema/auth.ts';

type Context = Pick<ConnectorContext<RestConfig>, 'connection' | 'config' | 'secrets' | 'tokens' | 'http'>;
type Granted = Extract<AuthConfig, { tokenUrl: string }>;

/** How requests are authorised, and what is to be closed with the connection. */
export interface Authorized {
  readonly auth: Auth;
  readonly close: () => Promise<void>;
}

/** The credentials of a connection as its requests carry them. Throws `Stalled` where one is missing. */
export function authorize(context: Context): Authorized {
  const { auth } = context.config;
  if (auth.kind === 'client-credentials') {
    return withTokens(context, auth, clientCredentials(oauthClient(context, auth)));
  }
  if (auth.kind === 'refresh-token') {
    const refresh = { kept: context.tokens, given: context.secrets['refreshToken'] };
    return withTokens(context, auth, refreshedToken(oauthClient(context, auth), refresh));
  }
  return { auth: plainAuth(context, auth), close: async () => {} };
}

/** Which of the credentials this way of authorising needs. */
export function needsCredential(name: string, { auth }: RestConfig): boolean {
  if (name === 'token') return auth.kind === 'header' || auth.kind === 'bearer';
  if (name === 'user') return auth.kind === 'basic';
  if (name === 'clientId') return 'tokenUrl' in auth;
  // A client that a person agrees to may be one without a secret (RFC 6749 section 2.1).
  return name === 'clientSecret' && auth.kind === 'client-credentials';
}

/** Lets a person agree on the system's own page, where the config names it. */
export const connect: Connect<RestConfig> = {
  about: 'the consent page that the config names; what rosterd may do is what the person who agrees may do',
  whyNot: ({ auth }) =>
    auth.kind === 'refresh-token' && auth.authorizeUrl !== undefined
      ? undefined
      : 'nothing is to be connected; a system with a consent page has auth: { kind: refresh-token, authorizeUrl: … }',
  async begin(context, how) {
    const { config, connection } = context;
    const { auth } = config;
    if (auth.kind !== 'refresh-token' || auth.authorizeUrl === undefined) {
      const message = `connection ${connection}: the config names no page to agree on`;
      throw new Stalled('NothingToConnect', message, { connection });
    }
    const { authorizeUrl, consent, scope } = auth;
    const oauth = oauthClient(context, auth);
    const parameters = { ...(scope === undefined ? {} : { scope }), ...consent };
    const client = () => tokenClient(context, auth);
    return askConsent({ oauth, authorizeUrl, parameters, client }, context, how);
  },
};

/** Hosts that the credentials of this config go to. */
export function hostsOf({ baseUrl, auth }: RestConfig): readonly string[] {
  const addresses = [baseUrl];
  if ('tokenUrl' in auth) addresses.push(auth.tokenUrl);
  if ('authorizeUrl' in auth && auth.authorizeUrl !== undefined) addresses.push(auth.authorizeUrl);
  return [...new Set(addresses.map((address) => new URL(address).host))];
}

/** Tokens often come from another host than the data, which has a client of its own. */
function withTokens(context: Context, auth: Granted, fetch: FetchToken): Authorized {
  const { prefix } = auth;
  if (new URL(auth.tokenUrl).origin === new URL(context.config.baseUrl).origin) {
    return { auth: { kind: 'token', fetch, prefix }, close: async () => {} };
  }
  const client = tokenClient(context, auth);
  return {
    auth: { kind: 'token', fetch: (_, __, signal) => fetch(client, client.host, signal), prefix },
    close: () => client.close(),
  };
}

function tokenClient({ http }: Context, { tokenUrl }: Granted): HttpClient {
  return http({ baseUrl: new URL(tokenUrl).origin, auth: { kind: 'none' } });
}

function oauthClient(context: Context, auth: Granted): OAuthClient {
  const { kind, tokenUrl, clientAuth, scope, parameters } = auth;
  return {
    connection: context.connection,
    tokenPath: tokenUrl,
    clientId: needed(context, 'clientId'),
    clientSecret:
      kind === 'client-credentials' ? needed(context, 'clientSecret') : context.secrets['clientSecret'],
    clientAuth,
    form: { ...(scope === undefined ? {} : { scope }), ...parameters },
  };
}

function plainAuth(context: Context, auth: Exclude<AuthConfig, Granted>): Auth {
  if (auth.kind === 'none') return { kind: 'none' };
  if (auth.kind === 'basic') {
    return { kind: 'basic', user: needed(context, 'user'), password: context.secrets['password'] };
  }
  const secret = needed(context, 'token');
  if (auth.kind === 'bearer') return { kind: 'header', name: 'authorization', secret, prefix: 'Bearer ' };
  return { kind: 'header', name: auth.name, secret, prefix: auth.prefix };
}

function needed({ connection, config, secrets }: Context, name: string): Secret {
  const secret = secrets[name];
  if (secret !== undefined) return secret;
  const message = `connection ${connection}: auth "${config.auth.kind}" needs the credential "${name}"; add it under credentials`;
  throw new Stalled('CredentialMissing', message, { connection });
}
