import type { Workspace } from './workspace.ts';
import type { VerifiedWebhook, WebhookRequest } from '../model/webhook.ts';
import { resolveSecret } from '../operator/secrets.ts';
import type { CompiledConnection } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';

/** API tokens and the secrets of webhooks are compared here and sent nowhere: the host that they are allowed for. */
export const thisProcess = 'rosterd';

/**
 * What judges webhooks of a connection; `undefined` where its connector has none, or the spec names no secret for them. The
 * secret is looked up for each one, so that it may be changed while the daemon runs; it may throw `Stalled` or, where the
 * operator does not allow the secret for this process, `RangeError`.
 */
export function webhookOf(
  { connectors, config, options }: Pick<Workspace, 'connectors' | 'config' | 'options'>,
  { connector, credentials, config: ofConnection }: CompiledConnection,
): ((request: WebhookRequest) => VerifiedWebhook) | undefined {
  const webhook = connectors.get(connector)?.webhook;
  const reference = webhook === undefined ? undefined : credentials[webhook.credential];
  if (webhook === undefined || reference === undefined) return undefined;
  return (request) =>
    webhook.verify(request, resolveSecret(reference, config, options.env).reveal(thisProcess), ofConnection);
}

/** Keeps what a webhook handed over; it may be sent to the hosts of that connection, and to no others. */
export async function keepToken(
  { connectors }: Pick<Workspace, 'connectors'>,
  store: Pick<Store, 'keptTokens'>,
  { name: connection, connector, config }: CompiledConnection,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<void> {
  const hosts = connectors.get(connector)?.hosts(config) ?? [];
  await store.keptTokens(connection).keep(name, { text, hosts });
}
