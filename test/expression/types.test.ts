import { describe, expect, test } from 'vitest';
import type { ValueType } from '../../src/model/value.ts';
import { createCompiler } from '../../src/expression/compiler.ts';
import { compiled, evaluate, faultsOf, outcome, pointed, type Row } from './environment.ts';

describe('the type of the result is known beforehand', () => {
  test.each<[string, ValueType]>([
    ['source.email', 'text'],
    ['source.salary * 2', 'int'],
    ['source.weekly_hours / 2.0', 'decimal'],
    ['source.salary > 1', 'bool'],
    ['source.hire_date', 'date'],
    ['source.created_at', 'instant'],
    ['source.tags', 'list<text>'],
    ['source.scores.map(s, s + 1)', 'list<int>'],
    ['source.tags.filter(t, t != "a")', 'list<text>'],
    ['source.tags.map(t, t != "a", size(t))', 'list<int>'],
    ['first(source.scores)', 'int'],
    ['firstValid(date(source.email), source.hire_date)', 'date'],
    ['source.remote ? null : source.salary', 'int'],
    ['source.remote ? null : (source.remote ? today : null)', 'date'],
    ['lookup("divisions", source.email).name', 'text'],
    ['{"a": 1}[?source.email].orValue(2)', 'int'],
    ['source.tags[0]', 'text'],
    ['[]', 'list<text>'],
    ['null', 'text'],
  ])('%s is %s', (text, type) => {
    expect(compiled(text).type).toBe(type);
    expect(compiled(text, type).type).toBe(type);
  });
});

describe('a result of another type than needed is a fault of the whole', () => {
  test.each<[string, ValueType]>([
    ['source.email', 'bool'],
    ['source.email', 'date'],
    ['source.hire_date', 'text'],
    ['source.weekly_hours', 'int'],
    ['source.tags', 'text'],
    ['[]', 'text'],
    ['source.?email', 'text'],
    ['{"a": 1}', 'text'],
    ['[[1]]', 'list<int>'],
    ['source.remote ? null : source.salary', 'text'],
  ])('%s for %s', (text, expected) => {
    expect(pointed(text, expected)).toEqual([`type: ${text}`]);
  });

  test('results of several types are told even beside null', () => {
    expect(faultsOf('source.remote ? 1 : (source.remote ? null : "a")', 'any')[0]?.code).toBe(
      'expression/type',
    );
  });
  test('a whole number may stand where a decimal is needed', () => {
    expect(compiled('source.salary', 'decimal').type).toBe('int');
    expect(faultsOf('source.email', 'text')).toEqual([]);
  });
});

describe('values that are not what the connection declared are errors that name no value', () => {
  test.each<[string, Row]>([
    ['source.email', { email: 4711 }],
    ['lower(source.email)', { email: true }],
    ['source.email + "x"', { email: ['a'] }],
    ['source.salary', { salary: '4711' }],
    ['source.salary + 1', { salary: 47.11 }],
    ['source.salary', { salary: 2 ** 53 }],
    ['source.weekly_hours', { weekly_hours: '38.5' }],
    ['source.remote', { remote: 'true' }],
    ['source.remote || false', { remote: 1 }],
    ['source.hire_date', { hire_date: '2026-02-29' }],
    ['source.hire_date', { hire_date: '' }],
    ['source.hire_date < today', { hire_date: '4711' }],
    ['source.created_at', { created_at: '2026-03-01' }],
    ['source.tags', { tags: 'a' }],
    ['source.scores', { scores: ['4711'] }],
    ['source.?salary.orValue(0)', { salary: '4711' }],
  ])('%s of %j', (text, row) => {
    const evaluation = evaluate(text, row);
    expect(evaluation).toMatchObject({ kind: 'error' });
    const [name] = compiled(text).reads;
    expect(JSON.stringify(evaluation)).toContain(`source.${name}`);
    expect(JSON.stringify(evaluation)).not.toMatch(/4711|38\.5|02-29/);
  });

  test('what does not read them is not touched', () => {
    expect(outcome('source.email', { email: 'a', salary: 'many' })).toBe('a');
    expect(outcome('true || source.salary > 1', { salary: 'many' })).toBe(true);
  });
});

describe('values come out as they went in', () => {
  test.each<[string, Row, unknown]>([
    ['source.salary', { salary: Number.MAX_SAFE_INTEGER }, Number.MAX_SAFE_INTEGER],
    ['source.salary + 1', { salary: Number.MAX_SAFE_INTEGER }, 'error'],
    ['-source.salary', { salary: 5 }, -5],
    ['source.weekly_hours', { weekly_hours: 38.5 }, 38.5],
    ['source.hire_date', { hire_date: '2028-02-29' }, '2028-02-29'],
    ['source.created_at', { created_at: '2026-03-01T23:30:00+09:00' }, '2026-03-01T23:30:00+09:00'],
    ['date(source.created_at)', { created_at: '2026-03-01T23:30:00-08:00' }, '2026-03-01'],
    ['source.scores', { scores: [1, 2] }, [1, 2]],
    ['source.custom["No. of kids"]', { 'custom.No. of kids': 2 }, 2],
    ['source["email"]', { email: 'a' }, 'a'],
    ['source.scores[5]', { scores: [1] }, 'error'],
    ['source.salary / 0', { salary: 1 }, 'error'],
    ['source.weekly_hours / 0.0', { weekly_hours: 1 }, 'error'],
    ['{"a": "b"}[source.email]', { email: 'x' }, 'error'],
  ])('%s of %j', (text, row, gives) => {
    expect(outcome(text, row)).toEqual(gives);
  });

  test('moments compare across offsets', () => {
    const [a, b] = ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00Z'];
    const two = createCompiler({
      source: [
        { name: 'a', type: 'instant', class: 'public' },
        { name: 'b', type: 'instant', class: 'public' },
      ],
      lookups: new Map(),
    });
    const expression = two.compile('source.a == source.b && !(source.a < source.b)', 'bool');
    if (!('evaluate' in expression)) expect.unreachable('it compiles');
    expect(expression.evaluate(two.bindColumns(['b', 'a']).bind([b, a], '2026-11-22'))).toEqual({
      kind: 'value',
      value: true,
    });
  });
});

describe('an expression knows what it reads', () => {
  test('attributes, lookups, today and the highest class', () => {
    const text = 'has(source.last_day) && source.?email.orValue("") == lookup("divisions", source.id).name';
    const { reads, lookups, readsToday, class: highest } = compiled(text);
    expect({ reads, lookups, readsToday, highest }).toEqual({
      reads: ['email', 'id', 'last_day'],
      lookups: ['divisions'],
      readsToday: false,
      highest: 'sensitive',
    });
    expect(compiled('source.hire_date < today')).toMatchObject({ readsToday: true, class: 'internal' });
    expect(compiled('"a"')).toMatchObject({ reads: [], lookups: [], class: 'public' });
  });

  test('a record of another compiler is refused', () => {
    const other = createCompiler({ source: [], lookups: new Map() });
    const record = other.bindColumns([]).bind([], '2026-11-22');
    expect(() => compiled('"a"').evaluate(record)).toThrow('another compiler');
  });
});
