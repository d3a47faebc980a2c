import type { ConnectorContext } from '../connector.ts';
import type { HttpClient } from '../../http/client.ts';
import { Stalled } from '../../model/error.ts';
import type { ScimConfig } from './schema.ts';

/** Media type of every body (RFC 7644 §8.1). Answers come under other names too, and are taken. */
export const scimMedia = { 'content-type': 'application/scim+json' } as const;

/** The connection's HTTP client, with the bearer token of RFC 7644 §2. */
export function openClient(context: ConnectorContext<ScimConfig>): HttpClient {
  const secret = context.secrets['token'];
  if (secret === undefined) {
    throw new Stalled('CredentialMissing', `connection ${context.connection} needs the credential "token"`, {
      connection: context.connection,
    });
  }
  return context.http({
    baseUrl: context.config.baseUrl,
    headers: { accept: 'application/scim+json, application/json' },
    auth: { kind: 'header', name: 'authorization', secret, prefix: 'Bearer ' },
  });
}
