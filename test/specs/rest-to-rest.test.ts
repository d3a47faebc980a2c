import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blocksOf, repository } from '../docs/shell-lines.ts';
import { startDeskhub, type Deskhub } from '../vendors/rest/deskhub.ts';
import { startStaffbook, type Staffbook, type StaffbookPerson } from '../vendors/rest/staffbook.ts';
import { openPasses, type Passes } from './passes.ts';

const example = (file: string) => readFileSync(join(repository, 'specs/examples/rest-to-rest', file), 'utf8');

interface Scene extends Passes {
  readonly book: Staffbook;
  readonly hub: Deskhub;
  readonly user: (number: number) => object | undefined;
}

/** Twelve people in Staffbook, ten of them in Sales, one of those gone; and the shipped example between the two. */
async function openScene(): Promise<Scene> {
  const book = await startStaffbook({ clientId: 'of-rosterd', clientSecret: 'secret-of-rosterd' });
  const hub = await startDeskhub({ token: 'of-the-hub' });
  onTestFinished(() => Promise.all([book.close(), hub.close()]).then(() => undefined));
  for (let n = 1; n <= 12; n += 1) book.people.set(n, person(n));
  const files = {
    'staffbook.yaml': example('staffbook.yaml')
      .replace('https://api.staffbook.example/v2', book.url)
      .replace('https://login.staffbook.example/oauth/token', book.tokenUrl)
      .replace('value: 50', 'value: 5'),
    'deskhub.yaml': example('deskhub.yaml').replace('https://deskhub.example.com/api', hub.url),
    'sync.yaml': example('sync.yaml'),
  };
  const secrets = {
    STAFFBOOK_CLIENT_ID: 'of-rosterd',
    STAFFBOOK_CLIENT_SECRET: 'secret-of-rosterd',
    DESKHUB_TOKEN: 'of-the-hub',
  };
  const passes = await openPasses({ files, secrets });
  const user = (number: number) => [...hub.users.values()].find((one) => one.number === String(number));
  return { ...passes, book, hub, user };
}

describe('between two declared systems', () => {
  test('who works there comes, and the second plan is empty', async () => {
    const { sync, plan, hub, user } = await openScene();
    expect(await sync('desks')).toMatchObject({ result: 'applied', people: { unmatched: 9 } });
    expect(hub.users.size).toBe(9);
    expect(user(3)).toMatchObject({
      login: 'ada3',
      email: 'ada3@example.org',
      name: { first: 'Ada', last: "O'Example 3" },
      started: '29.02.2024',
      tags: ['Team 3'],
      active: true,
    });
    expect(await plan('desks')).toEqual([]);
  });

  test('who leaves is switched off, and who is back is switched on, with a new name', async () => {
    const { sync, book, user } = await openScene();
    await sync('desks');
    book.people.set(3, { ...person(3), state: 'gone' });
    await sync('desks');
    expect(user(3)).toMatchObject({ active: false });
    book.people.set(3, { ...person(3), first: 'Grace' });
    await sync('desks');
    expect(user(3)).toMatchObject({ active: true, name: { first: 'Grace' } });
  });

  test('a page that is an error with status 200 takes nobody away', async () => {
    const { sync, book, hub } = await openScene();
    await sync('desks');
    const writes = hub.loopback.writes().length;
    const answer = { status: 200, body: { ok: false, error: { text: 'try again' } } };
    const times = Number.POSITIVE_INFINITY;
    book.loopback.fail(
      ({ path }) => path.endsWith('/search'),
      { kind: 'answer', answer },
      { times, skip: 1 },
    );
    expect(await sync('desks')).toMatchObject({ result: 'waiting', reason: 'VendorError' });
    expect(hub.loopback.writes()).toHaveLength(writes);
  });
});

test('the connections are those of the page', () => {
  const shown = blocksOf('docs/connectors/rest.md').filter(({ language }) => language === 'yaml');
  const files = ['staffbook.yaml', 'deskhub.yaml'].map((file) =>
    example(file).split('\n').slice(1).join('\n').trimEnd(),
  );
  expect(shown.map(({ text }) => text)).toEqual(files);
});

function person(n: number): StaffbookPerson {
  return {
    person_id: n,
    first: 'Ada',
    last: `O'Example ${String(n)}`,
    emails: [
      { kind: 'home', address: `home${String(n)}@example.com` },
      { kind: 'work', address: `Ada${String(n)}@example.org` },
    ],
    org: { unit: n > 10 ? 'Board' : 'Sales', teams: [{ name: `Team ${String(n)}` }] },
    joined_at: Date.parse('2024-02-28T23:00:00Z'),
    left_at: null,
    state: n === 7 ? 'gone' : 'employed',
  };
}
