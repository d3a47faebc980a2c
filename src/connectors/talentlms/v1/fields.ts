import { objectsOf, textOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import { fieldOf, type CustomField } from '../fields.ts';
import { withoutEntities } from './entities.ts';

/** The portal's custom user fields, asked for in every pass: which N of `custom_field_N` a name has may change. */
export async function readV1Fields(
  client: TalentLmsClient,
  signal: AbortSignal,
): Promise<readonly CustomField[]> {
  const { body } = await client.get('getcustomregistrationfields', signal);
  const items = objectsOf(body);
  const fields = items.map((item) => fieldOf(plainName(item)));
  if (!Array.isArray(body) || items.length !== body.length || fields.includes(undefined)) {
    throw client.unexpected('custom fields that are no list of fields');
  }
  return fields as readonly CustomField[];
}

function plainName(item: JsonObject): JsonObject {
  const name = textOf(item['name']);
  return typeof name === 'string' ? { ...item, name: withoutEntities(name) } : item;
}
