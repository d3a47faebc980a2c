import { expect, onTestFinished, test } from 'vitest';
import { apideck } from '../../../src/connectors/apideck/connector.ts';
import type { Config } from '../../../src/connectors/apideck/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import { idOf } from '../../vendors/apideck/person.ts';
import type { Tenant } from '../../vendors/apideck/tenant.ts';
import { hire, openApplication } from './application.ts';

const signal = new AbortController().signal;

async function probe(
  change: (tenant: Tenant) => void = () => {},
  config: Partial<Config> = {},
  fields?: readonly AttributeSpec[],
) {
  const { server, context } = await openApplication(config, fields === undefined ? {} : { fields });
  const reader = apideck.openReader(context);
  onTestFinished(async () => {
    await reader.close();
    await server.close();
  });
  hire(server, 3);
  change(server.tenant);
  return await reader.probe(signal);
}

const custom = (name: string, key: string): AttributeSpec => ({ name, type: 'text', class: 'personal', key });

test.each<[name: string, change: (tenant: Tenant) => void, missing: RegExp]>([
  [
    'nobody has authorised it',
    ({ connection }) => (connection['state'] = 'added'),
    /connection connect contract/,
  ],
  [
    'it is disabled',
    ({ connection }) => (connection['enabled'] = false),
    /is disabled; enable it in the Vault/,
  ],
  [
    'the integration is not configured',
    ({ connection }) => (connection['integration_state'] = 'needs_configuration'),
    /needs configuration in Apideck \(OAuth client id and secret, scopes\)/,
  ],
  [
    'the integration is off',
    ({ connection }) => (connection['integration_state'] = 'disabled'),
    /is disabled in Apideck/,
  ],
  [
    'consent was withdrawn',
    ({ connection }) => (connection['consent_state'] = 'requires_reconsent'),
    /consent to the data scopes of personio is lacking \(requires_reconsent\); give it in the Vault/,
  ],
  [
    'its tokens are about to be lost',
    ({ connection }) => (connection['health'] = 'pending_refresh'),
    /could not refresh.*connection connect contract/,
  ],
  [
    'settings are missing',
    ({ connection }) => (connection['health'] = 'missing_settings'),
    /settings of personio are missing in the Vault/,
  ],
  [
    'another service is meant',
    ({ connection }) => (connection['service_id'] = 'workday'),
    /no integration personio for HRIS; enable it in Apideck, or correct serviceId/,
  ],
  [
    'Apideck has no such field for the service',
    ({ behaviour }) => behaviour.unsupported.add('employment_status'),
    /^Apideck does not support employment_status for personio; take it from a custom field/,
  ],
  [
    'nobody has a value',
    (tenant) => [1, 2, 3].forEach((n) => tenant.edit(idOf(n), { emails: [] })),
    /^emails is empty for everybody of the first page: the account that personio was connected with/,
  ],
  [
    'two custom fields share a label',
    (tenant) => tenant.customFields.push({ id: 'dynamic_9', name: 'User_City' }),
    /more than one custom field is labelled "User_City"/,
  ],
])('%s: it is said, with the way out', async (_, change, missing) => {
  const found = await probe(change);
  expect(found.missing).toEqual([expect.stringMatching(missing)]);
  expect(found.fields.length).toBeGreaterThan(0);
});

test('a filter that the service does not have, and a saved field that is gone, are named', async () => {
  const { missing } = await probe(
    ({ behaviour }) => void behaviour.filters.delete('email'),
    { filters: ['email'] },
    [custom('custom.Shoe size', 'dynamic_77')],
  );
  expect(missing).toEqual([
    'custom.Shoe size is not among the custom fields that can be seen; it was removed, or hidden',
    'personio has no filter email in Apideck; take it out of `filters`',
  ]);
});

test('custom fields that the data scopes hide are named where one is saved', async () => {
  const { missing } = await probe(
    ({ connection }) => {
      const names = ['first_name', 'last_name', 'emails', 'employment_status'];
      const fields = Object.fromEntries(names.map((name) => [name, { read: true }]));
      connection['application_data_scopes'] = { enabled: true, resources: { 'hris.employees': fields } };
    },
    {},
    [custom('custom.User_City', 'dynamic_24407')],
  );
  expect(missing).toEqual([expect.stringMatching(/^custom_fields is not among the data scopes/)]);
});

test('data scopes that let everything be read, or are off, are not in the way', async () => {
  const scoped = await probe(({ connection }) => {
    connection['application_data_scopes'] = { enabled: true, resources: '*' };
  });
  expect(scoped.missing).toEqual([]);
  const off = await probe(({ connection }) => {
    connection['application_data_scopes'] = { enabled: false, resources: {} };
  });
  expect(off.missing).toEqual([]);
});

test('custom fields are found with label and key, mapped ones too, and those that two share are told apart', async () => {
  const { fields, missing } = await probe((tenant) => {
    tenant.customFields.push({ id: 'dynamic_9', name: 'User_City' }, { id: 'dynamic_8', name: null });
    tenant.mappings.push({ key: 'first_aid', label: 'First aid training' });
    tenant.edit(idOf(2), { custom_fields: [{ id: 'ssn_field', name: 'SSN', value: ['1'] }] });
  });
  expect(fields.filter(({ name }) => /^(?:custom|mapped)\./.test(name))).toEqual([
    {
      name: 'custom.User_City (dynamic_24407)',
      type: 'text',
      class: 'personal',
      label: 'User_City',
      key: 'dynamic_24407',
      optional: true,
    },
    {
      name: 'custom.User_City (dynamic_9)',
      type: 'text',
      class: 'personal',
      label: 'User_City',
      key: 'dynamic_9',
      optional: true,
    },
    {
      name: 'custom.dynamic_8',
      type: 'text',
      class: 'personal',
      label: 'dynamic_8',
      key: 'dynamic_8',
      optional: true,
    },
    {
      name: 'custom.SSN',
      type: 'list<text>',
      class: 'sensitive',
      label: 'SSN',
      key: 'ssn_field',
      optional: true,
    },
    {
      name: 'mapped.first_aid',
      type: 'text',
      class: 'personal',
      label: 'First aid training',
      key: 'first_aid',
      optional: true,
    },
  ]);
  expect(missing).toHaveLength(1);
});

test('custom fields that only the single record has are looked for there', async () => {
  const { fields } = await probe(({ behaviour }) => void behaviour.onlySingle.add('custom_fields'), {
    serviceId: 'hibob',
  });
  expect(fields.map(({ name }) => name)).toContain('custom.User_City');
});

test('only what Apideck has for the service is offered, with names that can be looked up', async () => {
  const { fields } = await probe(({ behaviour }) => {
    behaviour.unsupported.add('department_name').add('jobs');
  });
  const names = fields.map(({ name }) => name);
  expect(names).toContain('department');
  expect(names).not.toContain('job.title');
  expect(names).not.toContain('date_of_birth');
});

test('a service of which Apideck tells nothing may have everything', async () => {
  const { server, context } = await openApplication();
  const reader = apideck.openReader(context);
  onTestFinished(async () => {
    await reader.close();
    await server.close();
  });
  hire(server, 1);
  server.loopback.fail(
    ({ path }) => /connector|custom/.test(path),
    { kind: 'answer', answer: { status: 404, body: {} } },
    { times: 9 },
  );
  const { fields, missing } = await reader.probe(signal);
  expect(fields.map(({ name }) => name)).toContain('date_of_birth');
  // Those that the employees of the first page carry are found all the same.
  expect(fields.map(({ name }) => name)).toContain('custom.User_City');
  expect(missing).toEqual([]);
});

test('what a pass costs is said where the service gives a total', async () => {
  expect((await probe(() => {}, { pageSize: 2 })).cost).toEqual({ requests: 2 });
  expect((await probe(() => {}, { serviceId: 'hibob' })).cost).toEqual({ requests: 4 });
  expect((await probe(({ behaviour }) => void (behaviour.total = false))).cost).toBeUndefined();
});

test('the secrets among the settings of a connection come up nowhere', async () => {
  const found = await probe(({ connection }) => (connection['state'] = 'invalid'));
  expect(JSON.stringify(found)).not.toContain('kanarie-of-the-hr-system');
});
