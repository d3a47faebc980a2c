import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connecting } from '../../../../src/connectors/connector.ts';
import { workday } from '../../../../src/connectors/workday/connector.ts';
import { Stalled, Waiting } from '../../../../src/model/error.ts';
import type { Receipt, Row } from '../../../../src/model/row.ts';
import { memoryTokens } from '../../../contract/context.ts';
import { canary } from '../../../contract/subject.ts';
import { idOf } from '../../../vendors/workday/workers.ts';
import { openTenant, people, type Opened } from '../tenant.ts';

const signal = new AbortController().signal;
let opened: Opened;

async function tenant(options: Parameters<typeof openTenant>[0] = {}): Promise<void> {
  opened = await openTenant(options);
  people(5).forEach((person) => opened.workday.hire(person));
}

beforeEach(() => tenant({ prompts: ['Worker_Type!WID', 'Effective_as_of_Date'] }));
afterEach(() => opened.workday.close());

describe('the end of a report', () => {
  test('is its last bracket, and as many rows as expected', async () => {
    const { receipt } = await read({ complete: { atLeast: 5, totalColumn: 'Row_Count' } });
    expect(receipt).toMatchObject({
      pages: 1,
      records: 5,
      total: 5,
      end: 'the last bracket of the report, as many rows as its column says, at least as many rows as expected',
    });
  });

  test.each([
    {
      name: 'fewer rows than expected',
      complete: { atLeast: 6 },
      says: '5 rows, fewer than config.complete.atLeast (6)',
    },
    { name: 'a column that is not there', complete: { totalColumn: 'Rows' }, says: 'the column "Rows"' },
    { name: 'a column that holds no number', complete: { totalColumn: 'WID' }, says: 'the column "WID"' },
  ])('$name: no reading', async ({ complete, says }) => {
    const error = await refusal({ complete });
    expect(error).toBeInstanceOf(Waiting);
    expect(error.message).toContain(says);
  });

  test('a worker with two rows: no reading, and what to change in the report', async () => {
    opened.workday.workers.get(idOf(2))?.set('Employee_ID', idOf(1));
    const error = await refusal({});
    expect(error).toBeInstanceOf(Waiting);
    expect(error.message).toMatch(/two rows with one id; let the report have one row for each worker/);
  });

  test('a report that is longer than allowed: no reading', async () => {
    opened.workday.workers.get(idOf(2))?.set('Business_Title', 'x'.repeat(1_100_000));
    expect(await refusal({ largestMegabytes: 1 })).toMatchObject({ reason: 'BodyTooLarge', fate: 'waiting' });
  });

  test('a report that comes drop by drop is read to its end', async () => {
    opened.workday.loopback.fail(() => true, {
      kind: 'write',
      write: (outgoing, { body }) => {
        const bytes = Buffer.from(JSON.stringify(body));
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        for (let at = 0; at < bytes.length; at += 700) outgoing.write(bytes.subarray(at, at + 700));
        outgoing.end();
      },
    });
    expect((await read({})).rows).toHaveLength(5);
  });
});

test('prompts and the format go along, and nothing else', async () => {
  await read({ prompts: { 'Worker_Type!WID': 'd5880', Effective_as_of_Date: '2026-01-01-08:00' } });
  const query = new URLSearchParams(opened.workday.loopback.log.at(-1)?.query);
  expect(Object.fromEntries(query)).toEqual({
    format: 'json',
    'Worker_Type!WID': 'd5880',
    Effective_as_of_Date: '2026-01-01-08:00',
  });
});

test('a column may have any alias, stand in a group, or hold several values', async () => {
  opened.workday.loopback.fail(() => true, {
    kind: 'answer',
    answer: {
      status: 200,
      body: {
        Report_Entry: [
          {
            No: '1',
            Mail: 'a@example.org',
            Skills_group: [{ Skill: 'SQL' }, { Skill: 'Go' }],
            Cars: 'A / B',
          },
        ],
      },
    },
  });
  const columns = {
    id: 'No',
    email: 'Mail',
    'custom.skills': { column: 'Skills_group/Skill', type: 'list<text>' },
    'custom.cars': { column: 'Cars', type: 'list<text>', separator: ' / ' },
  };
  const { rows } = await read({ columns }, ['id', 'email', 'custom.skills', 'custom.cars']);
  expect(rows).toEqual([{ id: '1', values: ['1', 'a@example.org', ['SQL', 'Go'], ['A', 'B']] }]);
});

describe('what Workday refuses', () => {
  test.each([
    {
      name: 'a report that is not shared',
      cause: () => opened.workday.report.sharedWith.clear(),
      reason: 'AuthenticationFailed',
      says: 'share the report Rosterd_Workers with it',
    },
    {
      name: 'a report that is no web service',
      cause: () => (opened.workday.report.enabled = false),
      reason: 'NotFound',
      says: 'tick "Enable As Web Service"',
    },
  ])('$name', async ({ cause, reason, says }) => {
    cause();
    const error = await refusal({});
    expect(error).toMatchObject({ reason, fate: 'stalled' });
    expect(error.message).toContain(says);
    const probe = await open({}).probe(signal);
    expect(probe.missing).toEqual([error.message]);
  });

  test.each([
    { name: 'a prompt', config: { prompts: { Country: 'DE' } }, says: 'check config.prompts' },
    {
      name: 'another name',
      config: { report: { owner: 'hr_reports', name: 'Workers' } },
      says: 'no report Workers',
    },
    { name: 'another tenant', config: { tenant: 'acme2' }, says: 'check config.tenant' },
  ])('$name', async ({ config, says }) => {
    const error = await refusal(config);
    expect(error).toBeInstanceOf(Stalled);
    expect(error.message).toContain(says);
  });

  test('a wrong password, and none', async () => {
    const wrong = { secrets: { username: 'isu', password: 'guess' } };
    expect(await refusal({}, wrong)).toMatchObject({ reason: 'AuthenticationFailed' });
    expect(() => workday.openReader(opened.context({ api: 'report' }, { secrets: {} }))).toThrow(
      /username is missing/,
    );
  });
});

describe('a probe', () => {
  test('finds columns that no config names, with a date where all values are dates', async () => {
    opened.workday.report.columns.set('Bank_Account_IBAN', 'Shirt_Size').set('Anniversary', 'Hire_Date');
    const { fields } = await open({}).probe(signal);
    expect(fields.filter(({ name }) => /IBAN|Anniversary/.test(name))).toEqual([
      {
        name: 'custom.Bank_Account_IBAN',
        key: 'Bank_Account_IBAN',
        label: 'Bank Account IBAN',
        type: 'text',
        class: 'sensitive',
        optional: true,
      },
      {
        name: 'custom.Anniversary',
        key: 'Anniversary',
        label: 'Anniversary',
        type: 'date',
        class: 'personal',
        optional: true,
      },
    ]);
  });

  test('what was found and saved is read under its name, and missed when nobody has it any more', async () => {
    const fields = [
      { name: 'custom.Shirt_Size', key: 'Shirt_Size', type: 'text', class: 'internal' },
      { name: 'custom.Cap_Size', key: 'Cap_Size', type: 'int', class: 'internal' },
    ] as const;
    const reader = workday.openReader(opened.context({ api: 'report' }, { fields }));
    const batch = await reader.read({ attributes: ['custom.Shirt_Size', 'custom.Cap_Size'] }, signal).next();
    expect((batch.value as readonly Row[])[0]?.values).toEqual(['M', undefined]);
    const { missing } = await reader.probe(signal);
    expect(missing).toEqual([expect.stringContaining('no row has custom.Cap_Size')]);
  });

  test('says that the length of a report is nobody’s word, unless the config has one', async () => {
    expect((await open({}).probe(signal)).notes).toEqual([
      expect.stringContaining('config.complete.atLeast'),
    ]);
    expect((await open({ complete: { atLeast: 1 } }).probe(signal)).notes).toEqual([]);
  });

  test('a report without rows is not taken for a company without people', async () => {
    opened.workday.workers.clear();
    const { missing } = await open({}).probe(signal);
    expect(missing).toEqual([expect.stringContaining('the report Rosterd_Workers has no rows')]);
  });
});

describe('with OAuth', () => {
  const oauth = { auth: 'oauth' };

  test('a refresh token that stays is used again when the hour is over', async () => {
    const reader = open(oauth);
    await drain(reader.read({ attributes: ['id'] }, signal));
    await opened.clock.sleep(3_700_000);
    await drain(reader.read({ attributes: ['id'] }, signal));
    expect(tokenRequests()).toBe(2);
  });

  test('one that is replaced at each use is kept before it is needed', async () => {
    await opened.workday.close();
    const refreshToken = `${canary}-refresh`;
    await tenant({
      client: { clientId: `${canary}-client`, clientSecret: `${canary}-hush`, refreshToken, rotates: true },
    });
    const tokens = memoryTokens();
    for (const _ of [1, 2, 3]) {
      const reader = workday.openReader(opened.context({ api: 'report', ...oauth }, { tokens }));
      expect(await drain(reader.read({ attributes: ['id'] }, signal))).toMatchObject({
        receipt: { records: 5 },
      });
    }
    const kept = await tokens.recall('refresh');
    expect(kept?.reveal(new URL(opened.workday.url).host)).toBe(opened.workday.oauth.refreshToken);
    expect(kept?.allows('elsewhere.example.com')).toBe(false);
  });

  test('one that is not taken any more stalls, and says where a new one is made', async () => {
    opened.workday.oauth.regenerate();
    const error = await refusal(oauth);
    expect(error).toMatchObject({ reason: 'NotConnected', fate: 'stalled' });
    expect(error.message).toContain('Manage Refresh Tokens for Integrations');
    expect(
      (await refusal({ ...oauth, authorizeUrl: 'https://wd3.example.com/acme/authorize' })).message,
    ).toContain('rosterd connection connect');
  });

  test('somebody connects it by the consent page, and its token is kept', async () => {
    const tokens = memoryTokens();
    const authorizeUrl = `${opened.workday.url}/acme/authorize`;
    const context = opened.context({ api: 'report', ...oauth, authorizeUrl }, { tokens });
    const how = { redirectUri: 'http://127.0.0.1:7411/connected', state: 'state' };
    const connecting = (await workday.connect?.begin(context, how, signal)) as Connecting;
    if (connecting.done.kind !== 'redirect') throw new Error('not by a page');
    await connecting.done.redeem(opened.workday.oauth.consent(new URL(connecting.url)), signal);
    expect(await drain(workday.openReader(context).read({ attributes: ['id'] }, signal))).toMatchObject({
      receipt: { records: 5 },
    });
    expect(workday.hosts(context.config)).toContain(new URL(authorizeUrl).host);
  });

  test.each([
    { way: { api: 'soap' as const }, says: 'only `api: report` with `auth: oauth`' },
    { way: { api: 'report' as const }, says: 'only `api: report` with `auth: oauth`' },
    { way: { api: 'report' as const, ...oauth }, says: 'config.authorizeUrl is missing' },
  ])('there is nothing to connect with $way', async ({ way, says }) => {
    const context = opened.context(way);
    expect(workday.connect?.whyNot?.(context.config)).toContain(says);
    const how = { redirectUri: 'http://127.0.0.1:7411/connected', state: 'state' };
    await expect(workday.connect?.begin(context, how, signal)).rejects.toThrow(says);
  });
});

type More = Parameters<Opened['context']>[1];

function open(config: Readonly<Record<string, unknown>>, more: More = {}) {
  return workday.openReader(opened.context({ api: 'report', ...config }, more));
}

async function read(config: Readonly<Record<string, unknown>>, attributes: readonly string[] = ['id']) {
  return await drain(open(config).read({ attributes }, signal));
}

async function refusal(config: Readonly<Record<string, unknown>>, more: More = {}): Promise<Error> {
  const reading = drain(open(config, more).read({ attributes: ['id'] }, signal));
  return await reading.then(
    () => new Error('it was read'),
    (error: unknown) => error as Error,
  );
}

async function drain(reading: AsyncGenerator<readonly Row[], Receipt>) {
  const rows: Row[] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { rows, receipt: step.value };
    rows.push(...step.value);
  }
}

function tokenRequests(): number {
  return opened.workday.loopback.log.filter(({ path }) => path.endsWith('/token')).length;
}
