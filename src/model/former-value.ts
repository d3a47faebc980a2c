/**
 * What an account held in an attribute that people are matched by, and whose it was: a keyed hash of the value in its
 * plainest form. An address that somebody had until lately is no proof that an account is somebody else's.
 */
export interface FormerValue {
  readonly attribute: string;
  readonly hash: string;
  readonly personId: string;
}

/** As it is remembered. */
export interface KnownFormerValue extends FormerValue {
  /** The connection whose id of the person it is. */
  readonly source: string;
  /** Until when it was theirs, as far as we know (ms). */
  readonly at: number;
}
