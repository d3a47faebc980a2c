import { describe, expect, test } from 'vitest';
import { columnOf } from '../../../src/connectors/merge/columns.ts';
import { decoderOf } from '../../../src/connectors/merge/decode.ts';
import { attributesOf } from '../../../src/connectors/merge/schema.ts';
import { scopesOf } from '../../../src/connectors/merge/scopes.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Json, ValueType } from '../../../src/model/value.ts';

type Item = Readonly<Record<string, Json>>;

const everything = scopesOf([]);
const how = { identifyBy: 'remote_id', today: '2026-11-20' };

function standard(name: string, identifyBy: 'remote_id' | 'id' = 'remote_id'): AttributeSpec {
  const found = attributesOf({ identifyBy }).find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found;
}

const decode = (spec: AttributeSpec, employee: Item, scopes = everything) =>
  decoderOf([columnOf(spec)], scopes, how)({ remote_id: '7', ...employee });
const valueOf = (name: string, employee: Item) => decode(standard(name), employee).values[0];

const boss = { id: 'uuid', remote_id: '12', work_email: 'boss@example.org' };
const job = (title: string, from: string | null, more: Item = {}): Item => ({
  job_title: title,
  effective_date: from,
  created_at: '2024-01-01T00:00:00Z',
  ...more,
});
const groups: Json = [
  { name: 'Lab', type: 'DEPARTMENT' },
  { name: 'Nord', type: 'TEAM' },
  { name: 'Süd', type: 'TEAM' },
  { name: 'Gone', type: 'TEAM', remote_was_deleted: true },
  { name: 'Choir', type: 'Guild' },
];

test.each<{ name: string; employee: Item; value: Json | undefined }>([
  { name: 'email', employee: { work_email: 'a@example.org' }, value: 'a@example.org' },
  { name: 'email', employee: { work_email: null }, value: null },
  { name: 'email', employee: {}, value: undefined },
  { name: 'status', employee: { employment_status: 'On parental leave' }, value: 'On parental leave' },
  { name: 'start_date', employee: { start_date: '2024-05-01T00:00:00Z' }, value: '2024-05-01' },
  { name: 'start_date', employee: { start_date: '2024-05-01T00:00:00+14:00' }, value: '2024-05-01' },
  { name: 'start_date', employee: { start_date: '' }, value: null },
  {
    name: 'created_at',
    employee: { remote_created_at: '2024-04-11T08:00:00.5Z' },
    value: '2024-04-11T08:00:00.5Z',
  },
  { name: 'supervisor.id', employee: { manager: boss }, value: '12' },
  { name: 'supervisor.email', employee: { manager: boss }, value: 'boss@example.org' },
  { name: 'supervisor.email', employee: { manager: null }, value: null },
  { name: 'supervisor.email', employee: { manager: 'uuid' }, value: undefined },
  { name: 'work_location.city', employee: { work_location: { city: 'Québec' } }, value: 'Québec' },
  { name: 'department', employee: { groups }, value: 'Lab' },
  { name: 'departments', employee: { groups }, value: ['Lab'] },
  { name: 'teams', employee: { groups }, value: ['Nord', 'Süd'] },
  { name: 'cost_center', employee: { groups }, value: null },
  { name: 'cost_centers', employee: { groups }, value: [] },
  { name: 'groups', employee: { groups }, value: ['Lab', 'Nord', 'Süd', 'Choir'] },
  { name: 'groups', employee: { groups: ['uuid'] }, value: undefined },
  { name: 'pay_rate', employee: { employments: [job('x', null, { pay_rate: 4200.5 })] }, value: 4200.5 },
])('$name of $employee is $value', ({ name, employee, value }) => {
  expect(decode(standard(name), employee)).toEqual({ id: '7', values: [value] });
});

test.each<{ says: string; jobs: Json; title: Json | undefined }>([
  {
    says: 'the newest that has begun',
    jobs: [
      job('new', '2026-01-01T00:00:00Z'),
      job('old', '2020-01-01T00:00:00Z'),
      job('next', '2026-12-01T00:00:00Z'),
    ],
    title: 'new',
  },
  {
    says: 'one that begins today',
    jobs: [job('old', '2020-01-01T00:00:00Z'), job('today', '2026-11-20T00:00:00Z')],
    title: 'today',
  },
  {
    says: 'the first to come, where none has begun',
    jobs: [job('later', '2027-03-01T00:00:00Z'), job('first', '2026-12-01T00:00:00Z')],
    title: 'first',
  },
  {
    says: 'of one day the one that Merge made last',
    jobs: [
      job('b', '2026-01-01T00:00:00Z', { created_at: '2026-02-01T00:00:00Z' }),
      job('a', '2026-01-01T00:00:00Z'),
    ],
    title: 'b',
  },
  {
    says: 'without dates the one that Merge made last',
    jobs: [job('b', null, { created_at: '2026-02-01T00:00:00Z' }), job('a', null)],
    title: 'b',
  },
  {
    says: 'one with a date before one without',
    jobs: [
      job('dated', '2019-01-01T00:00:00Z'),
      job('undated', null, { created_at: '2026-01-01T00:00:00Z' }),
    ],
    title: 'dated',
  },
  {
    says: 'none that was deleted',
    jobs: [job('gone', '2026-01-01T00:00:00Z', { remote_was_deleted: true })],
    title: null,
  },
  { says: 'none of none', jobs: [], title: null },
  { says: 'nothing that came as ids', jobs: ['uuid'], title: undefined },
])('the job is of $says', ({ jobs, title }) => {
  expect(valueOf('job_title', { employments: jobs })).toBe(title);
});

test.each([
  { name: 'start_date', employee: { start_date: '01.05.2024' }, fault: 'start_date (personal) is no date' },
  {
    name: 'start_date',
    employee: { start_date: '2024-02-30T00:00:00Z' },
    fault: 'start_date (personal) is no date',
  },
  {
    name: 'created_at',
    employee: { remote_created_at: '2024' },
    fault: 'created_at (internal) is no instant',
  },
  { name: 'email', employee: { work_email: { of: 'Mira' } }, fault: 'email (personal) is no text' },
  { name: 'team', employee: { groups }, fault: 'team (internal) is more than one value' },
])('$name of $employee is that person’s fault, named without the value', ({ name, employee, fault }) => {
  expect(decode(standard(name), employee)).toEqual({ id: '7', values: [undefined], fault });
});

test('who is deleted in the HR system is marked, and who has no id has none', () => {
  const email = standard('email');
  expect(decode(email, { remote_was_deleted: true, work_email: 'a@example.org' })).toEqual({
    id: '7',
    values: ['a@example.org'],
    deleted: true,
  });
  expect(decode(email, { remote_id: null, work_email: null }).id).toBe('');
});

test('a manager is told by the same kind of id as everybody', () => {
  const spec = standard('supervisor.id', 'id');
  expect(decode(spec, { manager: 'uuid' }).values).toEqual(['uuid']);
  expect(decode(spec, { manager: boss }).values).toEqual(['uuid']);
});

const scope = (model: string, isOn: boolean, off: string[] = []) => ({
  model_name: model,
  model_permissions: { READ: { is_enabled: isOn } },
  field_permissions: { enabled_fields: [], disabled_fields: off },
});

const custom = (key: string, type: ValueType = 'text'): AttributeSpec => ({
  name: 'custom.x',
  key,
  type,
  class: 'personal',
});

const mappings = (value: Json, whose = 'organization_defined_targets'): Item => ({
  field_mappings: { [whose]: { badge: value } },
});

const raw = (path: string, data: Json): Item => ({
  remote_data: [
    { path: '/other', data: {} },
    { path, data },
  ],
});

describe('what the scopes hide is absent, since null would say that nobody has it', () => {
  const hiding = [scope('Employee', true, ['work_email', 'groups']), scope('Employment', false)];

  test.each<[string, Item, Json | undefined]>([
    ['email', { work_email: null }, undefined],
    ['first_name', { first_name: null }, null],
    ['department', { groups: [] }, undefined],
    ['job_title', { employments: [] }, undefined],
    ['work_location.city', { work_location: null }, null],
  ])('%s of %j', (name, employee, value) => {
    expect(decode(standard(name), employee, scopesOf(hiding)).values).toEqual([value]);
  });

  test('a model that this HR system lacks is as hidden as one that is switched off', () => {
    const scopes = scopesOf([], ['Location']);
    expect(decode(standard('work_location.city'), { work_location: null }, scopes).values).toEqual([
      undefined,
    ]);
  });

  test('where the scopes are not known, everything that is empty is absent', () => {
    const scopes = scopesOf(undefined);
    expect(decode(standard('departments'), { groups: [] }, scopes).values).toEqual([undefined]);
    expect(decode(standard('email'), { work_email: null }, scopes).values).toEqual([undefined]);
    expect(decode(standard('email'), { work_email: 'a@example.org' }, scopes).values).toEqual([
      'a@example.org',
    ]);
  });
});

describe('custom fields', () => {
  test.each<{ key: string; type?: ValueType; employee: Item; value: Json | undefined }>([
    { key: 'field_mappings.badge', employee: mappings({ value: 'B-7' }), value: 'B-7' },
    { key: 'field_mappings.badge', employee: mappings('B-7'), value: 'B-7' },
    { key: 'field_mappings.badge', employee: mappings({ value: null }), value: null },
    {
      key: 'field_mappings.badge',
      type: 'int',
      employee: mappings({ value: 7 }, 'linked_account_defined_targets'),
      value: 7,
    },
    { key: 'field_mappings.other', employee: mappings('B-7'), value: undefined },
    { key: 'field_mappings.badge', employee: { field_mappings: null }, value: undefined },
    { key: 'field_mappings.constructor', employee: mappings('B-7'), value: undefined },
    { key: 'custom_fields.T-shirt size', employee: { custom_fields: { 'T-shirt size': 'M' } }, value: 'M' },
    { key: 'custom_fields.x', employee: { custom_fields: {} }, value: undefined },
    {
      key: 'remote_data:/v1/people#/fields/city',
      employee: raw('/v1/people', { fields: { city: 'Ulm' } }),
      value: 'Ulm',
    },
    {
      key: 'remote_data:/v1/people#/a~1b/0/~0',
      employee: raw('/v1/people', { 'a/b': [{ '~': 'deep' }] }),
      value: 'deep',
    },
    {
      key: 'remote_data:/people/{id}/job#/title',
      employee: raw('/people/12/job', { title: 'x' }),
      value: 'x',
    },
    {
      key: 'remote_data:/people/{id}#/title',
      employee: raw('/people/12/job', { title: 'x' }),
      value: undefined,
    },
    {
      key: 'remote_data:/v1/people#/fields/toString',
      employee: raw('/v1/people', { fields: {} }),
      value: undefined,
    },
    {
      key: 'remote_data:/v1/people#/tags',
      type: 'list<text>',
      employee: raw('/v1/people', { tags: ['a', 'b'] }),
      value: ['a', 'b'],
    },
    {
      key: 'remote_data:/v1/people#/ok',
      type: 'bool',
      employee: raw('/v1/people', { ok: true }),
      value: true,
    },
    {
      key: 'remote_data:/v1/people#/n',
      type: 'decimal',
      employee: raw('/v1/people', { n: '38.5' }),
      value: 38.5,
    },
    { key: 'remote_data:/v1/people#/n', employee: { remote_data: null }, value: undefined },
  ])('$key of $employee is $value', ({ key, type = 'text', employee, value }) => {
    expect(decode(custom(key, type), employee)).toEqual({ id: '7', values: [value] });
  });
});
