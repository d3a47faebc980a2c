import { describe, expect, test } from 'vitest';
import { BrokenReport, entriesOf } from '../../../../src/connectors/workday/report/entries.ts';
import { cellOf } from '../../../../src/connectors/workday/report/columns.ts';

const rows = [
  { Name: 'Ines "{" Roth\\', Note: 'a ] } , : \u0007 😀 Zoë', List: [{ A: '1' }, { A: '2', B: [] }] },
  {},
  { Name: null, Deep: { er: { est: '{' } }, Number: -1.5e3, Yes: true },
];

test.each([
  { name: 'as it comes', text: JSON.stringify({ Report_Entry: rows }) },
  { name: 'with space', text: `\r\n\t ${JSON.stringify({ Report_Entry: rows }, null, 2)}\n` },
  { name: 'with a byte order mark', text: `\uFEFF${JSON.stringify({ Report_Entry: rows })}` },
  {
    name: 'with other members',
    text: JSON.stringify({ a: [1, { b: ']' }], Report_Entry: rows, c: null, d: 1 }),
  },
])('every row of a report $name is read as JSON reads it', ({ text }) => {
  expect([...entriesOf(Buffer.from(text))]).toEqual(rows);
});

test('a report in another encoding is none', () => {
  const text = JSON.stringify({ Report_Entry: [{ Name: 'Zoë' }] });
  expect(() => [...entriesOf(Buffer.from(text, 'latin1'))]).toThrow('not UTF-8');
});

test('a report without rows has none', () => {
  expect([...entriesOf(Buffer.from('{"Report_Entry":[ ]}'))]).toEqual([]);
});

test('a report that ends at any byte but its last is none', () => {
  const whole = Buffer.from(JSON.stringify({ Report_Entry: rows, more: 1 }));
  for (let end = 0; end < whole.length; end += 1) {
    expect(() => [...entriesOf(whole.subarray(0, end))]).toThrow(BrokenReport);
  }
});

test.each([
  '',
  '[]',
  'null',
  '{}',
  '"Report_Entry"',
  '{"Report_Entry":{}}',
  '{"Report_Entry":null}',
  '{"Report_Entry":[1]}',
  '{"Report_Entry":[[]]}',
  '{"Report_Entry":[{}]]}',
  '{"Report_Entry":[{},]}',
  '{"Report_Entry":[{} {}]}',
  '{"Report_Entry":[{"Ines":}]}',
  '{"Report_Entry":[{"Ines":"Roth" "Per":1}]}',
  '{"Report_Entry":[{}]} {"Report_Entry":[]}',
  '{"Report_Entry":[],"Report_Entry":[]}',
  '{"Report_Entry":[{}],}',
  '{Report_Entry:[]}',
  '{1:[],"Report_Entry":[]}',
  '{"Report_Entry" []}',
  '<wd:Report_Data/>',
])('%j is no report', (text) => {
  const read = () => [...entriesOf(Buffer.from(text))];
  expect(read).toThrow(BrokenReport);
  expect(read).not.toThrow(/ines|roth/i);
});

describe('a cell', () => {
  test.each([
    { alias: 'Name', cell: 'Ines' },
    { alias: 'Skills_group/Skill', cell: ['SQL', null] },
    { alias: 'Skills_group/Nothing', cell: undefined },
    { alias: 'Site/City', cell: ['Ulm'] },
    { alias: 'Nothing/City', cell: undefined },
    { alias: 'toString', cell: undefined },
  ])('$alias is $cell', ({ alias, cell }) => {
    const entry = { Name: 'Ines', Skills_group: [{ Skill: 'SQL' }, { Level: '1' }], Site: { City: 'Ulm' } };
    expect(cellOf(entry, alias)).toEqual(cell);
  });
});
