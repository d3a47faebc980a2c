import { dayIn, isDay } from './calendar.ts';
import type { Violation } from './claims.ts';
import { hasLeft, type Ending } from './ledger.ts';
import { vanishedAfterMs } from './specs.ts';
import type { LogEntry, PassTrace } from './trace.ts';

/** An account is taken away for a reason that HR lists, or after two readings of different moments without the person. */
export function takenTooEarly(
  entry: LogEntry,
  passes: readonly PassTrace[],
  ending: Ending | undefined,
): Violation | undefined {
  const { kind, personId, pass } = entry;
  if (kind !== 'disable' && kind !== 'delete') return undefined;
  const { rules } = pass;
  const person = pass.listed?.get(personId);
  if (kind === 'delete' && isFormer(entry)) return deletedTooEarly(entry, ending);
  if (person === undefined) return absentTwice(personId, pass, passes);
  if (hasLeft(person, dayIn(rules.zone, pass.readAt))) return undefined;
  if (person['department'] === 'Board' && rules.outOfScope !== 'keep') return undefined;
  if (person['status'] === 'leave' && rules.away === 'disable') return undefined;
  return { claim: 'C3', text: `${kind} for ${personId}, who is here` };
}

/** Not of somebody out of scope, whose account may go at once. */
function isFormer({ personId, pass }: LogEntry): boolean {
  const person = pass.listed?.get(personId);
  return person === undefined || hasLeft(person, dayIn(pass.rules.zone, pass.readAt));
}

/** Only what we disabled because its person left, what is still disabled, and only when its time is over. */
function deletedTooEarly(
  { personId, pass: { rules }, before, at }: LogEntry,
  ending: Ending | undefined,
): Violation | undefined {
  const allowed = rules.deleteAfter > 0 && ending?.why === 'left' && before?.active !== true;
  // A clock that is set back in between makes the time look shorter to us than to the engine.
  if (allowed && at - ending.at >= rules.deleteAfter * 86_400_000 - 60_000) return undefined;
  return { claim: 'C3', text: `the account of ${personId} was deleted before its time` };
}

/** Nobody can log in before the first day. */
export function openedTooEarly({ opens, personId, pass }: LogEntry): Violation | undefined {
  const starts = pass.listed?.get(personId)?.['start_date'];
  if (!opens || !isDay(starts) || starts <= dayIn(pass.rules.zone, pass.readAt)) return undefined;
  return { claim: 'C3', text: `${personId} can log in before the first day` };
}

function absentTwice(personId: string, pass: PassTrace, passes: readonly PassTrace[]): Violation | undefined {
  let first = pass.startedAt;
  for (const earlier of passes.slice(0, pass.number - 1).toReversed()) {
    // What a few were looked up for begins and ends nobody's absence.
    if (earlier.sync !== pass.sync || !earlier.sawBoth || !earlier.whole) continue;
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
