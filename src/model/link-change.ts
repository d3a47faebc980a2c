/**
 * A change of who is who that a Links document asks for. It happens in the store, with the plan; an account is written to
 * only by the changes that follow from it.
 */
export interface LinkChange {
  readonly kind: LinkChangeKind;
  readonly personId: string;
  readonly accountId: string;
  /** For `transfer`: the sync that had the link. */
  readonly from?: string;
  /** Why, as the document says; empty where it says nothing. */
  readonly reason: string;
  /** Where the document says it. */
  readonly file: string;
  readonly line: number;
}

/**
 * `adopt`: the account becomes this person's, by the change that adopts it. `replace`: this person's link of until now gives
 * way to the one that is decided; `give-up`: another person's does. `separate` and `release`: the link of the two is
 * forgotten. `transfer`: another sync's link becomes one of this sync. The account that was linked stays as it is.
 */
export const linkChangeKinds = ['transfer', 'separate', 'release', 'give-up', 'replace', 'adopt'] as const;
export type LinkChangeKind = (typeof linkChangeKinds)[number];
