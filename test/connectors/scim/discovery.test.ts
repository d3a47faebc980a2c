import { expect, test } from 'vitest';
import { specOf } from '../../../src/connectors/scim/discovery.ts';
import { fieldsOf } from '../../../src/connectors/scim/fields.ts';
import { scimConfig } from '../../../src/connectors/scim/schema.ts';
import { coreUrn, customUrn } from '../../vendors/scim/attributes.ts';
import { signal, user, withServer } from './bench.ts';

const hired = {
  schemas: [coreUrn, customUrn],
  [customUrn]: { hireDate: '2024-02-29', floor: 3, remote: true },
};

test('a probe finds what the service’s own schema describes, and saved it is read and written by its key', () =>
  withServer({}, async ({ server, reader }) => {
    const { fields } = await reader.probe(signal);
    const found = fields.filter(({ name }) => name.startsWith('custom.'));
    expect(found.map(({ name, type, key }) => [name, type, key])).toEqual([
      ['custom.hireDate', 'text', `${customUrn}:hireDate`],
      ['custom.badge', 'text', `${customUrn}:badge`],
      ['custom.shoeSize', 'text', `${customUrn}:shoeSize`],
      ['custom.remote', 'bool', `${customUrn}:remote`],
      ['custom.floor', 'int', `${customUrn}:floor`],
    ]);
    await withServer({ fields }, async (saved) => {
      const accountId = saved.server.add(user('ada', hired));
      await saved.carryOut({ kind: 'update', accountId, set: { 'custom.floor': 4 } });
      expect((await saved.read(['custom.floor', 'custom.remote', 'custom.badge']))[0]?.values).toEqual([
        4,
        true,
        undefined,
      ]);
    });
    expect(server.loopback.writes()).toEqual([]);
  }));

test('a service without discovery is probed all the same', () =>
  withServer({}, async ({ server, reader }) => {
    server.loopback.fail(
      ({ path }) => /Schemas|ResourceTypes|ServiceProviderConfig/.test(path),
      { kind: 'answer', answer: { status: 404 } },
      { times: 9 },
    );
    const { fields, missing } = await reader.probe(signal);
    expect(missing).toEqual([]);
    expect(fields.map(({ name }) => name)).toEqual(reader.shape.attributes.map(({ name }) => name));
  }));

test('what the config declares goes before what was saved under the same name', () => {
  const extensions = [{ urn: customUrn, attributes: [{ name: 'floor', type: 'int', class: 'internal' }] }];
  const config = scimConfig.parse({ baseUrl: 'https://scim.example.org/v2', extensions });
  const saved = { name: 'custom.floor', type: 'text', class: 'personal', key: 'urn:other:floor' } as const;
  expect(fieldsOf(config, [saved]).get('custom.floor')?.place).toMatchObject({ urn: customUrn });
});

test.each([
  { definition: { name: 'salaryBand', type: 'string' }, spec: { class: 'sensitive', write: 'always' } },
  { definition: { name: 'since', type: 'dateTime' }, spec: { type: 'instant', class: 'personal' } },
  { definition: { name: 'badge', type: 'String', mutability: 'READONLY' }, spec: { write: undefined } },
  { definition: { name: 'badge', type: 'string', mutability: 'immutable' }, spec: { write: 'create' } },
  { definition: { name: 'pin', type: 'string', returned: 'never' }, spec: { writeOnly: true } },
  { definition: { name: 'town', type: 'string', description: 'City' }, spec: { label: 'City' } },
])('an attribute described as $definition', ({ definition, spec }) => {
  const [found] = specOf(definition, 'urn:example:acme');
  expect({ write: undefined, ...found }).toMatchObject({
    key: `urn:example:acme:${definition.name}`,
    ...spec,
  });
});

test.each([
  { name: 'a list', definition: { name: 'badges', type: 'string', multiValued: true } },
  { name: 'a complex one', definition: { name: 'desk', type: 'complex' } },
  { name: 'one without a name', definition: { type: 'string' } },
])('$name has no flat form', ({ definition }) => {
  expect(specOf(definition)).toEqual([]);
});
