import type { Clock } from '../../model/effects.ts';
import { Stalled, Waiting } from '../../model/error.ts';
import type { JsonObject } from '../json.ts';
import type { MergeClient } from './client.ts';
import { judgeCopy } from './copy.ts';
import { everyPage } from './pages.ts';
import type { Config } from './schema.ts';
import { scopesOf, type Scopes } from './scopes.ts';

/** What a reading of these models can rely on. */
export interface Standing {
  /** The moment (ISO) that Merge's copy is from. */
  readonly asOf: string;
  readonly scopes: Scopes;
}

/**
 * Asks whether the account is linked and Merge's copy of these models is whole, before anything is concluded from it.
 * Rejects where it is not: a copy that is still made looks like a short list of people.
 */
export async function standingOf(
  client: MergeClient,
  models: readonly string[],
  { config, clock }: { readonly config: Config; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Standing> {
  const account = await client.account(signal);
  const wrong = accountFault(account, config, client.connection);
  if (wrong !== undefined) throw stalled(client.connection, 'NotLinked', wrong);
  const { asOf, off } = await wholeCopy(client, models, { config, clock }, signal);
  return { asOf, scopes: scopesOf(await client.scopes(signal), off) };
}

/** Throws `Waiting`, or `Stalled` where only somebody can help. */
export async function wholeCopy(
  client: MergeClient,
  models: readonly string[],
  { config, clock }: { readonly config: Config; readonly clock: Clock },
  signal: AbortSignal,
): Promise<{ readonly asOf: string; readonly off: readonly string[] }> {
  const copy = judgeCopy(await syncStatuses(client, signal), models, config, clock.now());
  if (copy.state === 'whole') return copy;
  const { connection } = client;
  const message = `${copy.why}; rosterd connection test ${connection} says more`;
  if (copy.needsSomebody) throw stalled(connection, 'CopyNotWhole', message);
  throw new Waiting('CopyNotWhole', `connection ${connection}: ${message}`, { connection });
}

/** What Merge says of its copying, for each common model. */
export async function syncStatuses(client: MergeClient, signal: AbortSignal): Promise<readonly JsonObject[]> {
  const statuses: JsonObject[] = [];
  const pages = everyPage(
    (cursor) => client.page('sync-status', {}, cursor, signal),
    (what) => client.unexpected(what),
    'model_id',
  );
  for await (const items of pages) statuses.push(...items);
  return statuses;
}

/** Why nothing can be read of this linked account, with the way out; `undefined` where all is well. */
export function accountFault(
  account: JsonObject,
  { endUser }: Config,
  connection: string,
): string | undefined {
  const { status, category, end_user_origin_id: originId } = account;
  const link = `run rosterd connection connect ${connection}`;
  if (category !== undefined && category !== null && category !== 'hris') {
    return 'the token is of a linked account that is no HR system; check the credential accountToken';
  }
  if (endUser !== undefined && originId !== endUser.originId) {
    return `the linked account is not of \`endUser.originId\`; check the credential accountToken, or ${link}`;
  }
  if (status === 'RELINK_NEEDED') return `the HR system no longer lets Merge in; ${link} to link it again`;
  if (status === 'INCOMPLETE') return `the HR system was never linked to the end; ${link}`;
  return undefined;
}

function stalled(connection: string, reason: string, message: string): Stalled {
  return new Stalled(reason, `connection ${connection}: ${message}`, { connection });
}
