import type {
  CompiledConnection,
  CompiledSpecs,
  CompiledSync,
  Decision,
  Suspension,
} from '../spec/compiled.ts';

/**
 * True when the new revision lets the sync do something else, or releases something that it holds: then it is brought
 * in line at once and not only at its next time. A removed approval changes nothing.
 */
export function behavesOtherwise(sync: CompiledSync, before: CompiledSpecs, after: CompiledSpecs): boolean {
  const old = before.syncs.get(sync.name);
  if (old === undefined) return false;
  if (old.digest !== sync.digest || rulesOf(old) !== rulesOf(sync)) return true;
  if (decidedOf(sync.name, before) !== decidedOf(sync.name, after)) return true;
  const reopened = [sync.from, sync.to].some(
    (name) => before.connections.get(name)?.digest !== after.connections.get(name)?.digest,
  );
  return (
    reopened ||
    approvalsOf(sync.name, after).some((digest) => !approvalsOf(sync.name, before).includes(digest))
  );
}

/** Why the sync takes no part at this moment: its own suspension or that of one of its connections. */
export function suspensionOf(sync: CompiledSync, specs: CompiledSpecs, now: number): Suspension | undefined {
  const sides: readonly (CompiledSync | CompiledConnection | undefined)[] = [
    sync,
    specs.connections.get(sync.from),
    specs.connections.get(sync.to),
  ];
  return sides
    .map((side) => side?.suspend)
    .find((suspend) => suspend !== undefined && isInForce(suspend, now));
}

/** Why, and until when. */
export function suspensionText({ reason, until }: Suspension): string {
  return until === undefined ? reason : `${reason} (until the end of ${until})`;
}

/** The end of its last day (ms) in the last zone (UTC-12), because the day of a suspension is meant in no particular one. */
export function endOf({ until }: Suspension): number {
  return until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until) + 36 * 3_600_000;
}

export function isInForce(suspension: Suspension, now: number): boolean {
  return now < endOf(suspension);
}

/** What decides how much is done, as text; what is done is in the digest. */
function rulesOf(sync: CompiledSync): string {
  const {
    mode,
    then,
    limits,
    onBreach,
    approval,
    protect,
    minimumActive,
    pair,
    precedence,
    rivals = [],
  } = sync;
  const together = [pair?.partner, pair?.role, precedence, ...rivals];
  return JSON.stringify([mode, then, limits, onBreach, approval, protect, minimumActive, together]);
}

/** Who is who by Links documents, as text, wherever it is written. */
function decidedOf(sync: string, { links }: CompiledSpecs): string {
  const decisions = links.get(sync);
  if (decisions === undefined) return '';
  const { same, never, release, transfers } = decisions;
  return JSON.stringify([
    pairsOf(same.values()),
    pairsOf([...never.values()].flat()),
    pairsOf(release.values()),
    transfers.map(({ from }) => from).toSorted(),
  ]);
}

function pairsOf(decisions: Iterable<Decision>): readonly string[] {
  return [...decisions].map(({ person, account }) => `${person}\n${account}`).toSorted();
}

function approvalsOf(sync: string, specs: CompiledSpecs): readonly string[] {
  return specs.approvals.filter((approval) => approval.sync === sync).map((approval) => approval.digest);
}
