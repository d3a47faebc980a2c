import { Hono } from 'hono';
import type { Clock } from '../model/effects.ts';
import { listen } from '../server/listen.ts';

export interface Callback {
  /** What the browser brought, once it came with the state of this attempt; anybody else is refused and waited past. */
  readonly parameters: Promise<URLSearchParams>;
  close(): Promise<void>;
}

/** Waits on this machine for the browser that a consent page sends back. Rejects with `Stalled` when the port is taken. */
export async function awaitBrowser(redirect: URL, state: string, clock: Clock): Promise<Callback> {
  const came = Promise.withResolvers<URLSearchParams>();
  const app = new Hono();
  app.get(redirect.pathname, (context) => {
    const { searchParams } = new URL(context.req.url);
    context.header('cache-control', 'no-store');
    if (searchParams.get('state') !== state) {
      return context.text(
        'This is not the answer that rosterd is waiting for. Start again from its link.',
        400,
      );
    }
    came.resolve(searchParams);
    return context.text(
      'rosterd has got the answer. You can close this page; the terminal says what came of it.',
    );
  });
  const { hostname: host, port } = redirect;
  const wayOut =
    'end what listens there, such as another `rosterd connection connect`, or give an address with --redirect that the system knows too';
  const listening = await listen(app, { host, port: Number(port), clock, wayOut });
  return { parameters: came.promise, close: async () => await listening.close() };
}

/** Whether the browser can come back to this very process. */
export function isHere({ protocol, hostname, port }: URL): boolean {
  return protocol === 'http:' && port !== '' && (hostname === '127.0.0.1' || hostname === 'localhost');
}
