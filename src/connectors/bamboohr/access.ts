import type { Auth, HttpOptions } from '../../http/client.ts';
import { refreshedToken, type OAuthClient } from '../../http/oauth.ts';
import { Stalled } from '../../model/error.ts';
import type { Secret } from '../../model/secret.ts';
import { apiKeyOf } from '../answers.ts';
import type { Connect, ConnectorContext } from '../connector.ts';
import { askConsent } from '../oauth-consent.ts';
import { baseUrlOf, type Config } from './schema.ts';

type Access = Pick<ConnectorContext<Config>, 'config' | 'secrets' | 'tokens' | 'connection'>;

/** By the key of a user, or by the consent of one ("Single Sign-On Authentication", "OAuth"). */
export function authOf(context: Access): Auth {
  if (context.config.auth === 'apiKey')
    return { kind: 'basic', user: apiKeyOf(context), password: undefined };
  const refresh = { kept: context.tokens, given: context.secrets['refreshToken'] };
  return { kind: 'token', fetch: refreshedToken(clientOf(context), refresh) };
}

export const connect: Connect<Config> = {
  about: 'the OAuth page of BambooHR; what rosterd may read is what the person who agrees may read',
  whyNot: ({ auth }) =>
    auth === 'oauth'
      ? undefined
      : 'it uses an API key; with config: { auth: oauth } somebody agrees in BambooHR',
  begin(context, how) {
    const { config, http } = context;
    const options: HttpOptions = { baseUrl: baseUrlOf(config), auth: { kind: 'none' } };
    const consent = {
      oauth: clientOf(context),
      authorizeUrl: `${baseUrlOf(config)}/authorize.php?request=authorize`,
      // Without the last one there is no refresh token.
      parameters: { scope: [...new Set([...config.scopes, 'offline_access'])].join(' ') },
      client: () => http(options),
    };
    return Promise.resolve(askConsent(consent, context, how));
  },
};

function clientOf({ connection, secrets }: Access): OAuthClient {
  const need = (name: string): Secret => {
    const secret = secrets[name];
    if (secret !== undefined) return secret;
    const message = `connection ${connection}: the credential ${name} is missing`;
    throw new Stalled('CredentialMissing', message, { connection });
  };
  return {
    connection,
    tokenPath: '/token.php?request=token',
    clientId: need('clientId'),
    clientSecret: need('clientSecret'),
    clientAuth: 'form',
  };
}
