import { RefusedStatus } from '../../http/errors.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json } from '../../model/value.ts';
import type { Probe } from '../connector.ts';
import { idOf, objectsIn } from '../json.ts';
import type { TalentHrClient } from './client.ts';
import { customAttributes } from './custom.ts';
import { countDirectory } from './directory.ts';
import { isCustom, needsDetail, type Field } from './fields.ts';

const limitPerHour = 120_000;

/**
 * What this key can read, tried out on the first person of the directory: TalentHR has no request that names the
 * company, the key or its rights.
 */
export async function probeCompany(
  client: TalentHrClient,
  fields: ReadonlyMap<string, Field>,
  signal: AbortSignal,
): Promise<Probe> {
  const standard = [...fields.values()].map((field) => field.spec);
  const missing: string[] = [];
  const allowed = async <T>(what: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RefusedStatus) || error.status !== 403) throw error;
      missing.push(
        `the API key may not read ${what} (403); give it that right in TalentHR, or make a new key`,
      );
      return undefined;
    }
  };
  const page = await allowed('the directory', () => countDirectory(client, signal));
  await allowed('employment statuses', () => client.list('employment-statuses', signal));
  const id = idOf(page?.rows[0]?.['id']);
  if (id !== undefined) await allowed('single employees', () => client.getOne(`employees/${id}`, signal));
  const custom = await allowed('custom fields', () => customOf(client, id, signal));
  if (page === undefined) return { fields: standard, missing };
  const pages = Math.max(1, Math.ceil(page.total / 100));
  const hasCustom = (custom ?? []).length > 0;
  // With every attribute of the single record mapped; syncs of directory attributes alone cost only the pages.
  const requests = pages + page.total * (hasCustom ? 2 : 1) + 1;
  return { fields: [...standard, ...(custom ?? [])], missing, cost: { requests, limitPerHour } };
}

async function customOf(
  client: TalentHrClient,
  id: string | undefined,
  signal: AbortSignal,
): Promise<readonly AttributeSpec[]> {
  if (id === undefined) return [];
  const data: Json | undefined = await client.getOne(`employees/${id}/custom-fields`, signal);
  return customAttributes(objectsIn(data) ?? []);
}

/** What is likely missing where nobody has a value any more. */
export function whyEmpty(attribute: string, fields: ReadonlyMap<string, Field>): string | undefined {
  if (isCustom(attribute))
    return 'the custom field was likely emptied, or the API key may not see it any more';
  if (!needsDetail(attribute, fields)) return undefined;
  return `"${fields.get(attribute)?.record ?? attribute}" was likely left out of the single records: see what the API key may read`;
}
