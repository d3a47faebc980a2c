import type { Drift } from '../../model/change.ts';
import { wayToConverge } from '../../model/drift.ts';
import { printable } from './mask.ts';

/** What does not converge: each attribute with its account, the first `most` of them, and what a person may do. */
export function stuckLines(
  stuck: readonly Pick<Drift, 'personId' | 'accountId' | 'attribute'>[],
  most: number,
): readonly string[] {
  if (stuck.length === 0) return [];
  const lines = stuck
    .slice(0, most)
    .map(
      ({ personId, accountId, attribute }) =>
        `  ! ${attribute} of ${printable(personId)}, account ${printable(accountId)}: does not converge`,
    );
  if (stuck.length > most) lines.push(`  … and ${stuck.length - most} more that do not converge`);
  return [...lines, `  ${notConvergingMeans}`];
}

/** Said once, below all that does not converge. */
export const notConvergingMeans = `Written, and different again in three passes: left alone now. The way out: ${wayToConverge}.`;
