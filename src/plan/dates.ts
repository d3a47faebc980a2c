import { parseDate } from '../expression/calendar.ts';
import type { Evaluation, Expression, RecordView } from '../expression/expression.ts';
import type { CompiledSync } from '../spec/compiled.ts';

/** One date of a person's employment, as the source gives it. */
export type DateFact =
  | { readonly kind: 'none' }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'fault'; readonly fault: string };

const noDate: DateFact = { kind: 'none' };

export function datesOf(
  { dates: { starts, lastDay } }: CompiledSync,
  person: RecordView,
): { readonly starts: DateFact; readonly lastDay: DateFact } {
  return { starts: dateOf('starts', starts, person), lastDay: dateOf('lastDay', lastDay, person) };
}

function dateOf(name: string, expression: Expression | undefined, person: RecordView): DateFact {
  if (expression === undefined) return noDate;
  const result: Evaluation = expression.evaluate(person);
  if (result.kind === 'error') return { kind: 'fault', fault: `${name}: ${result.message}` };
  if (result.kind === 'absent' || result.value === null || result.value === '') return noDate;
  const date = typeof result.value === 'string' ? parseDate(result.value) : undefined;
  if (date !== undefined) return { kind: 'date', date: date.text };
  return { kind: 'fault', fault: `${name}: ${namesOf(expression)} (${expression.class}) holds no date` };
}

/** What an expression reads, for messages. */
export function namesOf(expression: Expression): string {
  return expression.reads.length === 0 ? expression.text : expression.reads.join(', ');
}
