import { Stalled } from '../../../model/error.ts';
import type { ConnectorContext } from '../../connector.ts';
import type { IntegrationConfig, ToriiConfig } from '../schema.ts';

/** Why this config names no application; `undefined` where it does. */
export function whyNoApplication({ api, customIntegration }: ToriiConfig): string | undefined {
  if (api !== 'custom-integration' || customIntegration !== undefined) return undefined;
  return '`api: custom-integration` needs `customIntegration: { app, account }` in config, the ids of the application and its account in Torii';
}

/** What the config says of the application. */
export function integrationOf({ config, connection }: ConnectorContext<ToriiConfig>): IntegrationConfig {
  if (config.customIntegration !== undefined) return config.customIntegration;
  const message = `connection ${connection}: ${whyNoApplication(config) ?? ''}`;
  throw new Stalled('NoApplication', message, { connection });
}
