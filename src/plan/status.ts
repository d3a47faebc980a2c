import type { RecordView } from '../expression/expression.ts';
import type { CompiledSync, StatusRule } from '../spec/compiled.ts';
import { datesOf, namesOf } from './dates.ts';
import type { DateFact } from './dates.ts';
import type { StatusFact } from './facts.ts';
import { dateAfter } from './today.ts';
import type { Day } from './today.ts';

/** Where a person stands by what the source says of them, before anybody asks who takes part. */
export interface Standing {
  readonly fact: StatusFact;
  readonly reason: string;
  /** True when a date that came put them here, not a change of the source's data. */
  readonly due: boolean;
  /** True when a date of theirs comes soon. */
  readonly awaits?: true;
}

const here: Standing = { fact: 'here', reason: '', due: false };

/** The day in the person's zone, or what is wrong with the zone. */
export type Today = Day | { readonly fault: string };

/**
 * A person has left from the earlier of the end of their last day and a status that says so; the status waits for a last
 * day still to come, and a last day before the start is ignored. Where the spec says that it counts at once
 * (`immediately`, `immediatelyWhen`), neither a left status nor a last day waits.
 */
export function standingOf(sync: CompiledSync, person: RecordView, today: Today): Standing {
  const status = statusOf(sync.status, person);
  if (status.fact === 'left' && sync.then.left.disable === 'immediately') return status;
  const atOnce = status.fact === 'left' ? countsAtOnce(sync, person) : undefined;
  if (atOnce === true) return status;
  const dates = datesOf(sync, person);
  if (dates.lastDay.kind === 'none') return begun(sync, status, dates.starts, today);
  if (dates.lastDay.kind === 'fault') return failed(dates.lastDay.fault);
  if ('fault' in today) return failed(today.fault);
  const lastDay = dates.lastDay.date;
  const over = lastDay < today.date;
  if (over && status.fact === 'left') return byLastDay(lastDay);
  // From here on it matters whether the last day belongs to an employment before this one.
  if (dates.starts.kind === 'fault') return failed(dates.starts.fault);
  if (dates.starts.kind === 'date' && lastDay < dates.starts.date)
    return begun(sync, status, dates.starts, today);
  if (over) return byLastDay(lastDay);
  const dismissed = atOnce ?? countsAtOnce(sync, person);
  if (typeof dismissed === 'string') return failed(dismissed);
  if (dismissed)
    return { fact: 'left', reason: 'left: at once, without waiting for the last day', due: false };
  const stays: Standing = status.fact === 'left' ? { ...here, reason: 'last day still to come' } : status;
  const standing = begun(sync, stays, dates.starts, today);
  return lastDay <= today.horizon ? { ...standing, awaits: true } : standing;
}

/** Whether `immediatelyWhen` holds; a text says why that cannot be told. What is absent is no reason. */
function countsAtOnce(sync: CompiledSync, person: RecordView): boolean | string {
  const result = sync.then.left.immediatelyWhen?.evaluate(person);
  if (result?.kind === 'error') return `left.immediatelyWhen: ${result.message}`;
  return result?.kind === 'value' && result.value === true;
}

function statusOf(rule: StatusRule | undefined, person: RecordView): Standing {
  if (rule === undefined) return here;
  const result = rule.value.evaluate(person);
  if (result.kind === 'error') return failed(`status: ${result.message}`);
  if (result.kind === 'absent' || result.value === null) {
    return {
      fact: 'undecided',
      reason: `status depends on ${namesOf(rule.value)}, which is absent`,
      due: false,
    };
  }
  const value = String(result.value);
  if (rule.left.has(value)) return { fact: 'left', reason: 'left: the status says so', due: false };
  if (rule.away.has(value)) return { fact: 'away', reason: 'away: the status says so', due: false };
  if (rule.here.has(value)) return here;
  return failed(
    `status: ${namesOf(rule.value)} (${rule.value.class}) has a value that the spec does not list`,
  );
}

function begun(sync: CompiledSync, status: Standing, starts: DateFact, today: Today): Standing {
  if (status.fact === 'left' || status.fact === 'failed') return status;
  if (starts.kind === 'fault') return failed(starts.fault);
  if ('fault' in today) return failed(today.fault);
  if (status.fact !== 'here' || starts.kind === 'none') return status;
  if (starts.date <= today.date) return starts.date === today.date ? { ...status, due: true } : status;
  const { createBeforeDays: ahead } = sync.then.starting;
  const from = ahead === 0 ? starts.date : dateAfter(starts.date, -ahead);
  const awaits = from <= today.horizon ? ({ awaits: true } as const) : {};
  if (from > today.date)
    return { fact: 'later', reason: `starts later: ${starts.date}`, due: false, ...awaits };
  return { fact: 'soon', reason: `starts ${starts.date}, made ready ahead`, due: true, ...awaits };
}

function byLastDay(lastDay: string): Standing {
  return { fact: 'left', reason: `left: last day was ${lastDay}`, due: true };
}

function failed(reason: string): Standing {
  return { fact: 'failed', reason, due: false };
}
