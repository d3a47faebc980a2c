import { createHmac, timingSafeEqual } from 'node:crypto';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { WebhookVerifier } from '../../src/model/webhook.ts';
import { Waiting } from '../../src/model/error.ts';
import { createServer } from '../../src/server/server.ts';
import type { CompiledConnection, CompiledSync } from '../../src/spec/compiled.ts';
import { everyFiveMinutes, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { minute, Rig } from './rig.ts';

const secret = 'webhook-secret-0123456789';

interface Sent {
  readonly people?: readonly string[];
  readonly tokens?: Readonly<Record<string, string>>;
}

/** A vendor as many are: an HMAC over moment and body, and the ids of those who changed. */
const vendor: WebhookVerifier = {
  credential: 'webhookKey',
  verify({ headers, rawBody }, key) {
    if (headers['x-ping'] === 'yes') return { kind: 'greeting' };
    const sent = headers['x-sent'] ?? '';
    const given = Buffer.from(headers['x-signature'] ?? '', 'hex');
    const right = createHmac('sha256', key).update(`${sent}.`).update(rawBody).digest();
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      return { kind: 'refused', reason: 'signature' };
    }
    const body = JSON.parse(Buffer.from(rawBody).toString()) as Sent;
    const { people, tokens } = body;
    return {
      kind: 'genuine',
      people: people ?? 'everybody',
      id: right.toString('hex'),
      sentAt: Number(sent),
      ...(tokens === undefined ? {} : { tokens }),
    };
  },
};

const connection = (name: string) => ({ name, digest: name, connector: 'test' }) as CompiledConnection;
let rig: Rig;
/** Whom each pass was over. */
let over: { sync: string; people: readonly string[] | 'everybody' }[];

async function running(...syncs: readonly CompiledSync[]): Promise<void> {
  rig = new Rig(specsOf('r1', syncs, { connections: [connection('personio'), connection('talentlms')] }));
  rig.webhook = ({ name }) =>
    name === 'personio' || name === 'talentlms' ? (request) => vendor.verify(request, secret, {}) : undefined;
  over = [];
  rig.reconcile = async (sync, _specs, trigger, _signal, _probes, { only }) => {
    over.push({ sync, people: only === undefined ? 'everybody' : [...only].toSorted() });
    const partial = only === undefined ? {} : { partial: { people: only.size, notFound: 0 } };
    return outcomeOf(sync, { trigger, at: rig.clock.now(), summary: partial });
  };
  await rig.start();
  onTestFinished(() => rig.end());
}

function app() {
  const { daemon, store, telemetry } = rig;
  return createServer({ daemon, store, telemetry, tokens: [] });
}

async function send(
  body: object | string,
  {
    key = secret,
    to = 'personio',
    sent = rig.clock.now(),
    signature,
  }: {
    key?: string;
    to?: string;
    sent?: number;
    signature?: string;
  } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const right = createHmac('sha256', key).update(`${sent}.${text}`).digest('hex');
  return await app().request(`/hooks/${to}`, {
    method: 'POST',
    body: text,
    headers: { 'x-sent': String(sent), 'x-signature': signature ?? right },
  });
}

/** A body that says nothing of its length, unsigned. */
async function post(to: string, body: string | ReadableStream, server = app()): Promise<Response> {
  const path = to.startsWith('/') ? to : `/hooks/${to}`;
  return await server.request(path, { method: 'POST', body, duplex: 'half' });
}

/** A body without an end, and how much of it was asked for. */
function endless() {
  let bytes = 0;
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(100_000));
      bytes += 100_000;
    },
  });
  return { body, given: () => bytes };
}

const counted = async (result: string): Promise<number> => {
  const lines = (await rig.metric('rosterd_webhooks_total')).split('\n');
  const line = lines.find((one) => one.includes('connection="personio"') && one.includes(`"${result}"`));
  return Number(line?.split(' ').at(-1));
};

describe('a webhook', () => {
  beforeEach(async () => {
    await running(
      syncNamed('staff'),
      syncNamed('interns'),
      syncNamed('others', { from: 'bamboohr', to: 'scim' }),
    );
  });

  test('is answered at once, and who it names is looked at seconds later by every sync that reads from there', async () => {
    expect((await send({ people: ['4711'] })).status).toBe(200);
    expect(over).toEqual([]);
    await rig.clock.advance(5_000);
    expect(over).toEqual([
      { sync: 'staff', people: ['4711'] },
      { sync: 'interns', people: ['4711'] },
    ]);
    expect(rig.passes[0]?.trigger).toBe('webhook');
  });

  test('and those that follow it closely are one pass', async () => {
    await send({ people: ['1'] });
    await rig.clock.advance(4_000);
    await send({ people: ['2', '1'] });
    await rig.clock.advance(1_000);
    expect(over.filter(({ sync }) => sync === 'staff')).toEqual([{ sync: 'staff', people: ['1', '2'] }]);
    await rig.clock.advance(minute);
    expect(over).toHaveLength(2);
  });

  test('with a wrong signature is refused without a word on why, and wakes nobody', async () => {
    const wrong = [
      await send({ people: ['1'] }, { key: 'another-secret-0123456789' }),
      await send({ people: ['1'] }, { signature: '' }),
      await send({ people: ['1'] }, { sent: rig.clock.now() - 6 * minute }),
      await send({ people: ['1'] }, { sent: rig.clock.now() + 6 * minute }),
      await send({ people: ['1'] }, { sent: Number.NaN }),
    ];
    const answers = await Promise.all(wrong.map(async (one) => [one.status, await one.text()]));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(401);
    expect([await counted('signature'), await counted('stale')]).toEqual([2, 3]);
    await rig.clock.advance(minute);
    expect(over).toEqual([]);
  });

  test('that comes again is taken once', async () => {
    const sent = rig.clock.now();
    expect((await send({ people: ['1'] }, { sent })).status).toBe(200);
    await rig.clock.advance(minute);
    expect((await send({ people: ['1'] }, { sent })).status).toBe(200);
    await rig.clock.advance(minute);
    expect(over.filter(({ sync }) => sync === 'staff')).toHaveLength(1);
    expect([await counted('accepted'), await counted('repeated')]).toEqual([1, 1]);
  });

  test('that only tries the address is answered, unsigned as it is, and has nobody looked at', async () => {
    const ping = { method: 'POST', body: '{}', headers: { 'x-ping': 'yes' } };
    expect((await app().request('/hooks/personio', ping)).status).toBe(200);
    expect((await app().request('/hooks/personio', ping)).status).toBe(200);
    await rig.clock.advance(2 * minute);
    expect(over).toEqual([]);
    expect([await counted('greeting'), await counted('accepted')]).toEqual([2, 0]);
  });

  test('that is signed and no JSON is refused', async () => {
    expect((await send('{"people":')).status).toBe(401);
    expect(await counted('error')).toBe(1);
  });

  test('for a connection that is not there, or that takes none, finds nothing', async () => {
    expect((await send({}, { to: 'bamboohr' })).status).toBe(404);
    expect((await send({}, { to: 'nowhere' })).status).toBe(404);
  });

  test('of more than a megabyte is not looked at, whether it says so or not', async () => {
    expect((await send('x'.repeat(1_000_001))).status).toBe(413);
    const { given, body } = endless();
    expect((await post('personio', body)).status).toBe(413);
    expect(given()).toBeLessThanOrEqual(1_200_000);
  });

  test('of a connection that takes none is not read, whoever sends it', async () => {
    for (const path of ['/hooks/nowhere', '/hooks/bamboohr', '/healthz', '/api/v1/status']) {
      const { given, body } = endless();
      expect([path, (await post(path, body)).status]).toEqual([path, 404]);
      // The first part is asked for by the stream itself.
      expect(given()).toBeLessThanOrEqual(100_000);
    }
  });

  test('is told to come later while fifty others are being read, and taken once they are', async () => {
    const server = app();
    const open = Array.from({ length: 50 }, () => Promise.withResolvers<void>());
    const slow = open.map(({ promise }) => {
      const body = new ReadableStream({
        async pull(controller) {
          await promise;
          controller.close();
        },
      });
      return post('personio', body, server);
    });
    expect((await post('personio', '{}', server)).status).toBe(503);
    for (const { resolve } of open) resolve();
    expect(new Set((await Promise.all(slow)).map(({ status }) => status))).toEqual(new Set([401]));
    expect((await post('personio', '{}', server)).status).toBe(401);
  });

  test('that names nobody has everybody looked at, once a minute at the most', async () => {
    for (let at = 0; at < 12; at += 1) {
      await send({});
      await rig.clock.advance(10_000);
    }
    const everybody = { sync: 'staff', people: 'everybody' };
    expect(over.filter(({ sync }) => sync === 'staff')).toEqual([everybody, everybody]);
  });

  test('that names more than a thousand has everybody looked at', async () => {
    const ids = Array.from({ length: 1_001 }, (_, id) => String(id));
    await send({ people: ids.slice(1) });
    await rig.clock.advance(5_000);
    expect(over[0]?.people).toHaveLength(1_000);
    await send({ people: ids });
    await rig.clock.advance(2 * minute);
    expect(over.at(-1)?.people).toBe('everybody');
  });

  test('of the target looks at those whose accounts it names', async () => {
    rig.store.owned.set('77', { sync: 'staff', personId: '4711' });
    rig.store.owned.set('78', { sync: 'interns', personId: '4712' });
    await send({ people: ['77', '99'] }, { to: 'talentlms' });
    await rig.clock.advance(5_000);
    expect(over).toEqual([{ sync: 'staff', people: ['4711'] }]);
  });

  test('is counted from zero on', async () => {
    expect(await counted('accepted')).toBe(0);
    expect(await counted('signature')).toBe(0);
  });

  test('leaves no trace of who it was about in log, metrics or answer', async () => {
    const answer = await (await send({ people: ['kanarie'] })).text();
    await rig.clock.advance(minute);
    expect(answer).not.toContain('kanarie');
    expect(await rig.telemetry.metrics.registry.metrics()).not.toContain('kanarie');
  });
});

test('one that comes while the store is away is taken when it is sent again', async () => {
  await running(syncNamed('staff'));
  rig.store.owned.set('77', { sync: 'staff', personId: '4711' });
  const sent = rig.clock.now();
  rig.store.away = new Waiting('StoreAway', 'the store does not answer');
  expect((await send({ people: ['77'] }, { to: 'talentlms', sent })).status).toBe(503);
  rig.store.away = undefined;
  expect((await send({ people: ['77'] }, { to: 'talentlms', sent })).status).toBe(200);
  await rig.clock.advance(5_000);
  expect(over).toEqual([{ sync: 'staff', people: ['4711'] }]);
});

test('what one hands over is kept for its connection before anybody is looked at, and again when the store was away', async () => {
  await running(syncNamed('staff'));
  const kept: string[] = [];
  let away = true;
  rig.keepToken = async ({ name }, token, text) => {
    if (away) throw new Waiting('StoreAway', 'the store does not answer');
    kept.push(`${name}: ${token} ${text}`);
  };
  await rig.end();
  await rig.start();
  const sent = rig.clock.now();
  const body = { people: [], tokens: { accountToken: 'of the linked account' } };
  expect((await send(body, { sent })).status).toBe(503);
  away = false;
  expect((await send(body, { sent })).status).toBe(200);
  expect((await send(body, { sent, signature: '00' })).status).toBe(401);
  expect(kept).toEqual(['personio: accountToken of the linked account']);
});

test('webhooks about a few do not make a pass over everybody come before the other side wants it', async () => {
  await running(syncNamed('staff', { schedule: everyFiveMinutes }));
  rig.reconcile = async (sync, _specs, trigger, _signal, _probes, { only }) => {
    over.push({ sync, people: only === undefined ? 'everybody' : [...only].toSorted() });
    const summary =
      only === undefined ? { result: 'waiting' as const } : { partial: { people: 1, notFound: 0 } };
    const outcome = outcomeOf(sync, { trigger, at: rig.clock.now(), summary });
    return only === undefined ? { ...outcome, retryAfterMs: 4 * minute } : outcome;
  };
  await rig.clock.advance(5 * minute);
  over.length = 0;
  await send({ people: ['1'] });
  await rig.clock.advance(minute);
  await send({ people: ['2'] });
  await rig.clock.advance(minute);
  expect(over).toEqual([
    { sync: 'staff', people: ['1'] },
    { sync: 'staff', people: ['2'] },
  ]);
  await rig.clock.advance(3 * minute);
  expect(over.slice(2)).toContainEqual({ sync: 'staff', people: 'everybody' });
});

test('webhooks wake no sync that only looks, none that is suspended, and none that carries courses', async () => {
  await running(
    syncNamed('watching', { mode: 'observe' }),
    syncNamed('paused', { suspend: { reason: 'audit', until: undefined } }),
    syncNamed('courses', { entity: 'course' }),
  );
  await send({ people: ['1'] });
  await rig.clock.advance(minute);
  expect(over).toEqual([]);
});

test('before a revision is in force they are to be sent again', async () => {
  await running(syncNamed('staff'));
  await rig.stop();
  rig.newest = { invalid: 'r2' };
  const fresh = new Rig({ invalid: 'r2' });
  await fresh.start();
  onTestFinished(() => fresh.end());
  const answer = await fresh.daemon.webhook('personio', {
    headers: {},
    readBody: async () => new Uint8Array(),
  });
  expect(answer).toBe('not-ready');
});

test('a pass over a few that had to look at everybody makes the next webhook wait ten times as long', async () => {
  await running(syncNamed('staff'));
  rig.reconcile = async (sync, _specs, trigger) => {
    over.push({ sync, people: 'everybody' });
    const startedAt = rig.clock.now();
    return outcomeOf(sync, { trigger, at: startedAt, summary: { endedAt: startedAt + 6_000 } });
  };
  await send({ people: ['1'] });
  await rig.clock.advance(5_000);
  await send({ people: ['2'] });
  await rig.clock.advance(50_000);
  expect(over).toHaveLength(1);
  await rig.clock.advance(10_000);
  expect(over).toHaveLength(2);
});

test('a webhook that comes with the schedule is one pass over everybody', async () => {
  await running(syncNamed('staff', { schedule: everyFiveMinutes }));
  await rig.clock.advance(5 * minute - 2_000);
  over.length = 0;
  await send({ people: ['1'] });
  await rig.clock.advance(minute);
  expect(over).toEqual([{ sync: 'staff', people: 'everybody' }]);
});
