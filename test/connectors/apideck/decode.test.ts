import { describe, expect, test } from 'vitest';
import { decoderOf } from '../../../src/connectors/apideck/decode.ts';
import { fieldOf, standardAttributes, standardByName } from '../../../src/connectors/apideck/fields.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Json } from '../../../src/model/value.ts';

const custom = (type: AttributeSpec['type'], key = 'dynamic_1'): AttributeSpec => ({
  name: 'custom.Field',
  type,
  class: 'personal',
  key,
});

function read(spec: AttributeSpec | string, record: Readonly<Record<string, Json>>, timezone?: string) {
  const field = typeof spec === 'string' ? standardByName.get(spec) : fieldOf(spec);
  if (field === undefined) throw new Error('there is no such field');
  const { values, fault } = decoderOf([field], timezone)({ id: 'emp_1', ...record });
  return fault ?? values[0];
}

const work = { email: 'a@example.org', type: 'work' };
const primary = { email: 'b@example.org', type: 'primary' };
const personal = { email: 'c@example.com', type: 'personal' };

test.each<[name: string, attribute: string, record: Record<string, Json>, value: unknown]>([
  ['a text as it stands', 'first_name', { first_name: ' Iduna ' }, ' Iduna '],
  ['what is not there is absent', 'first_name', {}, undefined],
  ['null is null', 'first_name', { first_name: null }, null],
  ['empty text is null', 'first_name', { first_name: '' }, null],
  ['the status under our name', 'status', { employment_status: 'terminated' }, 'terminated'],
  ['a part of the manager', 'supervisor.id', { manager: { id: 'emp_7' } }, 'emp_7'],
  ['nobody above', 'supervisor.id', { manager: null }, null],
  [
    'a manager who is no record',
    'supervisor.id',
    { manager: 'emp_7' },
    'supervisor.id (internal) is no text',
  ],
  ['the address for work before the primary one', 'email', { emails: [personal, primary, work] }, work.email],
  ['the primary one where none is for work', 'email', { emails: [personal, primary] }, primary.email],
  ['never a private one', 'email', { emails: [personal] }, null],
  [
    'the only one, where its type is not told',
    'email',
    { emails: [{ email: 'd@example.org', type: null }] },
    'd@example.org',
  ],
  [
    'none of two whose types are not told',
    'email',
    { emails: [{ email: 'd@example.org' }, { email: 'e@example.org' }] },
    null,
  ],
  ['addresses that are no list', 'email', { emails: 'd@example.org' }, 'email (personal) is no text'],
  ['an address of a type', 'emails.personal', { emails: [work, personal] }, personal.email],
  ['none of that type', 'emails.billing', { emails: [work] }, null],
  ['no addresses at all', 'emails.work', {}, undefined],
  [
    'a number',
    'phone_numbers.mobile',
    {
      phone_numbers: [
        { type: 'work', number: '1' },
        { type: 'mobile', number: '+49 1' },
      ],
    },
    '+49 1',
  ],
  ['a part of an address', 'addresses.home.city', { addresses: [{ type: 'home', city: 'Ghent' }] }, 'Ghent'],
  ['a list', 'nationalities', { nationalities: ['BE', null, 'NL'] }, ['BE', 'NL']],
  ['an answer yes or no', 'works_remote', { works_remote: false }, false],
  ['a moment', 'updated_at', { updated_at: '2026-02-01T07:44:10.000Z' }, '2026-02-01T07:44:10.000Z'],
  [
    'a moment without a zone',
    'updated_at',
    { updated_at: '2026-02-01T07:44:10' },
    'updated_at (internal) is no instant',
  ],
])('%s', (_, attribute, record, value) => {
  expect(read(attribute, record)).toEqual(value);
});

describe('dates', () => {
  const late = /^termination_date \(personal\) is no date; where dates come as moments, `timezone`/;
  test.each<[raw: string, zone: string | undefined, value: unknown]>([
    ['2026-03-31', undefined, '2026-03-31'],
    ['2026-03-31T00:00:00.000Z', undefined, '2026-03-31'],
    ['2026-03-31T00:00:00.000Z', 'America/New_York', '2026-03-31'],
    ['2026-03-31T00:00:00+02:00', undefined, '2026-03-31'],
    ['2026-03-30T22:00:00.000Z', undefined, expect.stringMatching(late)],
    ['2026-03-30T22:00:00.000Z', 'Europe/Berlin', '2026-03-31'],
    ['2026-03-31T09:30:00', 'Europe/Berlin', expect.stringMatching(late)],
    ['2026-02-30', undefined, expect.stringMatching(late)],
    ['31.03.2026', undefined, expect.stringMatching(late)],
  ])('%s in %s', (raw, zone, value) => {
    expect(read('termination_date', { employment_end_date: raw }, zone)).toEqual(value);
  });
});

const job = (title: string, more: Record<string, Json> = {}) => ({ title, ...more });

describe('the main job', () => {
  test.each<[name: string, jobs: Json, title: unknown]>([
    [
      'is the one that is marked',
      [job('old', { status: 'active' }), job('main', { is_primary: true })],
      'main',
    ],
    ['is the only one', [job('only', { is_primary: null })], 'only'],
    ['is the only active one', [job('old', { status: 'inactive' }), job('now', { status: 'active' })], 'now'],
    [
      'is not told by two active ones',
      [job('a', { status: 'active' }), job('b', { status: 'active' })],
      undefined,
    ],
    ['is none where there is none', [], null],
    ['is not known where jobs are not there', null, null],
  ])('%s', (_, jobs, title) => {
    expect(read('job.title', { jobs })).toEqual(title);
  });

  test('has its place', () => {
    const jobs = [{ is_primary: true, location: { city: 'Ghent' } }];
    expect(read('job.location.city', { jobs })).toBe('Ghent');
    expect(read('job.location.city', { jobs: [{ is_primary: true }] })).toBeUndefined();
  });
});

describe('custom fields', () => {
  test.each<[name: string, fields: Json, type: AttributeSpec['type'], value: unknown]>([
    [
      'by the key, whatever the label',
      [{ id: 'dynamic_1', name: 'Renamed', value: 'Ghent' }],
      'text',
      'Ghent',
    ],
    ['not by the label', [{ id: 'dynamic_2', name: 'Field', value: 'Ghent' }], 'text', undefined],
    ['by the name, where there is no key', [{ name: 'dynamic_1', value: 'Ghent' }], 'text', 'Ghent'],
    ['a number as text', [{ id: 'dynamic_1', value: 12.5 }], 'text', '12.5'],
    ['an answer as text', [{ id: 'dynamic_1', value: true }], 'text', 'true'],
    ['without a value', [{ id: 'dynamic_1' }], 'text', null],
    ['one of a list as text', [{ id: 'dynamic_1', value: ['a'] }], 'text', 'a'],
    ['a list', [{ id: 'dynamic_1', value: ['a', 2] }], 'list<text>', ['a', '2']],
    ['one for a list', [{ id: 'dynamic_1', value: 'a' }], 'list<text>', ['a']],
    [
      'several where one is meant',
      [{ id: 'dynamic_1', value: ['a', 'b'] }],
      'text',
      'custom.Field (personal) is no text',
    ],
    ['a record', [{ id: 'dynamic_1', value: { a: 1 } }], 'text', 'custom.Field (personal) is no text'],
    [
      'twice the same',
      [
        { id: 'dynamic_1', value: 'a' },
        { id: 'dynamic_1', value: 'a' },
      ],
      'text',
      'a',
    ],
    [
      'twice, and not the same',
      [
        { id: 'dynamic_1', value: 'a' },
        { id: 'dynamic_1', value: 'b' },
      ],
      'text',
      'custom.Field (personal) stands there twice',
    ],
  ])('%s', (_, fields, type, value) => {
    expect(read(custom(type), { custom_fields: fields })).toEqual(value);
  });

  test('what is mapped in the Vault is found by its key', () => {
    const mapped: AttributeSpec = { name: 'mapped.shirt', type: 'text', class: 'personal', key: 'shirt' };
    expect(read(mapped, { custom_mappings: { shirt: 'M' } })).toBe('M');
    expect(read(mapped, { custom_mappings: {} })).toBeUndefined();
    expect(read(mapped, { custom_mappings: ['M'] })).toBe('mapped.shirt (personal) is no text');
  });
});

test.each<[record: Record<string, Json>, row: object]>([
  [{ id: 7 }, { id: '7', values: [undefined] }],
  [{ id: null }, { id: '', values: [undefined] }],
  [{}, { id: '', values: [undefined] }],
  [
    { id: 'emp_1', deleted: true },
    { id: 'emp_1', values: [undefined], deleted: true },
  ],
  [
    { id: 'emp_1', deleted: null },
    { id: 'emp_1', values: [undefined] },
  ],
])('who it is, and whether they are deleted: %j', (record, row) => {
  const [first] = [standardByName.get('first_name')].filter((one) => one !== undefined);
  expect(first === undefined ? undefined : decoderOf([first], undefined)(record)).toEqual(row);
});

test('every attribute is published once, and no fault repeats a value', () => {
  const names = standardAttributes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name } of standardAttributes) {
    const property = standardByName.get(name)?.place.property ?? '';
    expect(String(read(name, { [property]: { kanarie: ['kanarie'] } }))).not.toContain('kanarie');
  }
});
