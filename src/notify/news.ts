import { isoInstant } from '../model/effects.ts';
import type { Outcome, Trigger } from '../model/run.ts';
import type { AlertState } from '../store/store.ts';
import {
  driftCorrected,
  driftMessage,
  failureMessage,
  heldMessage,
  resolvedMessage,
  summaryMessage,
  type About,
  type Message,
} from './messages.ts';
import type { SyncNews } from './notifier.ts';

/** Something to tell, and what to remember so that it is told once. */
export interface News {
  readonly event: 'summary' | 'ended' | 'failure' | 'held' | 'drift';
  /** Left out where only the memory changes. */
  readonly message?: Message;
  readonly alert?: AlertState;
}

/**
 * What a pass gives reason to tell, given what was told before. Failures, holds and drift are states: told when they
 * begin, failures also when they end. A failure is one for each sync and reason, a hold one for each digest.
 */
export function newsOf(outcome: Outcome, sync: SyncNews, alerts: readonly AlertState[]): readonly News[] {
  const { run, summary } = outcome;
  // A pass that was stopped has seen nothing that anybody must know.
  if (summary.result === 'stopped') return [];
  const { direction, entity = 'person', owner } = sync;
  const about: About = { direction, entity, owner, at: isoInstant(summary.endedAt) };
  const summaries = looked(outcome) ? summariesOf(run.trigger, summaryMessage(outcome, about)) : [];
  // A partial pass does not know how the sync stands; where it did nothing there is nothing to sum up either.
  if (summary.partial !== undefined) {
    return outcome.released.length > 0 || summary.result === 'failed-people' ? summaries : [];
  }
  return [
    ...summaries,
    ...failureNews(outcome, about, alerts, sync.looksAgainSoon === true),
    ...heldNews(outcome, about, alerts),
    ...driftNews(outcome, about, alerts),
  ];
}

/** How a pass went: told of each to those who want all, of automatic ones also to those who want only these. */
function summariesOf(trigger: Trigger, message: Message): readonly News[] {
  const ended: News = { event: 'ended', message };
  return automatic.has(trigger) ? [{ event: 'summary', message }, ended] : [ended];
}

const automatic: ReadonlySet<Trigger> = new Set([
  'schedule',
  'activation',
  'revision',
  'due',
  'webhook',
  'retry',
]);

function failureNews(
  outcome: Outcome,
  about: About,
  alerts: readonly AlertState[],
  looksAgainSoon: boolean,
): News[] {
  const { run, summary } = outcome;
  const failed = !looked(outcome) || summary.result === 'failed-people';
  const reason = summary.result === 'failed-people' ? 'PeopleFailed' : (summary.reason ?? summary.result);
  // A connection that is away is told once for all of its syncs, by the daemon.
  const own = failed && outcome.away === undefined;
  const key = own ? `failure/${run.sync}/${reason}` : undefined;
  const news: News[] = [];
  for (const alert of firing(alerts, `failure/${run.sync}/`)) {
    if (alert.key === key) continue;
    // Who could not look does not know how these people fare now.
    if (!looked(outcome) && alert.key.endsWith('/PeopleFailed')) continue;
    // Another reason for not looking has taken its place: that is the news, and the failure is not over.
    const what = `${run.sync} fails: ${alert.key.slice(`failure/${run.sync}/`.length)}`;
    const message = looked(outcome) ? { message: resolvedMessage(what, isoInstant(alert.since), about) } : {};
    news.push({ event: 'failure', ...message, alert: resolved(alert, summary.endedAt) });
  }
  // What became of lost answers is seen soon: only what is still wrong then is news.
  const maySoonBeRight = looksAgainSoon && outcome.lostAnswers === 'only';
  if (key !== undefined && !isFiring(alerts, key) && !maySoonBeRight) {
    news.push({
      event: 'failure',
      message: failureMessage(outcome, about),
      alert: begun(key, summary.endedAt),
    });
  }
  return news;
}

function heldNews(outcome: Outcome, about: About, alerts: readonly AlertState[]): News[] {
  const { run, summary } = outcome;
  if (!looked(outcome)) return [];
  const holds = summary.result === 'held';
  const key = holds ? `held/${run.sync}/${summary.heldDigest ?? summary.reason ?? ''}` : undefined;
  const news: News[] = firing(alerts, `held/${run.sync}/`)
    .filter((alert) => alert.key !== key)
    .map((alert) => ({ event: 'held', alert: resolved(alert, summary.endedAt) }));
  if (key !== undefined && !isFiring(alerts, key)) {
    news.push({ event: 'held', message: heldMessage(outcome, about), alert: begun(key, summary.endedAt) });
  }
  return news;
}

/** What does not converge is news of its own, also where something else has been left alone for long. */
function driftNews(outcome: Outcome, about: About, alerts: readonly AlertState[]): News[] {
  const { run, summary } = outcome;
  if (!looked(outcome)) return [];
  const states = new Map([
    [`drift/${run.sync}`, summary.drift > 0],
    [`drift/${run.sync}/NotConverging`, (summary.notConverging ?? 0) > 0],
  ]);
  const begin = [...states].flatMap(([key, stands]) =>
    stands && !isFiring(alerts, key) ? [begun(key, summary.endedAt)] : [],
  );
  const over = alerts
    .filter(({ key, state }) => state === 'firing' && states.get(key) === false)
    .map((alert) => resolved(alert, summary.endedAt));
  const told: News[] =
    begin.length > 0 || driftCorrected(summary) > 0
      ? [{ event: 'drift', message: driftMessage(outcome, about) }]
      : [];
  return [...told, ...[...begin, ...over].map((alert): News => ({ event: 'drift', alert }))];
}

/** True when the pass has seen both sides. */
function looked({ summary: { result } }: Outcome): boolean {
  return result !== 'waiting' && result !== 'stalled' && result !== 'stopped';
}

function firing(alerts: readonly AlertState[], prefix: string): readonly AlertState[] {
  return alerts.filter(({ key, state }) => state === 'firing' && key.startsWith(prefix));
}

function isFiring(alerts: readonly AlertState[], key: string): boolean {
  return firing(alerts, key).some((alert) => alert.key === key);
}

export function begun(key: string, at: number): AlertState {
  return { key, state: 'firing', since: at, notifiedAt: at };
}

export function resolved(alert: AlertState, at: number): AlertState {
  return { key: alert.key, state: 'resolved', since: at, notifiedAt: at };
}
