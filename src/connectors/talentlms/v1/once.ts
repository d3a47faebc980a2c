import { LostAnswer } from '../../../http/errors.ts';
import { Waiting } from '../../../model/error.ts';
import type { HttpResponse } from '../../../http/client.ts';
import { refusals, type TalentLmsClient } from '../client.ts';

/** How often a change is tried before the connection counts as away. */
const tries = 3;

/**
 * A change that API v1 makes by GET. The answer may be lost, or come from something on the way that keeps answers to
 * GET; so the change is never repeated blindly: each lost answer is followed by a look at what is there now, and only
 * what is not done is sent again. `undefined` when the look shows it done.
 */
export async function changeByGet(
  client: TalentLmsClient,
  path: string,
  isDone: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<HttpResponse | undefined> {
  for (let tried = 1; ; tried += 1) {
    try {
      const headers = { 'cache-control': 'no-store' };
      return await client.request({ method: 'GET', path, headers, effect: 'once', accept: refusals }, signal);
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error;
      if (await isDone()) return undefined;
      if (tried >= tries) throw away(error);
    }
  }
}

/** As any other request that was tried for good: it is the connection that has to wait. */
function away({ reason, message, connection, retryAfterMs }: LostAnswer): Waiting {
  return new Waiting(reason, message, {
    ...(connection === undefined ? {} : { connection }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
