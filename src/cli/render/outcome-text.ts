import { notConverging } from '../../model/drift.ts';
import type { Outcome, RunSummary } from '../../model/run.ts';
import { isReleasable } from '../../reconcile/held-list.ts';
import type { CompiledSync } from '../../spec/compiled.ts';
import { stuckLines } from './stuck-text.ts';

/** The most that is listed of one kind. */
const longest = 20;

/** How a pass ended, in a few lines for a person. */
export function outcomeText(
  { run, summary, held, drift }: Outcome,
  { direction, approval }: CompiledSync,
): string {
  const lines = [`${run.sync}: ${direction}  run ${run.id}`, `  ${howItEnded(summary)}: ${summary.message}`];
  for (const line of changeLines(summary)) lines.push(`  ${line}`);
  for (const sentence of summary.watch ?? []) lines.push(`  Look: ${sentence}`);
  for (const { change, attribute, message } of held.slice(0, longest)) {
    lines.push(`  ! ${change.id}${attribute === undefined ? '' : ` ${attribute}`} held: ${message}`);
  }
  if (held.length > longest)
    lines.push(`  … and ${held.length - longest} more (rosterd runs --run ${run.id})`);
  lines.push(...stuckLines(notConverging(drift), longest));
  if (summary.heldDigest !== null && isReleasable(held, approval))
    lines.push(`  to release: rosterd approve ${summary.heldDigest.slice(0, 12)}`);
  return lines.join('\n');
}

/** `applied` is the result of a pass that wrote; nothing is called so that somebody else has yet to apply. */
function howItEnded({ result, changes }: RunSummary): string {
  const delivered = changes.some(({ outcome }) => outcome === 'delivered');
  return result === 'applied' && delivered ? 'delivered' : result;
}

function changeLines({ changes }: RunSummary): readonly string[] {
  return changes.map(({ kind, cause, outcome, count }) => `${count} ${kind} (${cause}): ${outcome}`);
}
