import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { personio as connector } from '../../../src/connectors/personio/connector.ts';
import { configSchema } from '../../../src/connectors/personio/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import type { Reader } from '../../../src/connectors/connector.ts';
import type { Receipt, Row, Want } from '../../../src/model/row.ts';
import { testContext } from '../../contract/context.ts';
import { inventPeople } from '../../people/people.ts';
import { customAttributes } from '../../vendors/personio/attributes.ts';
import { startPersonio, type Personio, type PersonioOptions } from '../../vendors/personio/server.ts';

const signal = AbortSignal.timeout(60_000);
const credentials = { clientId: 'us', clientSecret: 'hush' };
const people = inventPeople({ count: 200, seed: 3 });

let server: Personio;
let reader: Reader;

async function open(
  options: Partial<PersonioOptions> = {},
  { fields, config = {} }: { fields?: readonly AttributeSpec[]; config?: Record<string, string> } = {},
): Promise<void> {
  server = await startPersonio({ people, ...credentials, ...options });
  reader = connector.openReader(
    testContext({
      config: configSchema.parse({ baseUrl: server.url, ...config }),
      secrets: credentials,
      ...(fields === undefined ? {} : { fields }),
    }),
  );
}

beforeEach(() => open());
afterEach(async () => {
  await reader.close();
  await server.close();
});

async function reopen(...parameters: Parameters<typeof open>): Promise<void> {
  await reader.close();
  await server.close();
  await open(...parameters);
}

describe('reading', () => {
  test('a last page that is full is followed by an empty one: a total that is too low would show', async () => {
    const { rows, receipt } = await readAll({ attributes: ['id'] });
    expect(rows).toHaveLength(200);
    expect(receipt).toMatchObject({ pages: 3, records: 200, total: 200, asOf: '2026-11-20T08:00:00.000Z' });
  });

  test('only wanted attributes are asked for', async () => {
    await readAll({ attributes: ['office.name', 'office.id', 'custom.Badge'] });
    const query = new URLSearchParams(server.loopback.log.at(-1)?.query);
    expect(query.getAll('attributes[]')).toEqual(['id', 'office', 'dynamic_33401']);
  });

  test('an attribute that may not be read is absent from everybody, never empty', async () => {
    server.readable.delete('status');
    const { rows } = await readAll({ attributes: ['status', 'email'] });
    expect(rows.every(({ values }) => values[0] === undefined && values[1] !== undefined)).toBe(true);
  });

  test('a saved custom attribute keeps its name though the label changed, and costs no request', async () => {
    const city: AttributeSpec = {
      name: 'custom.Stadt',
      key: 'dynamic_24407',
      type: 'text',
      class: 'personal',
    };
    await reopen({}, { fields: [city] });
    const { rows } = await readAll({ attributes: ['custom.Stadt'] });
    expect(rows[0]?.values).toEqual([people[0]?.office]);
    expect(server.loopback.log.some(({ path }) => path.endsWith('/attributes'))).toBe(false);
    expect(reader.shape.attributes).toContainEqual(city);
  });

  test('a custom attribute that Personio does not show stops the pass with a way out', async () => {
    await expect(readAll({ attributes: ['custom.Nope'] })).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'UnknownAttribute',
      message: expect.stringContaining('Readable employee attributes') as string,
    });
  });

  test('somebody who is deleted while pages are read makes no short list', async () => {
    const reading = reader.read({ attributes: ['id'] }, signal);
    await reading.next();
    server.loopback.fail(({ query }) => query.get('offset') === '200', {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: { ...(answer.body as object), metadata: { total_elements: 199 } },
      }),
    });
    await expect(drain(reading)).rejects.toMatchObject({ fate: 'waiting', reason: 'UnusableAnswer' });
  });

  test('the vendor’s limits are kept without a single 429', async () => {
    const context = testContext({ config: configSchema.parse({}), secrets: credentials });
    await reopen({ limits: true, now: () => context.clock.now() });
    await reader.close();
    const config = configSchema.parse({ baseUrl: server.url });
    reader = connector.openReader({ ...context, config });
    for (let n = 0; n < 120; n += 1) await readAll({ attributes: ['id'] });
    expect(server.loopback.log).toHaveLength(361);
    expect(server.loopback.log.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test.each([403, 200] as const)('wrong credentials (told by %i) stall with the way out', async (status) => {
    await reopen({ clientSecret: 'other', wrongCredentialsStatus: status });
    await expect(readAll({ attributes: ['id'] })).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'AuthenticationFailed',
      message: expect.stringMatching(/check the credentials of connection contract/) as string,
    });
  });
});

describe('looking somebody up', () => {
  test('by e-mail and by id costs one request, by anything else a read of the list', async () => {
    const want: Want = { attributes: ['first_name'] };
    const email = people[41]?.email ?? '';
    const ids = async (attribute: string, value: string | number) =>
      (await reader.find(want, [{ attribute, value }], signal)).map((row) => row.id);
    expect(await ids('email', email)).toEqual(['42']);
    expect(await ids('id', '42')).toEqual(['42']);
    expect(await ids('id', 42)).toEqual(['42']);
    expect(server.loopback.log.filter(({ path }) => path.includes('employees'))).toHaveLength(3);
    expect(await ids('custom.Badge', 1042)).toEqual(['42']);
    expect(await ids('id', '9999')).toEqual([]);
    expect(await ids('id', '../attributes')).toEqual([]);
  });

  test('several keys of one person give that person once', async () => {
    const keys = [
      { attribute: 'id', value: '7' },
      { attribute: 'email', value: people[6]?.email ?? '' },
      { attribute: 'id', value: '8' },
    ];
    const rows = await reader.find({ attributes: ['last_name'] }, keys, signal);
    expect(rows).toEqual([
      { id: '7', values: [people[6]?.lastName] },
      { id: '8', values: [people[7]?.lastName] },
    ]);
  });
});

describe('a probe', () => {
  test('publishes custom attributes under their labels, with types, choices and classes', async () => {
    const { fields, cost } = await reader.probe(signal);
    expect(fields.filter(({ name }) => name.startsWith('custom.'))).toMatchObject([
      { name: 'custom.User_City', key: 'dynamic_24407', type: 'text', class: 'personal' },
      { name: 'custom.Anniversary', type: 'date' },
      { name: 'custom.Badge', type: 'int' },
      { name: 'custom.Shirt', type: 'text', values: ['S', 'M', 'L'] },
      { name: 'custom.Language Skills', type: 'list<text>' },
      { name: 'custom.Date of birth', type: 'date', class: 'sensitive' },
    ]);
    expect(cost).toEqual({ requests: 3, forPictures: 200, limitPerHour: 18_000 });
  });

  test('tells labels apart that two attributes share, and says so', async () => {
    const twin = { key: 'dynamic_9', label: 'Badge', type: 'standard' as const, universalId: null };
    await reopen({ custom: [...customAttributes, twin] });
    const { fields, missing } = await reader.probe(signal);
    const names = fields.map(({ name }) => name).filter((name) => name.includes('Badge'));
    expect(names).toEqual(['custom.Badge (dynamic_33401)', 'custom.Badge (dynamic_9)']);
    expect(missing.join('\n')).toContain('more than one custom attribute is labelled "Badge"');
    const { rows } = await readAll({ attributes: ['custom.Badge (dynamic_33401)'] });
    expect(rows[0]?.values).toEqual([1001]);
  });

  test('names a saved attribute that may no longer be read', async () => {
    const badge: AttributeSpec = {
      name: 'custom.Badge',
      key: 'dynamic_33401',
      type: 'int',
      class: 'personal',
    };
    await reopen({}, { fields: [badge] });
    server.readable.delete('dynamic_33401');
    const { missing } = await reader.probe(signal);
    expect(missing).toEqual([
      expect.stringMatching(/^custom\.Badge cannot be read; .*Readable employee attributes/),
    ]);
  });

  test('is not needed to know what hides a value: the whitelist of the API credentials', () => {
    expect(reader.whyEmpty?.('department.name')).toBe(
      '"department" is likely not among the "Readable employee attributes" of the API credentials in Personio (Settings > Integrations > API credentials)',
    );
    expect(reader.whyEmpty?.('id')).toBeUndefined();
  });

  test('works for partners, whose requests carry their id', async () => {
    await reopen({ partnerRequired: true }, { config: { partnerId: 'EXAMPLE_LTD' } });
    expect((await reader.probe(signal)).missing).toEqual([]);
  });
});

test.each([
  { config: { api: 'v3' }, says: 'v2' },
  { config: { perMinute: 100 }, says: 'only `api: v2`' },
  { config: { timezone: 'Berlin' }, says: 'IANA' },
  { config: { clientId: 'us' }, says: 'clientId' },
])('a config like $config is refused', ({ config, says }) => {
  expect(configSchema.safeParse(config).error?.message).toContain(says);
});

test('it talks to the host of its base URL only, which is Personio’s unless said otherwise', () => {
  expect(connector.hosts(configSchema.parse({}))).toEqual(['api.personio.de']);
  expect(connector.hosts(configSchema.parse({ baseUrl: 'http://127.0.0.1:8081' }))).toEqual([
    '127.0.0.1:8081',
  ]);
});

async function readAll(want: Want): Promise<{ rows: readonly Row[]; receipt: Receipt }> {
  return await drain(reader.read(want, signal));
}

async function drain(
  reading: AsyncGenerator<readonly Row[], Receipt>,
): Promise<{ rows: readonly Row[]; receipt: Receipt }> {
  const rows: Row[] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { rows, receipt: step.value };
    rows.push(...step.value);
  }
}
