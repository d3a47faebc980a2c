import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AttributeSpec } from '../../../../src/model/attribute.ts';
import { png } from '../../../vendors/images.ts';
import { cursorOf } from '../../../vendors/personio/v2/paging.ts';
import { company } from './company.ts';

const noPartner = { partnerRequired: true } as const;

test('names are asked for once in a reading, and anew in the next: departments change without their people', async () => {
  const { server, read, asked, people } = await company();
  const wanted = ['department.name', 'team.name', 'office.name', 'cost_centers.name'];
  expect(await read(1, ...wanted)).toEqual({
    'department.name': people[0]?.department,
    'team.name': people[0]?.team,
    'office.name': people[0]?.office,
    'cost_centers.name': ['CC 100'],
  });
  const lists = ['/v2/org-units', '/v2/org-units', '/v2/workplaces', '/v2/cost-centers'];
  expect(asked().filter((path) => !path.startsWith('/v2/persons'))).toEqual(lists);
  for (const employee of server.employees.values()) {
    const { id } = (employee.get('department') as { readonly attributes: { readonly id: number } })
      .attributes;
    employee.set('department', { type: 'Department', attributes: { id, name: `Renamed ${id}` } });
  }
  expect((await read(1, ...wanted))['department.name']).toMatch(/^Renamed \d+$/);
  expect(asked()).toEqual(['/v2/persons', ...lists]);
});

test('where the list of departments is not open, each is asked for by its id', async () => {
  const { read, asked, people } = await company({ v2: { betas: [] } });
  expect(await read(1, 'department.name')).toEqual({ 'department.name': people[0]?.department });
  expect(asked().filter((path) => /^\/v2\/org-units\/\d+$/.test(path)).length).toBeGreaterThan(0);
});

test('another one than was asked for gives nobody its name', async () => {
  const { server, readAll } = await company({ v2: { betas: [] } });
  server.loopback.fail(({ path }) => /^\/v2\/org-units\/\d+$/.test(path), {
    kind: 'change',
    change: ({ body, ...answer }) => ({ ...answer, body: { ...(body as object), id: '99999' } }),
  });
  await expect(readAll('department.name')).rejects.toThrow(
    'another of its departments and teams than the one asked for',
  );
});

test('names that the company does not get stop a sync that wants them, with the way out', async () => {
  const { readAll } = await company({ v2: { betas: [] } });
  await expect(readAll('office.name')).rejects.toMatchObject({
    fate: 'stalled',
    reason: 'NotOffered',
    message: expect.stringMatching(/connection contract: .*workplaces.*beta.*api: v1/) as string,
  });
  expect((await readAll('office.id')).rows).toHaveLength(6);
});

test('a page with nobody on it is not the end where it has a next one', async () => {
  const { server, readAll } = await company();
  server.loopback.fail(({ path, query }) => path === '/v2/persons' && !query.has('cursor'), {
    kind: 'answer',
    answer: {
      status: 200,
      body: { _data: [], _meta: { links: { next: { href: `?cursor=${cursorOf(0)}` } } } },
    },
  });
  const { rows, receipt } = await readAll('id');
  expect(rows).toHaveLength(6);
  expect(receipt).toEqual({ pages: 2, records: 6, end: 'no next link', asOf: '2026-11-20T08:00:00.000Z' });
});

test.each([
  ['a full page', 50, 'a page of persons without its items or links'],
  ['a page with room left', 49, undefined],
])('%s without links is the end only where Personio had no more to give', async (_, count, doubt) => {
  const { server, readAll } = await company();
  const people = Array.from({ length: count }, (_one, at) => ({ id: String(at + 1) }));
  server.loopback.fail(({ path }) => path === '/v2/persons', {
    kind: 'answer',
    answer: { status: 200, body: { _data: people, _meta: {} } },
  });
  const reading = readAll('id');
  if (doubt === undefined) expect((await reading).rows).toHaveLength(count);
  else await expect(reading).rejects.toThrow(doubt);
});

test('any number of people who cannot be looked up are found in one reading', async () => {
  const { reader, people, signal, asked } = await company();
  const keys = [1, 4].map((at) => ({ attribute: 'last_name', value: people[at]?.lastName ?? '' }));
  const found = await reader.find({ attributes: ['first_name'] }, keys, signal);
  expect(found).toEqual([1, 4].map((at) => ({ id: String(at + 1), values: [people[at]?.firstName] })));
  expect(asked()).toEqual(['/v2/persons']);
});

test('what a supervisor is called is known from the same list, and of one who is looked up it is asked for', async () => {
  const { server, reader, signal, read, asked, people } = await company();
  server.employees.get(1)?.set('supervisor', 6);
  const email = people[5]?.email;
  expect(await read(1, 'supervisor.email')).toEqual({ 'supervisor.email': email });
  expect(asked().filter((path) => path === '/v2/persons/6')).toEqual([]);
  const want = { attributes: ['supervisor.email'] };
  expect(await reader.find(want, [{ attribute: 'id', value: '1' }], signal)).toEqual([
    { id: '1', values: [email] },
  ]);
});

test('pictures are read by their content beside the employments, and neither pushes the other out of memory', async () => {
  const { server, read, asked } = await company();
  server.pictures.set(2, (width) => png(7, width));
  const digest = `sha256:${createHash('sha256').update(png(7, 400)).digest('hex')}`;
  const told = { profile_picture: digest, status: 'active' };
  expect(await read(2, 'profile_picture', 'status')).toEqual(told);
  asked();
  expect(await read(2, 'profile_picture', 'status')).toEqual(told);
  expect(asked()).toEqual(['/v2/persons']);
});

test('the limits are kept without a single 429', async () => {
  const { server, readAll } = await company({ limits: true, config: { perMinute: 300 } });
  for (let n = 0; n < 60; n += 1) await readAll('email');
  expect(server.loopback.log.filter(({ status }) => status !== 200)).toEqual([]);
});

test.each(['invalid_client', 'unauthorized_client'])(
  'credentials that are refused (%s) stall',
  async (word) => {
    const { server, readAll } = await company();
    server.loopback.fail(({ path }) => path === '/v2/auth/token', {
      kind: 'answer',
      answer: { status: 400, body: { error: word, error_description: 'us' } },
    });
    await expect(readAll('email')).rejects.toMatchObject({ fate: 'stalled', reason: 'AuthenticationFailed' });
  },
);

test('an attribute that only v1 has is refused with the way out', async () => {
  const { readAll } = await company();
  await expect(readAll('fix_salary')).rejects.toMatchObject({
    reason: 'UnknownAttribute',
    message: expect.stringContaining('api: v1') as string,
  });
});

test.each(['1,2', 'nobody at all', '@example.org'])(
  'nobody has the address "%s", and nobody is asked for it',
  async (value) => {
    const { reader, signal, asked } = await company();
    expect(await reader.find({ attributes: ['id'] }, [{ attribute: 'email', value }], signal)).toEqual([]);
    expect(asked()).toEqual([]);
  },
);

describe('custom attributes', () => {
  test('are found by the names that people see, as the list of v1 tells them', async () => {
    const { read, people } = await company();
    expect(await read(1, 'custom.User_City', 'custom.Badge')).toEqual({
      'custom.User_City': people[0]?.office,
      'custom.Badge': 1001,
    });
  });

  test('are those of the first persons where v1 is refused', async () => {
    const { read, people } = await company(noPartner);
    expect(await read(1, 'custom.User_City', 'custom.Language Skills')).toEqual({
      'custom.User_City': people[0]?.office,
      'custom.Language Skills': ['Deutsch', 'English'],
    });
  });

  test('cost no question where they are saved', async () => {
    const city: AttributeSpec = {
      name: 'custom.Stadt',
      key: 'dynamic_24407',
      type: 'text',
      class: 'personal',
    };
    const { read, asked, people } = await company({ fields: [city] });
    expect(await read(1, 'custom.Stadt')).toEqual({ 'custom.Stadt': people[0]?.office });
    expect(asked()).toEqual(['/v2/persons']);
  });

  test('that Personio does not show stop the pass', async () => {
    const { readAll } = await company();
    await expect(readAll('custom.Nope')).rejects.toMatchObject({
      reason: 'UnknownAttribute',
      message: expect.stringContaining('Readable employee attributes') as string,
    });
  });
});

describe('a probe', () => {
  test('says what can be read, what it costs, and which company it is', async () => {
    const { reader, signal } = await company();
    const { fields, missing, cost, account } = await reader.probe(signal);
    expect(missing).toEqual([]);
    expect(account).toBe('legal-entity-170');
    expect(cost).toEqual({ requests: 12, forPictures: 6, limitPerHour: 120_000 });
    const names = fields.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['legal_entity.name', 'custom.Badge', 'office.name']));
    expect(names).not.toContain('fix_salary');
  });

  test.each([
    ['personio:persons:read', /persons .*personio:persons:read/, 'never'],
    ['personio:employments:read', /employments .*personio:employments:read/, 'hire_date'],
    ['personio:org-units:read', /departments and teams .*personio:org-units:read/, 'team.name'],
    ['personio:legal-entities:read', /legal entities .*personio:legal-entities:read/, 'legal_entity.name'],
  ])('names the scope %s where it is missing', async (scope, says, unreadable) => {
    const { server, reader, signal } = await company();
    server.v2.tokens.scopes.delete(scope);
    const { missing, fields } = await reader.probe(signal);
    expect(missing.join('\n')).toMatch(says);
    expect(new Set(missing).size).toBe(missing.length);
    expect(missing.join('\n')).toContain('Settings > Integrations > API credentials');
    expect(fields.map(({ name }) => name)).not.toContain(unreadable);
  });

  test('does not publish names that the company does not get, and misses them only where they are wanted', async () => {
    const office: AttributeSpec = { name: 'office.name', type: 'text', class: 'internal' };
    const plain = await company({ v2: { betas: [] } });
    const { fields, missing } = await plain.reader.probe(plain.signal);
    expect(missing).toEqual([]);
    expect(fields.map(({ name }) => name)).not.toContain('office.name');
    const wanted = await company({ v2: { betas: [] }, fields: [office] });
    expect((await wanted.reader.probe(wanted.signal)).missing).toEqual([
      expect.stringMatching(/workplaces.*take what is read from them out of the spec/),
    ]);
  });

  test.each([
    ['by the list of v1', {}],
    ['by what persons show', noPartner],
  ])('tells %s which attribute is not readable', async (_, options) => {
    const { server, reader, signal } = await company(options);
    server.readable.delete('email');
    server.readable.delete('position');
    const { missing, fields } = await reader.probe(signal);
    expect(missing).toEqual([expect.stringMatching(/^email cannot be read; .*Readable employee attributes/)]);
    const names = fields.map(({ name }) => name);
    expect(names).not.toContain('position');
    expect(names).toEqual(
      expect.arrayContaining(['id', 'first_name', 'status', 'hire_date', 'custom.User_City']),
    );
  });
});
