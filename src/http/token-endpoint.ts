import { Stalled, Waiting } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import type { Json } from '../model/value.ts';
import type { HttpClient, HttpRequest, HttpResponse, Token } from './client.ts';
import { LostAnswer } from './errors.ts';

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

/** Asks the token endpoint; what it refuses comes back as an answer, for `granted`. */
export async function ask(
  { connection, tokenPath, clientId, clientSecret, clientAuth }: OAuthClient,
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
  try {
    return await client.request(
      { method: 'POST', path: tokenPath, headers, body: { form }, effect, accept: [400, 401, 403] },
      signal,
    );
  } catch (error) {
    throw error instanceof LostAnswer ? tokenLost(connection, host, error) : error;
  }
}

/** Nothing but a token was asked for: to whoever wanted to write, no write was lost. */
function tokenLost(connection: string, host: string, cause: LostAnswer): Waiting {
  const message =
    `connection ${connection}: the answer of ${host} with a new token was lost; it is asked again later, and where it does ` +
    `not take the token before any more, run: rosterd connection connect ${connection}`;
  return new Waiting('TokenLost', message, { connection, cause });
}

/** Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ '': part }).toString().slice(1)).join(':');
  return `Basic ${Buffer.from(encoded, 'utf8').toString('base64')}`;
}

/** RFC 6749 section 5.1 has no rule for a server that does not say how long: renewed early, and on a 401 in any case. */
const unsaidSeconds = 600;

/** The tokens of an answer; throws what a refusal means. */
export function granted(
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

/** Nobody has connected it, or not any more; with the way out. */
export function notConnected(connection: string, why: string): Stalled {
  const message = `connection ${connection}: ${why}; run: rosterd connection connect ${connection}`;
  return new Stalled('NotConnected', message, { connection });
}
