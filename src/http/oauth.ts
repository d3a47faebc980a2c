import { Stalled } from '../model/error.ts';
import type { KeptTokens } from '../model/kept-tokens.ts';
import type { Secret } from '../model/secret.ts';
import type { FetchToken, HttpClient, Token } from './client.ts';
import { ask, granted, notConnected, type OAuthClient } from './token-endpoint.ts';

export type { OAuthClient };

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
 * the access token is used, and one process at a time asks. A lost answer is `Waiting`, and not asked for again here: the
 * next pass tries the token that was sent, which most servers still take. Rejects with `Stalled` (`NotConnected`) when there is none
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

/**
 * Trades the code that the browser brought (RFC 6749 section 4.1.3, RFC 7636) and keeps the refresh token, alone: what
 * another process gets at this moment for the one before must not replace it.
 */
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
  await kept.alone(async () => {
    const answer = await ask(oauth, form, 'once', client, host, signal);
    const { refreshToken } = granted(oauth, answer, host, 'token');
    if (refreshToken === undefined) {
      throw notConnected(
        oauth.connection,
        `${host} gave no refresh token; it may need a scope for offline access`,
      );
    }
    await kept.keep(refreshTokenName, { text: refreshToken, hosts: [host] });
  }, signal);
}
