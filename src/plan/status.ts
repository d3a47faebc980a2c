import type { Evaluation, Expression, RecordView } from '../expression/expression.ts';
import type { CompiledSync, StatusRule } from '../spec/compiled.ts';
import type { StatusFact } from './situations.ts';

/** Where a person stands by what the source says of them, before anybody asks who takes part. */
export interface Standing {
  readonly fact: StatusFact;
  readonly reason: string;
  /** True when a date that came made them leave, not a change of the source's data. */
  readonly due: boolean;
}

const here: Standing = { fact: 'here', reason: '', due: false };

/** `today` is the date in the person's zone, or says what is wrong with the zone. */
export type Today = { readonly date: string } | { readonly fault: string };

/**
 * A person has left from the earlier of the end of their last day and a status that says so; the status waits for a last
 * day still to come (not where leavers are disabled `immediately`), and a last day before the start is ignored.
 */
export function standingOf(sync: CompiledSync, person: RecordView, today: Today): Standing {
  const status = statusOf(sync.status, person);
  if (status.fact === 'left' && sync.then.left.disable === 'immediately') return status;
  const dates = datesOf(sync, person);
  if (dates.lastDay.kind === 'none') return begun(status, dates.starts, today);
  if (dates.lastDay.kind === 'fault') return failed(dates.lastDay.fault);
  if ('fault' in today) return failed(today.fault);
  const lastDay = dates.lastDay.date;
  const over = lastDay < today.date;
  if (over && status.fact === 'left') return byLastDay(lastDay);
  // From here on it matters whether the last day belongs to an employment before this one.
  if (dates.starts.kind === 'fault') return failed(dates.starts.fault);
  if (dates.starts.kind === 'date' && lastDay < dates.starts.date) return begun(status, dates.starts, today);
  if (over) return byLastDay(lastDay);
  if (status.fact === 'left')
    return begun({ ...here, reason: 'last day still to come' }, dates.starts, today);
  return begun(status, dates.starts, today);
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

type DateFact =
  | { readonly kind: 'none' }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'fault'; readonly fault: string };

const noDate: DateFact = { kind: 'none' };

function datesOf(sync: CompiledSync, person: RecordView): { starts: DateFact; lastDay: DateFact } {
  const { starts, lastDay } = sync.dates;
  return { starts: dateOf('starts', starts, person), lastDay: dateOf('lastDay', lastDay, person) };
}

function dateOf(name: string, expression: Expression | undefined, person: RecordView): DateFact {
  if (expression === undefined) return noDate;
  const result: Evaluation = expression.evaluate(person);
  if (result.kind === 'error') return { kind: 'fault', fault: `${name}: ${result.message}` };
  if (result.kind === 'absent' || result.value === null || result.value === '') return noDate;
  if (typeof result.value === 'string' && /^\d{4}-\d\d-\d\d$/.test(result.value)) {
    return { kind: 'date', date: result.value };
  }
  return { kind: 'fault', fault: `${name}: ${namesOf(expression)} (${expression.class}) holds no date` };
}

function begun(status: Standing, starts: DateFact, today: Today): Standing {
  if (status.fact === 'left' || status.fact === 'failed') return status;
  if (starts.kind === 'fault') return failed(starts.fault);
  if ('fault' in today) return failed(today.fault);
  if (status.fact !== 'here' || starts.kind === 'none' || starts.date <= today.date) return status;
  return { fact: 'later', reason: `starts later: ${starts.date}`, due: false };
}

function byLastDay(lastDay: string): Standing {
  return { fact: 'left', reason: `left: last day was ${lastDay}`, due: true };
}

function failed(reason: string): Standing {
  return { fact: 'failed', reason, due: false };
}

function namesOf(expression: Expression): string {
  return expression.reads.length === 0 ? expression.text : expression.reads.join(', ');
}
