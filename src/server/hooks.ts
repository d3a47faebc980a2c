import type { Context } from 'hono';

import type { Daemon } from '../daemon/daemon.ts';

const answers = {
  // Not 202: some vendors count nothing but 200 as delivered.
  accepted: [200, { status: 'accepted' }],
  refused: [401, { error: { reason: 'Refused', message: 'the webhook is refused' } }],
  unknown: [404, { error: { reason: 'NotFound', message: 'there is nothing under this path' } }],
  'not-ready': [503, { error: { reason: 'NoRevision', message: 'not ready yet; send it again later' } }],
} as const;

/** `POST /hooks/<connection>`: answered at once; what follows from it is done afterwards. */
export async function answerHook(context: Context, daemon: Pick<Daemon, 'webhook'>): Promise<Response> {
  const headers: Record<string, string> = {};
  for (const [name, value] of context.req.raw.headers) headers[name] = value;
  const rawBody = new Uint8Array(await context.req.arrayBuffer());
  const [status, body] =
    answers[await daemon.webhook(context.req.param('connection') ?? '', { headers, rawBody })];
  return context.json(body, status);
}
