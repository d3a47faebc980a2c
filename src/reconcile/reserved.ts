import type { Change } from '../model/change.ts';
import type { Owner } from '../model/link.ts';
import type { Intent } from '../model/order.ts';
import type { Reading } from '../model/reading.ts';

/**
 * Accounts that this plan links to somebody. A target may answer a create with an account that was there already: it is
 * not given to whoever was to be created when the plan gives it to another, be it that their turn comes later or that
 * their adoption is held.
 */
export class Reserved {
  readonly #sync: string;
  readonly #accounts: Reading;
  readonly #planned: readonly Change[];
  #byAccount: ReadonlyMap<string, string> | undefined;

  constructor(sync: string, accounts: Reading, planned: readonly Change[]) {
    this.#sync = sync;
    this.#accounts = accounts;
    this.#planned = planned;
  }

  /** Whom the account is reserved for, when that is somebody else. */
  ownerOf({ kind, personId }: Intent, accountId: string | null): Owner | undefined {
    if (kind !== 'create' || accountId === null || this.#accounts.position(accountId) < 0) return undefined;
    this.#byAccount ??= new Map(
      this.#planned.flatMap((change) =>
        change.links && change.accountId !== null ? [[change.accountId, change.personId]] : [],
      ),
    );
    const other = this.#byAccount.get(accountId);
    return other === undefined || other === personId ? undefined : { sync: this.#sync, personId: other };
  }
}

/** For the person whose write ended at somebody else's account, with the way out. */
export function accountTaken(
  target: string,
  { sync, personId }: Owner,
): { readonly reason: string; readonly message: string } {
  return {
    reason: 'AccountTaken',
    message: `${target} answered with the account of person ${personId} (sync ${sync}), so it is not linked to this person. Look at that account in ${target}: it may have been changed. Then make the two differ in what ${target} finds accounts by, such as address or login, and ask for a pass`,
  };
}
