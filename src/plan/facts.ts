/** What is known of one person, each fact one word: enough to decide what becomes of them. */
export interface Facts {
  /**
   * The account: by an active link (`linked`, `doubtful`, `missingOnce`, `missing`), by a tombstone (`ended`,
   * `endedAway`), or by matching (`one` … `none`). `unsought`: not linked and not looked for.
   */
  readonly account: AccountFact;
  /** False only when the account is there and cannot be used. */
  readonly usable: boolean;
  readonly status: StatusFact;
  readonly scope: 'in' | 'out' | 'undecided' | 'failed';
  /**
   * For people who are not in the source: whether `vanished.after` and two readings have passed. For those who have left
   * and whose account we disabled then: whether `left.deleteAfter` has.
   */
  readonly grace: 'running' | 'over';
}

export type AccountFact =
  | 'linked'
  | 'missingOnce'
  | 'missing'
  | 'ended'
  | 'endedAway'
  | 'one'
  | 'none'
  | 'unsought'
  | 'inactive'
  | 'released'
  | 'awaited'
  | 'several'
  | 'taken'
  | 'recycled'
  | 'shared'
  | 'foreign'
  | 'protected'
  | 'doubtful'
  | 'doubtfulMatch';

/** `soon`: starts later, but within the time in which accounts are made ahead. */
export type StatusFact = 'here' | 'soon' | 'later' | 'away' | 'left' | 'undecided' | 'failed' | 'absent';

/** In the order of the columns of the decision table. */
export const factNames = ['account', 'usable', 'status', 'scope', 'grace'] as const;
