import type { Order, Result } from '../../model/order.ts';
import { largestPicture, PictureUnavailable, type Picture } from '../../model/picture.ts';
import { rejected } from '../failed-write.ts';
import { toldOf } from '../picture.ts';
import type { JsonObject } from '../json.ts';
import type { BambooClient } from './client.ts';
import { refused } from './refusals.ts';
import { photoKey } from './schema.ts';

/** One employee with these fields; the photo among them costs a request of its own ("Get Employee Photo"). */
export async function employeeWith(
  client: BambooClient,
  id: string,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const record = await client.employee(
    id,
    fields.filter((field) => field !== photoKey),
    signal,
  );
  if (record === undefined || !fields.includes(photoKey)) return record;
  let isHidden = false;
  const told = await toldOf(async () => {
    const photo = await client.photo(id, largestPicture, signal);
    isHidden = photo === 'hidden';
    return photo === 'hidden' ? undefined : photo;
  });
  // As every field that the key may not read, it is left out then.
  return isHidden ? record : { ...record, [photoKey]: told };
}

/** Formats that "Upload Employee Photo" confirms; others may be answered with 500. */
const suffixes: Readonly<Partial<Record<Picture['mediaType'], string>>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** The photo of an order, asked for now. Rejects with `PictureUnavailable`. */
export async function photoOf({ pictures }: Order): Promise<Picture> {
  const picture = await pictures?.[photoKey]?.();
  if (picture !== undefined && suffixes[picture.mediaType] !== undefined) return picture;
  const what = picture === undefined ? 'no photo came with the order' : `it is ${picture.mediaType}`;
  const message = `attribute "${photoKey}" (personal): ${what}, and BambooHR takes JPEG and PNG; replace it in the source`;
  throw new PictureUnavailable('PictureUnusable', message);
}

/** Replaces the photo: sent twice it is the same one. */
export async function sendPhoto(
  client: BambooClient,
  order: Order,
  accountId: string,
  { bytes, mediaType }: Picture,
  signal: AbortSignal,
): Promise<Omit<Result, 'key'>> {
  const answer = await client.request(
    {
      method: 'POST',
      path: `api/v1/employees/${encodeURIComponent(accountId)}/photo`,
      body: { file: { field: 'file', name: `photo.${suffixes[mediaType] ?? 'jpg'}`, mediaType, bytes } },
      effect: 'repeatable',
      accept: [400, 403, 404, 413, 415],
      expect: 'none',
    },
    signal,
  );
  if (answer.status === 415) {
    const message =
      'BambooHR refused the photo (415): it takes square pictures of 150 pixels and more; replace it in the source';
    return rejected('PictureRefused', message);
  }
  if (answer.status === 403) {
    const message =
      "BambooHR does not let the API key's owner upload this employee's photo (403); allow it in Settings > Access Levels";
    return rejected('PermissionDenied', message);
  }
  if (answer.status >= 300) return refused(order, answer);
  return { outcome: 'applied', accountId, sent: order.set };
}
