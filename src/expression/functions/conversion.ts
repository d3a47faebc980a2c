import type { CalendarDate, Instant } from '../calendar.ts';
import { RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const ofText = [parameter('x', 'text')];
const ofInt = [parameter('x', 'int')];
const ofDecimal = [parameter('x', 'decimal')];

/** Nothing is converted by itself: these say where it shall be. */
export const conversionFunctions: readonly FunctionDefinition[] = [
  {
    name: 'text',
    family: 'conversion',
    form: 'function',
    signatures: [
      { parameters: ofText, result: 'text', call: (same: string) => same },
      { parameters: ofInt, result: 'text', call: String },
      { parameters: ofDecimal, result: 'text', call: String },
      { parameters: [parameter('x', 'bool')], result: 'text', call: String },
      { parameters: [parameter('x', 'date')], result: 'text', call: (date: CalendarDate) => date.text },
      { parameters: [parameter('x', 'instant')], result: 'text', call: (moment: Instant) => moment.text },
    ],
    meaning: 'As text: `1042`, `1.5`, `true`, `2026-03-01`.',
    examples: [
      { text: 'text(1042)', gives: '1042' },
      { text: 'text(date("2026-03-01"))', gives: '2026-03-01' },
    ],
    entra: ['CStr'],
  },
  {
    name: 'int',
    family: 'conversion',
    form: 'function',
    signatures: [
      { parameters: ofText, result: 'int', call: intOfText },
      { parameters: ofDecimal, result: 'int', call: intOfDecimal },
      { parameters: ofInt, result: 'int', call: (same: bigint) => same },
    ],
    meaning: 'A whole number: a text of digits with an optional sign, or a decimal cut at its point.',
    examples: [
      { text: 'int("0042")', gives: 42 },
      { text: 'int(2.7)', gives: 2 },
      { text: 'int("42 days")', gives: { not: 'error' } },
    ],
  },
  {
    name: 'decimal',
    family: 'conversion',
    form: 'function',
    signatures: [
      { parameters: ofText, result: 'decimal', call: decimalOfText },
      { parameters: ofInt, result: 'decimal', call: Number },
      { parameters: ofDecimal, result: 'decimal', call: (same: number) => same },
    ],
    meaning: 'A number with a fraction; a text has its point as `.`.',
    examples: [{ text: 'decimal("0.5")', gives: 0.5 }],
  },
  {
    name: 'bool',
    family: 'conversion',
    form: 'function',
    signatures: [
      { parameters: ofText, result: 'bool', call: boolOfText },
      { parameters: [parameter('x', 'bool')], result: 'bool', call: (same: boolean) => same },
    ],
    meaning:
      'True for the text `true`, false for `false`, in any case; anything else is an error of the record.',
    examples: [{ text: 'bool("TRUE")', gives: true }],
    entra: ['CBool'],
  },
];

function intOfText(text: string): bigint {
  if (!/^[+-]?\d{1,16}$/.test(text)) throw RecordFault.of('int() was given a text that is no whole number');
  return safe(BigInt(text.startsWith('+') ? text.slice(1) : text));
}

function intOfDecimal(number: number): bigint {
  if (!Number.isFinite(number)) throw RecordFault.of('int() was given a number without end');
  return safe(BigInt(Math.trunc(number)));
}

function safe(number: bigint): bigint {
  if (number > BigInt(Number.MAX_SAFE_INTEGER) || number < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw RecordFault.of('int() was given a number that is too large');
  }
  return number;
}

function decimalOfText(text: string): number {
  const number = /^[+-]?\d{1,300}(\.\d{1,300})?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw RecordFault.of('decimal() was given a text that is no number');
  return number;
}

function boolOfText(text: string): boolean {
  const small = text.toLowerCase();
  if (small !== 'true' && small !== 'false') throw RecordFault.of('bool() was given neither true nor false');
  return small === 'true';
}
