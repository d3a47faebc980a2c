import type { ConnectorContext } from '../../connector.ts';
import type { RestConfig } from '../../rest/schema.ts';
import type { TalosConfig } from '../schema.ts';

/** The same connection, as one to a declared API. */
export function restContext(
  context: ConnectorContext<TalosConfig>,
  config: RestConfig,
): ConnectorContext<RestConfig> {
  return {
    ...context,
    config,
    files: (file) => context.files(file),
    filesToWrite: (file) => context.filesToWrite(file),
  };
}
