import { expect, test } from 'vitest';
import { typeOfTexts, valueOf, wrong } from '../../../src/connectors/workday/values.ts';
import type { Json, ValueType } from '../../../src/model/value.ts';

test.each<{ raw: Json | undefined; type: ValueType; value: unknown }>([
  { raw: ' Ines ', type: 'text', value: 'Ines' },
  { raw: '007', type: 'text', value: '007' },
  { raw: 7, type: 'text', value: '7' },
  { raw: ['Ines'], type: 'text', value: 'Ines' },
  { raw: ['Ines', 'Per'], type: 'text', value: wrong },
  { raw: { descriptor: 'Ines' }, type: 'text', value: wrong },
  { raw: '', type: 'text', value: undefined },
  { raw: '  ', type: 'date', value: undefined },
  { raw: null, type: 'text', value: undefined },
  { raw: undefined, type: 'bool', value: undefined },
  { raw: [], type: 'text', value: undefined },
  { raw: '1', type: 'bool', value: true },
  { raw: '0', type: 'bool', value: false },
  { raw: 'Yes', type: 'bool', value: true },
  { raw: false, type: 'bool', value: false },
  { raw: 'maybe', type: 'bool', value: wrong },
  { raw: '40', type: 'int', value: 40 },
  { raw: '40.00', type: 'int', value: 40 },
  { raw: '38.5', type: 'int', value: wrong },
  { raw: '38.5', type: 'decimal', value: 38.5 },
  { raw: '1e3', type: 'decimal', value: wrong },
  { raw: '9007199254740993', type: 'int', value: wrong },
  { raw: '2026-02-28', type: 'date', value: '2026-02-28' },
  { raw: '2026-02-28-08:00', type: 'date', value: '2026-02-28' },
  { raw: '2026-02-28Z', type: 'date', value: '2026-02-28' },
  { raw: '2026-02-28T23:30:00.000-08:00', type: 'date', value: '2026-02-28' },
  { raw: '2026-02-30', type: 'date', value: wrong },
  { raw: '28/02/2026', type: 'date', value: wrong },
  { raw: '2026-02-28T10:00:00-08:00', type: 'instant', value: '2026-02-28T10:00:00-08:00' },
  { raw: '2026-02-28T10:00:00', type: 'instant', value: wrong },
  { raw: 'SQL; Go ;', type: 'list<text>', value: ['SQL', 'Go'] },
  { raw: ['SQL', null, 'Go; C'], type: 'list<text>', value: ['SQL', 'Go; C'] },
  { raw: [], type: 'list<text>', value: undefined },
  { raw: '1;2', type: 'list<int>', value: [1, 2] },
  { raw: '1;x', type: 'list<int>', value: wrong },
  { raw: 'x', type: 'picture', value: wrong },
])('$raw as $type is $value', ({ raw, type, value }) => {
  expect(valueOf(raw, type)).toEqual(value);
});

test.each([
  { texts: ['2026-02-28', '', '2025-01-01-08:00'], type: 'date' },
  { texts: ['2026-02-28', 'soon'], type: 'text' },
  { texts: ['1', '0'], type: 'text' },
  { texts: ['', ''], type: 'text' },
])('$texts look like $type', ({ texts, type }) => {
  expect(typeOfTexts(texts)).toBe(type);
});
