import { RefusedStatus } from '../../../http/errors.ts';
import type { Probe } from '../../connector.ts';
import type { TalentLmsClient } from '../client.ts';
import { customAttributes } from '../fields.ts';
import { apiIsOff } from '../probe.ts';
import { attributesOf, type Config } from '../schema.ts';
import { readV1Fields } from './fields.ts';
import { askForBudget, readPortal } from './portal.ts';

/** What this key can read and what a pass costs. */
export async function probeV1Portal(
  client: TalentLmsClient,
  config: Config,
  signal: AbortSignal,
): Promise<Probe> {
  try {
    const fields = await readV1Fields(client, signal);
    const { users } = await readPortal(client, config, signal);
    await askForBudget(client, signal);
    // The portal's facts, the names of the fields, and the list with a page that is empty.
    const cost = users === undefined ? {} : { cost: costOf(users, client.budget.perHour) };
    return {
      account: client.host,
      fields: [...attributesOf('v1'), ...customAttributes(fields)],
      missing: [],
      ...cost,
    };
  } catch (error) {
    if (!(error instanceof RefusedStatus) || error.status !== 403) throw error;
    return { account: client.host, fields: attributesOf('v1'), missing: [apiIsOff] };
  }
}

function costOf(users: number, limitPerHour: number): NonNullable<Probe['cost']> {
  return { requests: 2 + Math.max(1, Math.ceil(users / 1_000)) + 1, limitPerHour };
}
