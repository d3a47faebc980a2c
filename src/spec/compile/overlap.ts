import type { CompiledSync } from '../compiled.ts';
import { canonicalJson } from '../digest.ts';
import type { Findings } from '../findings.ts';

/** Two syncs that enforce one attribute in the same part of one target would correct each other for ever: a warning. */
export function reportOverlaps(syncs: Iterable<CompiledSync>, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const sync of syncs) {
    const where = canonicalJson([sync.to, sync.targetWant.scope ?? {}]);
    for (const { name, policy, place } of sync.attributes) {
      if (policy !== 'enforce') continue;
      const key = `${where} ${name}`;
      const other = owners.get(key);
      if (other === undefined) {
        owners.set(key, sync.name);
      } else if (other !== sync.name) {
        const message = `"${name}" of ${sync.to} is enforced by the sync "${other}" too; where both have a person, each undoes the other`;
        findings.warning(
          'spec/overlap',
          place,
          message,
          'give the syncs different scopes, or one of them policy: seed',
        );
      }
    }
  }
}
