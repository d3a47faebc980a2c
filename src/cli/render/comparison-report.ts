import type { Change, ChangeKind, Plan } from '../../model/change.ts';
import type { Judgement } from '../../model/hold.ts';
import { comparePlans, type ComparedChange, type Moved } from '../../plan/compare.ts';
import { heldList } from '../../reconcile/held-list.ts';
import type { CompiledSync } from '../../spec/compiled.ts';
import type { Shown } from './mask.ts';
import { countByKind, reportChanges, type ReportedChange } from './reported-change.ts';

/** What a change of the specs would do, apart from what is waiting anyway: plain data, masked. */
export interface ComparisonReport {
  readonly sync: string;
  readonly direction: string;
  readonly mode: string;
  readonly revision: string;
  /** The earlier revision that it is compared with. */
  readonly base: string;
  /** `unchanged`: both revisions say the same of this sync, so that nothing was read. */
  readonly state: 'compared' | 'added' | 'removed' | 'unchanged';
  /** Why one reading did not do for both revisions; `null` where it did. */
  readonly readTwice: string | null;
  /** Only the newer revision plans it. */
  readonly because: ReportedList;
  /** Only the earlier plans it. */
  readonly calledOff: ReportedList;
  readonly anyway: ReportedList;
  /** People whose situation is another now. */
  readonly moved: readonly Moved[];
  /** What the newer revision holds of all that it plans. */
  readonly held: { readonly digest: string; readonly count: number } | null;
  /** Limits that only the newer revision goes over, a sentence each. */
  readonly breaches: readonly string[];
  /** Set when only the newer revision must not write anything. */
  readonly stopped: string | null;
  /** What the newer revision cannot believe of the source, where the earlier had no doubt. */
  readonly watch: readonly string[];
}

interface ReportedList {
  readonly people: number;
  readonly summary: Readonly<Record<ChangeKind, number>>;
  /** By attribute, most people first. */
  readonly attributes: readonly ReportedAttribute[];
  readonly changes: readonly ReportedChange[];
}

interface ReportedAttribute {
  readonly name: string;
  readonly people: number;
  /** For how many of them it would be empty afterwards. */
  readonly cleared: number;
  readonly expression: string;
}

/** One revision's side of the comparison; left out where the sync is not in it. */
export interface Side {
  readonly plan: Plan;
  readonly judgement: Judgement;
  readonly watch: readonly string[];
}

export interface Compared {
  readonly sync: CompiledSync;
  readonly revision: string;
  readonly base: string;
  readonly older?: Side;
  readonly newer?: Side;
  readonly readTwice?: string;
}

export function comparisonReport(compared: Compared, shown: Shown): ComparisonReport {
  const { sync, revision, base, older, newer, readTwice } = compared;
  const nothing = { sync: sync.name, digest: '', items: [] };
  const { because, anyway, calledOff, moved } = comparePlans(older?.plan, newer?.plan);
  const list = heldList(newer?.judgement.held ?? nothing, null, sync.approval);
  const listed = (changes: readonly ComparedChange[]) =>
    reportedList(changes, reportChanges(changes, list, shown));
  const known = new Set(breachesOf(older));
  const doubts = new Set(older?.watch ?? []);
  return {
    sync: sync.name,
    direction: sync.direction,
    mode: sync.mode,
    revision,
    base,
    state: older === undefined ? 'added' : newer === undefined ? 'removed' : 'compared',
    readTwice: readTwice ?? null,
    because: listed(because),
    calledOff: reportedList(calledOff, reportChanges(calledOff, heldList(nothing, null, 'never'), shown)),
    anyway: listed(anyway),
    moved,
    held: list.count === 0 ? null : { digest: list.digest, count: list.count },
    breaches: breachesOf(newer).filter((breach) => !known.has(breach)),
    stopped: older?.judgement.stopped === undefined ? (newer?.judgement.stopped ?? null) : null,
    watch: (newer?.watch ?? []).filter((sentence) => !doubts.has(sentence)),
  };
}

/** For a sync of which both revisions say the same. */
export function unchangedReport({ sync, revision, base }: Compared): ComparisonReport {
  const none = reportedList([], []);
  return {
    sync: sync.name,
    direction: sync.direction,
    mode: sync.mode,
    revision,
    base,
    state: 'unchanged',
    readTwice: null,
    because: none,
    calledOff: none,
    anyway: none,
    moved: [],
    held: null,
    breaches: [],
    stopped: null,
    watch: [],
  };
}

function breachesOf(side: Side | undefined): readonly string[] {
  return (side?.judgement.breaches ?? []).map(({ message }) => message);
}

function reportedList(changes: readonly Change[], reported: readonly ReportedChange[]): ReportedList {
  return {
    people: new Set(changes.map(({ personId }) => personId)).size,
    summary: countByKind(reported),
    attributes: attributesOf(changes),
    changes: reported,
  };
}

function attributesOf(changes: readonly Change[]): readonly ReportedAttribute[] {
  const counts = new Map<string, { people: number; cleared: number; expression: string }>();
  for (const { name, clears, expression } of changes.flatMap(({ attributes }) => attributes)) {
    const count = counts.get(name) ?? { people: 0, cleared: 0, expression };
    counts.set(name, { ...count, people: count.people + 1, cleared: count.cleared + (clears ? 1 : 0) });
  }
  const listed = [...counts].map(([name, count]) => ({ name, ...count }));
  return listed.toSorted((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));
}
