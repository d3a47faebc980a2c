import { describe, expect, test } from 'vitest';
import { evaluate, outcome, type Row } from './environment.ts';

const ada: Row = { email: 'ada@example.com', department: 'Sales', salary: 5, hire_date: '2026-03-01' };

describe('what is absent makes the result absent, and nothing else does', () => {
  test.each<[string, Row, unknown]>([
    ['source.status', {}, 'absent: status'],
    ['source.status', { status: null }, 'absent: status'],
    ['source.status', { status: '' }, ''],
    ['lower(source.status)', {}, 'absent: status'],
    ['source.status + source.country', {}, 'absent: country, status'],
    ['source.status + source.status', {}, 'absent: status'],
    ['source.custom["Hire date"]', {}, 'absent: custom.Hire date'],
    ['source.status == "active"', ada, 'absent: status'],
    ['!(source.status == "active")', ada, 'absent: status'],
    ['source.status in ["active"]', ada, 'absent: status'],
    ['"x" in source.tags', {}, 'absent: tags'],
    ['["a"].exists(t, t == source.status)', {}, 'absent: status'],
    ['["a", "active"].exists(t, t == source.status)', { status: 'active' }, true],
    ['source.tags.map(t, t + source.status)', { tags: ['a'] }, 'absent: status'],
    ['source.tags.map(t, t + source.status)', { tags: [] }, []],
    ['first(source.tags)', { tags: [] }, 'absent: tags'],
    ['source.last_day < today', ada, 'absent: last_day'],
    ['size(source.tags)', {}, 'absent: tags'],
  ])('%s of %j is %j', (text, row, gives) => {
    expect(outcome(text, row)).toEqual(gives);
  });
});

describe('a clause is undecided only where its result depends on what is absent', () => {
  test.each<[string, Row, unknown]>([
    ['source.status == "active" || source.department == "Sales"', ada, true],
    ['source.department == "Sales" || source.status == "active"', ada, true],
    ['source.status == "active" || source.department == "Ops"', ada, 'absent: status'],
    ['source.status == "active" && source.department == "Ops"', ada, false],
    ['source.status == "active" && source.department == "Sales"', ada, 'absent: status'],
    ['source.status == "a" || source.country == "b"', ada, 'absent: country, status'],
    ['(source.status == "a" || source.salary > 1) && source.country == "b"', ada, 'absent: country'],
    ['!(source.status == "a" || source.salary > 1)', ada, false],
    ['source.salary > 1 ? "much" : source.status', ada, 'much'],
    ['source.salary > 9 ? "much" : source.status', ada, 'absent: status'],
    ['source.status == "a" ? 1 : 2', ada, 'absent: status'],
    ['text(source.salary > 1 || source.status == "a")', ada, 'true'],
    ['text(source.salary > 9 || source.status == "a")', ada, 'absent: status'],
    ['date(source.email) < today || source.salary > 1', ada, true],
    ['date(source.email) < today || source.status == "a"', ada, 'error'],
    ['source.status == "a" || date(source.email) < today', ada, 'error'],
  ])('%s of %j is %j', (text, row, gives) => {
    expect(outcome(text, row)).toEqual(gives);
  });
});

describe('asking for what may be absent', () => {
  test.each<[string, Row, unknown]>([
    ['has(source.status)', {}, false],
    ['has(source.status)', { status: null }, false],
    ['has(source.status)', { status: '' }, true],
    ['has(source.custom["Hire date"])', {}, false],
    ['!has(source.status) || source.status == "active"', {}, true],
    ['source.?status.orValue("-")', {}, '-'],
    ['source.?status.orValue("-")', { status: 'left' }, 'left'],
    ['source.?status.orValue(source.country)', {}, 'absent: country'],
    ['source.?status.or(source.?country).orValue("-")', { country: 'DE' }, 'DE'],
    ['source.?office.timezone.orValue("Europe/Berlin")', {}, 'Europe/Berlin'],
    ['source.office.?timezone.orValue("Europe/Berlin")', { 'office.timezone': 'UTC' }, 'UTC'],
    ['source[?"status"].hasValue()', {}, false],
    ['source.?salary.orValue(0) + 1', {}, 1],
    ['firstPresent(source.status, source.country)', { country: 'DE' }, 'DE'],
    ['firstPresent(source.status, source.country)', { status: '', country: 'DE' }, 'DE'],
    ['firstPresent(source.status, source.country)', {}, 'absent: country, status'],
    ['firstPresent(source.status, source.country)', { status: '', country: '' }, 'absent: country, status'],
    ['firstPresent(source.status, "none")', {}, 'none'],
    ['firstPresent(source.status, "x") + source.country', {}, 'absent: country'],
    ['firstPresent(source.status, "x") == "x" ? source.country : "b"', {}, 'absent: country'],
    ['firstPresent(source.status, "x") + lookup("divisions", "-").name', {}, 'absent: lookup:divisions'],
    ['firstPresent(date(source.email), today)', ada, 'error'],
    ['firstValid(date(source.email), source.hire_date)', ada, '2026-03-01'],
    ['firstValid(date(source.status), date(source.country))', {}, 'absent: country, status'],
    ['firstValid(date(source.email), date(source.country))', ada, 'error'],
    ['firstValid(lookup("divisions", source.cost_center).name, "none")', {}, 'none'],
  ])('%s of %j is %j', (text, row, gives) => {
    expect(outcome(text, row)).toEqual(gives);
  });
});

describe('lookups', () => {
  test.each<[string, Row, unknown]>([
    ['lookup("divisions", source.cost_center).name', { cost_center: '4711' }, 'Sales'],
    ['lookup("divisions", source.cost_center)["name"]', { cost_center: '4711' }, 'Sales'],
    ['lookup("divisions", source.cost_center).name', { cost_center: '0815' }, 'absent: lookup:divisions'],
    ['lookup("divisions", source.cost_center).name', {}, 'absent: cost_center'],
    ['lookup("divisions", "4711")["Cost center"]', {}, 'absent: lookup:divisions'],
    ['lookup("divisions", "0815").?name.orValue("-")', {}, '-'],
    ['(lookup("divisions", "4711")).name + "!"', {}, 'Sales!'],
    ['lower(lookup("divisions", firstPresent(source.cost_center, "4711")).name)', {}, 'sales'],
    ['lookup("divisions", "toString").name', {}, 'absent: lookup:divisions'],
  ])('%s of %j is %j', (text, row, gives) => {
    expect(outcome(text, row)).toEqual(gives);
  });
});

test('null is what the expression itself says', () => {
  expect(evaluate('null')).toEqual({ kind: 'value', value: null });
  expect(evaluate('source.salary > 1 ? null : source.email', ada)).toEqual({ kind: 'value', value: null });
  expect(outcome('source.salary > 9 ? null : source.email', ada)).toBe('ada@example.com');
});
