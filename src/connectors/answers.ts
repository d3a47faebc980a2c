import { Stalled, Waiting } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import type { ConnectorContext } from './connector.ts';

/** The answer has a shape that no document of the vendor shows: nothing is concluded from it. */
export function unexpectedAnswer(connection: string, system: string, what: string): Waiting {
  return new Waiting(
    'UnexpectedAnswer',
    `connection ${connection}: ${system} answered ${what}; nothing is concluded from it, the next pass asks again`,
    { connection },
  );
}

/** The API key, without which nothing is asked. */
export function apiKeyOf({ connection, secrets }: Pick<ConnectorContext, 'connection' | 'secrets'>): Secret {
  const { apiKey } = secrets;
  if (apiKey !== undefined) return apiKey;
  const message = `connection ${connection}: the credential apiKey is missing`;
  throw new Stalled('CredentialMissing', message, { connection });
}
