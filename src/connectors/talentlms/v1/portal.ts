import { isObject, textOf } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import type { Config } from '../schema.ts';

/** What `siteinfo` tells of a portal that a reading or a writing depends on. */
export interface PortalFacts {
  /** How dates are written here; the config's where the portal's is none that we know. */
  readonly dateFormat: Config['dateFormat'];
  readonly users: number | undefined;
  readonly courses: number | undefined;
}

export async function readPortal(
  client: TalentLmsClient,
  config: Config,
  signal: AbortSignal,
): Promise<PortalFacts> {
  const { body } = await client.get('siteinfo', signal);
  if (!isObject(body)) throw client.unexpected('siteinfo that is no object');
  const format = (textOf(body['date_format']) ?? '').replaceAll(/[^DMY]/gi, '').toUpperCase();
  return {
    dateFormat: formats[format] ?? config.dateFormat,
    users: countOf(textOf(body['total_users'])),
    courses: countOf(textOf(body['total_courses'])),
  };
}

/** Asks how much of the hour is left. It is not counted; a portal that does not answer it is read by our own count. */
export async function askForBudget(client: TalentLmsClient, signal: AbortSignal): Promise<void> {
  const { status, body } = await client.get('ratelimit', signal, [400, 404]);
  if (status !== 200 || !isObject(body)) return;
  const limit = countOf(textOf(body['limit']));
  if (limit !== undefined) client.budget.announce(limit, countOf(textOf(body['remaining'])));
}

const formats: Readonly<Record<string, Config['dateFormat']>> = {
  DDMMYYYY: 'DD/MM/YYYY',
  MMDDYYYY: 'MM/DD/YYYY',
  YYYYMMDD: 'YYYY-MM-DD',
};

function countOf(text: string | null | undefined): number | undefined {
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
}
