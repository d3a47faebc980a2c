import { isoInstant } from '../../model/effects.ts';
import type { Connect, Connecting, ConnectorContext } from '../connector.ts';
import type { JsonObject } from '../json.ts';
import { ApideckClient } from './client.ts';
import type { Config } from './schema.ts';
import { isCallable, refuseUncallable } from './state.ts';

const hourMs = 3_600_000;

/**
 * A page of Apideck's Vault where somebody authorises the HR system. It belongs to the consumer of the config, so that
 * connecting anew changes nothing of what is known here; Apideck keeps what the HR system hands out.
 */
export const connect: Connect<Config> = {
  about:
    'opens the Vault of Apideck, where an administrator of the HR system authorises it; Apideck keeps what it hands out',
  begin,
};

async function begin(
  context: ConnectorContext<Config>,
  _how: unknown,
  signal: AbortSignal,
): Promise<Connecting> {
  const client = new ApideckClient(context);
  try {
    const before = await client.connection(signal);
    // Without an integration the page has nothing to offer.
    if (before === undefined) refuseUncallable(before, client.asking);
    const expiresAt = isoInstant(context.clock.now() + hourMs);
    const url = await client.session(signal);
    return {
      url,
      expiresAt,
      done: { kind: 'asked', everyMs: 5_000, ask: (until) => isDone(context, before, until) },
    };
  } finally {
    await client.close();
  }
}

/** One that could be called before has to change, else whoever connects anew would be done before they began. */
async function isDone(
  context: ConnectorContext<Config>,
  before: JsonObject | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const client = new ApideckClient(context);
  try {
    const now = await client.connection(signal);
    return isCallable(now) && (!isCallable(before) || now?.['updated_at'] !== before?.['updated_at']);
  } finally {
    await client.close();
  }
}
