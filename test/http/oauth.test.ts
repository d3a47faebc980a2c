import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { askConsent } from '../../src/connectors/oauth-consent.ts';
import type { Auth } from '../../src/http/client.ts';
import { clientCredentials, refreshedToken, type OAuthClient } from '../../src/http/oauth.ts';
import { Secret } from '../../src/model/secret.ts';
import { FakeClock } from '../fake-clock.ts';
import { memoryTokens } from '../contract/context.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../vendors/loopback.ts';
import { steadyRandom } from './effects.ts';
import { openClient } from './open.ts';

const signal = new AbortController().signal;
const secret = (text: string) => new Secret(`env:${text}`, text, ['127.0.0.1']);

const oauth: OAuthClient = {
  connection: 'hr',
  tokenPath: '/token',
  clientId: secret('rosterd app'),
  clientSecret: secret('s3cret:/'),
  clientAuth: 'basic',
};

const refuse = (error: string, status = 400): VendorAnswer => ({
  status,
  body: { error, error_description: 'kanarie@example.org was refused' },
});

/** A server whose refresh tokens are good for one use, as RFC 6749 section 10.4 has it. */
async function authorisationServer() {
  const state = { refresh: 'r0', access: '', issued: 0, challenge: '', seen: [] as string[] };
  const give = (): VendorAnswer => {
    state.issued += 1;
    state.access = `a${state.issued}`;
    state.refresh = `r${state.issued}`;
    const body = {
      access_token: state.access,
      expires_in: 3600,
      token_type: 'Bearer',
      refresh_token: state.refresh,
    };
    return { status: 200, body };
  };
  const token = ({ bytes, headers }: VendorRequest): VendorAnswer => {
    const form = new URLSearchParams(bytes.toString('utf8'));
    const inHeader = Buffer.from((headers['authorization'] ?? '').slice(6), 'base64').toString('utf8');
    const inForm = `${form.get('client_id')}:${form.get('client_secret')}`;
    if (inHeader !== 'rosterd+app:s3cret%3A%2F' && inForm !== 'rosterd app:s3cret:/')
      return refuse('invalid_client', 401);
    const grant = form.get('grant_type');
    state.seen.push(`${grant} ${form.get('refresh_token') ?? form.get('code') ?? ''}`.trim());
    if (grant === 'client_credentials') return give();
    if (grant === 'refresh_token')
      return form.get('refresh_token') === state.refresh ? give() : refuse('invalid_grant');
    const digest = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return form.get('code') === 'good' && digest === state.challenge ? give() : refuse('invalid_grant');
  };
  const loopback = await Loopback.start((request) => {
    if (request.path === '/token') return token(request);
    return request.headers['authorization'] === `Bearer ${state.access}`
      ? { status: 200, body: { people: [] } }
      : refuse('invalid_token', 401);
  });
  const opened: ReturnType<typeof openClient>[] = [];
  onTestFinished(async () => {
    for (const { client } of opened) await client.close();
    await loopback.close();
  });
  const open = (auth: Auth, clock?: FakeClock) => {
    const deps = clock === undefined ? {} : { clock };
    const one = openClient(loopback.url, { deps, options: { auth } });
    opened.push(one);
    return one.client;
  };
  return { state, loopback, open };
}

/** The next answer with a token is on its way until it is let go. */
function heldBack(loopback: Loopback): { readonly resolve: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  loopback.fail(({ path }) => path === '/token', {
    kind: 'write',
    write: (outgoing, { body }) => {
      const send = async () => {
        await promise;
        outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      };
      void send();
    },
  });
  return { resolve };
}

const people = { method: 'GET', path: '/people', effect: 'read' } as const;
const none = { kind: 'none' } as const;

test.each(['basic', 'form'] as const)(
  'our own credentials give a token, told in the %s',
  async (clientAuth) => {
    const { open } = await authorisationServer();
    const client = open({ kind: 'token', fetch: clientCredentials({ ...oauth, clientAuth }) });
    expect((await client.request(people, signal)).status).toBe(200);
  },
);

test('credentials that are not taken stop the connection, with the server’s word and nobody’s name', async () => {
  const { open } = await authorisationServer();
  const wrong = { ...oauth, clientSecret: secret('kanarie') };
  const client = open({ kind: 'token', fetch: clientCredentials(wrong) });
  const refused = client.request(people, signal);
  await expect(refused).rejects.toMatchObject({ name: 'Stalled', reason: 'AuthenticationFailed' });
  await expect(refused).rejects.toThrow(/connection hr.*\(invalid_client\).*client secret/s);
  await expect(refused).rejects.not.toThrow(/kanarie/);
});

test.each([
  ['invalid_grant', 'Stalled', 'AuthenticationFailed', /check its client id, client secret/],
  ['kanarie@example.org', 'Stalled', 'AuthenticationFailed', /gave no token; check/],
  ['temporarily_unavailable', 'Waiting', 'Unavailable', /asked again later/],
  ['server_error', 'Waiting', 'Unavailable', /asked again later/],
])(
  'of our own credentials %s is %s: there is nothing to connect with a browser',
  async (word, name, reason, says) => {
    const { open, loopback } = await authorisationServer();
    loopback.fail(({ path }) => path === '/token', { kind: 'answer', answer: refuse(word) });
    const refused = open({ kind: 'token', fetch: clientCredentials(oauth) }).request(people, signal);
    await expect(refused).rejects.toMatchObject({ name, reason });
    await expect(refused).rejects.toThrow(says);
  },
);

test('a refusal that comes with 200 is one', async () => {
  const { open, loopback } = await authorisationServer();
  loopback.fail(({ path }) => path === '/token', {
    kind: 'answer',
    answer: refuse('invalid_grant', 200),
  });
  await expect(open(auth()).request(people, signal)).rejects.toMatchObject({ reason: 'NotConnected' });
});

const auth = (kept = memoryTokens(), given: Secret | undefined = secret('r0')): Auth => ({
  kind: 'token',
  fetch: refreshedToken(oauth, { kept, given }),
});

describe('refresh tokens that are good for one use', () => {
  test('are kept anew each time, and each is sent once', async () => {
    const { open, state, loopback } = await authorisationServer();
    const kept = memoryTokens();
    for (let n = 0; n < 3; n += 1) await open(auth(kept)).request(people, signal);
    expect(state.seen).toEqual(['refresh_token r0', 'refresh_token r1', 'refresh_token r2']);
    expect((await kept.recall('refresh'))?.reveal(new URL(loopback.url).host)).toBe('r3');
  });

  test('are used one after the other by processes that ask at the same moment', async () => {
    const { open, state } = await authorisationServer();
    const kept = memoryTokens();
    const clients = [1, 2, 3].map(() => open(auth(kept)));
    await Promise.all(clients.map((client) => client.request(people, signal).catch(() => undefined)));
    // The server takes only its newest access token here, so that some renew twice; no refresh token was sent again.
    expect(new Set(state.seen).size).toBe(state.seen.length);
  });

  test('that died stop the connection, and the way out is named', async () => {
    const { open, state } = await authorisationServer();
    state.refresh = 'revoked';
    await expect(open(auth()).request(people, signal)).rejects.toMatchObject({
      reason: 'NotConnected',
      message: expect.stringContaining('rosterd connection connect hr'),
    });
    const nobody = {
      kind: 'token',
      fetch: refreshedToken(oauth, { kept: memoryTokens(), given: undefined }),
    } as const;
    await expect(open(nobody).request(people, signal)).rejects.toThrow('nobody has connected it yet');
  });

  test('that died give way to a newer one in the credential', async () => {
    const { open, state } = await authorisationServer();
    const kept = memoryTokens();
    await kept.keep('refresh', { text: 'dead', hosts: ['127.0.0.1'] });
    expect((await open(auth(kept)).request(people, signal)).status).toBe(200);
    expect(state.seen).toEqual(['refresh_token dead', 'refresh_token r0']);
  });

  test('that are being replaced when the connection is closed are on disk before it is', async () => {
    const { open, loopback, state } = await authorisationServer();
    const [kept, clock] = [memoryTokens(), new FakeClock(0)];
    const answer = heldBack(loopback);
    const client = open(auth(kept), clock);
    const stopped = new AbortController();
    const request = client.request(people, stopped.signal);
    while (state.seen.length === 0) await nextTurn();
    stopped.abort(new Error('stopped'));
    await expect(request).rejects.toThrow('stopped');
    const closed = client.close();
    answer.resolve();
    await closed;
    expect((await kept.recall('refresh'))?.reveal(new URL(loopback.url).host)).toBe('r1');
  });

  test('that no server answers for hold up a close for five seconds and no longer', async () => {
    const { open, loopback, state } = await authorisationServer();
    const clock = new FakeClock(0);
    loopback.fail(({ path }) => path === '/token', { kind: 'write', write: () => undefined });
    const client = open(auth(), clock);
    const lost = expect(client.request(people, signal)).rejects.toMatchObject({ reason: 'TokenLost' });
    while (state.seen.length === 0) await nextTurn();
    const closed = client.close();
    await clock.advance(5_000);
    await Promise.all([closed, lost]);
  });

  test('whose answer was lost are not sent again at once', async () => {
    const { open, loopback, state } = await authorisationServer();
    loopback.fail(({ path }) => path === '/token', { kind: 'lost' }, { times: 1 });
    const lost = open(auth()).request({ ...people, method: 'POST', effect: 'once' }, signal);
    // And no lost answer of the write that wanted the token: that one was never sent.
    await expect(lost).rejects.toMatchObject({
      name: 'Waiting',
      reason: 'TokenLost',
      message: expect.stringContaining('rosterd connection connect hr'),
    });
    expect(state.seen).toHaveLength(1);
  });
});

describe('a consent page', () => {
  const how = { redirectUri: 'http://127.0.0.1:7777/connected', state: 'of-this-attempt' };

  async function asking() {
    const server = await authorisationServer();
    const tokens = memoryTokens();
    const connecting = askConsent(
      {
        oauth,
        authorizeUrl: `${server.loopback.url}/authorize?request=authorize`,
        parameters: {
          scope: 'people.read offline',
          state: 'of-the-config',
          redirect_uri: 'https://elsewhere',
        },
        client: () => openClient(server.loopback.url, { options: { auth: none } }).client,
      },
      { random: steadyRandom(), tokens, connection: 'hr' },
      how,
    );
    if (connecting.done.kind !== 'redirect') throw new Error('not a redirect');
    const url = new URL(connecting.url);
    server.state.challenge = url.searchParams.get('code_challenge') ?? '';
    return { ...server, url, tokens, done: connecting.done };
  }

  test('gets everything that RFC 6749 and RFC 7636 ask for', async () => {
    const { url } = await asking();
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      request: 'authorize',
      response_type: 'code',
      client_id: 'rosterd app',
      redirect_uri: how.redirectUri,
      state: how.state,
      scope: 'people.read offline',
      code_challenge_method: 'S256',
    });
    expect(url.href).not.toContain('s3cret');
  });

  test('gives a code, and the code a token that passes go on with', async () => {
    const { done, tokens, open } = await asking();
    await done.redeem(new URLSearchParams({ code: 'good', state: how.state }), signal);
    const fetch = refreshedToken(oauth, { kept: tokens, given: undefined });
    expect((await open({ kind: 'token', fetch }).request(people, signal)).status).toBe(200);
  });

  test('gives the token that is kept, whatever another process gets meanwhile for the one before', async () => {
    const { done, tokens, open, loopback, state } = await asking();
    const answer = heldBack(loopback);
    const renewed = open(auth(tokens, secret('r0'))).request(people, signal);
    while (state.seen.length === 0) await nextTurn();
    const redeemed = done.redeem(new URLSearchParams({ code: 'good', state: how.state }), signal);
    for (let turn = 0; turn < 200 && state.seen.length === 1; turn += 1) await nextTurn();
    answer.resolve();
    await Promise.all([redeemed, renewed]);
    expect((await tokens.recall('refresh'))?.reveal(new URL(loopback.url).host)).toBe(state.refresh);
  });

  test.each([
    [
      { error: 'access_denied', error_description: 'kanarie said no' },
      /\(access_denied\); nothing was changed/,
    ],
    [{ error: 'kanarie@example.org' }, /\(no code\)/],
    [{ code: 'stolen' }, /rosterd connection connect hr/],
  ])('that says no keeps nothing: %o', async (answer, message) => {
    const { done, tokens } = await asking();
    const refused = done.redeem(new URLSearchParams(answer), signal);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(/kanarie/);
    expect(await tokens.recall('refresh')).toBeUndefined();
  });
});
