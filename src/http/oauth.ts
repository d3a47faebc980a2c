import { Stalled, Waiting } from '../model/error.ts';
import type { KeptTokens } from '../model/kept-tokens.ts';
import type { Secret } from '../model/secret.ts';
import type { Json } from '../model/value.ts';
import type { FetchToken, HttpClient, HttpRequest, HttpResponse, Token } from './client.ts';

/** Who we are to an authorisation server, and where its token endpoint is (RFC 6749). */
export interface OAuthClient {
  /** Name of the connection in the specs, for messages. */
  readonly connection: string;
  /** Of the token endpoint, on the host of the client that asks. */
  readonly tokenPath: string;
  readonly clientId: Secret;
  readonly clientSecret: Secret | undefined;
  /** In an `Authorization: Basic` header or among the form's fields (RFC 6749 section 2.3.1). */
  readonly clientAuth: 'basic' | 'form';
  /** Sent besides: `scope`, `audience`. */
  readonly form?: Readonly<Record<string, string>>;
}

/** Where a token that is used up by each use is kept. */
export interface RefreshTokens {
  readonly kept: KeptTokens;
  /** The credential of the spec, for a connection that nobody has connected here. */
  readonly given: Secret | undefined;
}

/** Under this name the refresh token of a connection is kept. */
export const refreshTokenName = 'refresh';

/** A token for our own credentials (RFC 6749 section 4.4). Asking twice changes nothing. */
export function clientCredentials(oauth: OAuthClient): FetchToken {
  return async (client, host, signal) => {
    const form = { grant_type: 'client_credentials', ...oauth.form };
    const answer = await ask(oauth, form, 'read', client, host, signal);
    return granted(oauth, answer, host, 'credentials').token;
  };
}

/** A token for a person's login and password (RFC 6749 section 4.3), for vendors that offer nothing else. Asking twice changes nothing. */
export function ownerPassword(
  oauth: OAuthClient,
  owner: { readonly username: Secret; readonly password: Secret },
): FetchToken {
  return async (client, host, signal) => {
    const [username, password] = [owner.username.reveal(host), owner.password.reveal(host)];
    const form = { grant_type: 'password', username, password, ...oauth.form };
    const answer = await ask(oauth, form, 'read', client, host, signal);
    return granted(oauth, answer, host, 'login').token;
  };
}

/**
 * A token for a refresh token (RFC 6749 section 6), which many servers replace at each use: the new one is on disk before
 * the access token is used, and one process at a time asks. A lost answer is not asked for again here: the next pass
 * tries the token that was sent, which most servers still take. Rejects with `Stalled` (`NotConnected`) when there is none
 * or it is not taken any more.
 */
export function refreshedToken(oauth: OAuthClient, { kept, given }: RefreshTokens): FetchToken {
  return async (client, host, signal) => {
    const exchange = async (refresh: Secret): Promise<Token> => {
      const form = { grant_type: 'refresh_token', refresh_token: refresh.reveal(host), ...oauth.form };
      const answer = await ask(oauth, form, 'once', client, host, signal);
      const { token, refreshToken } = granted(oauth, answer, host, 'token');
      if (refreshToken !== undefined)
        await kept.keep(refreshTokenName, { text: refreshToken, hosts: [host] });
      return token;
    };
    return await kept.alone(async () => {
      const newest = await kept.recall(refreshTokenName);
      const first = newest ?? given;
      if (first === undefined) throw notConnected(oauth.connection, 'nobody has connected it yet');
      try {
        return await exchange(first);
      } catch (error) {
        const isRefused = error instanceof Stalled && error.reason === 'NotConnected';
        if (!isRefused || newest === undefined || given === undefined) throw error;
        // Somebody may have put a new token into the credential because the kept one had died.
        return await exchange(given);
      }
    }, signal);
  };
}

/** Trades the code that the browser brought (RFC 6749 section 4.1.3, RFC 7636) and keeps the refresh token. */
export async function redeemCode(
  oauth: OAuthClient,
  code: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
  kept: KeptTokens,
  client: HttpClient,
  signal: AbortSignal,
): Promise<void> {
  const form = {
    grant_type: 'authorization_code',
    code: code.code,
    redirect_uri: code.redirectUri,
    code_verifier: code.verifier,
  };
  const { host } = client;
  const answer = await ask(oauth, form, 'once', client, host, signal);
  const { refreshToken } = granted(oauth, answer, host, 'token');
  if (refreshToken === undefined) {
    throw notConnected(
      oauth.connection,
      `${host} gave no refresh token; it may need a scope for offline access`,
    );
  }
  await kept.keep(refreshTokenName, { text: refreshToken, hosts: [host] });
}

async function ask(
  { tokenPath, clientId, clientSecret, clientAuth }: OAuthClient,
  fields: Readonly<Record<string, string>>,
  effect: HttpRequest['effect'],
  client: HttpClient,
  host: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const id = clientId.reveal(host);
  const secret = clientSecret?.reveal(host);
  const inForm = { client_id: id, ...(secret === undefined ? {} : { client_secret: secret }) };
  const form = clientAuth === 'form' ? { ...fields, ...inForm } : fields;
  const headers = clientAuth === 'basic' ? { authorization: basic(id, secret ?? '') } : {};
  return await client.request(
    { method: 'POST', path: tokenPath, headers, body: { form }, effect, accept: [400, 401, 403] },
    signal,
  );
}

/** Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ '': part }).toString().slice(1)).join(':');
  return `Basic ${Buffer.from(encoded, 'utf8').toString('base64')}`;
}

/** RFC 6749 section 5.1 has no rule for a server that does not say how long: renewed early, and on a 401 in any case. */
const unsaidSeconds = 600;

function granted(
  { connection }: OAuthClient,
  { status, body }: HttpResponse,
  host: string,
  sent: Sent,
): { readonly token: Token; readonly refreshToken: string | undefined } {
  const fields = fieldsOf(body);
  // Some servers refuse with 200, against section 5.2.
  if (status >= 300 || typeof fields['error'] === 'string')
    throw refused(connection, host, fields['error'], sent);
  const { access_token: text, expires_in: seconds, refresh_token: refreshToken } = fields;
  if (typeof text !== 'string' || text === '') {
    const message = `connection ${connection}: ${host} answered without an access token; it is asked again later`;
    throw new Waiting('UnexpectedAnswer', message, { connection });
  }
  const life = Number(seconds);
  return {
    token: { text, expiresInMs: (life > 0 && Number.isFinite(life) ? life : unsaidSeconds) * 1000 },
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
  };
}

function fieldsOf(body: Json): Readonly<Record<string, Json>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Record<string, Json>)
    : {};
}

/** By the server's own word (RFC 6749 section 5.2): only `invalid_grant` is about a token that was sent, the others are about us. */
function refused(connection: string, host: string, error: Json | undefined, sent: Sent): Stalled | Waiting {
  if (error === 'invalid_grant' && sent === 'token') {
    return notConnected(connection, `${host} does not take its token any more`);
  }
  const known = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';
  // Words of section 4.1.2.1 that some servers use here, too.
  if (error === 'temporarily_unavailable' || error === 'server_error') {
    const message = `connection ${connection}: ${host} gave no token${known}; it is asked again later`;
    return new Waiting('Unavailable', message, { connection });
  }
  const what =
    error === 'invalid_grant' && sent === 'login'
      ? 'username and password'
      : 'client id, client secret and scopes';
  const message = `connection ${connection}: ${host} gave no token${known}; check its ${what}`;
  return new Stalled('AuthenticationFailed', message, { connection });
}

/** What the server was to give an access token for. */
type Sent = 'credentials' | 'login' | 'token';

function notConnected(connection: string, why: string): Stalled {
  const message = `connection ${connection}: ${why}; run: rosterd connection connect ${connection}`;
  return new Stalled('NotConnected', message, { connection });
}
