/**
 * A picture as it is sent: made at the moment of sending and gone after it. Everywhere else (readings, plans, digests,
 * the store, traces) a picture is a text: `sha256:` and the digest of its content, or `unusable:` and why.
 */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: PictureType;
}

/** What a picture may be. SVG is a program that a browser runs: never. */
export type PictureType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

/** A picture that a reading told of. */
export interface PictureWanted {
  /** The record's id in its own system. */
  readonly id: string;
  readonly attribute: string;
  /** As the reading told it. */
  readonly digest: string;
}

/** No picture may be larger (bytes). */
export const largestPicture = 5 * 1024 * 1024;

/** Why a picture that is there is not sent to anybody. */
export const unusablePictures = {
  'unusable:too-large': 'it is larger than 5 MB',
  'unusable:no-image': 'it is no JPEG, PNG, GIF or WebP',
} as const;

/**
 * A picture that cannot be had at the moment of sending: of that one person alone. `isFinal` where trying again helps only
 * once somebody has changed the picture; the message holds nothing of the person.
 */
export class PictureUnavailable extends Error {
  override readonly name = 'PictureUnavailable';
  readonly reason: 'PictureUnusable' | 'PictureChanged' | 'PictureNotRead';
  readonly isFinal: boolean;

  constructor(reason: PictureUnavailable['reason'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.isFinal = reason === 'PictureUnusable';
  }
}
