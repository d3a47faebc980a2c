import type { Candidate, Change, ChangeKind, Plan, Situation } from '../../model/change.ts';
import type { LinkChange } from '../../model/link-change.ts';
import { isoInstant } from '../../model/effects.ts';
import type { Entity } from '../../model/entity.ts';
import { notConverging } from '../../model/drift.ts';
import type { Judgement } from '../../model/hold.ts';
import { heldList, type HeldEntry, type HeldList } from '../../reconcile/held-list.ts';
import type { CompiledSync } from '../../spec/compiled.ts';
import type { Escrow } from '../../store/store.ts';
import { settleCommand } from './candidates.ts';
import { reportedEscrow, type ReportedEscrow } from './escrow-text.ts';
import type { Upcoming } from '../../model/upcoming.ts';
import type { Value } from '../../model/value.ts';
import { reportedHandOvers, type ReportedHandOver } from './hand-overs.ts';
import { show, showDesired, showElements, type Shown } from './mask.ts';

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

export interface ReportedChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly personId: string;
  readonly accountId: string | null;
  readonly situation: Situation;
  readonly reason: string;
  readonly cause: string;
  /** Set where an account is made that cannot be used yet. */
  readonly active?: false;
  /** Set where a welcome mail follows the create. */
  readonly welcomes?: true;
  readonly held: readonly Pick<
    HeldEntry,
    'attribute' | 'reason' | 'class' | 'message' | 'needs' | 'dependents'
  >[];
  readonly attributes: readonly {
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
    /** Of a list that is there already: what it gains and loses. */
    readonly added?: Value;
    readonly removed?: Value;
    readonly class: string;
    readonly cause: string;
    readonly expression: string;
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
  const held = heldByChange(list);
  const summary: Record<ChangeKind, number> = {
    create: 0,
    adopt: 0,
    update: 0,
    enable: 0,
    disable: 0,
    delete: 0,
  };
  const changes = withFollowers(
    plan.changes.map((change) => reportChange(change, held.get(change.id) ?? [], shown)),
  );
  for (const { kind } of changes) summary[kind] += 1;
  return {
    sync: sync.name,
    entity: sync.entity,
    direction: sync.direction,
    mode: sync.mode,
    revision,
    summary,
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

/** References that wait for an account of the same plan, and pictures, are shown with the change that they follow. */
function withFollowers(changes: readonly ReportedChange[]): readonly ReportedChange[] {
  const followers = Map.groupBy(changes.filter(isFollower), ({ personId }) => personId);
  if (followers.size === 0) return changes;
  const merged = new Set<string>();
  const together = changes.map((change) => {
    const more = isFollower(change) ? [] : (followers.get(change.personId) ?? []);
    return more
      .filter(({ id }) => !merged.has(id))
      .reduce((whole, one) => {
        merged.add(one.id);
        const what = one.id.slice(one.id.lastIndexOf('/') + 1);
        const heldThere = one.held.map((hold) => ({ ...hold, attribute: hold.attribute ?? what }));
        const attributes = [...whole.attributes, ...one.attributes].toSorted((a, b) =>
          a.name < b.name ? -1 : 1,
        );
        return { ...whole, attributes, held: [...whole.held, ...heldThere] };
      }, change);
  });
  return together.filter(({ id }) => !merged.has(id));
}

function isFollower({ id, personId }: ReportedChange): boolean {
  return [`update/${personId}/references`, `update/${personId}/pictures`].includes(id);
}

function heldByChange({ items }: HeldList): ReadonlyMap<string, ReportedChange['held']> {
  const byChange = new Map<string, ReportedChange['held'][number][]>();
  for (const { id, attribute, reason, class: of, message, needs, dependents } of items) {
    const holds = byChange.get(id) ?? [];
    holds.push({ attribute, reason, class: of, message, needs, dependents });
    byChange.set(id, holds);
  }
  return byChange;
}

function reportChange(change: Change, held: ReportedChange['held'], shown: Shown): ReportedChange {
  return {
    id: change.id,
    kind: change.kind,
    personId: change.personId,
    accountId: change.accountId,
    situation: change.situation,
    reason: change.reason,
    cause: change.cause,
    ...(change.active === false ? { active: false } : {}),
    ...(change.welcomes === true ? { welcomes: true } : {}),
    held,
    attributes: change.attributes.map((attribute) => ({
      name: attribute.name,
      before: show(attribute.before, attribute.class, shown) ?? null,
      after: showDesired(attribute, shown),
      ...(change.kind === 'create' ? {} : showElements(attribute, shown)),
      class: attribute.class,
      cause: attribute.cause,
      expression: attribute.expression,
    })),
  };
}
