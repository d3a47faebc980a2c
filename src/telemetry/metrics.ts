import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Every metric of rosterd, at zero from the start. Labels name specs and systems, never a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly passes: Counter<'sync' | 'result'>;
  readonly passSeconds: Histogram<'sync'>;
  readonly lastSuccess: Gauge<'sync'>;
  readonly people: Gauge<'sync' | 'situation'>;
  readonly changes: Counter<'sync' | 'kind' | 'cause' | 'outcome'>;
  readonly drift: Gauge<'sync'>;
  readonly notConverging: Gauge<'sync'>;
  readonly held: Gauge<'sync'>;
  readonly escrow: Gauge<'sync'>;
  readonly sourceAge: Gauge<'connection'>;
  readonly fillRate: Gauge<'connection' | 'attribute'>;
  readonly requests: Counter<'connection' | 'method' | 'status'>;
  readonly throttledSeconds: Counter<'connection'>;
  readonly connectionAway: Gauge<'connection'>;
  readonly specsValid: Gauge;
  readonly specsRevision: Gauge<'revision'>;
  readonly credentialExpiry: Gauge<'connection'>;
  readonly queued: Gauge;
  readonly mails: Counter<'result'>;
  readonly webhooks: Counter<'connection' | 'result'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name: `rosterd_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge<L>({ name: `rosterd_${name}`, help, labelNames: [...labelNames], registers });
  return {
    registry,
    passes: counter('passes_total', 'Passes by how they ended.', ['sync', 'result']),
    passSeconds: new Histogram({
      name: 'rosterd_pass_duration_seconds',
      help: 'Duration of a pass.',
      labelNames: ['sync'],
      buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
      registers,
    }),
    lastSuccess: gauge('last_success_timestamp_seconds', 'When a pass last ended well.', ['sync']),
    people: gauge('people', 'People by situation in the last plan.', ['sync', 'situation']),
    changes: counter('changes_total', 'Changes by kind, cause and outcome.', [
      'sync',
      'kind',
      'cause',
      'outcome',
    ]),
    drift: gauge('drift', 'Differences left alone in the last plan.', ['sync']),
    notConverging: gauge('not_converging', 'Of these, those that were written and did not stay.', ['sync']),
    held: gauge('held', 'Changes that wait for an approval.', ['sync']),
    escrow: gauge('people_in_escrow', 'People whose change was refused, left alone for a while.', ['sync']),
    sourceAge: gauge(
      'source_data_timestamp_seconds',
      'Moment that the last reading of a connection is from.',
      ['connection'],
    ),
    fillRate: gauge('fill_rate', 'Share of records with a value, in the last complete reading.', [
      'connection',
      'attribute',
    ]),
    requests: counter('requests_total', 'Requests by connection, method and status.', [
      'connection',
      'method',
      'status',
    ]),
    throttledSeconds: counter('throttled_seconds_total', 'Time spent waiting for a limit.', ['connection']),
    connectionAway: gauge('connection_away', '1 while a connection cannot be had.', ['connection']),
    specsValid: gauge('specs_valid', '1 when the newest revision of the specs is valid.', []),
    specsRevision: gauge('specs_revision_info', '1 for the revision in force.', ['revision']),
    credentialExpiry: gauge(
      'credential_expiry_timestamp_seconds',
      'When a credential expires, as the spec says.',
      ['connection'],
    ),
    queued: gauge('queue_length', 'Syncs waiting for their pass.', []),
    mails: counter('mails_total', 'Mails by result.', ['result']),
    webhooks: counter('webhooks_total', 'Webhooks by connection and what became of them.', [
      'connection',
      'result',
    ]),
  };
}
