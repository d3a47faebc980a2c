import { dayIn } from './calendar.ts';
import type { Violation } from './claims.ts';
import { hasLeft } from './ledger.ts';
import { vanishedAfterMs } from './specs.ts';
import type { LogEntry, PassTrace } from './trace.ts';

/** An account is taken away for a reason that HR lists, or after two readings of different moments without the person. */
export function takenTooEarly(
  { kind, personId, pass }: LogEntry,
  passes: readonly PassTrace[],
): Violation | undefined {
  if (kind !== 'disable' && kind !== 'delete') return undefined;
  const { rules } = pass;
  const person = pass.listed?.get(personId);
  if (person === undefined) return absentTwice(personId, pass, passes);
  if (hasLeft(person, dayIn(rules.zone, pass.readAt))) return undefined;
  if (person['department'] === 'Board' && rules.outOfScope !== 'keep') return undefined;
  if (person['status'] === 'leave' && rules.away === 'disable') return undefined;
  return { claim: 'C3', text: `${kind} for ${personId}, who is here` };
}

function absentTwice(personId: string, pass: PassTrace, passes: readonly PassTrace[]): Violation | undefined {
  let first = pass.startedAt;
  for (const earlier of passes.slice(0, pass.number - 1).toReversed()) {
    if (earlier.sync !== pass.sync || !earlier.sawBoth) continue;
    if (earlier.listed?.has(personId) === true) {
      if (earlier.endedWell) break;
    } else first = Math.min(first, earlier.listFrom);
  }
  // Readings begin a little after their pass.
  if (pass.readAt - first >= vanishedAfterMs - 60_000) return undefined;
  return {
    claim: 'C1',
    text: `${personId} lost the account without two readings that lack them, two days apart`,
  };
}
