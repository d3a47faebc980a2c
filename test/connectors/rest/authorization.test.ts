import { onTestFinished, expect, test } from 'vitest';
import { rest } from '../../../src/connectors/rest/connector.ts';
import { restConfig, type RestConfig } from '../../../src/connectors/rest/schema.ts';
import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import { SyncError } from '../../../src/model/error.ts';
import { memoryTokens, testContext } from '../../contract/context.ts';
import { Loopback, type VendorRequest } from '../../vendors/loopback.ts';
import { never, people, readAll, smallest } from './scripted.ts';

const how = { redirectUri: 'http://127.0.0.1:7/back', state: 'a-state' };

const secrets = {
  token: 'a-token',
  user: 'a-user',
  password: 'a-password',
  clientId: 'a-client',
  clientSecret: 'a-secret',
  refreshToken: 'given',
};

/** A system that notes how requests were authorised, and one on another port that gives tokens. */
async function start(): Promise<{
  readonly seen: VendorRequest[];
  readonly asked: VendorRequest[];
  readonly open: (auth: object, given?: Partial<typeof secrets>) => ConnectorContext<RestConfig>;
  readonly tokenUrl: string;
}> {
  const seen: VendorRequest[] = [];
  const asked: VendorRequest[] = [];
  const system = await Loopback.start((request) => {
    seen.push(request);
    return { status: 200, body: people('ab') };
  });
  const server = await Loopback.start((request) => {
    asked.push(request);
    const number = String(asked.length);
    return {
      status: 200,
      body: { access_token: `access-${number}`, refresh_token: `refresh-${number}`, expires_in: 600 },
    };
  });
  onTestFinished(async () => {
    await system.close();
    await server.close();
  });
  const tokens = memoryTokens();
  const open = (auth: object, given: Partial<typeof secrets> = secrets) => {
    const config = restConfig.parse({ ...smallest, baseUrl: system.url, auth });
    return testContext<RestConfig>({ config, secrets: given, tokens });
  };
  return { seen, asked, open, tokenUrl: `${server.url}/oauth/token` };
}

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test.each([
  [{ kind: 'none' }, 'authorization', undefined],
  [{ kind: 'bearer' }, 'authorization', 'Bearer a-token'],
  [{ kind: 'header', name: 'X-Api-Key' }, 'x-api-key', 'a-token'],
  [{ kind: 'header', name: 'Authorization', prefix: 'Token ' }, 'authorization', 'Token a-token'],
  [{ kind: 'basic' }, 'authorization', basic('a-user', 'a-password')],
])('%o', async (auth, header, value) => {
  const { seen, open } = await start();
  expect(await readAll(open(auth))).not.toBeInstanceOf(SyncError);
  expect(seen[0]?.headers[header]).toBe(value);
});

test('a user without a password is one', async () => {
  const { seen, open } = await start();
  await readAll(open({ kind: 'basic' }, { user: 'a-key' }));
  expect(seen[0]?.headers['authorization']).toBe(basic('a-key', ''));
});

test('a credential that is missing is named, and nothing is asked', async () => {
  const { seen, open } = await start();
  expect(() => rest.openReader(open({ kind: 'bearer' }, {}))).toThrow(
    /auth "bearer" needs the credential "token"/,
  );
  expect(seen).toEqual([]);
});

test('client credentials go to the host of tokens, and the token to the host of the data', async () => {
  const { seen, asked, open, tokenUrl } = await start();
  const auth = {
    kind: 'client-credentials',
    tokenUrl,
    clientAuth: 'form',
    scope: 'people',
    parameters: { audience: 'hr' },
  };
  await readAll(open(auth));
  expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
    grant_type: 'client_credentials',
    client_id: 'a-client',
    client_secret: 'a-secret',
    scope: 'people',
    audience: 'hr',
  });
  expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer access-1']);
  expect(asked.every(({ headers }) => headers['authorization'] === undefined)).toBe(true);
});

test('a refresh token that is replaced at each use is kept, and the next reading uses the new one', async () => {
  const { seen, asked, open, tokenUrl } = await start();
  const auth = { kind: 'refresh-token', tokenUrl };
  await readAll(open(auth));
  await readAll(open(auth));
  expect(asked.map(({ form }) => form?.get('refresh_token'))).toEqual(['given', 'refresh-1']);
  expect(asked[0]?.headers['authorization']).toBe(basic('a-client', 'a-secret'));
  expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer access-1', 'Bearer access-2']);
});

test('a person agrees on the page that the config names, and what it brings is kept', async () => {
  const { seen, asked, open, tokenUrl } = await start();
  const authorizeUrl = 'http://127.0.0.1:9/agree';
  const auth = {
    kind: 'refresh-token',
    tokenUrl,
    authorizeUrl,
    scope: 'people',
    consent: { access_type: 'offline' },
  };
  const context = open(auth, { clientId: 'a-client' });
  expect(rest.connect?.whyNot?.(context.config)).toBeUndefined();
  const page = await rest.connect?.begin(context, how, never);
  if (page?.done.kind !== 'redirect') throw new Error('the browser comes back');
  const url = new URL(page.url);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    client_id: 'a-client',
    scope: 'people',
    access_type: 'offline',
    state: 'a-state',
  });
  await page.done.redeem(new URLSearchParams({ code: 'a-code', state: 'a-state' }), never);
  await readAll(context);
  expect(asked.map(({ form }) => form?.get('grant_type'))).toEqual(['authorization_code', 'refresh_token']);
  expect(asked[1]?.form?.get('refresh_token')).toBe('refresh-1');
  expect(seen).toHaveLength(1);
});

test('a page on a host that the operator does not allow is not opened', async () => {
  const { open, tokenUrl } = await start();
  const auth = { kind: 'refresh-token', tokenUrl, authorizeUrl: 'https://consent.example.org/agree' };
  await expect(rest.connect?.begin(open(auth), how, never)).rejects.toMatchObject({
    reason: 'SecretRefused',
    message: expect.stringMatching(/may not be sent to consent.example.org/) as string,
  });
});

test('nor does a code go to a host of tokens that the operator does not allow', async () => {
  const { asked, open, tokenUrl } = await start();
  const auth = {
    kind: 'refresh-token',
    tokenUrl: tokenUrl.replace('127.0.0.1', 'localhost'),
    authorizeUrl: 'http://127.0.0.1:9/agree',
  };
  const page = await rest.connect?.begin(open(auth), how, never);
  if (page?.done.kind !== 'redirect') throw new Error('the browser comes back');
  await expect(page.done.redeem(new URLSearchParams({ code: 'a-code' }), never)).rejects.toMatchObject({
    reason: 'SecretRefused',
    fate: 'stalled',
  });
  expect(asked).toEqual([]);
});

test('a config without such a page says that there is nothing to connect', async () => {
  const { open } = await start();
  const context = open({ kind: 'bearer' });
  expect(rest.connect?.whyNot?.(context.config)).toContain('authorizeUrl');
  await expect(rest.connect?.begin(context, how, never)).rejects.toThrow(/no page to agree on/);
});
