import { trace, type Span, type SpanOptions, type Tracer } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';

import { Loopback } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

interface Recorded {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  failed: boolean;
  ended: boolean;
}

const spans: Recorded[] = [];

function startActiveSpan(name: string, options: SpanOptions, run: (span: Span) => unknown): unknown {
  const recorded: Recorded = { name, attributes: { ...options.attributes }, failed: false, ended: false };
  spans.push(recorded);
  return run({
    setAttribute: (key: string, value: unknown) => (recorded.attributes[key] = value),
    setStatus: () => (recorded.failed = true),
    end: () => (recorded.ended = true),
  } as unknown as Span);
}

trace.setGlobalTracerProvider({ getTracer: () => ({ startActiveSpan }) as unknown as Tracer });
afterAll(() => trace.disable());

test('each attempt is a span that names method and host, and nobody', async () => {
  const server = await Loopback.start(() => ({ status: 200, body: {} }));
  server.fail(() => true, { kind: 'answer', answer: { status: 503 } });
  const { client } = openClient(server.url);
  const query = { email: 'mira@example.test' };
  await client.request(
    { method: 'GET', path: '/users/mira', query, effect: 'read' },
    AbortSignal.timeout(9000),
  );
  const usual = { 'rosterd.connection': 'hr', 'http.request.method': 'GET', 'server.address': client.host };
  expect(spans).toEqual([
    {
      name: `GET ${client.host}`,
      attributes: { ...usual, 'http.response.status_code': 503 },
      failed: true,
      ended: true,
    },
    {
      name: `GET ${client.host}`,
      attributes: { ...usual, 'http.request.resend_count': 1, 'http.response.status_code': 200 },
      failed: false,
      ended: true,
    },
  ]);
  await client.close();
  await server.close();
});
