import { RefusedStatus } from '../../../http/errors.ts';
import { SyncError } from '../../../model/error.ts';
import type { AttributeSpec } from '../../../model/attribute.ts';
import type { ValueType } from '../../../model/value.ts';
import { objectsOf, textOf, type JsonObject } from '../../json.ts';
import type { PersonioClient } from '../client.ts';
import { customsOf, readableOf, type Readable, type Told } from '../custom.ts';
import { keyOf } from '../schema.ts';
import { v2Attributes } from './attributes.ts';
import type { PersonioV2Client } from './client.ts';
import type { Employed } from './employment.ts';
import type { ListedPerson } from './employments.ts';
import { persons } from './resources.ts';
import { shows } from './rows.ts';

/**
 * What the credentials may read, as the list of v1 tells: v2 has none, and both keep to the same "Readable employee
 * attributes". `undefined` where v1 is refused, as some credentials report.
 */
export async function readableByV1(v1: PersonioClient, signal: AbortSignal): Promise<Readable | undefined> {
  return await unlessRefused(async () => readableOf(await v1.attributes(signal)));
}

/** `undefined` where v1 does not let these credentials in. */
export async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const reasons = ['AuthenticationFailed', 'PermissionDenied'];
    const isRefused = error instanceof SyncError && reasons.includes(error.reason);
    if (isRefused || error instanceof RefusedStatus) return undefined;
    throw error;
  }
}

/** Custom attributes as v1 tells of them, or else those that the first persons show. */
export async function customAttributes(
  client: PersonioV2Client,
  v1: PersonioClient,
  signal: AbortSignal,
): Promise<readonly AttributeSpec[]> {
  const readable = await readableByV1(v1, signal);
  if (readable !== undefined) return readable.customs;
  const { items } = await client.page(persons, {}, undefined, signal);
  return customsShown(items).customs;
}

/** What these persons show, the first of them with an employment. */
export function shownBy(items: readonly JsonObject[], employed: Employed | null): Readable {
  const people = items.map((item, at): ListedPerson => {
    return { item, detail: at === 0 ? { employed } : undefined, readAt: -1, stored: undefined };
  });
  const attributes = v2Attributes.filter((spec) => people.some((person) => shows(person, spec)));
  const { customs, ambiguous } = customsShown(items);
  const keys = new Set([...attributes.map(keyOf), ...customs.map(keyOf)]);
  return { keys, attributes, customs, ambiguous };
}

function customsShown(items: readonly JsonObject[]): Pick<Readable, 'customs' | 'ambiguous'> {
  const told = items.flatMap((item) => objectsOf(item['custom_attributes']).flatMap(toldIn));
  return customsOf([...new Map(told.map((one) => [one.key, one])).values()]);
}

/** As the common components of v2's document list them; its examples have them in small letters. */
const types: Readonly<Record<string, ValueType>> = {
  INT: 'int',
  DOUBLE: 'decimal',
  DATE: 'date',
  BOOLEAN: 'bool',
  STRING_LIST: 'list<text>',
};

function toldIn({ id, type, label, global_id: globalId }: JsonObject): Told[] {
  if (typeof id !== 'string') return [];
  const universalId = textOf(globalId) ?? undefined;
  const shown = [textOf(label), universalId].find((name) => typeof name === 'string' && name.trim() !== '');
  return [
    {
      key: id,
      label: shown?.trim() ?? id,
      type: types[(textOf(type) ?? '').toUpperCase()] ?? 'text',
      universalId,
      options: [],
    },
  ];
}
