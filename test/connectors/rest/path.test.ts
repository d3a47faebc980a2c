import { describe, expect, test } from 'vitest';
import {
  isThere,
  isWritable,
  parsePath,
  stepsOf,
  valueAt,
  withValue,
} from '../../../src/connectors/rest/path.ts';
import type { Json } from '../../../src/model/value.ts';

const record: Json = {
  id: 7,
  name: { first: 'Ada', middle: null },
  'a.b': { c: 1 },
  emails: [
    { kind: 'home', address: 'h@example.com' },
    { kind: 'work', address: 'w@example.org', main: true },
  ],
  teams: [{ name: 'x' }, { name: null }, {}, { name: 'y' }],
  none: [],
  plain: 'text',
};

describe('what stands at a path', () => {
  test.each<readonly [path: string, value: Json | undefined]>([
    ['id', 7],
    ['', record],
    ['name.first', 'Ada'],
    ['name.middle', null],
    ['name.last', undefined],
    ['name.middle.deeper', null],
    ['["a.b"].c', 1],
    ['a.b', undefined],
    ['emails[1].address', 'w@example.org'],
    ['emails[7].address', null],
    ['emails[kind=work].address', 'w@example.org'],
    ['emails[main=true].kind', 'work'],
    ['emails[kind=other].address', null],
    ['teams[].name', ['x', 'y']],
    ['none[].name', []],
    ['plain.first', undefined],
    ['plain[]', undefined],
    ['id[0]', undefined],
    ['constructor', undefined],
    ['__proto__.constructor', undefined],
  ])('%s', (path, value) => {
    expect(valueAt(record, stepsOf(path))).toEqual(value);
  });
});

describe('whether anything stands at a path', () => {
  test.each<readonly [path: string, isSo: boolean]>([
    ['name.middle', true],
    ['name.middle.deeper', true],
    ['name.last', false],
    ['emails[kind=work].address', true],
    ['emails[kind=work].since', false],
    ['emails[kind=other].address', false],
    ['emails[7]', false],
    ['teams[].name', true],
    ['plain[]', false],
    ['id[0]', false],
  ])('%s', (path, isSo) => {
    expect(isThere(record, stepsOf(path))).toBe(isSo);
  });
});

test.each(['.a', 'a.', 'a..b', 'a b', 'a[', 'a[]b', 'a[-1]', '[""]', 'a["x]', 'a.[0]', 'a[x=1', '"a"'])(
  '%s is no path',
  (path) => {
    expect(parsePath(path)).toBeUndefined();
  },
);

test.each([
  ['a.b', true],
  ['["a.b"].c', true],
  ['a[0]', false],
  ['a[].b', false],
  ['a[k=v].b', false],
  ['', false],
])('whether a value can be put at %s', (path, isSo) => {
  expect(isWritable(path)).toBe(isSo);
});

describe('putting a value', () => {
  test.each<readonly [into: Readonly<Record<string, Json>>, path: string, then: Json]>([
    [{}, 'a.b', { a: { b: 1 } }],
    [{ a: { c: 2 } }, 'a.b', { a: { c: 2, b: 1 } }],
    [{ a: null }, 'a.b', { a: { b: 1 } }],
    [{ a: [1] }, 'a', { a: 1 }],
    [{}, '["a.b"].c', { 'a.b': { c: 1 } }],
  ])('%o at %s', (into, path, then) => {
    expect(withValue(into, path, 1)).toEqual(then);
  });

  test('no name reaches the prototype of anything', () => {
    const body = withValue({}, '__proto__.admin', true);
    expect(JSON.stringify(body)).toBe('{"__proto__":{"admin":true}}');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});
