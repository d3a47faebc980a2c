import type { Row } from '../model/row.ts';
import type { AccountFact } from './facts.ts';

/** The account that a person is connected with, by a link or by matching. */
export interface Found {
  readonly fact: AccountFact;
  /** In the target's reading, or -1. */
  readonly position: number;
  readonly row: Row | undefined;
  readonly reason: string;
  /** Every account that the deciding rule found. */
  readonly candidates: readonly number[];
  /** The deciding rule, or `identity`; left out for an account by its link. */
  readonly by?: string;
  /** The account that the person had before and does not get again. */
  readonly except?: number;
}

/** False only when the account is there and cannot be used, or is not there at all. */
export function isUsable({ row }: Found): boolean {
  return row !== undefined && row.active !== false;
}
