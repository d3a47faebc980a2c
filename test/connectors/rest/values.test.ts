import { describe, expect, test } from 'vitest';
import { attributeSchema } from '../../../src/connectors/rest/schema/record.ts';
import { formOf, wrong } from '../../../src/connectors/rest/values.ts';
import type { Json, Value } from '../../../src/model/value.ts';

const form = (attribute: object, timezone = 'Europe/Berlin') =>
  formOf(attributeSchema.parse(attribute), timezone);

const date = { type: 'date' };
const instant = { type: 'instant' };
const yesNo = { type: 'bool', booleans: { true: 'Y', false: 'N' } };

describe('reading', () => {
  test.each<readonly [attribute: object, raw: Json | undefined, value: Value | undefined | typeof wrong]>([
    [{}, undefined, undefined],
    [{}, null, null],
    [{}, '', ''],
    [{}, 'x', 'x'],
    [{}, 7, '7'],
    [{}, true, 'true'],
    [{}, { a: 1 }, wrong],
    [{}, ['x'], wrong],
    [{ cleared: 'empty' }, '', null],
    [{ type: 'int' }, 7, 7],
    [{ type: 'int' }, ' 7 ', 7],
    [{ type: 'int' }, '', null],
    [{ type: 'int' }, 7.5, wrong],
    [{ type: 'int' }, '0x10', wrong],
    [{ type: 'int' }, 1e300, wrong],
    [{ type: 'decimal' }, '7.50', 7.5],
    [{ type: 'decimal' }, 'seven', wrong],
    [{ type: 'bool' }, true, true],
    [{ type: 'bool' }, 'FALSE', false],
    [{ type: 'bool' }, 1, wrong],
    [yesNo, 'y', true],
    [yesNo, 'N', false],
    [yesNo, true, wrong],
    [date, '2024-02-29', '2024-02-29'],
    [date, '2023-02-29', wrong],
    [date, '2024-02-29 00:00:00', '2024-02-29'],
    [date, '2024-02-28T23:30:00Z', '2024-02-29'],
    [date, '2024-02-29T00:00:00+01:00', '2024-02-29'],
    [date, 'soon', wrong],
    [date, 1_709_161_200_000, wrong],
    [{ ...date, format: 'dd.MM.yyyy' }, '29.02.2024', '2024-02-29'],
    [{ ...date, format: 'd/M/yyyy' }, '1/3/2024', '2024-03-01'],
    [{ ...date, format: 'dd.MM.yyyy' }, '29x02x2024', wrong],
    [{ ...date, format: 'epoch-milliseconds' }, 1_709_161_200_000, '2024-02-29'],
    [{ ...date, format: 'epoch-seconds' }, '1709161200', '2024-02-29'],
    [{ ...date, format: 'epoch-seconds' }, 1e20, wrong],
    [{ ...date, format: 'odata' }, '/Date(1709161200000+0000)/', '2024-02-29'],
    [{ ...date, format: 'odata' }, 'Date(1)', wrong],
    [instant, '2024-02-29T12:00:00+01:00', '2024-02-29T11:00:00.000Z'],
    [instant, '2024-02-29T12:00:00', wrong],
    [{ ...instant, format: 'epoch-seconds' }, 0, '1970-01-01T00:00:00.000Z'],
    [{ type: 'list<text>' }, ['a', 1], ['a', '1']],
    [{ type: 'list<text>' }, 'a', ['a']],
    [{ type: 'list<text>' }, [], []],
    [{ type: 'list<text>' }, ['a', null], wrong],
    [{ type: 'list<text>', cleared: 'empty' }, [], null],
    [{ type: 'list<int>' }, ['1', 2], [1, 2]],
    [{ type: 'list<int>' }, ['x'], wrong],
  ])('%o of %o', (attribute, raw, value) => {
    expect(form(attribute).valueOf(raw)).toEqual(value);
  });
});

describe('writing', () => {
  test.each<readonly [attribute: object, value: Value, sent: Json | typeof wrong]>([
    [{}, 'x', 'x'],
    [{}, null, null],
    [{ cleared: 'empty' }, null, ''],
    [{ type: 'int' }, 7, 7],
    [{ type: 'int' }, 'x', wrong],
    [yesNo, true, 'Y'],
    [{ type: 'bool' }, 'x', wrong],
    [date, '2024-02-29', '2024-02-29'],
    [date, '2023-02-29', wrong],
    [{ ...date, format: 'd/M/yyyy' }, '2024-03-01', '1/3/2024'],
    [{ ...date, format: 'epoch-milliseconds' }, '2024-02-29', 1_709_161_200_000],
    [{ ...date, format: 'odata' }, '2024-02-29', '/Date(1709161200000)/'],
    [{ ...instant, format: 'epoch-seconds' }, '1970-01-01T00:00:07Z', 7],
    [{ type: 'list<text>' }, ['a'], ['a']],
    [{ type: 'list<text>' }, 'a', ['a']],
    [{ type: 'list<text>', cleared: 'empty' }, null, []],
    [{}, ['a'], wrong],
  ])('%o of %o', (attribute, value, sent) => {
    expect(form(attribute).written(value)).toEqual(sent);
  });
});
