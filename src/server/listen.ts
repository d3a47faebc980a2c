import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

import type { Clock } from '../model/effects.ts';
import { Stalled } from '../model/error.ts';

export interface Listening {
  /** `http://127.0.0.1:9464` */
  readonly url: string;
  /** Takes no new request and gives those under way `graceMs` to be answered. */
  close(graceMs?: number): Promise<void>;
}

/** Whoever sends slowly gets no more time; how long an answer takes is not limited, because a pass may take hours. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};

interface Where {
  readonly host?: string;
  readonly port: number;
  readonly clock: Clock;
  /** What whoever finds the address taken can do. */
  readonly wayOut?: string;
}

/** Listens on loopback unless told otherwise. Rejects with `Stalled` when the address is taken or not ours. */
export async function listen(
  app: Hono,
  {
    host = '127.0.0.1',
    port,
    clock,
    wayOut = 'name another address with listen in the configuration',
  }: Where,
): Promise<Listening> {
  const answer = getRequestListener(app.fetch);
  const server = createHttpServer(limits, (request, response) => {
    // After a close, a kept-alive connection has nothing to wait for once its answer is out.
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    void answer(request, response);
  });
  server.maxConnections = 500;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new Stalled('AddressInUse', `cannot listen on ${host}:${port} (${error.message}); ${wayOut}`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  const shown = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${shown}:${bound}`,
    close: async (graceMs = 1000) => await close(server, graceMs, clock),
  };
}

async function close(server: Server, graceMs: number, clock: Clock): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const done = new AbortController();
  const late = clock.sleep(graceMs, done.signal).then(
    () => server.closeAllConnections(),
    () => undefined,
  );
  await ended;
  done.abort();
  await late;
}
