import { RefusedStatus } from '../../http/errors.ts';
import type { Probe } from '../connector.ts';
import { isObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { customAttributes, readFields } from './fields.ts';
import { coreAttributes } from './schema.ts';

/**
 * What this key can read and what the first pass costs. A key has all rights of the portal and no account of its own,
 * so that there is none to name.
 */
export async function probePortal(client: TalentLmsClient, signal: AbortSignal): Promise<Probe> {
  try {
    const fields = await readFields(client, signal);
    const users = await countUsers(client, signal);
    // Custom fields are read one user at a time the first time; later only of those who changed.
    const requests = 1 + Math.max(1, Math.ceil(users / 100)) + (fields.length > 0 ? users : 0);
    return {
      account: client.host,
      fields: [...coreAttributes, ...customAttributes(fields)],
      missing: [],
      cost: { requests, limitPerHour: client.budget.perHour },
    };
  } catch (error) {
    if (!(error instanceof RefusedStatus) || error.status !== 403) throw error;
    return { account: client.host, fields: coreAttributes, missing: [apiIsOff] };
  }
}

export const apiIsOff =
  'the API of this portal is off or the portal is inactive (403): tick "Enable API" in Account & Settings, Security, and save';

async function countUsers(client: TalentLmsClient, signal: AbortSignal): Promise<number> {
  const query = { 'page[number]': 1, 'page[size]': 1 };
  const { body } = await client.request({ method: 'GET', path: 'users', query, effect: 'read' }, signal);
  const meta = isObject(body) ? body['_meta'] : undefined;
  const pagination = isObject(meta) ? meta['pagination'] : undefined;
  const total = isObject(pagination) ? pagination['total_items'] : undefined;
  if (typeof total !== 'number') throw client.unexpected('a list of users without its total');
  return total;
}
