import type { Candidate, ChangeKind, Plan, Situation } from '../../model/change.ts';
import type { LinkChange } from '../../model/link-change.ts';
import { isoInstant } from '../../model/effects.ts';
import type { Entity } from '../../model/entity.ts';
import { notConverging } from '../../model/drift.ts';
import type { Judgement } from '../../model/hold.ts';
import { heldList, type HeldList } from '../../reconcile/held-list.ts';
import type { CompiledSync } from '../../spec/compiled.ts';
import type { Escrow } from '../../store/store.ts';
import { settleCommand } from './candidates.ts';
import { reportedEscrow, type ReportedEscrow } from './escrow-text.ts';
import type { Upcoming } from '../../model/upcoming.ts';
import { reportedHandOvers, type ReportedHandOver } from './hand-overs.ts';
import type { Shown } from './mask.ts';
import { countByKind, reportChanges, type ReportedChange } from './reported-change.ts';

/** A plan as plain data, masked: what `--output json` prints, and what the other renderers are made from. */
export interface PlanReport {
  readonly sync: string;
  readonly entity: Entity;
  readonly direction: string;
  readonly mode: string;
  readonly revision: string;
  /** Number of changes by kind, zero where there is none; held ones included. */
  readonly summary: Readonly<Record<ChangeKind, number>>;
  readonly changes: readonly ReportedChange[];
  /** `count` is of the changes listed; `since` an instant, `null` where no pass has held exactly this yet. */
  readonly held: {
    readonly digest: string;
    readonly count: number;
    readonly since: string | null;
    /** The command that releases it; `null` where no approval does. */
    readonly release: string | null;
  } | null;
  /** Limits that are gone over, a sentence each; also where nothing of the plan itself is held: people who vanished. */
  readonly breaches: readonly string[];
  /** Set when nothing at all may be written. */
  readonly stopped: string | null;
  /** Attributes of the source that came too empty, with what is likely missing; a sentence each. */
  readonly watch: readonly string[];
  readonly people: Readonly<Record<Situation, number>>;
  /** People and accounts somebody should look at. */
  readonly attention: readonly {
    readonly personId: string | null;
    readonly accountId: string | null;
    readonly situation: Situation;
    readonly reason: string;
    /** Accounts that it may be about, at most `mostCandidates`; empty where there is nothing to choose. */
    readonly candidates: readonly Candidate[];
    /** The command that writes down a person's choice; `null` where there is nothing to choose. */
    readonly settle: string | null;
  }[];
  /** What Links documents change of who is who: in the store, with the pass. */
  readonly links: readonly LinkChange[];
  /** Accounts that another sync goes on with, because its people are here and ours are gone. */
  readonly handOvers: readonly ReportedHandOver[];
  /** What dates will bring in the next 31 days, in the order of time. */
  readonly upcoming: readonly (Omit<Upcoming, 'at'> & { readonly at: string })[];
  readonly drift: number;
  /** Changes that a pass of its own accord does not send now: the target refused them. */
  readonly escrow: readonly ReportedEscrow[];
  /** Of the drift: written, and different again in three passes. Each attribute of each account. */
  readonly notConverging: readonly {
    readonly personId: string;
    readonly accountId: string;
    readonly attribute: string;
  }[];
}

export function planReport(
  sync: CompiledSync,
  revision: string,
  plan: Plan,
  judgement: Judgement & {
    readonly heldSince: number | null;
    readonly escrow?: readonly Escrow[];
    readonly watch?: readonly string[];
  },
  shown: Shown,
): PlanReport {
  const list = heldList(judgement.held, judgement.heldSince, sync.approval);
  const changes = reportChanges(plan.changes, list, shown);
  return {
    sync: sync.name,
    entity: sync.entity,
    direction: sync.direction,
    mode: sync.mode,
    revision,
    summary: countByKind(changes),
    changes,
    held: list.count === 0 ? null : summaryOf(list, changes),
    breaches: (judgement.breaches ?? []).map(({ message }) => message),
    stopped: judgement.stopped ?? null,
    watch: judgement.watch ?? [],
    people: plan.counts,
    attention: plan.verdicts
      .filter(({ attention }) => attention)
      .map(({ personId, accountId, situation, reason, candidates = [] }) => ({
        personId,
        accountId,
        situation,
        reason,
        candidates,
        settle: settleCommand(sync.name, personId, candidates),
      })),
    links: plan.links ?? [],
    handOvers: reportedHandOvers(plan),
    upcoming: plan.upcoming.map(({ at, ...one }) => ({ ...one, at: isoInstant(at) })),
    drift: plan.drift.length,
    escrow: reportedEscrow(judgement.escrow ?? []),
    notConverging: notConverging(plan.drift).map(({ personId, accountId, attribute }) => ({
      personId,
      accountId,
      attribute,
    })),
  };
}

function summaryOf(
  { digest, since, release }: HeldList,
  changes: readonly ReportedChange[],
): NonNullable<PlanReport['held']> {
  const count = changes.filter(({ held }) => held.length > 0).length;
  return { digest, count, since: since === null ? null : isoInstant(since), release };
}
