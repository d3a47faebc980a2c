import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { Secret } from '../../src/model/secret.ts';
import { openMailServer, type MailServer, type SmtpOptions } from '../../src/notify/mail.ts';
import { createOutbox, type Outbox } from '../../src/notify/outbox.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { MemoryStore } from '../daemon/memory-store.ts';
import { FakeClock } from '../fake-clock.ts';
import { startSmtpSink, type SmtpSink } from './smtp-sink.ts';

const minute = 60_000;
const { signal } = new AbortController();
let sink: SmtpSink;
let server: MailServer;
let store: MemoryStore;
let clock: FakeClock;
let outbox: Outbox;
let metrics: ReturnType<typeof createMetrics>;

beforeEach(async () => {
  sink = await startSmtpSink();
  server = openMailServer({
    host: sink.host,
    port: sink.port,
    tls: 'none',
    from: 'rosterd <rosterd@example.com>',
  });
  store = new MemoryStore();
  clock = new FakeClock(Date.parse('2026-11-23T05:00:00Z'));
  metrics = createMetrics();
  outbox = createOutbox(store, server, clock, { log: createLogger({ level: 'silent' }), metrics });
});

afterEach(async () => {
  server.close();
  await sink.close();
});

const mail = (more: { id?: string; to?: readonly string[]; subject?: string } = {}) => ({
  id: 'm1',
  to: ['ada@example.com', 'grace@example.com'],
  subject: 'staff: 2 created · Zürich',
  text: 'Zwölf Boxkämpfer\n.\nend\n',
  queuedAt: clock.now(),
  ...more,
});

describe('a mail that waits', () => {
  test('is handed over once though a daemon and a command are at it together', async () => {
    const other = createOutbox(store, server, clock, { log: createLogger({ level: 'silent' }), metrics });
    await store.queueMail(mail({ id: 'm1' }));
    await store.queueMail(mail({ id: 'm2' }));
    await Promise.all([outbox.deliver(signal), other.deliver(signal)]);
    expect(sink.mails).toHaveLength(2);
  });

  test('arrives as it was written, and waits no more', async () => {
    await store.queueMail(mail());
    await outbox.deliver(signal);
    expect(sink.mails).toMatchObject([
      {
        from: 'rosterd@example.com',
        to: ['ada@example.com', 'grace@example.com'],
        text: 'Zwölf Boxkämpfer\n.\nend\n',
      },
    ]);
    expect(sink.mails[0]?.headers.get('subject')).toBe('staff: 2 created · Zürich');
    expect(sink.mails[0]?.headers.get('message-id')).toBe('<m1@rosterd>');
    expect(sink.mails[0]?.headers.get('auto-submitted')).toBe('auto-generated');
    await outbox.deliver(signal);
    expect(sink.mails).toHaveLength(1);
  });

  test('is greylisted with 451, and taken a minute later', async () => {
    sink.failNext(1, { code: 451 });
    await store.queueMail(mail());
    await outbox.deliver(signal);
    await outbox.deliver(signal);
    expect(sink.mails).toHaveLength(0);
    clock.jump(minute);
    await outbox.deliver(signal);
    expect(sink.mails).toHaveLength(1);
    expect(store.mails.size).toBe(0);
  });

  test('is refused again and again, and given up; the one behind it is not', async () => {
    sink.refuse('ghost@example.com');
    await store.queueMail(mail({ id: 'm1', to: ['ghost@example.com'] }));
    await store.queueMail(mail({ id: 'm2' }));
    for (const wait of [0, minute, 5 * minute, 15 * minute]) {
      clock.jump(wait);
      await outbox.deliver(signal);
    }
    expect(store.mails.size).toBe(0);
    expect(sink.mails).toHaveLength(1);
    expect(await metrics.registry.getSingleMetricAsString('rosterd_mails_total')).toContain(
      '{result="given-up"} 1',
    );
  });

  test('that is refused says by which code, and nothing of what the server wrote, which may be addresses', async () => {
    sink.refuse('ghost@example.com');
    const message = 'the mail server answered 550';
    expect(await server.send(mail({ to: ['ghost@example.com'] }))).toEqual({ result: 'refused', message });
  });

  test('whose answer is lost after the data is sent at most once more', async () => {
    sink.failNext(5, 'drop-after-data');
    await store.queueMail(mail());
    for (let i = 0; i < 5; i += 1) {
      await outbox.deliver(signal);
      clock.jump(60 * minute);
    }
    expect(sink.mails).toHaveLength(2);
    expect(store.mails.size).toBe(0);
  });

  test('waits longer and longer for a server that is away, and three days at most', async () => {
    await sink.close();
    await store.queueMail(mail());
    const waits: number[] = [];
    for (let i = 0; i < 30 && store.mails.size > 0; i += 1) {
      await outbox.deliver(signal);
      const next = store.mails.get('m1')?.nextAttemptAt ?? clock.now();
      waits.push((next - clock.now()) / minute);
      clock.jump(next - clock.now());
    }
    expect(waits.slice(0, 6)).toEqual([1, 5, 15, 60, 360, 360]);
    expect(store.mails.size).toBe(0);
    sink = await startSmtpSink();
  });

  test.each([
    { name: 'a line break in the subject', more: { subject: 'hello\r\nBcc: everybody@example.com' } },
    { name: 'a line break in an address', more: { to: ['ada@example.com\r\nRCPT TO:<eve@example.com>'] } },
    { name: 'two addresses in one', more: { to: ['ada@example.com, eve@example.com'] } },
  ])('$name is never sent', async ({ more }) => {
    expect(await server.send(mail(more))).toMatchObject({ result: 'refused' });
    expect(sink.mails).toHaveLength(0);
  });
});

const options = (more: Partial<SmtpOptions>): SmtpOptions => ({
  host: '127.0.0.1',
  port: 25,
  tls: 'none',
  from: 'rosterd@example.com',
  ...more,
});

describe('a mail server', () => {
  const password = new Secret('env:SMTP_PASSWORD', 'sesame', ['127.0.0.1', 'mail.example.com']);

  test('elsewhere needs TLS, and so does a password', () => {
    expect(() => openMailServer(options({ host: 'mail.example.com' }))).toThrow('unencrypted');
    expect(() => openMailServer(options({ user: 'rosterd', password }))).toThrow('not sent without TLS');
    expect(() =>
      openMailServer(options({ host: 'mail.example.com', tls: 'starttls', user: 'rosterd', password })),
    ).not.toThrow();
  });

  test('that offers no STARTTLS gets neither mail nor password', async () => {
    const insisting = openMailServer(
      options({ port: sink.port, tls: 'starttls', user: 'rosterd', password }),
    );
    const delivery = await insisting.send(mail());
    expect(delivery).toMatchObject({ result: expect.not.stringMatching('sent') as string });
    expect(JSON.stringify(delivery)).not.toContain('sesame');
    expect(sink.mails).toHaveLength(0);
    insisting.close();
  });
});
