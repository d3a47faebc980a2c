import { describe, expect, test } from 'vitest';
import { evaluate, outcome, pointed } from './environment.ts';

const thousand = Array.from({ length: 1_000 }, (_, index) => `t${index}`);

describe('what would cost too much is refused when the spec is checked', () => {
  test.each([
    ['a text of more than 10,000 characters', `"${'a'.repeat(10_000)}"`],
    ['a tree of more than 2,000 nodes', Array.from({ length: 1_100 }, () => '1').join(' - ')],
    ['brackets more than 100 deep', `${'('.repeat(120)}1${')'.repeat(120)}`],
    ['more than 100 sums', Array.from({ length: 102 }, () => '1').join(' + ')],
    ['loops three deep', 'source.tags.all(a, source.tags.all(b, source.tags.all(c, a == c)))'],
    ['many sums in a loop', `source.tags.map(t, t${' + t'.repeat(11)})`],
    ['many loops', Array.from({ length: 11 }, () => 'source.tags.all(a, true)').join(' && ')],
  ])('%s', (_, text) => {
    expect(pointed(text)).toHaveLength(1);
    expect(pointed(text)[0]).toMatch(/^cost: /);
  });

  test('a pattern of more than 1,000 characters', () => {
    expect(pointed(`source.email.matches("${'a'.repeat(1_001)}")`)[0]).toMatch(/^constant: /);
  });
});

describe('what costs too much with a record is an error of the record', () => {
  test.each<[string, string, Record<string, string | string[]>]>([
    ['a text read', 'source.email', { email: 'a'.repeat(10_001) }],
    ['a text read by a function', 'lower(source.email)', { email: 'a'.repeat(10_001) }],
    ['a list read', 'size(source.tags)', { tags: [...thousand, 'more'] }],
    ['a text that grows', 'source.email + source.email', { email: 'a'.repeat(6_000) }],
    ['a text that grows on the way', 'size(source.email + source.email)', { email: 'a'.repeat(6_000) }],
    [
      'a text that grows by replacing',
      'replace(source.email, "a", source.email)',
      { email: 'a'.repeat(200) },
    ],
    [
      'a text that grows by a pattern',
      'replacePattern(source.email, "a", source.email)',
      { email: 'a'.repeat(200) },
    ],
    ['a list that grows', 'source.tags + source.tags', { tags: thousand }],
    ['a split that grows', 'size(split(source.email, ","))', { email: ','.repeat(1_001) }],
    ['a loop in a loop', 'source.tags.all(a, source.tags.all(b, a != b + "x"))', { tags: thousand }],
    ['a pattern from a record', '"a".matches(source.email)', { email: 'a'.repeat(1_001) }],
    ['a pattern that is none', '"a".matches(source.email)', { email: '(' }],
    ['a large pattern on a long text', 'source.email.matches("(a|b|c){1000}")', { email: 'a'.repeat(9_000) }],
  ])('%s', (_, text, row) => {
    expect(outcome(text, row)).toBe('error');
  });

  test('the error says so', () => {
    expect(evaluate('source.email', { email: 'a'.repeat(10_001) })).toEqual({
      kind: 'error',
      message: 'source.email: a text is too long: at most 10,000 characters',
    });
  });

  test('no other candidate is tried when the work is used up', () => {
    const text = 'firstValid(source.tags.all(a, source.tags.all(b, a != b + "x")), true)';
    expect(outcome(text, { tags: thousand })).toBe('error');
  });
});

test('a pattern that ruins other engines takes linear time', () => {
  const row = { email: `${'a'.repeat(9_000)}!` };
  expect(outcome('source.email.matches("^(a+)+$")', row)).toBe(false);
  expect(outcome('source.email.matches("^(a|aa)+$")', row)).toBe(false);
});

test('long chains of clauses and sums compile and run', () => {
  const clauses = Array.from({ length: 400 }, (_, index) => `source.email == "${index}"`).join(' || ');
  expect(outcome(clauses, { email: '399' })).toBe(true);
  expect(outcome(clauses, {})).toBe('absent: email');
  expect(outcome(Array.from({ length: 900 }, () => '1').join(' - '))).toBe(-898);
});

test('what stays within the limits works', () => {
  expect(outcome('size(source.tags)', { tags: thousand })).toBe(1_000);
  expect(outcome('source.tags.exists(a, a == "t999")', { tags: thousand })).toBe(true);
  expect(outcome('source.email', { email: 'a'.repeat(10_000) })).toBe('a'.repeat(10_000));
});

const tags = (length: number) => ({ tags: Array.from({ length }, (_, index) => `t${index}`) });
const said = (row: Parameters<typeof evaluate>[1]) => JSON.stringify(evaluate('source.tags', row));

describe('a list that is only handed on', () => {
  test('may have 10,000 elements, and no more', () => {
    expect(outcome('source.tags', tags(10_000))).toHaveLength(10_000);
    expect(said(tags(10_001))).toContain('a list is too long: at most 10,000 elements');
  });

  test.each<[string, Record<string, string | (string | number)[]>, string]>([
    ['absent', {}, '"tags"'],
    ['no list', { tags: 'a' }, 'source.tags is declared as list<text>'],
    ['a list of something else', { tags: ['a', 1] }, 'source.tags is declared as list<text>'],
  ])('is checked as every other: %s', (_, row, says) => {
    expect(said(row)).toContain(says);
  });
});
