import { RefusedStatus } from '../../http/errors.ts';
import { SyncError } from '../../model/error.ts';
import { textOf } from '../json.ts';
import type { PersonioV2Client } from './v2/client.ts';
import { everyPage } from './v2/pages.ts';
import { legalEntities } from './v2/resources.ts';

/**
 * Which company the credentials belong to: the id of its oldest legal entity. No request of either API names the company;
 * its legal entities come the most recent first ("List legal entities"), so that the last one stays the same when others
 * are added. `undefined` where the credentials may not read them, or there are none.
 */
export async function accountOf(client: PersonioV2Client, signal: AbortSignal): Promise<string | undefined> {
  let oldest: string | null | undefined;
  const pages = everyPage(
    (cursor) => client.page(legalEntities, {}, cursor, signal),
    (what) => client.unusable(what),
  );
  try {
    for await (const items of pages) oldest = textOf(items.at(-1)?.['id']);
  } catch (error) {
    if (error instanceof RefusedStatus && [403, 404, 412].includes(error.status)) return undefined;
    throw error;
  }
  return typeof oldest === 'string' ? `legal-entity-${oldest}` : undefined;
}

/** The same for a connection that reads v1: that its credentials get no token of v2 is no reason to read nothing. */
export async function accountBesideV1(
  client: PersonioV2Client,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await accountOf(client, signal);
  } catch (error) {
    if (error instanceof SyncError && error.reason === 'AuthenticationFailed') return undefined;
    throw error;
  }
}
