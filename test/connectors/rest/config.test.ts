import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { catalogOf, connectors } from '../../../src/connectors/registry.ts';
import { createCompiler } from '../../../src/expression/compiler.ts';
import { messageOf } from '../../../src/model/error.ts';
import { checkCron } from '../../../src/schedule/cron.ts';
import { loadConnections } from '../../../src/spec/load-connections.ts';
import { blocksOf } from '../../docs/shell-lines.ts';
import { smallest } from './scripted.ts';

const catalog = catalogOf(connectors).connectors.get('rest');

/** What is wrong with a config, each fault with its place. */
function faultsOf(config: object): readonly string[] {
  const parsed = catalog?.parseConfig(config) ?? { config };
  if (!('faults' in parsed)) return [];
  return parsed.faults.map(({ path, message, suggestion }) => {
    const fault = `${path.join('.')}: ${message}`;
    return suggestion === undefined ? fault : `${fault}; ${suggestion}`;
  });
}

const isNot = (at: string, why: string) =>
  `${at}: "${at.split('.').at(-1) ?? ''}" is not what it must be: ${why}`;
const list = (paging: object, more: object = {}) => ({
  ...smallest,
  list: { path: 'people', paging, ...more },
});
const attribute = (one: object) => ({ ...smallest, record: { id: 'id', attributes: { name: {}, one } } });
const written = { ...smallest.record.attributes, name: { write: 'always' } };
const target = (write: object, more: object = {}) => ({
  ...smallest,
  record: { id: 'id', active: { path: 'active' }, attributes: written },
  write,
  ...more,
});
const update = { method: 'PUT', path: 'people/{id}' };

test('the smallest config is one', () => {
  expect(faultsOf(smallest)).toEqual([]);
  expect(faultsOf(target({ update }))).toEqual([]);
});

describe('a fault is told at its place, with the way out', () => {
  const faults: readonly (readonly [config: object, fault: string])[] = [
    [
      { ...smallest, auth: { kind: 'key' } },
      isNot('auth.kind', 'one of none, header, bearer, basic, client-credentials, refresh-token'),
    ],
    [
      { ...smallest, auth: { kind: 'client-credentials' } },
      'auth.tokenUrl: "tokenUrl" is missing in the config of this connection',
    ],
    [
      { ...smallest, headers: { Authorization: 'Bearer x' } },
      isNot('headers.Authorization', 'is set by rosterd; credentials stand under "credentials"'),
    ],
    [
      { ...smallest, headers: { 'x-version': 'a\nb' } },
      isNot('headers.x-version', 'plain characters on one line'),
    ],
    [
      { ...smallest, timezone: 'Europe/Berln' },
      isNot('timezone', 'not a time zone of the IANA list, such as Europe/Berlin'),
    ],
    [list({ kind: 'pages' }), isNot('list.paging.kind', 'one of none, page, offset, cursor, next, link')],
    [
      list({ kind: 'page', parameter: 'p' }),
      isNot('list.paging.until', 'what proves the end? Say total, pages, last or more, or else until'),
    ],
    [
      list({ kind: 'offset', parameter: 'p', total: 't', until: 'empty-page' }),
      isNot('list.paging.until', 'total, pages, last or more prove the end already; leave it out'),
    ],
    [
      list({ kind: 'page', parameter: 'p', until: 'short-page' }),
      isNot('list.paging.until', 'a short page shows only where "size" says how large a full one is'),
    ],
    [
      list({ kind: 'link' }),
      isNot(
        'list.paging.size',
        'how large is a full page? Without it, or a total, a list that is cut looks whole',
      ),
    ],
    [
      list({ kind: 'cursor', parameter: 'p', cursor: 'c', mayLack: true }),
      isNot(
        'list.paging.size',
        'how large is a full page? Without it, or a total, a list that is cut looks whole',
      ),
    ],
    [
      list({ kind: 'cursor', parameter: 'p', cursor: 'c', in: 'body' }),
      isNot('list.paging', 'a GET has no body; say `in: query`'),
    ],
    [list({ kind: 'none' }, { body: {} }), isNot('list.body', 'a GET has no body; say `method: POST`')],
    [
      list({ kind: 'none' }, { path: 'a?b' }),
      isNot('list.path', 'a path below baseUrl, without a question mark'),
    ],
    [
      list({ kind: 'none' }, { path: 'https://other.example.org/x' }),
      isNot('list.path', 'a path below baseUrl, without a question mark'),
    ],
    [list({ kind: 'none' }, { path: 'a/../b' }), isNot('list.path', 'a path without segments of dots')],
    [list({ kind: 'none' }, { path: 'a/{id}' }), isNot('list.path', 'a path without braces')],
    [
      list({ kind: 'none' }, { statuses: [200, 404] }),
      isNot('list.statuses.1', 'Too big: expected number to be <=299'),
    ],
    [
      { ...smallest, record: { id: 'id', attributes: {} } },
      isNot('record.attributes', 'declare at least one'),
    ],
    [
      { ...smallest, record: { id: 'id', attributes: { id: {} } } },
      isNot('record.attributes', '"id" is published by itself, from record.id'),
    ],
    [
      attribute({ path: 'a..b' }),
      isNot(
        'record.attributes.one.path',
        'names with dots between them, such as data.items, phones[0], emails[type=work].value, teams[].name or ["a.b"]',
      ),
    ],
    [
      attribute({ pth: 'a' }),
      'record.attributes.one.pth: "pth" is not a key of this connector\'s config; did you mean "path"?',
    ],
    [
      attribute({ from: 'single' }),
      isNot('record.attributes.one.from', 'say with record.single how one record is asked for'),
    ],
    [
      attribute({ format: 'dd.MM.yyyy' }),
      isNot('record.attributes.one.format', 'only for the types date and instant'),
    ],
    [
      attribute({ type: 'instant', format: 'dd.MM.yyyy' }),
      isNot('record.attributes.one.format', 'an instant is iso, epoch-seconds, epoch-milliseconds or odata'),
    ],
    [
      attribute({ type: 'int', compare: ['lower'] }),
      isNot('record.attributes.one.compare', 'only for the type text'),
    ],
    [
      attribute({ booleans: { true: 'y', false: 'n' } }),
      isNot('record.attributes.one.booleans', 'only for the type bool'),
    ],
    [
      attribute({ writeOnly: true }),
      isNot('record.attributes.one.writeOnly', 'what is never read must be written; add "write"'),
    ],
    [
      attribute({ write: 'always' }),
      isNot('record.attributes.one.write', 'nothing can be written: "write" is missing'),
    ],
    [
      { ...smallest, record: { ...smallest.record, active: { path: 'a', is: [1], isNot: [2] } } },
      isNot('record.active', 'say "is" or "isNot", not both'),
    ],
    [
      { ...smallest, find: { email: { parameter: 'email' } } },
      isNot('find.email', 'no attribute of record.attributes has this name'),
    ],
    [
      { ...smallest, find: { name: { parameter: 'name', in: 'body' } } },
      isNot('find.name.in', 'a GET has no body; say `in: query`'),
    ],
    [
      { ...smallest, find: { id: { path: 'people' } } },
      isNot('find.id.path', 'a path that holds {id} or {value}'),
    ],
    [
      target({ update: { method: 'PATCH', path: 'people' } }),
      isNot('write.update.path', 'a path that holds {id}'),
    ],
    [
      target({ update: { ...update, whole: true } }),
      isNot(
        'write.update.whole',
        'the record is read first: say with find.id how, by a path that holds {id}',
      ),
    ],
    [
      target({ update, disable: { method: 'DELETE', path: 'people/{id}', carries: true } }),
      isNot('write.disable.carries', 'a DELETE carries nothing'),
    ],
    [
      target(
        { update, disable: { method: 'POST', path: 'people/{id}/off' } },
        { record: { id: 'id', attributes: written } },
      ),
      isNot('write.disable', 'say with record.active how it shows'),
    ],
    [
      target({ update }, { record: { id: 'id', attributes: { name: { path: 'a[0]', write: 'always' } } } }),
      isNot(
        'record.attributes.name.write',
        'a path with brackets cannot be written; say where it stands in bodies with "sent"',
      ),
    ],
  ];

  test.each(faults.map(([config, fault]) => ({ config, fault })))('$fault', ({ config, fault }) => {
    expect(faultsOf(config)).toContain(fault);
  });
});

test('in a file, the fault stands at its line and column', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-rest-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [shown = ''] = blocksOf('docs/connectors/rest.md')
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => text);
  await writeFile(
    join(folder, 'hr.yaml'),
    shown.replace('kind: cursor', 'kind: cursors').replace('{id}', '{ID}'),
  );
  const line = (words: string) => shown.split('\n').findIndex((one) => one.includes(words)) + 1;
  const error: unknown = await loadConnections({
    folder,
    catalog: catalogOf(connectors),
    createCompiler,
    checkCron,
    lookupFile: ({ path }) => path,
    resolveConfig: (config) => ({ config }),
  }).catch((caught: unknown) => caught);
  expect(messageOf(error).split('\n')).toEqual([
    expect.stringMatching(
      new RegExp(`^hr.yaml:${line('kind: cursor')}:15: "kind" is not what it must be: one of none, page,`),
    ),
    expect.stringMatching(
      new RegExp(
        `^hr.yaml:${line('people/{id}')}:19: "path" is not what it must be: a path with no other braces`,
      ),
    ),
    expect.stringMatching(/a path that holds/),
  ]);
});

test('a system whose config declares no writes is no target, with the way out', () => {
  expect(catalog?.whyNot?.(smallest, 'person', 'write')).toContain('add "write" to config');
  expect(catalog?.whyNot?.(smallest, 'person', 'read')).toBeUndefined();
  expect(catalog?.whyNot?.(target({ update }), 'person', 'write')).toBeUndefined();
});

test('which credentials are needed, and where they go, is what the kind of auth says', () => {
  const needs = (auth: object) =>
    catalog?.credentials.flatMap(({ name, required }) =>
      (typeof required === 'boolean' ? required : required({ ...smallest, auth })) ? [name] : [],
    );
  const tokenUrl = 'https://login.example.org/token';
  expect(needs({ kind: 'none' })).toEqual([]);
  expect(needs({ kind: 'bearer' })).toEqual(['token']);
  expect(needs({ kind: 'header', name: 'x-key' })).toEqual(['token']);
  expect(needs({ kind: 'basic' })).toEqual(['user']);
  expect(needs({ kind: 'client-credentials', tokenUrl })).toEqual(['clientId', 'clientSecret']);
  expect(needs({ kind: 'refresh-token', tokenUrl })).toEqual(['clientId']);
  const auth = { kind: 'refresh-token', tokenUrl, authorizeUrl: 'https://consent.example.org/' };
  expect(catalog?.hosts({ ...smallest, auth })).toEqual([
    'api.example.org',
    'login.example.org',
    'consent.example.org',
  ]);
});

test('an attribute that is called like pay or papers is sensitive unless the spec says otherwise', () => {
  const attributes = { salary: {}, nick: {}, bonus: { path: 'pay.tax' }, iban: { class: 'personal' } };
  const published = catalog?.attributes({ ...smallest, record: { id: 'id', attributes } }, 'person') ?? [];
  expect(Object.fromEntries(published.map((one) => [one.name, one.class]))).toEqual({
    id: 'internal',
    salary: 'sensitive',
    nick: 'personal',
    bonus: 'sensitive',
    iban: 'personal',
  });
});
