import type { IncomingWebhook, VerifiedWebhook, WebhookRequest } from '../model/webhook.ts';
import { listOf } from '../model/entity.ts';
import { SyncError } from '../model/error.ts';
import type { CompiledConnection, CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import { suspensionOf } from './behaviour.ts';
import type { DaemonDeps } from './deps.ts';
import type { Passes } from './passes.ts';
import { SeenWebhooks } from './seen-webhooks.ts';

/** What is answered: `unknown` where there is no such connection, or none that takes webhooks. */
export type HookAnswer = 'accepted' | 'refused' | 'unknown' | 'not-ready';

/** What became of a webhook, as metrics count it. */
const results = ['accepted', 'greeting', 'repeated', 'signature', 'malformed', 'stale', 'error'] as const;
type Result = (typeof results)[number];
type Judged =
  | Exclude<VerifiedWebhook, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly reason: Exclude<Result, 'accepted' | 'greeting'> };

const quietMs = 5_000;
/** Everybody is not looked at more often than this because of webhooks that name nobody (ms). */
const everybodyMs = 60_000;
/** A webhook that names more names everybody. */
const most = 1_000;

/** Takes webhooks of connections: judges them at once, and has the syncs that they concern look at who was named. */
export class Hooks {
  readonly #deps: DaemonDeps;
  readonly #passes: Passes;
  readonly #seen: SeenWebhooks;

  constructor(deps: DaemonDeps, passes: Passes) {
    this.#deps = deps;
    this.#passes = passes;
    this.#seen = new SeenWebhooks(deps.clock);
  }

  /** Series stand from the start, so that an alert tells quiet from broken. */
  specsChanged({ connections }: CompiledSpecs): void {
    for (const connection of connections.values()) {
      if (this.#deps.webhook?.(connection) === undefined) continue;
      for (const result of results) {
        this.#deps.telemetry.metrics.webhooks.inc({ connection: connection.name, result }, 0);
      }
    }
  }

  /** Answers before anything of it is done; a wrong one learns nothing about why. Rejects where the body cannot be read, or the store is away. */
  async receive(
    name: string,
    { headers, readBody }: IncomingWebhook,
    specs: CompiledSpecs | undefined,
  ): Promise<HookAnswer> {
    if (specs === undefined) return 'not-ready';
    const connection = specs.connections.get(name);
    const verify = connection === undefined ? undefined : this.#deps.webhook?.(connection);
    // Under a name that is not ours nothing is counted: whoever asks could make up any number of them.
    if (connection === undefined || verify === undefined) return 'unknown';
    const rawBody = await readBody();
    const now = this.#deps.clock.now();
    const found = this.#judge(connection, { headers, rawBody, now }, verify);
    this.#count(connection.name, resultOf(found));
    if (found.kind === 'genuine') await this.#takeUpOrForget(connection, found, specs, now);
    return found.kind !== 'refused' || found.reason === 'repeated' ? 'accepted' : 'refused';
  }

  #judge(
    { name }: CompiledConnection,
    request: WebhookRequest,
    verify: (request: WebhookRequest) => VerifiedWebhook,
  ): Judged {
    try {
      const found = verify(request);
      if (found.kind !== 'genuine') return found;
      const known = this.#seen.judge(name, found);
      return known === 'new' ? found : { kind: 'refused', reason: known };
    } catch (error) {
      // A secret that is not there says so; what a bug says may hold anything of the request.
      const known = error instanceof SyncError || error instanceof RangeError;
      const message = known ? error.message : 'verify failed';
      this.#deps.telemetry.log.error({ connection: name, error: message }, 'webhook cannot be verified');
      return { kind: 'refused', reason: 'error' };
    }
  }

  /** One that could not be taken up is sent again by most systems: then it must not count as known. */
  async #takeUpOrForget(
    connection: CompiledConnection,
    found: Extract<VerifiedWebhook, { kind: 'genuine' }>,
    specs: CompiledSpecs,
    now: number,
  ): Promise<void> {
    try {
      for (const [name, text] of Object.entries(found.tokens ?? {})) {
        await this.#deps.keepToken?.(connection, name, text);
      }
      await this.#wake(connection.name, found.people, specs, now);
    } catch (error) {
      this.#seen.forget(connection.name, found);
      throw error;
    }
  }

  async #wake(
    connection: string,
    people: readonly string[] | 'everybody',
    specs: CompiledSpecs,
    now: number,
  ): Promise<void> {
    const quiet = this.#deps.webhookQuietMs ?? quietMs;
    const all = people === 'everybody' || people.length > most;
    for (const sync of specs.syncs.values()) {
      if (!mayAct(sync, specs, now) || (sync.from !== connection && sync.to !== connection)) continue;
      if (all) this.#passes.wake(sync.name, 'webhook', undefined, now + Math.max(quiet, everybodyMs));
      else {
        const ids = await this.#peopleOf(sync, connection, people);
        if (ids.size > 0) this.#passes.wake(sync.name, 'webhook', ids, now + quiet);
      }
    }
  }

  /** Where it writes to, those whose accounts were named: nobody knows yet whose the others are. */
  async #peopleOf(
    { name, from, to, entity }: CompiledSync,
    connection: string,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (from === connection) return new Set(ids);
    const owners = await this.#deps.store.owners(listOf(to, entity));
    const ours = ids.map((id) => owners.get(id)).filter((owner) => owner?.sync === name);
    return new Set(ours.flatMap((owner) => owner?.personId ?? []));
  }

  #count(connection: string, result: Result): void {
    this.#deps.telemetry.metrics.webhooks.inc({ connection, result });
    if (result === 'accepted' || result === 'greeting' || result === 'repeated') return;
    this.#deps.telemetry.log.warn({ connection, reason: result }, 'webhook refused');
  }
}

function resultOf(found: Judged): Result {
  if (found.kind === 'refused') return found.reason;
  return found.kind === 'greeting' ? 'greeting' : 'accepted';
}

/** A sync that only looks has nothing to hurry for; records that are no people come by the schedule. */
function mayAct(sync: CompiledSync, specs: CompiledSpecs, now: number): boolean {
  const { mode, entity } = sync;
  return mode !== 'observe' && entity === 'person' && suspensionOf(sync, specs, now) === undefined;
}
