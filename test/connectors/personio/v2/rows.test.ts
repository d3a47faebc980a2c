import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/connectors/json.ts';
import { v2Attributes } from '../../../../src/connectors/personio/v2/attributes.ts';
import { columnOf, rowOf } from '../../../../src/connectors/personio/v2/rows.ts';
import type { AttributeSpec } from '../../../../src/model/attribute.ts';
import type { Json, ValueType } from '../../../../src/model/value.ts';

const boss = { id: '12', email: 'cleo@example.org', first_name: 'Cleo' };
const names: Readonly<Record<string, string>> = {
  'team 5': 'Treasury',
  'cost_centers 9': 'CC 100',
  'office 3': 'Ulm',
};
const besides = {
  names: { get: (kind: string, id: string) => names[`${kind} ${id}`] },
  supervisors: new Map([['12', boss]]),
  timezone: 'Europe/Berlin',
};

function value(spec: AttributeSpec, item: JsonObject, current?: JsonObject) {
  const detail = current === undefined ? undefined : { employed: { current, last: current } };
  const person = { item: { id: '7', ...item }, detail, readAt: 0, stored: undefined };
  const { values, fault } = rowOf(person, [columnOf(spec)], besides);
  return fault ?? values[0];
}

function standard(name: string): AttributeSpec {
  const found = v2Attributes.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found;
}

test.each<[string, JsonObject, Json | undefined]>([
  ['first_name', { first_name: 'Mira' }, 'Mira'],
  ['first_name', {}, undefined],
  ['first_name', { first_name: null }, null],
  ['gender', { gender: 'DIVERSE' }, 'diverse'],
  ['gender', { gender: 'UNSPECIFIED' }, null],
  ['created_at', { created_at: '2021-01-10T08:00:00Z' }, '2021-01-10T08:00:00Z'],
  ['last_modified_at', { updated_at: 'yesterday' }, 'last_modified_at (internal) is no instant'],
  ['profile_picture', { profile_picture: { url: 'https://example.org/p' } }, 'https://example.org/p'],
  ['profile_picture', { profile_picture: null }, null],
  ['status', {}, undefined],
])('of a person: %s of %j is %s', (name, item, expected) => {
  expect(value(standard(name), item)).toEqual(expected);
});

test.each<[string, JsonObject, Json | undefined]>([
  ['status', { status: 'LEAVE' }, 'leave'],
  ['status', { status: 'UNSPECIFIED' }, undefined],
  ['status', {}, undefined],
  ['position', { position: { title: 'Analyst' } }, 'Analyst'],
  ['position', { position: {} }, undefined],
  ['position', { position: null }, null],
  ['employment_type', { type: 'EXTERNAL' }, 'external'],
  ['weekly_working_hours', { weekly_working_hours: 38.5 }, 38.5],
  ['hire_date', { employment_start_date: '2021-02-01' }, '2021-02-01'],
  ['hire_date', { employment_start_date: '01.02.2021' }, 'hire_date (personal) is no date'],
  ['supervisor.id', { supervisor: { id: '12' } }, 12],
  ['supervisor.email', { supervisor: { id: '12' } }, 'cleo@example.org'],
  ['supervisor.last_name', { supervisor: { id: '12' } }, undefined],
  ['supervisor.email', { supervisor: { id: '13' } }, undefined],
  ['supervisor.email', { supervisor: null }, null],
  ['office.id', { office: { id: '3' } }, 3],
  ['office.name', { office: { id: '3' } }, 'Ulm'],
  ['office.name', { office: { id: '4' } }, undefined],
  ['office.name', { office: null }, null],
  [
    'team.name',
    {
      org_units: [
        { type: 'team', id: '5' },
        { type: 'department', id: '21' },
      ],
    },
    'Treasury',
  ],
  ['team.id', { org_units: [{ type: 'department', id: '21' }] }, null],
  ['team.id', { org_units: [] }, null],
  ['team.id', {}, undefined],
  [
    'team.id',
    {
      org_units: [
        { type: 'team', id: '5' },
        { type: 'team', id: '6' },
      ],
    },
    'team.id (internal) is no int',
  ],
  ['cost_centers.id', { cost_centers: [{ id: '9', weight: 100 }] }, [9]],
  ['cost_centers.name', { cost_centers: [{ id: '9', weight: 100 }] }, ['CC 100']],
  ['cost_centers.name', { cost_centers: [{ id: '9' }, { id: '10' }] }, undefined],
  [
    'cost_centers.id',
    { cost_centers: [{ id: '1f33aa20-287f' }] },
    'cost_centers.id (internal) is no list<int>',
  ],
  ['legal_entity.id', { legal_entity: { id: '170' } }, 170],
  ['subcompany.id', { sub_company: { id: '47' } }, 47],
  ['last_working_day', { termination: { last_working_day: '2026-06-15' } }, '2026-06-15'],
  ['last_working_day', { termination: { last_working_date: '2026-06-15' } }, '2026-06-15'],
  ['termination_date', { termination: null }, null],
  ['termination_date', {}, undefined],
  ['termination_type', { termination: { type: 'QUIT' } }, 'quit'],
])('of an employment: %s of %j is %j', (name, employment, expected) => {
  expect(value(standard(name), {}, employment)).toEqual(expected);
});

test.each<[ValueType, Json | undefined, Json | undefined]>([
  ['text', 'Ulm', 'Ulm'],
  ['int', '1017', 1017],
  ['decimal', '0.5', 0.5],
  ['bool', 'true', true],
  ['bool', 'perhaps', 'custom.Field (personal) is no bool'],
  ['date', '2022-01-01', '2022-01-01'],
  ['date', '2022-01-31T23:00:00Z', '2022-02-01'],
  ['list<text>', ['Deutsch', 'Polski'], ['Deutsch', 'Polski']],
  ['text', [{ city: 'Ulm' }], 'custom.Field (personal) is no text'],
  ['text', null, null],
  ['text', undefined, undefined],
])('a custom %s of %j is %j', (type, raw, expected) => {
  const spec: AttributeSpec = { name: 'custom.Field', key: 'dynamic_1', type, class: 'personal' };
  const others = [{ id: 'dynamic_2', value: 'another' }];
  const item = {
    custom_attributes: raw === undefined ? others : [...others, { id: 'dynamic_1', value: raw }],
  };
  expect(value(spec, item)).toEqual(expected);
});
