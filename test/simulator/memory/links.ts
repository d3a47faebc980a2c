import { Stalled } from '../../../src/model/error.ts';
import type { LinkRecord, Owner } from '../../../src/model/link.ts';

/** Links by sync and person; an account has at most one active link. */
export class Links {
  #links = new Map<string, LinkRecord>();

  of(sync: string): readonly LinkRecord[] {
    return [...this.#links.values()]
      .filter((link) => link.sync === sync)
      .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
  }

  owners(target: string): ReadonlyMap<string, Owner> {
    const owners = new Map<string, Owner>();
    for (const { target: where, state, accountId, sync, personId } of this.#links.values())
      if (where === target && state === 'active') owners.set(accountId, { sync, personId });
    return new Map([...owners].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** All or nothing. Accounts that these links give up are free for others among them. */
  save(saved: readonly LinkRecord[]): void {
    if (saved.length === 0) return;
    const next = new Map(this.#links);
    const written = new Set(saved.map(keyOf));
    for (const link of saved) next.set(keyOf(link), link);
    const holders = new Map<string, string>();
    const inOrder = [...next].toSorted(([a], [b]) => Number(written.has(a)) - Number(written.has(b)));
    for (const [, link] of inOrder) {
      if (link.state !== 'active') continue;
      const account = `${link.target}\n${link.accountId}`;
      const holder = holders.get(account);
      if (holder !== undefined) throw accountTaken(link.target, holder, link.sync);
      holders.set(account, link.sync);
    }
    this.#links = next;
  }
}

function accountTaken(target: string, holder: string, sync: string): Stalled {
  const whose =
    holder === sync ? `two people of sync "${sync}"` : `people of syncs "${holder}" and "${sync}"`;
  return new Stalled('AccountTaken', `an account of "${target}" would belong to ${whose}`);
}

function keyOf({ sync, personId }: Owner): string {
  return `${sync}\n${personId}`;
}
