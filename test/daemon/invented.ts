import type { Outcome, RunSummary, Trigger } from '../../src/model/run.ts';
import type {
  CompiledApproval,
  CompiledChannel,
  CompiledConnection,
  CompiledSchedule,
  CompiledSpecs,
  CompiledSync,
} from '../../src/spec/compiled.ts';

const place = { file: 'specs/staff.yaml', line: 1, column: 1 };

export const byHand: CompiledSchedule = {
  kind: 'manual',
  onActivation: false,
  windows: { allow: [], deny: [] },
};
export const onActivation: CompiledSchedule = { ...byHand, onActivation: true };
export const mondays: CompiledSchedule = {
  kind: 'cron',
  cron: '0 5 * * 1',
  timezone: 'UTC',
  jitterMs: 0,
  windows: { allow: [], deny: [] },
};

export const everyFiveMinutes: CompiledSchedule = {
  kind: 'every',
  everyMs: 300_000,
  initialDelayMs: 0,
  jitterMs: 0,
  windows: { allow: [], deny: [] },
};

/** A sync as far as the daemon looks at it. */
export function syncNamed(name: string, more: Partial<CompiledSync> = {}): CompiledSync {
  return {
    name,
    owner: 'people-ops',
    from: 'personio',
    to: 'talentlms',
    direction: 'personio → talentlms',
    mode: 'full',
    entity: 'person',
    suspend: undefined,
    limits: {},
    schedule: byHand,
    notify: ['people-ops'],
    digest: 'one',
    place,
    ...more,
  } as CompiledSync;
}

export function specsOf(
  id: string,
  syncs: readonly CompiledSync[],
  more: Partial<Pick<CompiledSpecs, 'approvals' | 'links'>> & {
    connections?: readonly CompiledConnection[];
  } = {},
): CompiledSpecs {
  return {
    revision: { kind: 'commit', id },
    folder: '/specs',
    connections: new Map((more.connections ?? []).map((connection) => [connection.name, connection])),
    syncs: new Map(syncs.map((sync) => [sync.name, sync])),
    channels: new Map([[peopleOps.name, peopleOps]]),
    approvals: more.approvals ?? [],
    links: more.links ?? new Map(),
  };
}

export const peopleOps: CompiledChannel = {
  name: 'people-ops',
  kind: 'mail',
  to: ['people-ops@example.com'],
  knownBy: undefined,
  events: ['summary', 'failure', 'held', 'drift'],
  place,
};

export function approvalOf(sync: string, digest: string): CompiledApproval {
  return { name: digest, sync, digest, by: 'ada', expires: '2027-01-01T00:00:00Z', reason: undefined, place };
}

export function outcomeOf(
  sync: string,
  more: { at?: number; trigger?: Trigger; summary?: Partial<RunSummary>; retryAfterMs?: number } = {},
): Outcome {
  const at = more.at ?? Date.parse('2026-11-23T05:00:00Z');
  return {
    run: {
      id: 'run-1',
      sync,
      target: 'talentlms',
      revision: 'r1',
      trigger: more.trigger ?? 'schedule',
      startedAt: at,
    },
    summary: {
      endedAt: at,
      result: 'settled',
      reason: null,
      message: 'nothing to do',
      people: {},
      changes: [],
      held: 0,
      heldDigest: null,
      drift: 0,
      source: null,
      targetReceipt: null,
      ...more.summary,
    },
    released: [],
    held: [],
    drift: [],
    ...(more.retryAfterMs === undefined ? {} : { retryAfterMs: more.retryAfterMs }),
  };
}
