import type { Drift, MemoryUpdate, Verdict } from '../model/change.ts';
import type { Upcoming } from '../model/upcoming.ts';
import type { StandIn } from '../model/stand-in.ts';
import { Accounts } from './accounts.ts';
import { Candidates } from './candidates.ts';
import type { Drafts } from './claims.ts';
import { Claims } from './claims.ts';
import { Decided } from './decisions.ts';
import type { Comparing } from './diff.ts';
import type { PlanInput } from './input.ts';
import { knownAccount } from './known-account.ts';
import { Matcher } from './match.ts';
import { Remembered } from './remembered.ts';
import { appliedHash, Echo } from './pair-echo.ts';
import { PassedOn } from './passed-on.ts';
import { People } from './person.ts';
import type { Permit } from './permit.ts';
import { permitOf } from './permit.ts';
import type { Prepared } from './prepared.ts';
import { policiesOf, prepare } from './prepared.ts';
import type { Facts } from './facts.ts';
import type { Row as Decision } from './situations.ts';
import { decider } from './situations.ts';
import { Twins } from './twins.ts';

/** What one making of a plan works with, and what it has found so far. */
export interface Pass {
  /** As Links documents make it. */
  readonly input: PlanInput;
  readonly decided: Decided;
  readonly people: People;
  readonly accounts: Accounts;
  readonly prepared: readonly Prepared[];
  readonly passedOn: PassedOn;
  readonly matcher: Matcher;
  readonly candidates: Candidates;
  readonly comparing: Comparing;
  /** Only for a pair with attributes that may come back. */
  readonly echo: Echo | undefined;
  readonly decide: (facts: Facts) => Decision;
  readonly permit: Permit;
  readonly claims: Claims;
  /** People for whom something is planned. */
  readonly drafts: Drafts;
  /** People for whom nothing is done, each with the reason; who is in neither is linked and unchanged. */
  readonly quiet: Verdict[];
  readonly memory: MemoryUpdate[];
  readonly drift: Drift[];
  readonly newlyVanished: string[];
  readonly upcoming: Upcoming[];
  /** People of whom something is announced that rests on what is planned for them now. */
  readonly resting: Set<string>;
  /** Positions in the source's reading of people whose account was not looked for. */
  readonly bystanders: number[];
  /** Accounts that people who have not left match without getting them; people who share a value share a list. */
  readonly stoodBy: Set<readonly number[]>;
  /** Accounts without a link of ours that somebody matches. */
  readonly matched: Set<number>;
  /** Who waits here for an account of another sync. */
  readonly standIns: StandIn[];
  readonly twins: Twins;
  /** Everybody who was looked at, the absent ones included. */
  total: number;
}

export function openPass(given: PlanInput): Pass {
  const decided = new Decided(given);
  const { input } = decided;
  const accounts = new Accounts(input);
  const prepared = prepare(input);
  const passedOn = new PassedOn(input);
  const echo = Echo.open(input);
  return {
    input,
    people: new People(input),
    accounts,
    prepared,
    decided,
    passedOn,
    matcher: new Matcher(decided, accounts, prepared, passedOn),
    candidates: new Candidates(accounts),
    comparing: {
      attributes: prepared,
      remembered: new Remembered(input.sync.digest, appliedHash(input), echo),
      accountOf: knownAccount(input, accounts),
      begun: new Map(),
      from: input.sync.from,
      hash: input.hash,
    },
    echo,
    decide: decider(policiesOf(input.sync)),
    permit: permitOf(input.sync, input.shape),
    claims: new Claims(input.accounts.size),
    drafts: new Map(),
    quiet: [...decided.idle],
    memory: [],
    drift: [],
    newlyVanished: [],
    upcoming: [],
    resting: new Set(),
    bystanders: [],
    stoodBy: new Set(),
    matched: new Set(),
    standIns: [],
    twins: new Twins(input, accounts, prepared),
    total: decided.idle.filter(({ personId }) => personId !== null).length,
  };
}
