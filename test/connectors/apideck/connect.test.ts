import { expect, onTestFinished, test } from 'vitest';
import { apideck } from '../../../src/connectors/apideck/connector.ts';
import type { Connecting } from '../../../src/connectors/connector.ts';
import { openApplication } from './application.ts';

const signal = new AbortController().signal;
const how = { redirectUri: 'http://127.0.0.1:7411/connected', state: 'unused' };

async function begin(state: string) {
  const { server, context } = await openApplication();
  onTestFinished(() => server.close());
  server.tenant.connection['state'] = state;
  const connecting = await apideck.connect?.begin(context, how, signal);
  if (connecting === undefined) throw new Error('apideck connects');
  return { server, context, connecting };
}

function ask({ done }: Connecting): Promise<boolean> {
  if (done.kind !== 'asked') throw new Error('nobody is sent back');
  return done.ask(signal);
}

test('a link into the Vault, worth something for an hour, is asked about until the connection can be called', async () => {
  const { server, connecting } = await begin('added');
  expect(connecting.url).toBe(`${server.url}/hosted-vault?session=session-1`);
  expect(connecting.expiresAt).toBe('2026-11-20T09:00:00.000Z');
  expect(await ask(connecting)).toBe(false);
  server.tenant.connection['state'] = 'authorized';
  expect(await ask(connecting)).toBe(false);
  expect((await fetch(connecting.url)).status).toBe(200);
  expect(await ask(connecting)).toBe(true);
});

test('who connects anew is done when something was changed, and nothing else has to be', async () => {
  const { server, connecting } = await begin('callable');
  expect(await ask(connecting)).toBe(false);
  await fetch(connecting.url);
  expect(await ask(connecting)).toBe(true);
  expect(server.tenant.connection['id']).toBe('hris+personio');
});

test('a link that ended is worth nothing', async () => {
  const { server, context, connecting } = await begin('added');
  await context.clock.sleep(3_600_000);
  expect((await fetch(connecting.url)).status).toBe(401);
  expect(server.tenant.connection['state']).toBe('added');
});

test('where the application has no such integration there is no page, but a way out', async () => {
  const { server, context } = await openApplication();
  onTestFinished(() => server.close());
  server.tenant.connection['service_id'] = 'workday';
  await expect(apideck.connect?.begin(context, how, signal)).rejects.toMatchObject({
    fate: 'stalled',
    message: expect.stringContaining(
      'no integration personio for HRIS; enable it in Apideck, or correct serviceId',
    ),
  });
  expect(server.vault.sessions).toEqual([]);
});

test('a session without an address, or with one that is none of a page, is no link', async () => {
  for (const session_uri of [undefined, 'javascript:alert(1)', 7]) {
    const { server, context } = await openApplication();
    onTestFinished(() => server.close());
    server.loopback.fail(({ path }) => path === '/vault/sessions', {
      kind: 'answer',
      answer: { status: 200, body: { status_code: 200, data: { session_uri } } },
    });
    await expect(apideck.connect?.begin(context, how, signal)).rejects.toMatchObject({
      reason: 'UnusableAnswer',
    });
  }
});
