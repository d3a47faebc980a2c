import { isObject, type JsonObject } from '../json.ts';
import type { Config } from './schema.ts';

/**
 * Whose HR system it is: the organisation that Apideck made out when it was authorised ("Normalized identifier of the
 * authorized organization"), where it did for this service; else our own consumer.
 */
export function accountOf(connection: JsonObject | undefined, { serviceId, consumerId }: Config): string {
  const metadata = connection?.['metadata'];
  const company = isObject(metadata) ? metadata['company_id'] : undefined;
  const known = typeof company === 'string' && company !== '' ? company : undefined;
  return known === undefined ? `${serviceId}/consumer:${consumerId}` : `${serviceId}/${known}`;
}
