/** Something that a date or a time of grace will bring to one person's account, if nothing changes until then. */
export interface Upcoming {
  readonly personId: string;
  /** `null` where there is no account yet. */
  readonly accountId: string | null;
  /** From this moment on (ms) a pass plans it, with the cause `due`. */
  readonly at: number;
  readonly kind: UpcomingKind;
  /** In a few words without a person's values, as the plan will give it at that moment. */
  readonly reason: string;
}

export const upcomingKinds = ['create', 'enable', 'disable', 'delete'] as const;
export type UpcomingKind = (typeof upcomingKinds)[number];
