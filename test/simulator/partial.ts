import { dayIn } from './calendar.ts';
import type { Violation } from './claims.ts';
import { hasLeft } from './ledger.ts';
import type { LogEntry } from './trace.ts';

/**
 * C1: a pass over a few people changes nobody else, and nobody whom it has not found: that somebody is absent is said by
 * a look at everybody alone. C3: in a closed window access is taken away from people who have left, and that is all.
 */
export function beyondScope(entry: LogEntry): Violation | undefined {
  const { pass, kind, personId } = entry;
  if (!pass.whole && pass.scope.only?.has(personId) !== true) {
    return { claim: 'C1', text: `${kind} of ${personId}, whom the pass was not about` };
  }
  if (!pass.saw(personId)) {
    return { claim: 'C1', text: `${kind} of ${personId}, whom a pass over a few people did not find` };
  }
  if (pass.scope.leaversOnly !== true || isOfLeaver(entry)) return undefined;
  return { claim: 'C3', text: `${kind} of ${personId} in a closed window` };
}

/** Somebody whom HR does not list any more has their account deleted only if they had left before. */
function isOfLeaver({ pass, kind, personId }: LogEntry): boolean {
  const person = pass.listed?.get(personId);
  const left =
    person === undefined ? kind === 'delete' : hasLeft(person, dayIn(pass.rules.zone, pass.readAt));
  return left && (kind === 'disable' || kind === 'delete');
}
