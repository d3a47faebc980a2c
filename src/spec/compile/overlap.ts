import type { CompiledSync } from '../compiled.ts';
import { canonicalJson } from '../digest.ts';
import type { Findings } from '../findings.ts';

/** Two syncs that enforce one attribute in the same part of one target would correct each other for ever: a warning. */
export function reportOverlaps(syncs: Iterable<CompiledSync>, findings: Findings): void {
  const owners = new Map<string, CompiledSync>();
  for (const sync of syncs) {
    const where = canonicalJson([sync.to, sync.entity, sync.targetWant.scope ?? {}]);
    for (const { name, policy, place } of sync.attributes) {
      if (policy !== 'enforce') continue;
      const key = `${where} ${name}`;
      const other = owners.get(key);
      if (other === undefined) {
        owners.set(key, sync);
      } else if (other !== sync && !areRanked(other, sync)) {
        const message = `"${name}" of ${sync.to} is enforced by the sync "${other.name}" too; where both have a person, each undoes the other`;
        findings.warning(
          'spec/overlap',
          place,
          message,
          'give each a precedence, or different scopes, or one of them policy: seed',
        );
      }
    }
  }
}

/** Of syncs with a precedence one at a time has an account. */
function areRanked(...syncs: readonly CompiledSync[]): boolean {
  return syncs.every(({ precedence }) => precedence !== undefined);
}
