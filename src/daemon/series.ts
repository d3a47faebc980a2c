import type { RunSummary } from '../model/run.ts';
import type { CompiledSpecs } from '../spec/compiled.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/**
 * Series of the syncs and connections of a revision stand from its start, so that an alert tells quiet from broken.
 * `lastSuccess` by sync in ms, from before a restart.
 */
export function beginSeries(
  specs: CompiledSpecs,
  lastSuccess: ReadonlyMap<string, number | null>,
  metrics: Metrics,
): void {
  for (const sync of specs.syncs.keys()) {
    for (const result of results) metrics.passes.inc({ sync, result }, 0);
    metrics.lastSuccess.set({ sync }, (lastSuccess.get(sync) ?? 0) / 1000);
    metrics.held.inc({ sync }, 0);
    metrics.escrow.inc({ sync }, 0);
    metrics.drift.inc({ sync }, 0);
    metrics.notConverging.inc({ sync }, 0);
  }
  metrics.specsRevision.reset();
  metrics.specsRevision.set({ revision: specs.revision.id }, 1);
  metrics.credentialExpiry.reset();
  for (const { name, expiresAt } of specs.connections.values()) {
    if (expiresAt !== undefined)
      metrics.credentialExpiry.set({ connection: name }, Date.parse(expiresAt) / 1000);
  }
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
