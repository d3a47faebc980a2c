import type { Outcome, RunSummary } from '../../model/run.ts';

/** How a pass ended, in a few lines for a person. */
export function outcomeText({ run, summary, held }: Outcome, direction: string): string {
  const lines = [`${run.sync}: ${direction}  run ${run.id}`, `  ${summary.result}: ${summary.message}`];
  for (const line of changeLines(summary)) lines.push(`  ${line}`);
  for (const { change, attribute, message } of held.slice(0, 20)) {
    lines.push(`  ! ${change.id}${attribute === undefined ? '' : ` ${attribute}`} held: ${message}`);
  }
  if (held.length > 20) lines.push(`  … and ${held.length - 20} more (rosterd runs --run ${run.id})`);
  if (summary.heldDigest !== null)
    lines.push(`  to release: rosterd approve ${summary.heldDigest.slice(0, 12)}`);
  return lines.join('\n');
}

function changeLines({ changes }: RunSummary): readonly string[] {
  return changes.map(({ kind, cause, outcome, count }) => `${count} ${kind} (${cause}): ${outcome}`);
}
