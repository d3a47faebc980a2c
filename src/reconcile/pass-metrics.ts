import { situations } from '../model/change.ts';
import type { Outcome, RunSummary } from '../model/run.ts';
import type { PassDeps } from './deps.ts';

/** A pass that looked at both sides knows where everybody stands; any other leaves the gauges as they were. */
const looked: ReadonlySet<RunSummary['result']> = new Set(['settled', 'applied', 'held', 'failed-people']);

/** Everything that metrics say about a pass, from its outcome and how long it took by the steady clock. */
export function countPass({ run, summary }: Outcome, tookMs: number, { telemetry, source }: PassDeps): void {
  const { metrics } = telemetry;
  const { sync } = run;
  metrics.passes.inc({ sync, result: summary.result });
  metrics.passSeconds.observe({ sync }, tookMs / 1000);
  for (const { kind, cause, outcome, count } of summary.changes) {
    metrics.changes.inc({ sync, kind, cause, outcome }, count);
  }
  // A partial pass knows of its own people alone.
  if (summary.partial !== undefined) return;
  if (summary.source !== null) {
    metrics.sourceAge.set({ connection: source.connection.name }, Date.parse(summary.source.asOf) / 1000);
  }
  if (!looked.has(summary.result)) return;
  metrics.lastSuccess.set({ sync }, summary.endedAt / 1000);
  metrics.held.set({ sync }, summary.held);
  metrics.drift.set({ sync }, summary.drift);
  metrics.notConverging.set({ sync }, summary.notConverging ?? 0);
  for (const situation of situations) metrics.people.set({ sync, situation }, summary.people[situation] ?? 0);
}
