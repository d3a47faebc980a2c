import type { ConnectionStatus } from '../../daemon/connection-status.ts';
import { isoInstant } from '../../model/effects.ts';

/** What stands against a connection, a line each; none where nothing does. */
export function connectionText({ name, conditions }: ConnectionStatus): readonly string[] {
  return conditions.map(({ type, reason, message, since }) =>
    type === 'Suspended'
      ? `connection ${name}: suspended: ${message}`
      : `connection ${name}: away since ${isoInstant(since)}: ${reason}: ${message}`,
  );
}
