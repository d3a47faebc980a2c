import { describe, expect, test } from 'vitest';
import type { Probe } from '../../../src/connectors/connector.ts';
import type { HttpRequest } from '../../../src/http/client.ts';
import { RefusedStatus } from '../../../src/http/errors.ts';
import type { Json } from '../../../src/model/value.ts';
import { never, openReader, people, readAll, scripted, smallest, type Answer } from './scripted.ts';

const record = { id: 'id', attributes: { name: {}, email: { compare: ['lower'] } } };
const ada = { id: '7', name: 'Ada', email: 'Ada@example.org' };
const bo = { id: '8', name: 'Bo', email: 'bo@example.org' };
const byPath = { path: 'people/{id}', record: 'person' };
const missing: Answer = { answer: { status: 404, body: { message: 'no' } } };

async function find(
  declared: object,
  attribute: string,
  value: string,
  script: (request: HttpRequest) => Answer,
) {
  const { context, requests } = scripted({ ...smallest, record, find: declared }, script);
  const reader = openReader(context);
  const rows = await reader.find({ attributes: ['name'] }, [{ attribute, value }], never);
  return { found: rows.map(({ values }) => values[0]), requests };
}

describe('somebody is looked up', () => {
  test('by the id in a path', async () => {
    const { found, requests } = await find({ id: byPath }, 'id', '7', () => ({ person: ada }));
    expect(found).toEqual(['Ada']);
    expect(requests).toMatchObject([{ path: 'people/7', template: 'people/{id}' }]);
  });

  test('by another value in a path', async () => {
    const by = { email: { path: 'people/by-email/{value}' } };
    const { found, requests } = await find(by, 'email', 'ada@example.org', () => ada);
    expect(found).toEqual(['Ada']);
    expect(requests).toMatchObject([{ path: 'people/by-email/ada%40example.org' }]);
  });

  test('and an id with half a character in it stands on no path', async () => {
    const { found, requests } = await find({ id: byPath }, 'id', '7\uD800', () => [ada]);
    expect(found).toEqual([]);
    expect(requests).toMatchObject([{ path: 'people' }]);
  });

  test('by a parameter of the list', async () => {
    const { found, requests } = await find(
      { email: { parameter: 'mail' } },
      'email',
      'ADA@example.org',
      () => [ada],
    );
    expect(found).toEqual(['Ada']);
    expect(requests).toMatchObject([{ path: 'people', query: { mail: 'ADA@example.org' } }]);
  });

  test('by another list, with the parameter in its body', async () => {
    const list = { method: 'POST', path: 'search', body: { where: { all: true } }, paging: { kind: 'none' } };
    const by = { email: { parameter: 'where.email', in: 'body', list } };
    const { found, requests } = await find(by, 'email', 'ada@example.org', () => [ada]);
    expect(found).toEqual(['Ada']);
    expect(requests[0]?.body).toEqual({ json: { where: { all: true, email: 'ada@example.org' } } });
  });

  test('and a system that ignores the parameter finds nobody too many', async () => {
    const { found } = await find({ email: { parameter: 'mail' } }, 'email', 'ada@example.org', () => [
      ada,
      bo,
    ]);
    expect(found).toEqual(['Ada']);
  });

  test('by reading everybody, where nothing else is declared', async () => {
    const { found, requests } = await find({}, 'email', 'ada@example.org', () => [ada, bo]);
    expect(found).toEqual(['Ada']);
    expect(requests).toMatchObject([{ path: 'people' }]);
  });
});

describe('nobody', () => {
  test.each<readonly [name: string, answer: Answer]>([
    ['a status that says so', missing],
    ['a record that is null', { person: null }],
  ])('%s', async (_, answer) => {
    expect((await find({ id: byPath }, 'id', '7', () => answer)).found).toEqual([]);
  });

  test('somebody else under the path', async () => {
    expect((await find({ id: byPath }, 'id', '7', () => ({ person: bo }))).found).toEqual([]);
  });

  test('an empty value, for which nothing is asked', async () => {
    const { found, requests } = await find({ id: byPath }, 'id', '', () => ({ person: ada }));
    expect({ found, requests }).toEqual({ found: [], requests: [] });
  });

  test.each<readonly [name: string, answer: Answer]>([
    ['no record', {}],
    ['an empty body', null],
    ['a list', { person: [ada] }],
    ['another status', { answer: { status: 202, body: { person: ada } } }],
  ])('is not concluded from %s', async (_, answer) => {
    await expect(find({ id: byPath }, 'id', '7', () => answer)).rejects.toThrow(
      /nothing is concluded from it/,
    );
  });
});

describe('a value leads nowhere else', () => {
  test.each([
    ['7/../../admin', 'people/7%2F..%2F..%2Fadmin'],
    ['7?all=1#x', 'people/7%3Fall%3D1%23x'],
    ['{id}', 'people/%7Bid%7D'],
    ['$&', 'people/%24%26'],
  ])('%s', async (value, path) => {
    expect((await find({ id: byPath }, 'id', value, () => missing)).requests).toMatchObject([{ path }]);
  });

  test('an id of dots is looked for in the list', async () => {
    const { requests } = await find({ id: byPath }, 'id', '..', () => [ada]);
    expect(requests).toMatchObject([{ path: 'people' }]);
  });
});

test('which attributes can be looked up is what find declares', () => {
  const reader = openReader(scripted({ ...smallest, record, find: { id: byPath } }, () => []).context);
  expect(['id', 'email', 'constructor'].map((name) => reader.looksUp?.(name))).toEqual([true, false, false]);
});

describe('connection test', () => {
  test('names attributes of which the first page has nothing', async () => {
    const { missing: said } = await probe({}, () => people('ab'));
    expect(said).toEqual([
      'connection contract: none of the first 2 records has anything at "email" (attribute "email"); correct the path, or give the credential the right to read it',
    ]);
  });

  test('tries the declared requests, and says what each needs', async () => {
    const { missing: said } = await probe(
      { probe: [{ path: 'me', needs: 'the scope me:read' }] },
      ({ path }) => {
        if (path === 'me') throw new RefusedStatus('contract', 'PermissionDenied', 'no', 403);
        return [ada];
      },
    );
    expect(said).toEqual(['connection contract: me is refused (403); it needs the scope me:read']);
  });

  test.each<readonly [name: string, answer: (request: HttpRequest) => Json, missing: readonly string[]]>([
    ['finds them', () => ({ person: ada }), []],
    [
      'finds another',
      () => ({ person: bo }),
      [expect.stringContaining('find.id does not find somebody') as string],
    ],
    [
      'finds nobody',
      () => ({ person: null }),
      [expect.stringContaining('find.id does not find somebody') as string],
    ],
    [
      'is refused',
      () => {
        throw new RefusedStatus('contract', 'PermissionDenied', 'no', 403);
      },
      [expect.stringContaining('find.id is refused (403)') as string],
    ],
  ])('tries each look-up with somebody of the list: it %s', async (_, answer, expected) => {
    const { missing: said } = await probe({ find: { id: byPath } }, (request) =>
      request.path === 'people/7' ? answer(request) : [ada, bo],
    );
    expect(said).toEqual(expected);
  });

  test('says what a reading will cost', async () => {
    const paging = { kind: 'page', parameter: 'page', total: 'total' };
    const list = { path: 'people', records: 'people', paging };
    const { cost } = await probe({ list }, () => ({ people: [ada, bo], total: 7 }));
    expect(cost).toEqual({ requests: 4 });
  });

  test('tells the account by the declared request, else by the address', async () => {
    const account = { path: 'company', value: 'company.code' };
    expect((await probe({ account }, withCompany)).account).toBe('acme');
    expect((await probe({}, withCompany)).account).toBe('api.example.org/v1');
    await expect(probe({ account }, () => ({ company: {} }))).rejects.toThrow(/nothing at "company.code"/);
  });
});

describe('what a record says of itself', () => {
  const marked = {
    ...record,
    deleted: { path: 'gone' },
    active: { path: 'state', is: ['on', 1] },
    protected: { path: 'role', isNot: ['user'] },
  };

  test.each<readonly [more: object, row: object]>([
    [{ state: 'on', role: 'user' }, { active: true }],
    [{ state: 1, role: 'user' }, { active: true }],
    [{ state: 'off', role: 'user' }, { active: false }],
    [
      { state: 'on', role: 'owner' },
      { active: true, protected: true },
    ],
    [{ state: 'on' }, { active: true, protected: true }],
    [
      { state: 'on', role: 'user', gone: '2026-01-01' },
      { active: true, deleted: true },
    ],
    [{ state: 'on', role: 'user', gone: null }, { active: true }],
    [{ state: 'on', role: 'user', gone: [] }, { active: true }],
  ])('%o', async (more, row) => {
    const { context } = scripted({ ...smallest, record: marked }, () => [{ ...ada, ...more }]);
    expect(await readAll(context)).toHaveProperty('rows', [{ id: '7', values: ['Ada'], ...row }]);
  });

  test('an account that says nothing of its state among others that do cannot be used', async () => {
    const both = [
      { ...ada, state: 'on', role: 'user' },
      { id: '8', name: 'Bo', role: 'user' },
    ];
    const { context } = scripted({ ...smallest, record: marked }, () => both);
    expect(await readAll(context)).toMatchObject({ rows: [{ active: true }, { active: false }] });
  });

  test.each<readonly [state: object, deleted: object]>([
    [{}, {}],
    [{ state: null }, {}],
    [{ state: 'on' }, {}],
    [{ state: 'gone' }, { deleted: true }],
  ])('with the state %o nobody is deleted by what is not said', async (state, deletedRow) => {
    const { context } = scripted(
      { ...smallest, record: { ...record, deleted: { path: 'state', isNot: ['on'] } } },
      () => [{ ...ada, ...state }],
    );
    expect(await readAll(context)).toHaveProperty('rows', [
      { id: '7', values: ['Ada'], active: true, ...deletedRow },
    ]);
  });

  test.each<readonly [name: string, more: object]>([
    ['active', { active: { path: 'state' } }],
    ['active', { active: { path: 'state', is: ['on'] } }],
    ['protected', { protected: { path: 'state', is: ['owner'] } }],
  ])('a list on which nobody says whether they are %s is no reading', async (name, more) => {
    const { context } = scripted({ ...smallest, record: { ...record, ...more } }, () => [ada, bo]);
    expect(await readAll(context)).toMatchObject({
      reason: 'StateUnknown',
      fate: 'stalled',
      message: `connection contract: none of 2 records has anything at "state" (record.${name}); correct the path, or give the credential the right to read it`,
    });
    const { missing: said } = await probe({ record: { ...record, ...more } }, () => [ada, bo]);
    expect(said.at(-1)).toContain(`(record.${name})`);
    expect(
      await readAll(scripted({ ...smallest, record: { ...record, ...more } }, () => []).context),
    ).toHaveProperty('rows', []);
  });

  test('a value that is not of its type is that person’s error, without the value', async () => {
    const attributes = { name: {}, floor: { type: 'int', class: 'internal' } };
    const { context } = scripted({ ...smallest, record: { id: 'id', attributes } }, () => [
      { id: '7', floor: 'Ada' },
      { id: '8', floor: 3 },
    ]);
    expect(await readAll(context, ['floor'])).toMatchObject({
      rows: [
        { id: '7', values: [undefined], fault: 'floor (internal) is no int' },
        { id: '8', values: [3] },
      ],
    });
  });

  test('where nobody has an id, the config is at fault; one without is that record’s error', async () => {
    const { context } = scripted(smallest, () => [{ name: 'Ada' }, { name: 'Bo' }]);
    expect(await readAll(context)).toMatchObject({ reason: 'NoIds', fate: 'stalled' });
    const { context: mixed } = scripted(smallest, () => [ada, { name: 'Bo' }]);
    expect(await readAll(mixed)).toMatchObject({ rows: [{ id: '7' }, { id: '' }] });
  });
});

function probe(config: object, script: (request: HttpRequest) => Answer): Promise<Probe> {
  return openReader(scripted({ ...smallest, record, ...config }, script).context).probe(never);
}

function withCompany({ path }: HttpRequest): Json {
  return path === 'company' ? { company: { code: 'acme' } } : [ada];
}
