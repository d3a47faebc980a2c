/** What one flow of a pair must know of the other. */
export interface Pair {
  /** The other sync. */
  readonly partner: string;
  /**
   * `leads`: named by the other's `twoWayWith`. The one that follows gives way where the two would decide who is here: it
   * enables nobody, and ends nobody whom the one that leads has ended.
   */
  readonly role: 'leads' | 'follows';
  /** Whether the other disables people here: its mode is `full`, and its spec says who has left. */
  readonly partnerEnds: boolean;
  /** Attributes of ours that are made of nothing but what the other writes: these may come back. */
  readonly returning: ReadonlySet<string>;
  /** Those of them that the other writes once and then leaves alone: what is edited here later does not reach its side. */
  readonly writtenOnce: ReadonlySet<string>;
}
