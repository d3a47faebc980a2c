import type { Reader } from '../connectors/connector.ts';
import type { Change } from '../model/change.ts';
import { SyncError } from '../model/error.ts';
import type { Order } from '../model/order.ts';
import { PictureUnavailable, unusablePictures, type Picture, type PictureWanted } from '../model/picture.ts';

interface From {
  readonly source: Pick<Reader, 'picture'>;
  readonly signal: AbortSignal;
}

/** How the target's connector gets the content of the pictures that a change sends; nothing where it sends none. */
export function picturesOf({ personId, attributes }: Change, from: From): Pick<Order, 'pictures'> {
  const pictures: Record<string, () => Promise<Picture>> = {};
  for (const { name, picture, after } of attributes) {
    if (picture === undefined || !('value' in after)) continue;
    const wanted = { id: personId, attribute: picture, digest: String(after.value) };
    pictures[name] = () => fetched(wanted, from);
  }
  return Object.keys(pictures).length === 0 ? {} : { pictures };
}

/** A source that is away fails this picture alone: the target is there, and the others' changes go on. */
async function fetched(wanted: PictureWanted, { source, signal }: From): Promise<Picture> {
  const { attribute, digest } = wanted;
  if (Object.hasOwn(unusablePictures, digest)) {
    const why = unusablePictures[digest as keyof typeof unusablePictures];
    const message = `attribute "${attribute}" (personal): the picture can't be sent: ${why}; replace it in the source`;
    throw new PictureUnavailable('PictureUnusable', message);
  }
  try {
    if (source.picture === undefined) throw new TypeError('the source told of a picture and hands none out');
    return await source.picture(wanted, signal);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const message = `attribute "${attribute}" (personal): the picture could not be read at the moment of sending (${error.reason}); the next pass tries again`;
    throw new PictureUnavailable('PictureNotRead', message, error);
  }
}
