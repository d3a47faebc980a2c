import { describe, expect, test } from 'vitest';
import { faultsOf, pointed } from './environment.ts';

describe('each fault points at its place', () => {
  test.each<[string, string[]]>([
    ['source.emial', ['unknown-attribute: emial']],
    ['lower(source.emial) + "x"', ['unknown-attribute: emial']],
    ['source.?emial.orValue("")', ['unknown-attribute: emial']],
    ['source.ofice.name', ['unknown-attribute: ofice']],
    ['source.office.nam', ['unknown-attribute: nam']],
    ['source.office.?nam.orValue("")', ['unknown-attribute: nam']],
    ['source.custom["Hire dat"]', ['unknown-attribute: "Hire dat"']],
    ['source["emial"]', ['unknown-attribute: "emial"']],
    ['source.email.name', ['unknown-attribute: name']],
    ['has(source.emial)', ['unknown-attribute: emial']],
    ['source.office', ['unknown-attribute: source.office']],
    ['source', ['unknown-attribute: source']],
    ['source[source.email] == "x"', ['unknown-attribute: source']],
    ['source.tags.exists(t, t == source.emial)', ['unknown-attribute: emial']],
    ['email == "x"', ['unknown-name: email']],
    ['_a0 == "x"', ['unknown-name: _a0']],
    ['source.tags.exists(today, true)', ['unknown-name: today']],
    ['lowr(source.email)', ['unknown-function: lowr']],
    ['_ower(source.email)', ['unknown-function: _ower']],
    ['string(source.salary)', ['unknown-function: string']],
    ['today()', ['unknown-function: today']],
    ['source.email.lower()', ['unknown-function: lower']],
    ['source.email.lowerAscii()', ['unknown-function: lowerAscii']],
    ['(source.email).substring(1)', ['unknown-function: substring']],
    ['startsWith(source.email, "a")', ['unknown-function: startsWith']],
    ['lower(source.salary)', ['type: lower(source.salary)']],
    ['lower(source.email, 1)', ['type: lower(source.email, 1)']],
    ['lower()', ['type: lower()']],
    ['3 + source.email', ['type: 3 + source.email']],
    ['(source.email + 1) + "a"', ['type: source.email + 1']],
    ['source.hire_date < source.email', ['type: source.hire_date < source.email']],
    ['source.email && true', ['type: source.email && true']],
    ['source.email ? 1 : 2', ['type: source.email']],
    ['true ? 1 : "a"', ['type: true ? 1 : "a"']],
    ['[1, "a"]', ['type: "a"']],
    ['source.tags.exists(t, t + 1 == 2)', ['type: t + 1']],
    ['firstPresent(source.email, source.salary)', ['type: source.salary']],
    ['1u == 1u', ['type: 1u', 'type: 1u']],
    ['source.email == null', ['null: null']],
    ['["a", null]', ['null: null']],
    ['source.email.matches("(")', ['constant: "("']],
    ['source.email.matches("(?=a)")', ['constant: "(?=a)"']],
    ['replacePattern(source.email, "[", "")', ['constant: "["']],
    ['date(source.email, "dd.MM.yy")', ['constant: "dd.MM.yy"']],
    ['formatDate(today, "dd. MMMM yyyy")', ['constant: "dd. MMMM yyyy"']],
    ['ascii(source.email, "xx")', ['constant: "xx"']],
    ['lower(source.email, "not a language")', ['constant: "not a language"']],
    ['lookup("division", source.email).name', ['unknown-lookup: "division"']],
    ['lookup(source.email, source.email).name', ['unknown-lookup: source.email']],
    ['lookup("divisions", source.email).nmae', ['unknown-column: nmae']],
    ['lookup("divisions", source.email).?nmae.orValue("")', ['unknown-column: nmae']],
    ['lookup("divisions", source.email)', ['unknown-column: lookup("divisions", source.email)']],
    ['lookup("divisions", source.emial).name', ['unknown-attribute: emial']],
    ['lookup("divisions").name', ['type: lookup("divisions")']],
    ['1 < lookup("divisions", "4711").name', ['type: 1 < lookup("divisions", "4711").name']],
    ['source.email ==', ['syntax: ']],
    ['source.email = "a"', ['syntax: =']],
    ['"open', ['syntax: "open']],
    ['', ['syntax: ']],
  ])('%s', (text, faults) => {
    expect(pointed(text)).toEqual(faults);
  });
});

test('all faults are told, in the order of the text', () => {
  const text = 'lowr(source.emial) + (source.salary + "a") + source.office.nam + lower(source.hire_date)';
  expect(pointed(text)).toEqual([
    'unknown-function: lowr',
    'unknown-attribute: emial',
    'type: source.salary + "a"',
    'unknown-attribute: nam',
    'type: lower(source.hire_date)',
  ]);
});

test('positions count the line breaks and comments of the text', () => {
  const text = 'source.email // a "comment" (\n  == source\n  .emial';
  expect(pointed(text)).toEqual(['unknown-attribute: emial']);
});

describe('a fault says what may be meant', () => {
  test.each<[string, string | undefined]>([
    ['source.emial', 'did you mean source.email?'],
    ['source.Status', 'did you mean source.status?'],
    ['source.custom["hire date"]', 'did you mean source.custom["Hire date"]?'],
    ['source.custom["No of kids"]', 'did you mean source.custom["No. of kids"]?'],
    ['source.timezone', 'did you mean source.office.timezone?'],
    ['source.office', 'for example source.office.name, source.office.timezone'],
    ['source.zzzzzzzz', undefined],
    ['emial', 'did you mean source.email?'],
    ['tody', 'did you mean today?'],
    ['lookup("Divisions", "a").name', 'did you mean "divisions"?'],
    ['lookup("divisions", "a")["Cost centre"]', 'did you mean "Cost center"?'],
    ['titelCase("a")', 'did you mean titleCase?'],
    ['string(1)', 'did you mean text(x)?'],
    ['source.email.upper()', 'write upper(x)'],
    ['endsWith(source.email, "a")', 'write x.endsWith(…)'],
  ])('%s: %s', (text, suggestion) => {
    expect(faultsOf(text)[0]?.suggestion).toBe(suggestion);
  });
});

test('messages speak of our types', () => {
  expect(faultsOf('lower(source.hire_date)')[0]?.message).toBe(
    'lower does not take (date); it takes (text) or (text, text)',
  );
  expect(faultsOf('source.salary + source.weekly_hours')[0]?.message).toBe(
    'there is no int + decimal; decimal(x) converts',
  );
  expect(faultsOf('source.email.contains(1)')[0]?.message).toBe(
    'contains does not take (text, int); it takes (text, text)',
  );
});
