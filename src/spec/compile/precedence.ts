import type { CompiledSync } from '../compiled.ts';
import type { Findings } from '../findings.ts';

/** Tells each sync with a precedence of the others into its target; two of the same rank are reported. */
export function settlePrecedence(syncs: Map<string, CompiledSync>, findings: Findings): void {
  const ranked = [...syncs.values()].filter(({ precedence }) => precedence !== undefined);
  for (const group of Map.groupBy(ranked, ({ to, entity }) => `${entity} ${to}`).values()) {
    reportTies(group, findings);
    for (const sync of group) {
      const others = group.filter((other) => other !== sync && takesPart(other));
      const rivals = new Map(others.map(({ name, precedence = 0 }) => [name, precedence]));
      syncs.set(sync.name, { ...sync, rivals });
    }
  }
}

/** A sync that writes nothing, or is not running, takes no account and keeps none for anybody. */
function takesPart({ mode, suspend }: CompiledSync): boolean {
  return mode !== 'observe' && suspend === undefined;
}

function reportTies(group: readonly CompiledSync[], findings: Findings): void {
  const first = new Map<number, CompiledSync>();
  for (const sync of group) {
    const { precedence = 0, place } = sync;
    const other = first.get(precedence);
    if (other === undefined) {
      first.set(precedence, sync);
      continue;
    }
    const message = `"${sync.name}" has the precedence ${precedence} in ${sync.to}, as "${other.name}" in ${other.place.file}:${other.place.line}`;
    findings.error('spec/precedence', place, message, 'give each its own: 1 decides first');
  }
}
