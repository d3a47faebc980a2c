import type { ConnectorContext } from '../connector.ts';
import type { Config } from './schema.ts';

/** The date of now in the connection's zone. */
export function todayIn({ clock, config }: Pick<ConnectorContext<Config>, 'clock' | 'config'>): string {
  return Temporal.Instant.fromEpochMilliseconds(clock.now())
    .toZonedDateTimeISO(config.timezone)
    .toPlainDate()
    .toString();
}
