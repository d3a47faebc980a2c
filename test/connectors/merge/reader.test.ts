import { describe, expect, test } from 'vitest';
import { merge } from '../../../src/connectors/merge/connector.ts';
import { configSchema } from '../../../src/connectors/merge/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import { credentials, endUser, organisation, people } from './organisation.ts';

describe('reading', () => {
  test('a person comes with the job of the day, groups, place, manager and what is mapped', async () => {
    const { read } = await organisation();
    const names = ['email', 'job_title', 'department', 'work_location.country', 'supervisor.id', 'company'];
    const { rows } = await read(
      ...names,
      'custom.badge_no',
      'custom.cost_key',
      'custom.City',
      'custom.shirt',
    );
    const second = people[1];
    expect(rows[1]).toEqual({
      id: '2',
      values: [
        second?.email,
        second?.position,
        second?.department,
        second?.country,
        '1',
        'Example',
        'B-2',
        4,
        second?.office,
        'M',
      ],
    });
  });

  test('no more is asked for than what is mapped', async () => {
    const { read, pages } = await organisation();
    await read('email', 'status');
    expect(pages()).toEqual([{ page_size: '100', include_deleted_data: 'true' }]);
    await read('email', 'job_title', 'teams', 'supervisor.email', 'department');
    expect(pages()).toMatchObject([{ expand: 'employments,groups,manager' }]);
    await read('date_of_birth');
    expect(pages()).toMatchObject([{ include_sensitive_fields: 'true' }]);
  });

  test('a reading is from the moment that Merge’s copy is from', async () => {
    const { read, clock, server } = await organisation();
    await clock.sleep(3_600_000);
    expect((await read('email')).receipt.asOf).toBe('2026-11-20T08:00:00.000Z');
    server.account.copy();
    expect((await read('email')).receipt).toMatchObject({
      asOf: '2026-11-20T09:00:00.000Z',
      pages: 1,
      records: 5,
    });
  });

  test('who is deleted in the HR system comes last and marked; who was made anew under the number is here', async () => {
    const { read, server } = await organisation();
    server.account.remove('2');
    server.account.remove('4');
    server.account.copy();
    const gone = [...server.account.employees].find(([, row]) => row['remote_id'] === '4');
    server.account.employees.set('made anew', { ...gone?.[1], id: 'made anew', remote_was_deleted: false });
    const { rows, receipt } = await read('first_name');
    expect(rows.map(({ id, deleted }) => [id, deleted === true])).toEqual([
      ['1', false],
      ['3', false],
      ['5', false],
      ['4', false],
      ['2', true],
    ]);
    expect(receipt.records).toBe(5);
  });

  test('where Merge does not tell of deletions, the record stays and nobody is said to have left', async () => {
    const { read, server } = await organisation();
    server.account.tellsDeletions = false;
    server.account.remove('2');
    server.account.copy();
    expect((await read('first_name')).rows.map(({ deleted }) => deleted)).toEqual(
      people.map(() => undefined),
    );
  });

  test('a field that a scope switches off is absent from everybody, a model that is switched off with all its fields', async () => {
    const { read, server } = await organisation();
    server.account.disabled.Employee = ['work_email'];
    server.account.disabled.Employment = 'all';
    server.account.copy();
    const { rows } = await read('email', 'job_title', 'department');
    expect(rows[0]?.values).toEqual([undefined, undefined, people[0]?.department]);
  });

  test('where the plan does not tell the scopes, an empty field is absent', async () => {
    const { read } = await organisation({ server: { without: ['linked-account-scopes'] } });
    const { rows } = await read('email', 'personal_email');
    expect(rows[0]?.values).toEqual([people[0]?.email, undefined]);
  });

  test('people can be known by the ids of Merge', async () => {
    const { read, server, reader, signal } = await organisation({ config: { identifyBy: 'id' } });
    const { rows } = await read('remote_id', 'supervisor.id');
    const [first, second] = rows;
    expect(first?.id).toBe(server.account.idOf('Employee', '1'));
    expect(second?.values).toEqual(['2', first?.id]);
    const want = { attributes: ['remote_id'] };
    const found = await reader.find(want, [{ attribute: 'id', value: second?.id ?? '' }], signal);
    expect(found).toEqual([{ id: second?.id, values: ['2'] }]);
    expect(await reader.find(want, [{ attribute: 'id', value: '2' }], signal)).toEqual([]);
    const nobody = server.account.idOf('Employee', '99');
    expect(await reader.find(want, [{ attribute: 'id', value: nobody }], signal)).toEqual([]);
  });

  test('a saved custom field keeps its name, and finding it costs no request', async () => {
    const city: AttributeSpec = {
      name: 'custom.Stadt',
      key: 'remote_data:/employees#/fields/User_City',
      type: 'text',
      class: 'personal',
    };
    const { read, server } = await organisation({ fields: [city] });
    expect((await read('custom.Stadt')).rows[0]?.values).toEqual([people[0]?.office]);
    expect(server.loopback.log.some(({ path }) => path.endsWith('/remote-fields'))).toBe(false);
  });

  test('the limit of the plan is kept without a single 429', async () => {
    const { read, server, clock } = await organisation({ server: { perMinute: 100 } });
    for (let n = 0; n < 30; n += 1) await read('email');
    expect(server.loopback.log).toHaveLength(150);
    expect(server.loopback.log.filter(({ status }) => status !== 200)).toEqual([]);
    expect(clock.sleptMs()).toBeGreaterThanOrEqual(60_000);
  });
});

describe('looking somebody up', () => {
  test('by what Merge filters costs one page for each, by anything else one reading of the list for all', async () => {
    const { reader, pages, signal } = await organisation();
    const want = { attributes: ['first_name'] };
    const keys = [
      { attribute: 'email', value: people[1]?.email ?? '' },
      { attribute: 'id', value: '3' },
      { attribute: 'custom.badge_no', value: 'B-4' },
      { attribute: 'first_name', value: people[4]?.firstName ?? '' },
      { attribute: 'employee_number', value: 'E-2' },
    ];
    const found = await reader.find(want, keys, signal);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(['2', '3', '4', '5']));
    expect(found[0]).toEqual({ id: '2', values: [people[1]?.firstName] });
    const asked = pages();
    expect(
      asked.flatMap(
        ({ work_email: email, remote_id: id, employee_number: number }) => email ?? id ?? number ?? [],
      ),
    ).toEqual([people[1]?.email, '3', 'E-2']);
    // One more finds the custom field, and one reads the list.
    expect(asked).toHaveLength(5);
    expect(['id', 'email', 'employee_number', 'first_name'].map((name) => reader.looksUp?.(name))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('who was deleted is found as deleted, and nobody is found while the first copy is made', async () => {
    const { reader, server, signal } = await organisation();
    server.account.remove('3');
    server.account.copy();
    const keys = [{ attribute: 'id', value: '3' }];
    expect(await reader.find({ attributes: [] }, keys, signal)).toEqual([
      { id: '3', values: [], deleted: true },
    ]);
    Object.assign(server.account.sync.Employee, { status: 'SYNCING', is_initial_sync: true });
    await expect(reader.find({ attributes: [] }, keys, signal)).rejects.toMatchObject({
      fate: 'waiting',
      reason: 'CopyNotWhole',
    });
  });

  test.each(['id', 'email'])(
    'by %s nobody is found in a copy that is begun anew meanwhile',
    async (attribute) => {
      const { reader, server, signal } = await organisation();
      server.loopback.fail(({ path }) => path.includes('/employees'), {
        kind: 'change',
        change: (answer) => {
          Object.assign(server.account.sync.Employee, { status: 'SYNCING', is_initial_sync: true });
          return answer;
        },
      });
      const keys = [{ attribute, value: 'nobody@example.org' }];
      await expect(reader.find({ attributes: [] }, keys, signal)).rejects.toMatchObject({
        reason: 'CopyNotWhole',
      });
    },
  );

  test('another employee than the one whose id of Merge was asked for is no answer', async () => {
    const { reader, server, signal, read } = await organisation({ config: { identifyBy: 'id' } });
    const [first, second] = (await read('id')).rows;
    server.loopback.fail(({ path }) => path.endsWith(`/employees/${first?.id ?? ''}`), {
      kind: 'change',
      change: ({ body, ...answer }) => ({ ...answer, body: { ...(body as object), id: second?.id } }),
    });
    const keys = [{ attribute: 'id', value: first?.id ?? '' }];
    await expect(reader.find({ attributes: [] }, keys, signal)).rejects.toMatchObject({
      reason: 'UnexpectedAnswer',
      message: expect.stringContaining('another employee than the one asked for'),
    });
  });

  test('an answer with somebody else than who was asked for finds nobody', async () => {
    const { reader, server, signal } = await organisation();
    server.loopback.fail(({ path }) => path.endsWith('/employees'), {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: { next: null, results: [...server.account.employees.values()] },
      }),
    });
    const keys = [{ attribute: 'id', value: '3' }];
    expect(await reader.find({ attributes: ['id'] }, keys, signal)).toEqual([{ id: '3', values: ['3'] }]);
  });
});

describe('what stops a reading, with the way out', () => {
  test.each([
    {
      name: 'no token',
      with: { secrets: { apiKey: credentials.apiKey } },
      error: { fate: 'stalled', reason: 'NotConnected' },
      says: /run rosterd connection connect contract, or give it the credential accountToken/,
    },
    {
      name: 'a token that is not taken',
      with: { secrets: { ...credentials, accountToken: 'another' } },
      error: { fate: 'stalled', reason: 'AuthenticationFailed' },
      says: /takes the API key and not the token of the linked account/,
    },
    {
      name: 'a key that is not taken',
      with: { secrets: { ...credentials, apiKey: 'another' } },
      error: { fate: 'stalled', reason: 'AuthenticationFailed' },
      says: /does not take the API key \(401\); .*region/,
    },
    {
      name: 'the account of another end user',
      with: { config: { endUser: { ...endUser, originId: 'another' } } },
      error: { fate: 'stalled', reason: 'NotLinked' },
      says: /not of `endUser.originId`/,
    },
    {
      name: 'an attribute that nobody has',
      with: {},
      attribute: 'custom.Nope',
      error: { fate: 'stalled', reason: 'UnknownAttribute' },
      says: /map it in Merge/,
    },
  ])('$name', async ({ with: how, attribute = 'email', error, says }) => {
    const { read } = await organisation(how);
    await expect(read(attribute)).rejects.toMatchObject({
      ...error,
      message: expect.stringMatching(says) as string,
    });
  });

  test('an account that needs to be linked again, until it is', async () => {
    const { read, server } = await organisation();
    server.account.status = 'RELINK_NEEDED';
    await expect(read('email')).rejects.toMatchObject({
      fate: 'stalled',
      message: expect.stringContaining('run rosterd connection connect contract to link it again') as string,
    });
    server.account.status = 'COMPLETE';
    expect((await read('email')).rows).toHaveLength(5);
  });

  test('a refusal keeps Merge’s words and leaves people and secrets out', async () => {
    const { read, server } = await organisation();
    const detail = 'The request failed for Mira Vogt: missing permission on field work_email of token abc123';
    server.loopback.fail(({ path }) => path.endsWith('/employees'), {
      kind: 'answer',
      answer: {
        status: 403,
        body: { errors: [{ title: 'Missing permission', detail, problem_type: 'MISSING_PERMISSION' }] },
      },
    });
    const error = await read('email').catch((refused: unknown) => refused);
    expect(error).toMatchObject({ fate: 'stalled', reason: 'PermissionDenied' });
    const { message } = error as Error;
    expect(message).toMatch(/employees \(403\): .*[Mm]issing permission/);
    expect(message).not.toMatch(/Mira|Vogt|abc123/);
  });
});

describe('a probe', () => {
  test('finds every field with its key, label, type and class', async () => {
    const { reader, signal } = await organisation();
    const { fields, account } = await reader.probe(signal);
    expect(account).toMatch(/^[0-9a-f-]{36}$/);
    expect(fields.filter(({ name }) => name.startsWith('custom.'))).toMatchObject([
      { name: 'custom.badge_no', key: 'field_mappings.badge_no', type: 'text', class: 'personal' },
      { name: 'custom.cost_key', key: 'field_mappings.cost_key', type: 'int' },
      { name: 'custom.shirt', key: 'custom_fields.shirt', type: 'text' },
      {
        name: 'custom.City',
        label: 'City',
        key: 'remote_data:/employees#/fields/User_City',
        type: 'text',
        values: ['Ulm', 'Kraków'],
      },
      { name: 'custom.children', key: 'remote_data:/employees#/fields/children', type: 'int' },
      { name: 'custom.a/b', key: 'remote_data:/employees#/fields/a~1b', type: 'text' },
      { name: 'custom.badge_no (remote_data:/employees#/badge)', label: 'badge_no' },
      { name: 'custom.Date of birth', type: 'date', class: 'sensitive' },
    ]);
  });

  test('works where the plan has no lists of fields: people themselves show what is mapped', async () => {
    const { reader, signal } = await organisation({
      server: { without: ['field-mappings', 'remote-fields'] },
    });
    const { fields } = await reader.probe(signal);
    expect(fields.flatMap(({ name }) => (name.startsWith('custom.') ? [name] : []))).toEqual([
      'custom.badge_no',
      'custom.cost_key',
      'custom.shirt',
    ]);
  });

  test('names everything that is missing at once', async () => {
    const gone: AttributeSpec = {
      name: 'custom.Gone',
      key: 'field_mappings.Gone',
      type: 'text',
      class: 'personal',
    };
    const { reader, server, signal } = await organisation({ fields: [gone] });
    const { account } = server;
    account.disabled.Employee = ['work_email', 'ssn'];
    account.disabled.Group = 'all';
    account.copy();
    account.status = 'RELINK_NEEDED';
    account.sync.Employee.status = 'FAILED';
    account.issues.push('Invalid login credentials of mira.vogt@example.org');
    const { missing } = await reader.probe(signal);
    expect(missing).toEqual([
      expect.stringMatching(/^the HR system no longer lets Merge in; run rosterd connection connect/),
      expect.stringMatching(/^Merge's last copy of Employee is not whole \(FAILED\)/),
      expect.stringMatching(/^Group cannot be read; switch it on in Merge's Common Model scopes/),
      expect.stringMatching(/^email cannot be read; switch it on/),
      expect.stringMatching(/^custom\.Gone is no field of this HR system any more/),
      expect.stringMatching(/^Merge has an open issue with the HR system: "Invalid login/),
    ]);
    expect(missing.join('\n')).not.toContain('mira');
  });

  test('is not needed to know what hides a value', async () => {
    const { reader } = await organisation();
    expect(reader.whyEmpty?.('email')).toMatch(/"work_email" is likely switched off/);
    expect(reader.whyEmpty?.('id')).toBeUndefined();
    expect(reader.whyEmpty?.('nope')).toBeUndefined();
  });
});

test('it talks to the region of the organisation', () => {
  expect(
    [{}, { region: 'eu' }, { region: 'ap' }, { baseUrl: 'http://127.0.0.1:8081/api' }].map((config) =>
      merge.hosts(configSchema.parse(config)),
    ),
  ).toEqual([['api.merge.dev'], ['api-eu.merge.dev'], ['api-ap.merge.dev'], ['127.0.0.1:8081']]);
});

test.each([
  { config: { linkExpiryMinutes: 10_081 }, says: 'linkExpiryMinutes' },
  { config: { endUser: { originId: 'x' } }, says: 'organization' },
  { config: { integration: 'Bamboo HR' }, says: 'slug' },
  { config: { accountToken: 'x' }, says: 'accountToken' },
])('a config like $config is refused', ({ config, says }) => {
  expect(configSchema.safeParse(config).error?.message).toContain(says);
});
