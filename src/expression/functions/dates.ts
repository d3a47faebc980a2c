import { CalendarDate, Instant, parseDate, toPlainDate } from '../calendar.ts';
import { faultOfReadingFormat, faultOfWritingFormat, readDate, writeDate } from '../date-format.ts';
import { RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const day = parameter('day', 'date');

/** Days without a zone. They compare with `<`, `<=`, `>`, `>=`, `==`, `!=`. */
export const dateFunctions: readonly FunctionDefinition[] = [
  {
    name: 'today',
    family: 'dates',
    form: 'variable',
    signatures: [{ parameters: [], result: 'date' }],
    meaning: "The day of the pass in the person's zone. The only clock.",
    examples: [{ text: 'today', gives: '2026-11-22' }],
    entra: ['Now'],
  },
  {
    name: 'date',
    family: 'dates',
    form: 'function',
    signatures: [
      { parameters: [parameter('x', 'text')], result: 'date', call: dateOfText },
      {
        parameters: [parameter('x', 'instant')],
        result: 'date',
        call: (moment: Instant) => dateOfText(moment.text),
      },
      { parameters: [day], result: 'date', call: (same: CalendarDate) => same },
      {
        parameters: [parameter('x', 'text'), parameter('format', 'text', faultOfReadingFormat)],
        result: 'date',
        call: dateInFormat,
      },
    ],
    meaning:
      'The day of an ISO date, or of an ISO timestamp as it is written, without a shift to another zone; or of a text in a format of `yyyy`, `MM` or `M`, `dd` or `d`. Anything else is an error of the record.',
    examples: [
      { text: 'date("2026-03-01")', gives: '2026-03-01' },
      { text: 'date("2026-03-01T23:30:00-08:00")', gives: '2026-03-01' },
      { text: 'date("01.03.2026", "dd.MM.yyyy")', gives: '2026-03-01' },
      { text: 'date("2026-02-29")', gives: { not: 'error' } },
    ],
    entra: ['CDate', 'FormatDateTime'],
  },
  {
    name: 'addDays',
    family: 'dates',
    form: 'function',
    signatures: [{ parameters: [day, parameter('days', 'int')], result: 'date', call: addDays }],
    meaning: 'So many days later, or earlier where `days` is negative.',
    examples: [
      { text: 'addDays(date("2028-02-28"), 1)', gives: '2028-02-29' },
      { text: 'addDays(date("2026-03-01"), -1)', gives: '2026-02-28' },
    ],
    entra: ['DateAdd'],
  },
  {
    name: 'addMonths',
    family: 'dates',
    form: 'function',
    signatures: [{ parameters: [day, parameter('months', 'int')], result: 'date', call: addMonths }],
    meaning:
      'So many months later, or earlier where `months` is negative; the last day where the month is shorter.',
    examples: [
      { text: 'addMonths(date("2026-01-31"), 1)', gives: '2026-02-28' },
      { text: 'addMonths(date("2026-03-01"), -6)', gives: '2025-09-01' },
    ],
    entra: ['DateAdd'],
  },
  {
    name: 'daysBetween',
    family: 'dates',
    form: 'function',
    signatures: [
      { parameters: [parameter('from', 'date'), parameter('to', 'date')], result: 'int', call: daysBetween },
    ],
    meaning: 'Days from the first day to the second; negative where the second is earlier.',
    examples: [{ text: 'daysBetween(date("2028-02-28"), date("2028-03-01"))', gives: 2 }],
    entra: ['DateDiff'],
  },
  {
    name: 'formatDate',
    family: 'dates',
    form: 'function',
    signatures: [
      {
        parameters: [day, parameter('format', 'text', faultOfWritingFormat)],
        result: 'text',
        call: formatDate,
      },
    ],
    meaning: 'The day as text, in a format of `yyyy`, `yy`, `MM`, `M`, `dd`, `d` and signs between them.',
    examples: [{ text: 'formatDate(date("2026-03-01"), "d.M.yyyy")', gives: '1.3.2026' }],
    entra: ['FormatDateTime'],
  },
];

const timestampShape =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

function dateOfText(text: string): CalendarDate {
  const found = parseDate(text.length === 10 ? text : (timestampShape.exec(text)?.[1] ?? ''));
  if (found === undefined) throw RecordFault.of('date() was given a text that is no date');
  return found;
}

function dateInFormat(text: string, format: string): CalendarDate {
  if (faultOfReadingFormat(format) !== undefined)
    throw RecordFault.of('date() was given a format that is none');
  const found = readDate(text, format);
  if (found === undefined) throw RecordFault.of('date() was given a text that is no date of its format');
  return found;
}

function addDays(from: CalendarDate, days: bigint): CalendarDate {
  return moved(from, 'days', days);
}

function addMonths(from: CalendarDate, months: bigint): CalendarDate {
  return moved(from, 'months', months);
}

function moved(from: CalendarDate, unit: 'days' | 'months', by: bigint): CalendarDate {
  const far = by > 4_000_000n || by < -4_000_000n;
  const found = far
    ? undefined
    : parseDate(
        toPlainDate(from)
          .add({ [unit]: Number(by) })
          .toString(),
      );
  if (found === undefined) {
    const name = unit === 'days' ? 'addDays' : 'addMonths';
    throw RecordFault.of(`${name}() leaves the years 0 to 9999`);
  }
  return found;
}

function daysBetween(from: CalendarDate, to: CalendarDate): bigint {
  return BigInt(toPlainDate(from).until(toPlainDate(to), { largestUnit: 'days' }).days);
}

function formatDate(date: CalendarDate, format: string): string {
  if (faultOfWritingFormat(format) !== undefined)
    throw RecordFault.of('formatDate() was given a format that is none');
  return writeDate(date, format);
}
