import type { IncomingWebhook } from '../model/webhook.ts';
import { messageOf } from '../model/error.ts';
import type { Outcome } from '../model/run.ts';
import type { HeldList } from '../reconcile/held-list.ts';
import type { CompiledSpecs } from '../spec/compiled.ts';
import type { Due } from '../store/store.ts';
import { createBell } from './bell.ts';
import { Connections } from './connections.ts';
import type { DaemonDeps } from './deps.ts';
import { Hooks, type HookAnswer } from './hooks.ts';
import { heldBy, upcomingOf } from './sync-answers.ts';
import { Passes } from './passes.ts';
import { beginSeries, endSeries, standingOf } from './series.ts';
import { SpecsInForce } from './specs-in-force.ts';
import { connectionsOf } from './connection-status.ts';
import { statusOf, type DaemonStatus } from './status.ts';
import { orLeft } from './stop.ts';
import { SyncStates } from './sync-states.ts';

export interface Daemon {
  /**
   * Works until the signal aborts, and ends at the latest ten seconds after it: the pass under way stops at a person's
   * boundary. Never rejects: what goes wrong is logged and tried again.
   */
  run(signal: AbortSignal): Promise<void>;
  /**
   * One pass of a sync, asked for by a person; over these people alone where some are named. Resolves with its outcome. Rejects with `Stalled` (`UnknownSync`,
   * `Suspended`, `SyncRemoved`) or `Waiting` (`NoRevision`, `ConnectionAway`, `Stopped`).
   */
  request(sync: string, people?: ReadonlySet<string>): Promise<Outcome>;
  status(): Promise<DaemonStatus>;
  /** Everything that a sync's last pass held, `null` for nothing. Rejects for a sync that is not there. */
  held(sync: string): Promise<HeldList | null>;
  /** What dates will bring in so many days, as the sync's last pass saw it. Rejects for a sync that is not there. */
  upcoming(sync: string, days: number): Promise<readonly Due[]>;
  /** A webhook that came in for a connection: judged at once, its work comes afterwards. */
  webhook(connection: string, request: IncomingWebhook): Promise<HookAnswer>;
  /** True when a revision is in force and the store answers. */
  ready(): Promise<boolean>;
}

const mailMs = 30_000;
/** After the stop, so long for a mail that is being handed over (ms); another try of it is one mail at the most. */
const mailGraceMs = 5_000;
const dayMs = 24 * 60 * 60_000;

export function createDaemon(deps: DaemonDeps): Daemon {
  const { clock, store, telemetry } = deps;
  const startedAt = clock.now();
  const mailBell = createBell(clock);
  const states = new SyncStates(deps);
  const specsInForce = new SpecsInForce(deps, prepare);
  const connections = new Connections(deps);
  const passes = new Passes(
    deps,
    states,
    connections,
    () => specsInForce.specs,
    () => mailBell.ring(),
  );

  const hooks = new Hooks(deps, passes);

  async function prepare(after: CompiledSpecs, before: CompiledSpecs | undefined): Promise<() => void> {
    const changed = await states.activate(after, before);
    const standing = await standingOf(after, before, store);
    return () => {
      for (const sync of before?.syncs.keys() ?? []) {
        if (!after.syncs.has(sync)) endSeries(sync, telemetry.metrics);
      }
      beginSeries(after, standing, telemetry.metrics);
      connections.specsChanged(after, before);
      passes.specsChanged(after);
      hooks.specsChanged(after);
      for (const sync of changed) passes.add(sync, 'revision');
    };
  }

  async function run(signal: AbortSignal): Promise<void> {
    const first = Promise.withResolvers<void>();
    await Promise.all([
      followSource(first.resolve, signal),
      // What the last good revision says is done only when the source had its say.
      first.promise.then(async () => await passes.run(signal)),
      deliverMail(signal),
      keepHouse(signal),
    ]);
  }

  async function followSource(looked: () => void, signal: AbortSignal): Promise<void> {
    const bell = createBell(clock);
    await specsInForce.start();
    const watching = watchSource(() => bell.ring(), signal);
    await specsInForce.check(signal).catch(() => undefined);
    looked();
    while (!signal.aborted) {
      await bell.wait(dayMs, signal);
      if (!signal.aborted) await specsInForce.check(signal).catch(() => undefined);
      mailBell.ring();
    }
    await watching;
  }

  async function watchSource(onChange: () => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await deps.source.watch(onChange, signal);
      } catch (error) {
        telemetry.log.error({ error: messageOf(error) }, 'source is not watched, begun again');
        await clock.sleep(60_000, signal).catch(() => undefined);
      }
    }
  }

  async function deliverMail(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await orLeft(deps.notify.deliverWaiting(signal), mailGraceMs, clock, signal);
      await mailBell.wait(mailMs, signal);
    }
  }

  async function keepHouse(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await store
        .expire(clock.now() - (deps.retentionMs ?? 30 * dayMs))
        .catch((error: unknown) => telemetry.log.error({ error: messageOf(error) }, 'old runs not removed'));
      await clock.sleep(dayMs, signal).catch(() => undefined);
    }
  }

  async function status(): Promise<DaemonStatus> {
    const specs = specsInForce.specs;
    const syncs = [...(specs?.syncs.values() ?? [])].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const now = clock.now();
    return {
      startedAt,
      revision: specsInForce.status,
      conditions: specsInForce.conditions.list(),
      running: passes.running ?? null,
      queue: passes
        .waiting(now)
        .map(({ sync, trigger, since, notBefore }) => ({ sync, trigger, since, notBefore })),
      connections: specs === undefined ? [] : connectionsOf(specs, connections, now),
      syncs:
        specs === undefined
          ? []
          : await Promise.all(
              syncs.map(async (sync) => await statusOf(sync, specs, states.nextDue(sync, now), deps)),
            ),
    };
  }

  async function held(name: string): Promise<HeldList | null> {
    return await heldBy(name, specsInForce.specs, deps);
  }

  async function ready(): Promise<boolean> {
    if (specsInForce.specs === undefined) return false;
    return await store.runs({ limit: 1 }).then(
      () => true,
      () => false,
    );
  }

  return {
    run,
    request: async (sync, people) => await passes.request(sync, people),
    status,
    held,
    upcoming: async (name, days) => await upcomingOf(name, days, specsInForce.specs, deps),
    webhook: async (name, request) => await hooks.receive(name, request, specsInForce.specs),
    ready,
  };
}
