import { createHash } from 'node:crypto';
import type { HttpClient } from '../http/client.ts';
import { secretRefused } from '../http/failure.ts';
import { redeemCode, type OAuthClient } from '../http/oauth.ts';
import { Stalled } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import type { ConnectorContext, Connecting, ConnectWith } from './connector.ts';

export interface Consent {
  readonly oauth: OAuthClient;
  /** The page that asks the person, without parameters. */
  readonly authorizeUrl: string;
  /** Sent besides those of RFC 6749 section 4.1.1: `scope`, vendors' own. */
  readonly parameters: Readonly<Record<string, string>>;
  /** For the token endpoint's host, without authorisation. */
  readonly client: () => HttpClient;
}

/** The authorisation code grant with PKCE (RFC 6749 section 4.1, RFC 7636): for `Connector.connect`. */
export function askConsent(
  { oauth, authorizeUrl, parameters, client }: Consent,
  { random, tokens, connection }: Pick<ConnectorContext, 'random' | 'tokens' | 'connection'>,
  { redirectUri, state }: ConnectWith,
): Connecting {
  const verifier = Buffer.from(random.bytes(32)).toString('base64url');
  const url = new URL(authorizeUrl);
  // The parameters of a config change none of ours: an answer is told by its state, and goes to us alone.
  const asked = {
    ...parameters,
    response_type: 'code',
    client_id: revealedTo(url.host, oauth.clientId, connection),
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return {
    url: url.href,
    done: {
      kind: 'redirect',
      async redeem(answer, signal) {
        const code = answer.get('code');
        if (code === null) throw declined(connection, answer.get('error'));
        const opened = client();
        try {
          await redeemCode(oauth, { code, redirectUri, verifier }, tokens, opened, signal);
        } catch (error) {
          throw error instanceof RangeError ? secretRefused(connection, error.message) : error;
        } finally {
          await opened.close();
        }
      },
    },
  };
}

function revealedTo(host: string, secret: Secret, connection: string): string {
  try {
    return secret.reveal(host);
  } catch (error) {
    throw error instanceof RangeError ? secretRefused(connection, error.message) : error;
  }
}

/** RFC 6749 section 4.1.2.1; anything else the page may say is left out. */
function declined(connection: string, error: string | null): Stalled {
  const word = error !== null && /^[a-z_]{1,40}$/.test(error) ? error : 'no code';
  const message = `connection ${connection}: the page sent you back without letting us in (${word}); nothing was changed, try again`;
  return new Stalled('NotConnected', message, { connection });
}
