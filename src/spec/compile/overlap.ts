import type { CompiledSync } from '../compiled.ts';
import { canonicalJson } from '../digest.ts';
import type { Findings } from '../findings.ts';

/** Two syncs that enforce one attribute in the same part of one target would correct each other for ever: a warning. */
export function reportOverlaps(syncs: Iterable<CompiledSync>, findings: Findings): void {
  const owners = new Map<string, { readonly sync: CompiledSync; readonly adds: boolean }>();
  for (const sync of syncs) {
    const where = canonicalJson([sync.to, sync.entity, sync.targetWant.scope ?? {}]);
    for (const { name, policy, place, collection } of sync.attributes) {
      if (policy !== 'enforce') continue;
      const key = `${where} ${name}`;
      // Of a list that each only adds to, nobody takes away what the other gave.
      const adds = collection !== undefined && collection.kind !== 'own';
      const { sync: other, adds: otherAdds } = owners.get(key) ?? { sync, adds };
      if (other === sync) {
        owners.set(key, { sync, adds });
      } else if (!(adds && otherAdds) && !areRanked(other, sync)) {
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
