import type { Logger } from 'pino';

import type { Metrics } from './metrics.ts';

/** Made once by the composition root and passed in. Constant messages, then fields; never a person's attributes. */
export interface Telemetry {
  readonly log: Logger;
  readonly metrics: Metrics;
}
