import { situations } from '../model/change.ts';
import type { RunSummary } from '../model/run.ts';
import type { CompiledSpecs } from '../spec/compiled.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { DaemonDeps } from './deps.ts';

/** How a sync stood before this process knew it. */
interface Standing {
  readonly lastSuccess: number | null;
  readonly held: number;
  readonly inEscrow: number;
}

/** By sync, of those that come with a revision: what waits for a person does so over a restart as well. */
export async function standingOf(
  after: CompiledSpecs,
  before: CompiledSpecs | undefined,
  store: DaemonDeps['store'],
): Promise<ReadonlyMap<string, Standing>> {
  const standing = new Map<string, Standing>();
  for (const sync of after.syncs.keys()) {
    if (before?.syncs.has(sync) === true) continue;
    const { lastSuccess } = await store.syncState(sync);
    const held = (await store.held(sync))?.set.items.length ?? 0;
    const inEscrow = new Set((await store.escrow(sync)).map(({ personId }) => personId)).size;
    standing.set(sync, { lastSuccess, held, inEscrow });
  }
  return standing;
}

/** Series of the syncs and connections of a revision stand from its start, so that an alert tells quiet from broken. */
export function beginSeries(
  specs: CompiledSpecs,
  standing: ReadonlyMap<string, Standing>,
  metrics: Metrics,
): void {
  for (const [sync, { lastSuccess, held, inEscrow }] of standing) {
    for (const result of results) metrics.passes.inc({ sync, result }, 0);
    metrics.lastSuccess.set({ sync }, (lastSuccess ?? 0) / 1000);
    metrics.held.set({ sync }, held);
    metrics.escrow.set({ sync }, inEscrow);
    metrics.drift.set({ sync }, 0);
    metrics.notConverging.set({ sync }, 0);
  }
  metrics.specsRevision.reset();
  metrics.specsRevision.set({ revision: specs.revision.id }, 1);
  metrics.credentialExpiry.reset();
  for (const { name, expiresAt } of specs.connections.values()) {
    if (expiresAt !== undefined)
      metrics.credentialExpiry.set({ connection: name }, Date.parse(expiresAt) / 1000);
  }
}

/** What is said of a sync as it is now ends with it: otherwise an alert would go on about one that nobody has any more. */
export function endSeries(sync: string, metrics: Metrics): void {
  const { lastSuccess, held, escrow, drift, notConverging, people } = metrics;
  for (const gauge of [lastSuccess, held, escrow, drift, notConverging]) gauge.remove({ sync });
  for (const situation of situations) people.remove({ sync, situation });
}

const results: readonly (RunSummary['result'] | 'crashed')[] = [
  'settled',
  'applied',
  'held',
  'failed-people',
  'waiting',
  'stalled',
  'stopped',
  'crashed',
];
