import { expect, test } from 'vitest';
import type { Connecting } from '../../../src/connectors/connector.ts';
import { connect } from '../../../src/connectors/merge/link.ts';
import { configSchema } from '../../../src/connectors/merge/schema.ts';
import { webhook } from '../../../src/connectors/merge/webhook.ts';
import type { LinkedAccount } from '../../vendors/merge/linked-account.ts';
import { credentials, endUser, organisation, people } from './organisation.ts';

const how = { redirectUri: 'http://127.0.0.1:1/', state: 'state' };
const noToken = { apiKey: credentials.apiKey };

/** An organisation of which `connection connect` asks for the page. */
async function linking({ config = {}, server = {}, ...more }: Parameters<typeof organisation>[0] = {}) {
  const opened = await organisation({
    config: { endUser, ...config },
    server: { webhookKey: 'webhook-key', ...server },
    ...more,
  });
  const { context, signal, server: merge } = opened;
  return {
    ...opened,
    begin: () => connect.begin(context, how, signal),
    ask: async ({ done }: Connecting) => {
      if (done.kind !== 'asked') throw new Error('nothing is asked');
      return await done.ask(signal);
    },
    /** What the daemon does with the webhook that Merge sends once an account is linked. */
    deliverToken: async (account: LinkedAccount) => {
      const { headers, body } = merge.webhook('LinkedAccount.linked', {
        account_token: account.accountToken,
      });
      const request = { headers, rawBody: Buffer.from(body), now: 0 };
      const verified = webhook.verify(request, 'webhook-key', context.config);
      if (verified.kind !== 'genuine' || verified.tokens === undefined) throw new Error('no token came');
      for (const [name, text] of Object.entries(verified.tokens)) {
        await context.tokens.keep(name, { text, hosts: ['127.0.0.1'] });
      }
    },
  };
}

test.each([true, false])(
  'somebody who opens the page links the HR system (key for tests: %s)',
  async (isTest) => {
    const { begin, ask, deliverToken, server, read } = await linking({
      linked: false,
      secrets: noToken,
      server: { isTest },
    });
    await expect(read('email')).rejects.toMatchObject({ reason: 'NotConnected' });
    const connecting = await begin();
    expect(connecting.expiresAt).toBe('2026-11-27T08:00:00.000Z');
    expect(await ask(connecting)).toBe(false);
    const account = server.finishLink(connecting.url, people);
    expect(await ask(connecting)).toBe(false);
    await deliverToken(account);
    expect(await ask(connecting)).toBe(true);
    await expect(read('email')).rejects.toMatchObject({ reason: 'CopyNotWhole' });
    account.copy();
    expect((await read('email')).rows).toHaveLength(5);
  },
);

test('a page can be used until it expires, and offers one HR system where the config says so', async () => {
  const { begin, clock, server } = await linking({
    linked: false,
    secrets: noToken,
    config: { integration: 'hibob', linkExpiryMinutes: 60 },
  });
  const early = await begin();
  expect(server.finishLink(early.url).integration).toBe('hibob');
  const late = await begin();
  await clock.sleep(60 * 60_000);
  expect(late.expiresAt).toBe('2026-11-20T09:00:00.000Z');
  expect(() => server.finishLink(late.url)).toThrow('not there any more');
});

test('linking again keeps ids, copy and token, and is done when it was done again', async () => {
  const { begin, ask, clock, server, read } = await linking({ secrets: credentials });
  const before = await read('merge_id');
  server.account.status = 'RELINK_NEEDED';
  const connecting = await begin();
  expect(await ask(connecting)).toBe(false);
  await clock.sleep(60_000);
  server.finishLink(connecting.url);
  expect(await ask(connecting)).toBe(true);
  expect((await read('merge_id')).rows).toEqual(before.rows);
  const healthy = await begin();
  expect(await ask(healthy)).toBe(false);
  await clock.sleep(60_000);
  server.finishLink(healthy.url);
  expect(await ask(healthy)).toBe(true);
});

test.each([
  {
    name: 'no webhook brings the token',
    secrets: noToken,
    says: /tells its token to no request; copy it from Merge's dashboard/,
  },
  {
    name: 'the credential is of another account',
    secrets: { ...credentials, accountToken: 'of another one' },
    says: /the credential accountToken is of another one/,
  },
])('where $name, it says so after three minutes, with the way out', async ({ secrets, says }) => {
  const { begin, ask, clock, server } = await linking({ linked: false, secrets });
  const connecting = await begin();
  server.finishLink(connecting.url);
  for (let waited = 0; waited < 180_000; waited += 15_000) {
    expect(await ask(connecting)).toBe(false);
    await clock.sleep(15_000);
  }
  await expect(ask(connecting)).rejects.toMatchObject({
    fate: 'stalled',
    reason: 'AccountTokenMissing',
    message: expect.stringMatching(says) as string,
  });
});

test('the token that the spec names goes before one that was kept', async () => {
  const { context, read } = await linking({ secrets: credentials });
  await context.tokens.keep('accountToken', { text: 'of an account that is gone', hosts: ['127.0.0.1'] });
  expect((await read('email')).rows).toHaveLength(5);
});

test('whose HR system it is has to be said first', () => {
  expect(connect.whyNot?.(configSchema.parse({}))).toMatch(/^add `endUser:/);
  expect(connect.whyNot?.(configSchema.parse({ endUser }))).toBeUndefined();
});

test('an answer without a page is none', async () => {
  const { begin, server } = await linking({ linked: false, secrets: noToken });
  server.loopback.fail(({ path }) => path.endsWith('/link-token'), {
    kind: 'answer',
    answer: { status: 200, body: { link_token: 'x' } },
  });
  await expect(begin()).rejects.toMatchObject({ reason: 'UnexpectedAnswer' });
});
