import { dayIn, isDay } from './calendar.ts';
import type { HrRecord } from './source.ts';
import type { LogEntry } from './trace.ts';

/** Why somebody's account was taken away, by what HR listed then, and when (ms). */
export interface Ending {
  readonly why: 'left' | 'away' | 'other';
  readonly at: number;
}

/** Whose each account is, told from the target's request log alone. */
export class Ledger {
  /** Person (`staff/s1`) by account. */
  readonly #owners = new Map<string, string>();
  readonly #accounts = new Map<string, string>();
  /** People whose account we disabled or deleted last, by person: why, and when it was disabled. */
  readonly #takenAway = new Map<string, Ending>();
  /** Orders of each person since the store was last lost. */
  readonly #remembered = new Set<string>();
  readonly #populations: { readonly at: number; readonly sync: string; readonly size: number }[] = [];

  ownerOf(accountId: string): string | undefined {
    return this.#owners.get(accountId);
  }

  accountOf(sync: string, personId: string): string | undefined {
    return this.#accounts.get(`${sync}/${personId}`);
  }

  isTakenAway(sync: string, personId: string): boolean {
    return this.#takenAway.has(`${sync}/${personId}`);
  }

  endingOf(sync: string, personId: string): Ending | undefined {
    return this.#takenAway.get(`${sync}/${personId}`);
  }

  /** As `isTakenAway`, of an owner as `ownerOf` names them. */
  isEnded(owner: string): boolean {
    return this.#takenAway.has(owner);
  }

  /** The store is gone, and with it what it knew of anybody's account: who took it away as well. */
  storeLost(): void {
    this.#remembered.clear();
    this.#takenAway.clear();
  }

  isRemembered(sync: string, personId: string): boolean {
    return this.#remembered.has(`${sync}/${personId}`);
  }

  /** Everybody whose account is ours, with the account. */
  *people(): Iterable<{ readonly sync: string; readonly personId: string; readonly accountId: string }> {
    for (const [person, accountId] of this.#accounts) {
      const cut = person.indexOf('/');
      yield { sync: person.slice(0, cut), personId: person.slice(cut + 1), accountId };
    }
  }

  /** Books one order that the target has applied. */
  book(entry: LogEntry): void {
    const { at, pass, kind, personId, accountId } = entry;
    if (accountId === null) return;
    const person = `${pass.sync}/${personId}`;
    this.#owners.set(accountId, person);
    this.#accounts.set(person, accountId);
    this.#remembered.add(person);
    if (kind === 'disable' || kind === 'delete') this.#takenAway.set(person, { why: whyEnded(entry), at });
    else this.#takenAway.delete(person);
    this.#populations.push({ at, sync: pass.sync, size: this.#sizeOf(pass.sync) });
  }

  /** The most accounts that were linked within the day before. */
  population(sync: string, at: number, dayMs: number): number {
    const own = this.#populations.filter((one) => one.sync === sync && one.at <= at);
    const before = own.findLast((one) => one.at <= at - dayMs)?.size ?? 0;
    return Math.max(before, ...own.filter((one) => one.at > at - dayMs).map(({ size }) => size));
  }

  #sizeOf(sync: string): number {
    let size = 0;
    for (const one of this.people()) {
      if (one.sync === sync && !this.isTakenAway(sync, one.personId)) size += 1;
    }
    return size;
  }
}

function whyEnded({ pass, personId }: LogEntry): Ending['why'] {
  const person = pass.listed?.get(personId);
  if (person === undefined) return 'other';
  if (hasLeft(person, dayIn(pass.rules.zone, pass.readAt))) return 'left';
  const outside = person['department'] === 'Board' && pass.rules.outOfScope !== 'keep';
  return person['status'] === 'leave' && !outside ? 'away' : 'other';
}

/** True where HR says so itself, in words or by a date. A date that no calendar has says nothing. */
export function hasLeft(person: HrRecord, today: string): boolean {
  const { status, start_date: starts, last_day: lastDay } = person;
  if (isDay(lastDay) && !(isDay(starts) && lastDay < starts)) return lastDay < today;
  return status === 'inactive';
}
