import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model/value.ts';
import { attributes, compiler, evaluate, faultsOf, outcome, type Row } from './environment.ts';
import { spelling } from '../../src/expression/attributes.ts';

const anyValue: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' Ada  King ',
    'STRASSE',
    '2026-03-01',
    '2026-02-30',
    '2026-03-01T10:00:00Z',
    '42',
    'true',
  ),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 4 }),
  fc.array(fc.integer(), { maxLength: 4 }),
);
const unary = [
  'lower',
  'upper',
  'trim',
  'collapse',
  'titleCase',
  'ascii',
  'slug',
  'size',
  'date',
  'text',
  'int',
];
const unaryMore = ['decimal', 'bool', 'first', 'distinct'];

test('the short way of source.x and f(source.x) gives what CEL gives', () => {
  const attribute = fc.constantFrom(...attributes);
  const call = fc.constantFrom('', ...unary, ...unaryMore);
  fc.assert(
    fc.property(attribute, call, fc.option(anyValue, { nil: undefined }), ({ name }, f, value) => {
      const text = f === '' ? spelling(name) : `${f}(${spelling(name)})`;
      // A list of one element goes through CEL; types that a function does not take compile in neither form.
      const long = `[${text}][0]`;
      expect(faultsOf(text).length).toBe(faultsOf(long).length);
      if (faultsOf(text).length > 0) return;
      const row: Row = value === undefined ? {} : { [name]: value };
      expect(evaluate(text, row)).toEqual(evaluate(long, row));
    }),
    { numRuns: 2_000 },
  );
});

test('a choice on top gives what it gives within another part', () => {
  const value = fc.option(anyValue, { nil: undefined });
  const choice = fc.constantFrom(
    'firstPresent(source.email, source.status)',
    'firstPresent(lower(source.email), source.status, source.country)',
    'firstValid(date(source.email), date(source.status), source.hire_date)',
    'firstValid(int(source.email), size(source.status), source.salary)',
    'firstPresent(firstValid(text(int(source.email)), source.status), source.country)',
  );
  fc.assert(
    fc.property(
      choice,
      fc.record({ email: value, status: value, country: value, hire_date: value }),
      (text, all) => {
        const row: Record<string, Value> = {};
        for (const [name, one] of Object.entries(all)) if (one !== undefined) row[name] = one;
        expect(evaluate(text, row)).toEqual(evaluate(`[${text}][0]`, row));
      },
    ),
    { numRuns: 2_000 },
  );
});

const pieces = [
  'source',
  '.email',
  '.salary',
  '.tags',
  '.?status',
  '["email"]',
  '.emial',
  'today',
  'lower(',
  'has(',
  'date(',
  'lookup("divisions", ',
  '.name',
  '.exists(x, x',
  '.map(y, y',
  'firstPresent(',
  '(',
  ')',
  ')',
  '[',
  ']',
  '"a"',
  "'b",
  '1',
  '2.5',
  'true',
  'null',
  ' + ',
  ' == ',
  ' < ',
  ' && ',
  ' || ',
  ' ? ',
  ' : ',
  ', ',
  '!',
  '-',
  ' in ',
  '{',
  '}',
  '.matches("a*")',
  '.orValue("")',
  '// c\n',
  '\n',
  'x',
];

test('whatever is written either compiles or is told its faults, within its own text', () => {
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(
      fc.oneof(
        soup,
        fc.string({ maxLength: 20 }).map((all) => all.replaceAll('_', '')),
      ),
      (text) => {
        const made = compiler.compile(text, 'any');
        if ('evaluate' in made) {
          evaluate(text, { email: 'a', salary: 1, tags: ['a'] });
          return;
        }
        expect(made.length).toBeGreaterThan(0);
        for (const { start, end, message } of made) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          // The names that stand for reads and functions on the way stay inside.
          expect(message).not.toMatch(/(^|[^a-z])_/);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a misspelt attribute is pointed at wherever it stands', () => {
  const around = fc.constantFrom(
    'lower(#)',
    '(#) + "x"',
    '"é😀" == #',
    'firstPresent("a", #)',
    '[#, "b"]',
    '!(\n # == "a")',
  );
  fc.assert(
    fc.property(fc.array(around, { minLength: 1, maxLength: 1 }), fc.string(), ([frame = '#'], comment) => {
      const prefix = `//${comment.replaceAll(/[\r\n]/g, ' ')}\n`;
      const text = prefix + frame.replace('#', 'source.stauts');
      const [fault, ...others] = faultsOf(text);
      expect(others).toEqual([]);
      expect(text.slice(fault?.start, fault?.end)).toBe('stauts');
    }),
  );
});

test('days add up, across leap years', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
      const start = `date("${from.toISOString().slice(0, 10)}")`;
      expect(outcome(`daysBetween(${start}, addDays(${start}, ${days}))`)).toBe(days);
    }),
    { numRuns: 300 },
  );
});

test('ascii gives ASCII or an error, and leaves ASCII as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const result = evaluate('ascii(source.email)', { email: text });
      // eslint-disable-next-line no-control-regex
      if (result.kind === 'value') expect(result.value).toMatch(/^[\x00-\x7f]*$/);
      // eslint-disable-next-line no-control-regex
      if (/^[\x00-\x7f]*$/.test(text)) expect(result).toEqual({ kind: 'value', value: text });
    }),
  );
});
