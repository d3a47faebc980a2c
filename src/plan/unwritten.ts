import { unpackCounts } from '../model/link.ts';
import type { Pending } from './difference.ts';
import type { Draft } from './draft.ts';
import type { Verdict } from './judge.ts';
import type { Pass } from './pass.ts';

/** An attribute of which nothing is written, now that everybody is known. */
export function leave(
  { drift, memory }: Pick<Pass, 'drift' | 'memory'>,
  { personId, accountId }: Draft,
  { attribute, link }: Pending,
  verdict: Exclude<Verdict, 'write'>,
): void {
  const { name, mapped } = attribute;
  if (verdict === 'drift' || verdict === 'stuck') {
    const reason = verdict === 'stuck' ? 'NotConverging' : 'LeftAlone';
    drift.push({ personId, accountId: accountId ?? '', attribute: name, class: mapped.class, reason });
  } else if (unpackCounts(link?.strays).has(name)) {
    memory.push({ kind: 'converged', personId, attributes: [name] });
  }
}
