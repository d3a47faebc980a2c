import type { CountedClass } from './counting.ts';
import { classesOf, countWindows } from './counting.ts';
import { Ledger } from './ledger.ts';
import { beyondScope } from './partial.ts';
import { openedTooEarly, takenTooEarly } from './removal.ts';
import { Sticking } from './sticking.ts';
import type { LogEntry } from './trace.ts';
import type { World } from './world.ts';

export type ClaimId = 'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8' | 'C9';

/** A claim that did not hold. */
export interface Violation {
  readonly claim: ClaimId;
  readonly text: string;
}

/** Within this time a released change is carried out, whatever fails. */
const approvalLastsMs = 20 * 24 * 3_600_000;

/** Checks the claims from the outside: what the target was asked, what the source listed, what the store holds. */
export class Claims {
  readonly ledger = new Ledger();
  /** Approved members of held sets (`sync/personId`), whose changes no limit counts for some days. */
  readonly #approved = new Map<string, number>();
  readonly #world: World;
  readonly #sticking: Sticking;
  #counted: CountedClass[] = [];
  /** The pass in which somebody was given their account. */
  readonly #begun = new Map<string, number>();
  #checked = 0;

  constructor(world: World) {
    this.#world = world;
    this.#sticking = new Sticking(world);
  }

  approve(sync: string, people: readonly string[]): void {
    const until = this.#world.time.now() + approvalLastsMs;
    for (const personId of people) this.#approved.set(`${sync}/${personId}`, until);
  }

  /** Nothing that was remembered is: the limits count from here. An approval in Git still means the same set. */
  storeLost(): void {
    this.ledger.storeLost();
    this.#counted = [];
    this.#sticking.forget();
  }

  /** Looks at every order that has reached the target since the last look. */
  checkLog(): Violation | undefined {
    const { log } = this.#world.target;
    for (; this.#checked < log.length; this.#checked += 1) {
      const entry = log[this.#checked];
      if (entry === undefined) break;
      const violation =
        sentInTheDark(entry) ??
        beyondScope(entry) ??
        this.#interleaved(entry) ??
        this.#madeTwice(entry) ??
        (entry.outcome === 'applied' ? this.#applied(entry) : undefined);
      if (violation !== undefined) return violation;
    }
    return countWindows(this.#counted, this.ledger);
  }

  /** Every account that was made or linked is remembered, with what we did to it last. */
  async checkLinks(sync: string): Promise<Violation | undefined> {
    const { store } = this.#world;
    if ((await store.openIntents('lms')).length > 0) return undefined;
    const links = new Map((await store.links(sync)).map((link) => [link.personId, link]));
    for (const { sync: owner, personId, accountId } of this.ledger.people()) {
      if (owner !== sync || !this.ledger.isRemembered(sync, personId)) continue;
      const link = links.get(personId);
      if (link?.accountId !== accountId)
        return broken('C7', `the link of ${personId} to ${accountId} is lost`);
      const ended = this.ledger.isTakenAway(sync, personId);
      // Who came back to an account that somebody had enabled is linked again without a write.
      const enabled = this.#world.target.accounts.get(accountId)?.active === true;
      if (ended !== (link.state === 'tombstone') && !(ended && enabled)) {
        return broken(
          'C7',
          `the link of ${personId} is ${link.state}, although the account was ${ended ? '' : 'not '}taken away`,
        );
      }
    }
    return undefined;
  }

  #applied(entry: LogEntry): Violation | undefined {
    const found =
      notAllowed(entry) ??
      this.#notOurs(entry) ??
      takenTooEarly(entry, this.#world.passes, this.ledger.endingOf(entry.pass.sync, entry.personId)) ??
      openedTooEarly(entry) ??
      repeated(entry) ??
      this.#sticking.check(entry);
    if (found !== undefined) return found;
    const { pass, personId, at, kind, set } = entry;
    const person = `${pass.sync}/${personId}`;
    const adopted = !this.ledger.isRemembered(pass.sync, personId);
    if (kind === 'create' || 'hris_id' in set || adopted) this.#begun.set(person, pass.number);
    for (const one of classesOf(entry, this.#begun.get(person) === pass.number)) {
      if (this.#isApproved(person, at)) continue;
      this.#counted.push({ class: one, sync: pass.sync, personId, at, pass: pass.number });
    }
    // An account is taken away once for each yes.
    if (kind === 'disable' || kind === 'delete') this.#approved.delete(person);
    this.ledger.book(entry);
    return undefined;
  }

  #isApproved(person: string, at: number): boolean {
    return (this.#approved.get(person) ?? 0) >= at;
  }

  /** A process that lost its lease has no business with the target any more. */
  #interleaved({ pass, kind, personId }: LogEntry): Violation | undefined {
    const { log } = this.#world.target;
    const later = log.slice(0, this.#checked).find((one) => one.pass.number > pass.number);
    if (later === undefined) return undefined;
    return broken(
      'C7',
      `${kind} of ${personId} by pass ${pass.number}, which pass ${later.pass.number} had taken over from`,
    );
  }

  /** Also where the target refused: not every target does. */
  #madeTwice({ kind, personId, pass }: LogEntry): Violation | undefined {
    const account = this.ledger.accountOf(pass.sync, personId);
    if (kind !== 'create' || account === undefined) return undefined;
    // The store, which knew of it, is lost, and the target does not list it: it is gone, or not listed yet.
    const { target } = this.#world;
    const forgotten = !this.ledger.isRemembered(pass.sync, personId);
    // Who came back after the account was taken away and is gone gets another one, or was to get one anyway.
    const back = this.ledger.isTakenAway(pass.sync, personId) && pass.rules.returned !== 'hold';
    if (back && (pass.rules.returned === 'new' || !target.accounts.has(account))) return undefined;
    if (forgotten && (target.lags || !target.accounts.has(account))) return undefined;
    return broken('C2', `${personId} has ${account} and another account was asked for`);
  }

  #notOurs({ kind, personId, pass, before, accountId, set }: LogEntry): Violation | undefined {
    if (kind === 'create' || accountId === null || before === undefined) return undefined;
    const wrong = (why: string) => broken('C3', `${kind} of ${accountId} for ${personId}: ${why}`);
    if (before.protected) return wrong('the account is protected');
    const owner = this.ledger.ownerOf(accountId);
    if (owner === `${pass.sync}/${personId}`) return undefined;
    const forgotten = !this.ledger.isRemembered(pass.sync, personId) && this.#world.lost > 0;
    // With the store lost, what the account itself says of its owner is all that anybody knows.
    if (forgotten && before.values['hris_id'] === personId) return undefined;
    // Another sync had ended it for this very person: whoever has the person now goes on with it.
    if (owner?.endsWith(`/${personId}`) === true && this.ledger.isEnded(owner)) return undefined;
    if (owner !== undefined) return wrong(`it belongs to ${owner}`);
    const person = pass.listed?.get(personId);
    const address = person?.['email'];
    if (typeof address !== 'string' || before.values['email'] !== address.toLowerCase())
      return wrong('nothing matches');
    if (before.values['hris_id'] !== undefined) return wrong('it belongs to somebody else');
    if (!before.active) return wrong('a disabled account is not adopted');
    return kind === 'disable' || set['hris_id'] === personId ? undefined : wrong('it was not adopted');
  }
}

/** Both sides must have been read whole, and the order be on disk before it leaves. */
function sentInTheDark({ pass, kind, personId, recorded }: LogEntry): Violation | undefined {
  if (!pass.sawBoth) return broken('C1', `${kind} of ${personId} without both sides read whole`);
  return recorded ? undefined : broken('C7', `${kind} of ${personId} left before it was recorded`);
}

/** What the mode of the sync leaves to others. */
function notAllowed({ pass, kind, personId, set, before }: LogEntry): Violation | undefined {
  const { mode } = pass.rules;
  // A manager whose account came after is the rest of a creation.
  const completes = before?.values['manager'] === undefined && Object.keys(set).join() === 'manager';
  const takes = kind === 'disable' || kind === 'delete';
  const wrong =
    mode === 'observe' ||
    (mode === 'create-only' && kind !== 'create' && !completes) ||
    (mode === 'upsert' && takes);
  return wrong ? broken('C3', `${kind} of ${personId}, which mode ${mode} does not do`) : undefined;
}

/** An order that changes nothing has been carried out before. */
function repeated({ kind, before, set, personId }: LogEntry): Violation | undefined {
  if (before === undefined) return undefined;
  const same = Object.entries(set).every(([name, value]) => (before.values[name] ?? null) === value);
  const moved =
    (kind === 'enable' && !before.active) || (kind === 'disable' && before.active) || kind === 'delete';
  return same && !moved
    ? broken('C7', `${kind} of ${personId} was sent although it was done already`)
    : undefined;
}

function broken(claim: ClaimId, text: string): Violation {
  return { claim, text };
}
