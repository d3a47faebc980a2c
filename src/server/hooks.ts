import type { Context } from 'hono';

import type { Daemon } from '../daemon/daemon.ts';

const answers = {
  // Not 202: some vendors count nothing but 200 as delivered.
  accepted: [200, { status: 'accepted' }],
  refused: [401, { error: { reason: 'Refused', message: 'the webhook is refused' } }],
  unknown: [404, { error: { reason: 'NotFound', message: 'there is nothing under this path' } }],
  'not-ready': [503, { error: { reason: 'NoRevision', message: 'not ready yet; send it again later' } }],
  'too-large': [413, { error: { reason: 'BodyTooLarge', message: 'the body has more than 1 MB' } }],
  busy: [503, { error: { reason: 'Busy', message: 'too many at once; send it again later' } }],
} as const;

/** The most that the server takes of any body. */
export const bodyBytes = 1_000_000;
/** Bodies that are read at once: who sends one is not known before it is whole. */
const mostBodies = 50;

/**
 * `POST /hooks/<connection>`: answered at once; what follows from it is done afterwards. Whatever strangers send, no more
 * is kept in memory than these bodies, and none that is sent to a connection without webhooks.
 */
export function hookAnswerer(daemon: Pick<Daemon, 'webhook'>): (context: Context) => Promise<Response> {
  let reading = 0;
  const readBody = async (request: Request): Promise<Uint8Array> => {
    if (reading >= mostBodies) throw new NotRead('busy');
    reading += 1;
    try {
      return await bytesOf(request);
    } finally {
      reading -= 1;
    }
  };
  return async (context) => {
    const { raw } = context.req;
    const headers: Record<string, string> = {};
    for (const [name, value] of raw.headers) headers[name] = value;
    const webhook = { headers, readBody: () => readBody(raw) };
    const answer = await daemon
      .webhook(context.req.param('connection') ?? '', webhook)
      .catch((error: unknown) => {
        if (error instanceof NotRead) return error.why;
        throw error;
      });
    const [status, body] = answers[answer];
    return context.json(body, status);
  };
}

class NotRead extends Error {
  readonly why: 'too-large' | 'busy';

  constructor(why: NotRead['why']) {
    super(`the body is not read: ${why}`);
    this.why = why;
  }
}

/** Also where nothing says beforehand how long it is. */
async function bytesOf({ body }: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > bodyBytes) throw new NotRead('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
