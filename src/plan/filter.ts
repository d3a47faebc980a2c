import type { RecordView } from '../expression/expression.ts';
import type { Clause } from '../spec/compiled.ts';
import type { Facts } from './facts.ts';

export interface Scope {
  readonly fact: Facts['scope'];
  /** Which clause, and what it lacks; empty for people within the scope. */
  readonly reason: string;
}

const inScope: Scope = { fact: 'in', reason: '' };

/**
 * Who takes part: all clauses must hold. One that is false decides, whatever the others lack; then a fault; then one
 * that depends on something absent.
 */
export function scopeOf(who: readonly Clause[], person: RecordView): Scope {
  let undecided: Scope | undefined;
  let failed: Scope | undefined;
  for (const { id, expression } of who) {
    const result = expression.evaluate(person);
    if (result.kind === 'error') failed ??= { fact: 'failed', reason: `${id}: ${result.message}` };
    else if (result.kind === 'absent' || result.value === null) {
      const lacks = result.kind === 'absent' ? result.attributes.join(', ') : 'its result';
      undecided ??= { fact: 'undecided', reason: `${id} depends on ${lacks}, which is absent` };
    } else if (result.value !== true) return { fact: 'out', reason: `out of scope: ${id} is false` };
  }
  return failed ?? undecided ?? inScope;
}
