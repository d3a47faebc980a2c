import { expect, test } from 'vitest';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import { fieldsPath, knownAttributes, renderFields } from '../../src/spec/compile/saved-fields.ts';
import { connections, folderWith, load, syncWith } from './folder.ts';

const fields: readonly AttributeSpec[] = [
  { name: 'id', type: 'text', class: 'internal' },
  { name: 'custom.Hire: "date"', type: 'date', class: 'personal', label: 'yes', key: '0123', optional: true },
  { name: 'email', type: 'text', class: 'personal', values: ['no', '#1'] },
];

test('fields that are saved are what expressions are checked against', async () => {
  const dark =
    'apiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: dark }\nspec: { connector: unknowable }\n---\n';
  const sync = syncWith('')
    .replace('personio', 'dark')
    .replace(/source\.\w+_name/g, 'source.email');
  const folder = await folderWith({
    'a.yaml': connections + dark + sync,
    [fieldsPath('dark')]: renderFields('dark', { person: fields }),
  });

  const { specs } = await load(folder);

  expect(specs.connections.get('dark')?.fields?.person).toEqual(
    fields.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  expect(specs.syncs.get('staff')?.sourceWant.attributes).toEqual(['email', 'id']);
});

test('what is saved of enrolments stands beside what is saved of people, and neither is taken for the other', async () => {
  const [id = never(), , email = never()] = fields;
  const folder = await folderWith({
    'a.yaml': connections.replace(/---\n$/, ''),
    [fieldsPath('lms')]: renderFields('lms', { person: [email], enrollment: [id] }),
  });

  const { specs } = await load(folder);

  expect(specs.connections.get('lms')?.fields).toEqual({ person: [email], enrollment: [id] });
});

function never(): never {
  throw new Error('there are three fields');
}

test('a saved file adds attributes and raises classes, and lowers none', () => {
  const offline: AttributeSpec[] = [
    { name: 'ssn', type: 'text', class: 'sensitive' },
    { name: 'city', type: 'text', class: 'internal' },
  ];
  const saved: AttributeSpec[] = [
    { name: 'ssn', type: 'text', class: 'public' },
    { name: 'city', type: 'text', class: 'personal' },
    { name: 'custom.x', type: 'int', class: 'public' },
  ];

  const known = [...(knownAttributes(offline, saved)?.values() ?? [])].map(
    (one) => `${one.name} ${one.class}`,
  );

  expect(known.toSorted()).toEqual(['city personal', 'custom.x public', 'ssn sensitive']);
  expect(knownAttributes(undefined, undefined)).toBeUndefined();
});
