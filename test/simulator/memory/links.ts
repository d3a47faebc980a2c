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

  /** All or nothing. */
  saveAll(saved: readonly LinkRecord[]): void {
    const before = this.#links;
    const [refused] = this.save(saved);
    if (refused === undefined) return;
    this.#links = before;
    const [key, other] = refused;
    const claim = saved.find((link) => keyOf(link) === key);
    throw new Stalled(
      'AccountTaken',
      `"${claim?.target}": an account of "${other.sync}" and "${claim?.sync}"`,
    );
  }

  /** Forgets and saves, all or nothing. */
  change(forget: readonly Owner[], saved: readonly LinkRecord[]): void {
    const before = this.#links;
    const forgotten = new Set(forget.map(keyOf));
    this.#links = new Map([...before].filter(([key]) => !forgotten.has(key)));
    try {
      this.saveAll(saved);
    } catch (error) {
      this.#links = before;
      throw error;
    }
  }

  /** Answers with those that were not saved, by person, and who has their account. Accounts that are given up are free. */
  save(saved: readonly LinkRecord[]): ReadonlyMap<string, Owner> {
    const refused = new Map<string, Owner>();
    const given = this.#givenUpTo(saved);
    for (;;) {
      const next = new Map([...this.#links, ...given]);
      const written = saved.filter((link) => !refused.has(keyOf(link)));
      for (const link of written) next.set(keyOf(link), link);
      const clash = clashOf(next, new Set(written.map(keyOf)), this.#links);
      if (clash === undefined) {
        this.#links = next;
        return refused;
      }
      refused.set(clash.key, { sync: clash.holder.sync, personId: clash.holder.personId });
    }
  }

  /** Links that end because another sync takes the account over from theirs. */
  #givenUpTo(saved: readonly LinkRecord[]): ReadonlyMap<string, LinkRecord> {
    const ended = [...this.#links].filter(([, link]) =>
      saved.some(
        ({ sync, target, accountId, takenFrom, state }) =>
          sync !== takenFrom &&
          state === 'active' &&
          link.state === 'active' &&
          link.target === target &&
          link.accountId === accountId &&
          link.sync === takenFrom,
      ),
    );
    return new Map(ended.map(([key, link]) => [key, { ...link, state: 'tombstone', ended: 'handedOver' }]));
  }
}

/** The first of those written whose account another has: one who stays, one who has it already, or the one before. */
function clashOf(
  next: ReadonlyMap<string, LinkRecord>,
  written: ReadonlySet<string>,
  before: ReadonlyMap<string, LinkRecord>,
): { readonly key: string; readonly holder: LinkRecord } | undefined {
  const rank = ([key, { accountId }]: readonly [string, LinkRecord]): number => {
    if (!written.has(key)) return 0;
    const old = before.get(key);
    return old?.state === 'active' && old.accountId === accountId ? 1 : 2;
  };
  const holders = new Map<string, LinkRecord>();
  for (const [key, link] of [...next].toSorted((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1))) {
    if (link.state !== 'active') continue;
    const account = `${link.target}\n${link.accountId}`;
    const holder = holders.get(account);
    if (holder !== undefined) return { key, holder };
    holders.set(account, link);
  }
  return undefined;
}

export function keyOf({ sync, personId }: Owner): string {
  return `${sync}\n${personId}`;
}
