import { createHash } from 'node:crypto';
import { SyncError } from '../model/error.ts';
import {
  PictureUnavailable,
  type Picture,
  type PictureType,
  type PictureWanted,
  type unusablePictures,
} from '../model/picture.ts';

/**
 * What a reading tells of a picture: the digest of its content, or that nobody can be sent it; `null` where there is none.
 * @param ask gives the content, `undefined` where there is none, and rejects with `BodyTooLarge` where there is too much
 */
export async function toldOf(ask: () => Promise<Uint8Array | undefined>): Promise<string | null> {
  try {
    const bytes = await ask();
    if (bytes === undefined) return null;
    return mediaTypeOf(bytes) === undefined ? unusable('unusable:no-image') : digestOf(bytes);
  } catch (error) {
    if (error instanceof SyncError && error.reason === 'BodyTooLarge') return unusable('unusable:too-large');
    throw error;
  }
}

/** The content as it is sent, where it is still the picture that the reading told of. */
export async function pictureFrom(
  { attribute, digest }: PictureWanted,
  ask: () => Promise<Uint8Array | undefined>,
): Promise<Picture> {
  let bytes: Uint8Array | undefined;
  const told = await toldOf(async () => (bytes = await ask()));
  const mediaType = bytes === undefined ? undefined : mediaTypeOf(bytes);
  if (told === digest && bytes !== undefined && mediaType !== undefined) return { bytes, mediaType };
  const message = `attribute "${attribute}" (personal): the source has another picture by now than the one that was planned; the next pass reads it anew`;
  throw new PictureUnavailable('PictureChanged', message);
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** By the first bytes, whatever the answer calls it; `undefined` for what is no picture that may be sent. */
export function mediaTypeOf(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\xFF\xD8\xFF')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : undefined;
}

function unusable(why: keyof typeof unusablePictures): string {
  return why;
}
