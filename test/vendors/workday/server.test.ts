import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inventPeople } from '../../people/people.ts';
import { startWorkday, type Workday } from './server.ts';
import { idOf } from './workers.ts';

let workday: Workday;
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-03-02T09:00:00Z');
  workday = await startWorkday({
    people: inventPeople({ count: 25, seed: 3 }),
    username: 'isu',
    password: 'hush',
    client: { clientId: 'us', clientSecret: 'secret', refreshToken: 'first', rotates: true },
    prompts: ['Country'],
    now: () => time,
  });
});
afterEach(() => workday.close());

describe('a report', () => {
  test('comes whole, strings only, what is empty is not there', async () => {
    workday.workers.get(idOf(2))?.delete('Cost_Center');
    const { body } = await run('?format=json');
    const { Report_Entry: rows } = JSON.parse(body) as { Report_Entry: Record<string, unknown>[] };
    expect(rows).toHaveLength(25);
    expect(rows.every((row) => Object.values(row).every((value) => typeof value === 'string'))).toBe(true);
    expect(Object.hasOwn(rows[1] ?? {}, 'Cost_Center')).toBe(false);
    expect(['0', '1']).toContain(rows[0]?.['Active_Status']);
  });

  test('is XML where no format is asked for', async () => {
    expect((await run('')).body).toMatch(/^<wd:Report_Data/);
  });

  test('lacks the fields whose domain the group does not have, without a word', async () => {
    workday.domains.delete('Workday Accounts');
    expect((await run('?format=json')).body).not.toContain('User_Name');
  });

  test.each([
    { name: 'no credentials', query: '?format=json', authorization: '', status: 401 },
    { name: 'wrong credentials', query: '?format=json', authorization: basic('isu', 'guess'), status: 401 },
    { name: 'a prompt that it does not have', query: '?format=json&City=Ulm', status: 400 },
    { name: 'a format that there is not', query: '?format=yaml', status: 400 },
    { name: 'another report', query: '?format=json', name2: 'Other', status: 404 },
  ])('is refused for $name', async ({ query, authorization, name2, status }) => {
    const refused = await run(query, authorization ?? basic('isu', 'hush'), name2);
    expect(refused.status).toBe(status);
    expect(refused.by).not.toBe('');
  });

  test('is refused where it is not shared, and where it is no web service', async () => {
    workday.report.sharedWith.clear();
    expect((await run('?format=json')).status).toBe(401);
    workday.report.enabled = false;
    expect((await run('?format=json')).status).toBe(404);
  });

  test('takes the user with its tenant, and a prompt that it has', async () => {
    expect((await run('?format=json&Country=DE', basic('isu@acme', 'hush'))).status).toBe(200);
  });
});

describe('the token endpoint', () => {
  test('gives an hour for a refresh token, and replaces it', async () => {
    const first = await token({ grant_type: 'refresh_token', refresh_token: 'first' });
    const given = JSON.parse(first.body) as { access_token: string; refresh_token: string };
    expect((await run('?format=json', `Bearer ${given.access_token}`)).status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token: 'first' })).body).toContain(
      'invalid_grant',
    );
    expect((await token({ grant_type: 'refresh_token', refresh_token: given.refresh_token })).status).toBe(
      200,
    );
    time += 3_600_000;
    expect((await run('?format=json', `Bearer ${given.access_token}`)).status).toBe(401);
  });

  test.each([
    {
      name: 'another client',
      form: { grant_type: 'refresh_token', refresh_token: 'first' },
      client: 'them',
      says: 'invalid_client',
    },
    { name: 'another grant', form: { grant_type: 'password' }, client: 'us', says: 'unsupported_grant_type' },
    {
      name: 'a code that nobody gave',
      form: { grant_type: 'authorization_code', code: 'x' },
      client: 'us',
      says: 'invalid_grant',
    },
  ])('refuses $name', async ({ form, client, says }) => {
    expect((await token(form, client)).body).toContain(says);
  });
});

describe('Get_Workers', () => {
  test('pages, with totals', async () => {
    const { status, body } = await soap({ filter: '<wd:Page>3</wd:Page><wd:Count>10</wd:Count>' });
    expect(status).toBe(200);
    const results =
      '<wd:Total_Results>25</wd:Total_Results><wd:Total_Pages>3</wd:Total_Pages><wd:Page_Results>5</wd:Page_Results><wd:Page>3</wd:Page>';
    expect(body).toContain(results);
    expect(body.match(/<wd:Worker>/g)).toHaveLength(5);
  });

  test('shows only the parts that are asked for and allowed', async () => {
    expect((await soap({})).body).not.toContain('Email_Address');
    const group = '<wd:Include_Personal_Information>1</wd:Include_Personal_Information>';
    expect((await soap({ group })).body).toContain('Email_Address');
    workday.domains.delete('Person Data: Work Email');
    expect((await soap({ group })).body).not.toContain('Email_Address');
  });

  test('shows nobody who was entered later than asked for', async () => {
    time += 60_000;
    inventPeople({ count: 26, seed: 3, mix: { active: 1 } })
      .slice(25)
      .forEach((person) => workday.hire(person));
    expect((await soap({})).body).toContain('<wd:Total_Results>26<');
    const filter = '<wd:As_Of_Entry_DateTime>2026-03-02T09:00:30Z</wd:As_Of_Entry_DateTime>';
    expect((await soap({ filter })).body).toContain('<wd:Total_Results>25<');
  });

  test.each([
    { name: 'a wrong password', asked: { password: 'guess' }, says: 'Client.authenticationError' },
    { name: 'a user without its tenant', asked: { username: 'isu' }, says: 'Client.authenticationError' },
    { name: 'another version than that of the address', asked: { version: 'v21.1' }, says: 'version' },
    { name: 'another operation', asked: { operation: 'Put_Worker' }, says: 'Unknown operation' },
    { name: 'another namespace', asked: { namespace: 'urn:example' }, says: 'Unknown operation' },
    {
      name: 'an element that it does not know',
      asked: { filter: '<wd:Size>3</wd:Size>' },
      says: 'Element Size is not expected',
    },
    {
      name: 'elements out of order',
      asked: { filter: '<wd:Count>3</wd:Count><wd:Page>1</wd:Page>' },
      says: 'out of order',
    },
    { name: 'a page too large', asked: { filter: '<wd:Count>1000</wd:Count>' }, says: 'Count' },
    {
      name: 'a flag that is none',
      asked: { group: '<wd:Everything>1</wd:Everything>' },
      says: 'Element Everything',
    },
    {
      name: 'a flag that is no boolean',
      asked: { group: '<wd:Include_Reference>yes</wd:Include_Reference>' },
      says: 'no boolean',
    },
    {
      name: 'an id that there is not',
      asked: {
        references: '<wd:Worker_Reference><wd:ID wd:type="Employee_ID">1</wd:ID></wd:Worker_Reference>',
      },
      says: 'not a valid ID value',
    },
  ])('refuses $name with a fault', async ({ asked, says }) => {
    const { status, body, by } = await soap(asked);
    expect(status).toBe(500);
    expect(body).toContain('SOAP-ENV:Fault');
    expect(body).toContain(says);
    expect(by).not.toBe('');
  });

  test('refuses an account without the domain of the operation, and what is no envelope', async () => {
    workday.domains.delete('Worker Data: Public Worker Reports');
    expect((await soap({})).body).toContain('not authorized');
    const text = await fetch(`${workday.url}/ccx/service/acme/Human_Resources/v44.0`, {
      method: 'POST',
      body: '<a>',
    });
    expect(text.status).toBe(500);
  });
});

test('there is nothing else', async () => {
  for (const path of ['/', '/ccx/api/v1/acme/workers', '/ccx/service/acme/Staffing/v44.0']) {
    expect((await fetch(workday.url + path)).status).toBe(404);
  }
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly by: string;
}

async function run(
  query: string,
  authorization = basic('isu', 'hush'),
  name = 'Rosterd_Workers',
): Promise<Answer> {
  const url = `${workday.url}/ccx/service/customreport2/acme/hr_reports/${name}${query}`;
  return await answerOf(await fetch(url, { headers: authorization === '' ? {} : { authorization } }));
}

async function token(form: Readonly<Record<string, string>>, client = 'us'): Promise<Answer> {
  const headers = { authorization: basic(client, 'secret') };
  const url = `${workday.url}/ccx/oauth2/acme/token`;
  return await answerOf(await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) }));
}

interface AskedFor {
  readonly username?: string;
  readonly password?: string;
  readonly operation?: string;
  readonly namespace?: string;
  readonly version?: string;
  readonly filter?: string;
  readonly group?: string;
  readonly references?: string;
}

async function soap(asked: AskedFor): Promise<Answer> {
  const {
    username = 'isu@acme',
    password = 'hush',
    operation = 'Get_Workers_Request',
    namespace = 'urn:com.workday/bsvc',
  } = asked;
  const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
  const references =
    asked.references === undefined
      ? ''
      : `<wd:Request_References>${asked.references}</wd:Request_References>`;
  const body =
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><s:Security xmlns:s="${wsse}"><s:UsernameToken>` +
    `<s:Username>${username}</s:Username><s:Password Type="x#PasswordText">${password}</s:Password></s:UsernameToken></s:Security></e:Header>` +
    `<e:Body><wd:${operation} xmlns:wd="${namespace}" wd:version="${asked.version ?? 'v44.0'}">${references}` +
    `<wd:Response_Filter>${asked.filter ?? ''}</wd:Response_Filter><wd:Response_Group>${asked.group ?? ''}</wd:Response_Group>` +
    `</wd:${operation}></e:Body></e:Envelope>`;
  return await answerOf(
    await fetch(`${workday.url}/ccx/service/acme/Human_Resources/v44.0`, { method: 'POST', body }),
  );
}

async function answerOf(answer: Response): Promise<Answer> {
  return { status: answer.status, body: await answer.text(), by: answer.headers.get('x-refused-by') ?? '' };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
