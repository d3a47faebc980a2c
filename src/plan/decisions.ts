import type { Verdict } from '../model/change.ts';
import type { LinkChange, LinkChangeKind } from '../model/link-change.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { Decision, LinkDecisions, Transfer } from '../spec/compiled.ts';
import { Accounts } from './accounts.ts';
import type { Draft } from './draft.ts';
import type { HandOver, PlanInput } from './input.ts';

/**
 * What Links documents make of what is remembered, before anybody is looked at. Everything else plans from `input`; where
 * nothing is decided that is the input itself.
 */
export class Decided {
  /** With links and owners as they are once the documents are carried out. */
  readonly input: PlanInput;
  readonly changes: LinkChange[] = [];
  /** People and links that a document names in vain. */
  readonly idle: Verdict[] = [];
  readonly #links = new Map<string, LinkRecord>();
  readonly #owners = new Map<string, Owner>();
  readonly #decisions: LinkDecisions | undefined;
  /** Decisions of `same` that no link fulfils yet, by person. */
  readonly #open = new Map<string, Decision>();
  /** Accounts that are kept from matching, or from all but one person. */
  readonly #reserved = new Map<string, Decision>();
  #accounts: Accounts | undefined;

  constructor(input: PlanInput) {
    this.#decisions = input.decisions;
    if (input.decisions === undefined) {
      this.input = input;
      return;
    }
    this.#links = new Map(input.memory.links);
    this.#owners = new Map(input.memory.owners);
    this.input = { ...input, memory: { ...input.memory, links: this.#links, owners: this.#owners } };
    for (const handOver of input.memory.handOvers ?? []) this.#transfer(handOver);
    this.#dropPairs(input.decisions);
    this.#connect(input.decisions);
  }

  /** The account that is decided for this person and not linked to them yet. */
  open(personId: string): Decision | undefined {
    return this.#open.get(personId);
  }

  /** Somebody whose account was given up, and for whom no other one is decided: nothing is done for them. */
  released(personId: string): Decision | undefined {
    const decision = this.#decisions?.release.get(personId);
    return this.#links.has(personId) ? undefined : decision;
  }

  /** The document that says that the account is this person's, whatever its identity attribute says. */
  ofPair(personId: string, accountId: string): Decision | undefined {
    const decision = this.#decisions?.same.get(personId);
    return decision?.account === accountId ? decision : undefined;
  }

  /** Why the account is not to be matched to this person. */
  apart(personId: string, accountId: string): Decision | undefined {
    if (this.#decisions === undefined) return undefined;
    const reserved = this.#reserved.get(accountId);
    if (reserved !== undefined && (reserved.person !== personId || this.#isReleased(reserved)))
      return reserved;
    return this.#decisions.never.get(personId)?.find(({ account }) => account === accountId);
  }

  /** Positions of accounts that must not be matched to somebody. */
  apartFromAnybody(): ReadonlySet<number> {
    const never = [...(this.#decisions?.never.values() ?? [])].flat().map(({ account }) => account);
    const positions = [...this.#reserved.keys(), ...never].map((id) => this.input.accounts.position(id));
    return new Set(positions.filter((position) => position >= 0));
  }

  /** The document that gave this account up. */
  givenUp(accountId: string): Decision | undefined {
    const reserved = this.#reserved.get(accountId);
    return reserved !== undefined && this.#isReleased(reserved) ? reserved : undefined;
  }

  /** What the plan adopts, or links and disables, because a document says so. */
  adoptions(
    drafts: readonly Pick<Draft, 'personId' | 'accountId' | 'kind' | 'links'>[],
  ): readonly LinkChange[] {
    if (this.#open.size === 0) return [];
    return drafts.flatMap(({ personId, kind, links }): readonly LinkChange[] => {
      const decision = this.#open.get(personId);
      if (decision === undefined || (kind !== 'adopt' && !links)) return [];
      return [linkChange('adopt', { personId, accountId: decision.account }, decision)];
    });
  }

  #isReleased(decision: Decision): boolean {
    return this.#decisions?.release.get(decision.person) === decision;
  }

  #transfer({ transfer, links, fault }: HandOver): void {
    if (fault !== undefined) this.#vain({ personId: null, accountId: null }, transfer, fault);
    for (const link of links) {
      const own = this.#links.get(link.personId);
      if (own !== undefined && (own.state === 'active' || link.state === 'tombstone')) {
        const reason = `the link of person ${link.personId} stays with sync "${transfer.from}": they have account ${own.accountId} here`;
        if (link.state === 'active')
          this.#vain({ personId: null, accountId: link.accountId }, transfer, reason);
        continue;
      }
      const { sync } = this.input;
      this.#links.set(link.personId, { ...link, sync: sync.name });
      if (link.state === 'active')
        this.#owners.set(link.accountId, { sync: sync.name, personId: link.personId });
      this.changes.push({ ...linkChange('transfer', link, transfer), from: transfer.from });
    }
  }

  #dropPairs({ never, release }: LinkDecisions): void {
    for (const decision of [...never.values()].flat()) this.#drop('separate', decision);
    for (const decision of release.values()) {
      this.#reserved.set(decision.account, decision);
      this.#drop('release', decision);
    }
  }

  #drop(kind: 'separate' | 'release', decision: Decision): void {
    const link = this.#links.get(decision.person);
    if (link === undefined || link.accountId !== decision.account) return;
    this.#forget(link);
    this.changes.push(linkChange(kind, link, decision));
  }

  /** Only where both are there: a document that names somebody in vain takes nothing from anybody. */
  #connect({ same }: LinkDecisions): void {
    for (const decision of same.values()) this.#begin(decision);
    const before = new Map(this.#links);
    // The account of until now stays taken while the new one is not this person's yet.
    for (const person of this.#open.keys()) this.#links.delete(person);
    const given = new Set<string>();
    const reachable = [...this.#open.values()].filter(({ account }) => this.#isFree(account));
    // Whose account it is by a link as well, disabled while the other's links could not be changed, has it alone from now on.
    const ended = [...same.values()].filter(
      ({ person, account }) => before.get(person)?.accountId === account,
    );
    for (const decision of this.input.only === undefined ? [...reachable, ...ended] : []) {
      const holder = before.get(this.#owners.get(decision.account)?.personId ?? '');
      if (holder === undefined || holder.accountId !== decision.account) continue;
      if (holder.personId === decision.person) continue;
      this.#forget(holder);
      this.changes.push(linkChange('give-up', holder, decision));
      given.add(holder.personId);
    }
    for (const decision of reachable) {
      const own = before.get(decision.person);
      if (own?.state === 'active' && !given.has(own.personId))
        this.changes.push(linkChange('replace', own, decision));
    }
    // Whoever gave the account up by leaving has no claim to it any more, and nothing is done to it for them.
    for (const { account, person } of reachable) {
      this.#owners.set(account, { sync: this.input.sync.name, personId: person });
    }
  }

  #begin(decision: Decision): void {
    const { person, account } = decision;
    const own = this.#links.get(person);
    this.#reserved.set(account, decision);
    if (own?.accountId === account) return;
    if (own?.state === 'active' && this.input.only === undefined && !this.#isFree(account)) {
      // Or who is dismissed would keep the account that they have, for a slip of the pen.
      const reason = `account ${account} is not there, or out of reach; person ${person} keeps account ${own.accountId}`;
      this.#vain({ personId: null, accountId: account }, decision, reason);
      return;
    }
    if (this.input.people.position(person) >= 0) this.#open.set(person, decision);
    else if (own === undefined && this.input.only === undefined)
      this.#vain({ personId: person, accountId: account }, decision, 'the source does not have this person');
  }

  /** There, and not out of reach for a reason that no decision can take away. */
  #isFree(account: string): boolean {
    const { accounts, memory, sync } = this.input;
    const position = accounts.position(account);
    if (position < 0) return false;
    const row = accounts.row(position);
    this.#accounts ??= new Accounts(this.input);
    const owner = memory.owners.get(account);
    return (
      !this.#accounts.isProtected(row) && row.outside !== true && (owner?.sync ?? sync.name) === sync.name
    );
  }

  #forget({ personId, accountId }: LinkRecord): void {
    this.#links.delete(personId);
    const owner = this.#owners.get(accountId);
    if (owner?.personId === personId && owner.sync === this.input.sync.name) this.#owners.delete(accountId);
  }

  #vain(whose: Pick<Verdict, 'personId' | 'accountId'>, { place }: Decision | Transfer, why: string): void {
    const situation = whose.personId === null ? 'foreign' : 'failed';
    this.idle.push({ ...whose, situation, reason: `${placeOf({ place })}: ${why}`, attention: true });
  }
}

function linkChange(
  kind: LinkChangeKind,
  { personId, accountId }: Pick<LinkRecord, 'personId' | 'accountId'>,
  { reason, place }: Decision | Transfer,
): LinkChange {
  return { kind, personId, accountId, reason: reason ?? '', file: place.file, line: place.line };
}

/** The end of a reason: what a partial pass leaves to the next full one. */
export const awaited = 'a full pass carries it out';

/** Where it was decided, for a reason. */
export function placeOf({ place }: Pick<Decision, 'place'>): string {
  return `${place.file}:${place.line}`;
}
