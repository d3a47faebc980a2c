import type { DaemonStatus, SyncStatus } from '../../daemon/status.ts';
import { statusOf } from '../../daemon/status.ts';
import { isoInstant } from '../../model/effects.ts';
import { Waiting } from '../../model/error.ts';
import { connectToDaemon } from '../../server/client.ts';
import type { CliContext } from '../context.ts';
import { Exit, gravest, type ExitCode } from '../exit.ts';
import { table } from '../output.ts';
import { tellIdleApprovals } from '../idle-approvals.ts';
import { connectionText } from '../render/connection-text.ts';
import { heldText } from '../render/held-text.ts';
import { short } from '../render/plan-text.ts';

/** Conditions of every sync: the running daemon's, or what the store remembers where none runs. */
export async function run(_options: object, context: CliContext): Promise<ExitCode> {
  const { out } = context;
  const running = await daemonStatus(context);
  const syncs = running?.syncs ?? (await storedStatus(context));
  if (out.format === 'json') {
    const daemon = running === undefined ? null : { ...running, syncs: undefined };
    out.print(JSON.stringify({ daemon, syncs }, null, 2));
    return codeOf(syncs);
  }
  if (running === undefined) out.say('no daemon runs here; this is what the store remembers');
  else daemonLines(running).forEach((line) => out.print(line));
  const rows = syncs.map((sync) => [
    sync.name,
    sync.direction,
    sync.mode,
    conditionsText(sync),
    sync.lastSuccess === null ? 'never' : isoInstant(sync.lastSuccess),
    sync.next === null ? '-' : isoInstant(sync.next),
    sync.lastRun?.summary?.message ?? '',
  ]);
  out.print(table([['SYNC', 'DIRECTION', 'MODE', 'CONDITIONS', 'LAST SUCCESS', 'NEXT', 'MESSAGE'], ...rows]));
  for (const { name, conditions, held, inEscrow, nextDate } of syncs) {
    const suspended = conditions.find(({ type, status }) => type === 'Suspended' && status);
    if (suspended !== undefined) out.print(`${name} is suspended: ${suspended.message}`);
    if (nextDate !== null) {
      out.print(`${name}: a date brings something at ${isoInstant(nextDate)}; what: rosterd upcoming`);
    }
    if (inEscrow > 0) out.print(escrowCount(name, inEscrow));
    if (held !== null) heldText(name, held).forEach((line) => out.print(line));
  }
  tellIdleApprovals(
    syncs.flatMap(({ idleApprovals }) => idleApprovals),
    out,
  );
  return codeOf(syncs);
}

function escrowCount(sync: string, people: number): string {
  const who = people === 1 ? '1 person is' : `${people} people are`;
  return `${sync}: ${who} left alone for a while after a refusal; who and why: rosterd plan ${sync}`;
}

async function daemonStatus({ workspace }: CliContext): Promise<DaemonStatus | undefined> {
  try {
    const client = await connectToDaemon((await workspace()).config.data);
    return await client.status();
  } catch (error) {
    if (error instanceof Waiting && error.reason === 'DaemonNotRunning') return undefined;
    throw error;
  }
}

async function storedStatus({ workspace, clock }: CliContext): Promise<readonly SyncStatus[]> {
  const opened = await workspace();
  const { specs } = await opened.loadSpecs();
  const store = await opened.store();
  const syncs = [...specs.syncs.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return await Promise.all(syncs.map((sync) => statusOf(sync, specs, undefined, { store, clock })));
}

function daemonLines({ revision, running, queue, conditions, connections }: DaemonStatus): readonly string[] {
  const troubled = conditions.filter(({ type, status }) => (type === 'Ready') !== status);
  return [
    `daemon: specs applied ${short(revision.applied ?? 'none')}, observed ${short(revision.observed ?? 'none')}`,
    ...(running === null ? [] : [`running: ${running.sync} since ${isoInstant(running.since)}`]),
    ...(queue.length === 0 ? [] : [`waiting: ${[...new Set(queue.map(({ sync }) => sync))].join(', ')}`]),
    ...troubled.map(({ type, reason, message }) => `${type}: ${reason}: ${message}`),
    ...connections.flatMap(connectionText),
  ];
}

function conditionsText({ conditions }: SyncStatus): string {
  if (conditions.length === 0) return 'not run yet';
  const ready = conditions.find(({ type }) => type === 'Ready');
  const others = conditions
    .filter(({ type, status }) => status && type !== 'Ready')
    .map(({ type, reason }) => `${type} (${reason})`);
  const head = ready === undefined ? [] : [ready.status ? 'Ready' : `not ready (${ready.reason})`];
  return [...head, ...others].join(', ');
}

function codeOf(syncs: readonly SyncStatus[]): ExitCode {
  return gravest(
    syncs.map((sync) =>
      isOn(sync, 'Stalled') ? Exit.unread : isOn(sync, 'Held') ? Exit.held : Exit.settled,
    ),
  );
}

function isOn({ conditions }: SyncStatus, type: string): boolean {
  return conditions.some((one) => one.type === type && one.status);
}
