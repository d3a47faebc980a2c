import { expect, test } from 'vitest';

import { decoderOf } from '../../../src/connectors/personio/decode.ts';
import { standardAttributes } from '../../../src/connectors/personio/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Json, ValueType } from '../../../src/model/value.ts';

const custom = (type: ValueType): AttributeSpec => ({
  name: 'custom.Field',
  key: 'dynamic_1',
  type,
  class: 'personal',
});

function decodeOne(spec: AttributeSpec, key: string, value: Json | undefined, timezone?: string) {
  const attributes: Record<string, Json> = { id: { label: 'ID', value: 7, type: 'integer' } };
  if (value !== undefined) attributes[key] = { label: key, value, type: 'standard' };
  return decoderOf([spec], timezone)({ type: 'Employee', attributes });
}

function standard(name: string): AttributeSpec {
  const found = standardAttributes.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found;
}

const office: Json = { type: 'Office', attributes: { id: 3, name: 'Kraków' } };
const boss: Json = { type: 'Employee', attributes: { id: { label: 'ID', value: 12, type: 'integer' } } };
const costs: Json = [
  { type: 'CostCenter', attributes: { id: 9, name: 'CC 100', percentage: 60 } },
  { type: 'CostCenter', attributes: { id: 10, name: 'CC 200', percentage: 40 } },
];

test.each([
  { name: 'weekly_working_hours', raw: '38.5', value: 38.5 },
  { name: 'weekly_working_hours', raw: 40, value: 40 },
  { name: 'weekly_working_hours', raw: '', value: null },
  { name: 'hire_date', raw: '2021-02-01T00:00:00+01:00', value: '2021-02-01' },
  { name: 'hire_date', raw: '2021-07-01T00:00:00+14:00', value: '2021-07-01' },
  { name: 'hire_date', raw: '2021-07-01', value: '2021-07-01' },
  { name: 'hire_date', raw: null, value: null },
  { name: 'last_modified_at', raw: '2026-02-03T17:33:55+01:00', value: '2026-02-03T17:33:55+01:00' },
  { name: 'office.name', raw: office, value: 'Kraków' },
  { name: 'office.id', raw: office, value: 3 },
  { name: 'office.name', raw: null, value: null },
  { name: 'office.name', raw: [], value: null },
  { name: 'office.name', raw: '', value: null },
  { name: 'supervisor.id', raw: boss, value: 12 },
  { name: 'supervisor.email', raw: boss, value: undefined },
  { name: 'cost_centers.name', raw: costs, value: ['CC 100', 'CC 200'] },
  { name: 'cost_centers.id', raw: costs, value: [9, 10] },
  { name: 'gender', raw: '', value: '' },
  { name: 'status', raw: undefined, value: undefined },
])('$name of $raw is $value', ({ name, raw, value }) => {
  const row = decodeOne(standard(name), name.split('.')[0] ?? '', raw);
  expect(row).toEqual({ id: '7', values: [value] });
});

test.each([
  { type: 'int' as const, raw: '1017', value: 1017 },
  { type: 'decimal' as const, raw: '-0.5', value: -0.5 },
  { type: 'date' as const, raw: '2022-01-01', value: '2022-01-01' },
  { type: 'text' as const, raw: 12, value: '12' },
  { type: 'list<text>' as const, raw: ['Deutsch', 'Polski'], value: ['Deutsch', 'Polski'] },
  { type: 'list<text>' as const, raw: 'Deutsch', value: ['Deutsch'] },
  { type: 'list<text>' as const, raw: '', value: [] },
  { type: 'text' as const, raw: null, value: null },
])('a custom $type of $raw is $value', ({ type, raw, value }) => {
  expect(decodeOne(custom(type), 'dynamic_1', raw).values).toEqual([value]);
});

test.each([
  { type: 'date' as const, raw: '01.02.2021' },
  { type: 'date' as const, raw: '2021-02-30T00:00:00+01:00' },
  { type: 'int' as const, raw: '12 months' },
  { type: 'int' as const, raw: '99999999999999999999' },
  { type: 'decimal' as const, raw: '38,5' },
  { type: 'text' as const, raw: { secret: 'Mira' } },
  { type: 'text' as const, raw: ['Mira', 'Jonas'] },
  { type: 'list<int>' as const, raw: ['Mira'] },
])('$raw is no $type: that person’s fault, named without the value', ({ type, raw }) => {
  const row = decodeOne(custom(type), 'dynamic_1', raw);
  expect(row).toEqual({ id: '7', values: [undefined], fault: `custom.Field (personal) is no ${type}` });
});

test('a date in UTC is read in the zone of the config, and as it stands without one', () => {
  const raw = '2021-01-31T23:00:00Z';
  expect(decodeOne(standard('hire_date'), 'hire_date', raw, 'Europe/Berlin').values).toEqual(['2021-02-01']);
  expect(decodeOne(standard('hire_date'), 'hire_date', raw).values).toEqual(['2021-01-31']);
  const local = '2021-02-01T00:00:00+01:00';
  expect(decodeOne(standard('hire_date'), 'hire_date', local, 'America/Lima').values).toEqual(['2021-02-01']);
});

test.each([
  { record: {}, id: '' },
  { record: { attributes: { id: { value: null } } }, id: '' },
  { record: { attributes: { id: { value: '4711' } } }, id: '4711' },
  { record: null, id: '' },
])('a record like $record has the id "$id"', ({ record, id }) => {
  expect(decoderOf([], undefined)(record as Json).id).toBe(id);
});
