import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import { schemaOfAny } from '../../src/spec/json-schema.ts';
import { folderWith, load } from './folder.ts';

const full = path.join(import.meta.dirname, 'examples/full');
const smallest = path.join(import.meta.dirname, 'examples/smallest');

async function copyOfFull(): Promise<string> {
  const folder = await folderWith({});
  await cp(full, folder, { recursive: true });
  return folder;
}

async function documentsOf(file: string): Promise<readonly unknown[]> {
  return parseAllDocuments(await readFile(file, 'utf8')).map((document) => document.toJS() as unknown);
}

async function change(folder: string, file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(path.join(folder, file), text.replace(from, to));
}

describe('the full example', () => {
  test('says in which direction people flow and what is read of both sides', async () => {
    const { specs, warnings } = await load(full);
    const sync = specs.syncs.get('staff-to-lms');

    expect(warnings).toEqual([]);
    expect(sync?.direction).toBe('personio → talentlms');
    expect(sync?.mode).toBe('full');
    expect(sync?.suspend).toEqual({ reason: 'the target is being moved', until: '2026-12-05' });
    expect(sync?.sourceWant.attributes).toEqual([
      'city',
      'cost_center',
      'country',
      'created_at',
      'department',
      'email',
      'employment_type',
      'first_name',
      'hire_date',
      'id',
      'jobTitle',
      'last_name',
      'office.timezone',
      'ssn',
      'status',
      'supervisor.id',
      'termination_date',
    ]);
    expect(sync?.targetWant).toEqual({
      attributes: [
        'city',
        'country',
        'custom.division',
        'custom.hireDate',
        'custom.hris_id',
        'custom.manager',
        'custom.ssn',
        'email',
        'first_name',
        'jobTitle',
        'language',
        'last_name',
        'login',
      ],
      scope: { branch: 'emea' },
    });
  });

  test('maps every attribute with its policy, onNull and class', async () => {
    const { specs } = await load(full);
    const sync = specs.syncs.get('staff-to-lms');
    const rows = [...(sync?.identity ?? []), ...(sync?.attributes ?? [])].map(
      ({ name, result, policy, onNull, class: dataClass, text }) =>
        `${name} = ${text} | ${result.kind} ${policy} ${onNull} ${dataClass}`,
    );

    expect(`\n${rows.join('\n')}\n`).toMatchSnapshot();
  });

  test('keeps who, match, status, dates, then, limits and schedule as written', async () => {
    const { specs } = await load(full);
    const sync = specs.syncs.get('staff-to-lms');

    expect(sync?.who.map((clause) => clause.id)).toEqual(['who[0]', 'who[1]', 'employees.who[0]']);
    expect(sync?.match.map(({ id, accounts }) => `${id} ${accounts}`)).toEqual([
      'match[0] active',
      'match[1] any',
    ]);
    expect(sync?.status?.here).toEqual(new Set(['active', 'onboarding']));
    expect(sync?.dates.starts?.type).toBe('date');
    expect(sync?.dates.timezone).toHaveProperty('text', 'source.?office.timezone.orValue("Europe/Berlin")');
    expect(sync?.then.vanished.afterMs).toBe(604_800_000);
    expect(sync?.then.vanished.then).toBe('hold');
    expect(sync?.then.returned).toBe('hold');
    expect(sync?.then.starting).toEqual({ createBeforeDays: 14, enable: 'at-start-of-day' });
    expect(sync?.then.left).toMatchObject({ deleteAfterMs: 7_776_000_000 });
    expect(sync?.then.left.immediatelyWhen?.reads).toEqual(['department']);
    expect(sync?.sourceWant.attributes).toContain('department');
    expect(sync?.limits).toEqual({
      leave: { fraction: 0.1, floor: 5, atMost: 50 },
      clear: { fraction: 0.02, windowMs: 172_800_000 },
    });
    expect(sync?.onBreach).toBe('hold-pass');
    expect(sync?.protect).toEqual([{ attribute: 'email', values: ['admin@example.com'] }]);
    expect(sync?.schedule).toEqual({
      kind: 'cron',
      cron: '0 5 * * 1',
      timezone: 'Europe/Berlin',
      jitterMs: 300_000,
      windows: { allow: [], deny: [] },
    });
  });

  test('has its connections, channels and approval', async () => {
    const { specs } = await load(full);
    const personio = specs.connections.get('personio');

    expect(personio?.config).toEqual({ api: 'v1' });
    expect(personio?.credentials).toEqual({
      clientId: { env: 'PERSONIO_CLIENT_ID' },
      clientSecret: { file: 'personio/client-secret' },
    });
    expect(personio?.requests).toEqual({ perMinute: 60, concurrency: 2 });
    expect(specs.connections.get('talentlms')?.refreshDetailsMs).toBe(14 * 86_400_000);
    expect(specs.syncs.get('staff-to-lms')?.notify).toEqual(['people-ops-mail', 'staff-to-lms.notify[1]']);
    expect([...specs.channels].map(([name, { kind, events }]) => `${name} ${kind} ${events.join()}`)).toEqual(
      ['people-ops-mail mail summary,failure,held', 'staff-to-lms.notify[1] log summary'],
    );
    expect(specs.approvals[0]).toMatchObject({ by: 'grace@example.com', expires: '2026-12-01T23:59:59Z' });
  });

  test.each([
    {
      what: 'an attribute',
      file: 'shared.yml',
      from: 'source.first_name',
      to: 'lower(source.first_name)',
      same: false,
    },
    {
      what: 'a clause of a shared filter',
      file: 'shared.yml',
      from: '"internal"',
      to: '"external"',
      same: false,
    },
    { what: 'a row of a table', file: 'divisions.csv', from: 'Support', to: 'Help', same: false },
    { what: 'a status', file: 'staff-to-lms.yaml', from: '[leave]', to: '[]', same: false },
    { what: 'a limit', file: 'staff-to-lms.yaml', from: 'floor: 5', to: 'floor: 6', same: true },
    { what: 'a comment', file: 'staff-to-lms.yaml', from: '# yaml', to: '# YAML', same: true },
  ])('a change of $what changes the revision, and the rules only where they differ', async (edit) => {
    const folder = await copyOfFull();
    const before = await load(folder);
    await change(folder, edit.file, edit.from, edit.to);

    const after = await load(folder);

    const digests = [before, after].map(({ specs }) => specs.syncs.get('staff-to-lms')?.digest);
    expect(digests[0] === digests[1]).toBe(edit.same);
    expect(after.specs.revision.id).not.toBe(before.specs.revision.id);
    expect(after.specs.connections.get('personio')?.digest).toBe(
      before.specs.connections.get('personio')?.digest,
    );
  });
});

test('the smallest repository observes, and runs when asked', async () => {
  const { specs, warnings } = await load(smallest);
  const sync = specs.syncs.get('people-to-lms');

  expect(warnings).toEqual([]);
  expect(sync).toMatchObject({
    mode: 'observe',
    approval: 'on-breach',
    onBreach: 'hold-class',
    schedule: { kind: 'manual', onActivation: false },
    status: undefined,
    dates: { timezone: { constant: 'UTC' } },
  });
  expect(sync?.then).toMatchObject({
    left: { disable: 'at-end-of-day' },
    away: 'keep',
    outOfScope: 'keep',
    returned: 'reuse',
  });
  expect(sync?.then.starting).toEqual({ createBeforeDays: 0, enable: 'at-start-of-day' });
  expect(sync?.then.left.deleteAfterMs).toBeUndefined();
});

describe('the JSON Schema for editors', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schemaOfAny() as object);

  test.each(['full/connections.yaml', 'full/staff-to-lms.yaml', 'full/shared.yml', 'smallest/rosterd.yaml'])(
    'takes every document of %s',
    async (file) => {
      const documents = await documentsOf(path.join(import.meta.dirname, 'examples', file));

      expect(documents.map((document) => validate(document) || validate.errors)).toEqual(
        documents.map(() => true),
      );
    },
  );

  test.each([
    ['an unknown key', (sync: Record<string, unknown>) => ({ ...sync, modus: 'full' })],
    ['an unknown mode', (sync: Record<string, unknown>) => ({ ...sync, mode: 'all' })],
    ['a key of a later release', (sync: Record<string, unknown>) => ({ ...sync, welcome: {} })],
    ['an unknown entity', (sync: Record<string, unknown>) => ({ ...sync, entity: 'group' })],
    [
      'a duration that is none',
      (sync: Record<string, unknown>) => ({ ...sync, schedule: { every: '5 min' } }),
    ],
  ])('refuses %s as the loader does', async (_name, edit) => {
    const [document] = await documentsOf(path.join(full, 'staff-to-lms.yaml'));
    const sync = document as { spec: Record<string, unknown> };

    expect(validate({ ...sync, spec: edit(sync.spec) })).toBe(false);
  });
});
