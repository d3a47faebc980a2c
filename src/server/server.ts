import { Hono, type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

import type { Daemon } from '../daemon/daemon.ts';
import { messageOf, SyncError } from '../model/error.ts';
import type { Outcome } from '../model/run.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { bodyBytes, hookAnswerer } from './hooks.ts';
import { recognizer, type ApiToken, type Recognize, type Role } from './tokens.ts';

export interface ServerDeps {
  readonly daemon: Pick<Daemon, 'ready' | 'request' | 'status' | 'held' | 'upcoming' | 'webhook'>;
  readonly store: Pick<Store, 'runs'>;
  readonly telemetry: Telemetry;
  /** None: there is no API, only health and metrics. */
  readonly tokens: readonly ApiToken[];
}

/** What one asked-for pass came to; no changes, because they hold people's values. */
export type PassAnswer = Pick<Outcome, 'run' | 'summary'>;

/** An error as the API gives it: a stable word and a sentence. */
export interface ErrorAnswer {
  readonly error: { readonly reason: string; readonly message: string };
}

/**
 * - `GET /healthz`: the process is alive.
 * - `GET /readyz`: a revision is in force and the store answers.
 * - `GET /metrics`: for Prometheus.
 * - `POST /hooks/:connection`: a webhook, signed as its connector says; no token.
 * - `GET /api/v1/status`, `GET /api/v1/runs?sync=&limit=`: role viewer.
 * - `GET /api/v1/syncs/:name/held`: everything that it holds, role viewer; ids and names of attributes, no values.
 * - `GET /api/v1/syncs/:name/upcoming?days=14`: what dates will bring, as its last pass saw it, role viewer; ids and moments.
 * - `POST /api/v1/syncs/:name/run`: role operator; answers when the pass has ended, with `?wait=no` at once,
 *   with `?person=ID` (any number of them) over these people alone.
 */
export function createServer(deps: ServerDeps): Hono {
  const { daemon, telemetry } = deps;
  const app = new Hono();
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"] } }));
  // Of those who do not say how long it is no body is read but a webhook's, up to the same size.
  app.use(async (context, next) => {
    if (Number(context.req.header('content-length') ?? 0) <= bodyBytes) return await next();
    return refuse(context, 413, 'BodyTooLarge', 'the body has more than 1 MB');
  });
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', async (context) =>
    (await daemon.ready()) ? context.json({ status: 'ready' }) : context.json({ status: 'not ready' }, 503),
  );
  app.get('/metrics', async (context) => {
    context.header('content-type', telemetry.metrics.registry.contentType);
    return context.body(await telemetry.metrics.registry.metrics());
  });
  app.post('/hooks/:connection', hookAnswerer(daemon));
  if (deps.tokens.length > 0) app.route('/api/v1', createApi(deps, recognizer(deps.tokens)));
  app.notFound((context) => refuse(context, 404, 'NotFound', 'there is nothing under this path'));
  app.onError((error, context) => {
    telemetry.log.error({ path: context.req.path, error: messageOf(error) }, 'request failed');
    // A store that is away has a sentence for a person, with the way out.
    if (error instanceof SyncError) return refusePass(context, error);
    return refuse(context, 500, 'InternalError', 'the request failed; the log says why');
  });
  return app;
}

function createApi({ daemon, store, telemetry }: ServerDeps, recognize: Recognize): Hono {
  const api = new Hono();
  api.use(async (context, next) => {
    context.header('cache-control', 'no-store');
    await next();
  });
  api.get('/status', needs('viewer', recognize), async (context) => context.json(await daemon.status()));
  api.get('/runs', needs('viewer', recognize), async (context) => {
    const sync = context.req.query('sync');
    const limit = Math.min(Math.max(Number(context.req.query('limit') ?? 20) || 20, 1), 200);
    return context.json({ runs: await store.runs({ limit, ...(sync === undefined ? {} : { sync }) }) });
  });
  api.get('/syncs/:name/held', needs('viewer', recognize), async (context) => {
    try {
      return context.json({ held: await daemon.held(context.req.param('name')) });
    } catch (error) {
      return refusePass(context, error);
    }
  });
  api.get('/syncs/:name/upcoming', needs('viewer', recognize), async (context) => {
    const days = Math.min(Math.max(Number(context.req.query('days') ?? 14) || 14, 1), 31);
    try {
      return context.json({ upcoming: await daemon.upcoming(context.req.param('name'), days) });
    } catch (error) {
      return refusePass(context, error);
    }
  });
  api.post('/syncs/:name/run', needs('operator', recognize), async (context) => {
    const people = context.req.queries('person');
    const pass = daemon.request(context.req.param('name'), people && new Set(people));
    try {
      if (context.req.query('wait') === 'no') return await answerAtOnce(context, pass, telemetry);
      const { run, summary } = await pass;
      return context.json({ run, summary } satisfies PassAnswer);
    } catch (error) {
      return refusePass(context, error);
    }
  });
  return api;
}

/** 401 without a token that is known, 403 when its role does not reach. */
function needs(role: Role, recognize: Recognize) {
  return createMiddleware(async (context, next) => {
    const who = recognize(context.req.header('authorization'));
    if (who === undefined) {
      context.header('www-authenticate', 'Bearer');
      return refuse(context, 401, 'Unauthorized', 'send a token: Authorization: Bearer TOKEN');
    }
    if (role === 'operator' && who.role !== 'operator') {
      return refuse(context, 403, 'Forbidden', `the token "${who.name}" may look, but not start passes`);
    }
    return await next();
  });
}

/** Queued, or already known to be impossible. */
async function answerAtOnce(context: Context, pass: Promise<Outcome>, { log }: Telemetry): Promise<Response> {
  const refusal = await Promise.race([
    pass.then(
      () => undefined,
      (error: unknown) => ({ error }),
    ),
    new Promise<undefined>((resolve) => {
      setImmediate(() => resolve(undefined));
    }),
  ]);
  if (refusal !== undefined) throw refusal.error;
  pass.catch((error: unknown) =>
    log.warn({ error: messageOf(error) }, 'pass that was asked for did not run'),
  );
  return context.json({ status: 'queued' }, 202);
}

function refusePass(context: Context, error: unknown): Response {
  if (!(error instanceof SyncError)) throw error;
  const status = error.reason === 'UnknownSync' ? 404 : error.fate === 'waiting' ? 503 : 409;
  return refuse(context, status, error.reason, error.message);
}

function refuse(
  context: Context,
  status: 401 | 403 | 404 | 409 | 413 | 500 | 503,
  reason: string,
  message: string,
): Response {
  return context.json({ error: { reason, message } } satisfies ErrorAnswer, status);
}
