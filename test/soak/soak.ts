import { setTimeout as delay } from 'node:timers/promises';
import type { DaemonClient } from '../../src/server/client.ts';
import { FakeClock } from '../fake-clock.ts';
import { Installation } from './installation.ts';
import type { Systems } from './systems.ts';

const hourMs = 60 * 60_000;
/** How often a wave is looked at (ms). The fake clock goes on meanwhile as fast as the real one. */
const lookMs = 50;

export interface SoakOptions {
  readonly syncs: number;
  /** Of each sync. */
  readonly people: number;
  readonly days: number;
  readonly systems: Systems;
  /** Collects garbage, where the process may. */
  readonly gc?: () => void;
}

/** What was seen of one simulated day. Memory in MB. */
export interface Day {
  readonly day: number;
  readonly users: number;
  readonly firstWrites: number;
  /** Of the passes in the evening: nothing has changed since the morning. */
  readonly secondWrites: number;
  readonly results: readonly string[];
  readonly runs: number;
  readonly storeMB: number;
  readonly peakMB: number;
  readonly rssMB: number;
  readonly heapMB: number;
}

/** A real daemon over days: each has a pass of every sync after HR's changes, and one after nothing has changed. */
export async function* soak({ syncs, people, days, systems, gc }: SoakOptions): AsyncGenerator<Day> {
  const clock = new FakeClock(Date.parse('2026-11-20T00:00:00Z'));
  const installation = new Installation(systems.urls);
  const ticking = new AbortController();
  installation.hr(syncs, people, 0);
  const daemon = await installation.start(clock);
  try {
    for (let day = 1; day <= days; day += 1) {
      installation.hr(syncs, people, day - 1);
      await clock.advance(nextHour(clock.now(), 6));
      const morning = await wave(daemon, clock, syncs);
      const first = await systems.tally();
      await clock.advance(nextHour(clock.now(), 18));
      const evening = await wave(daemon, clock, syncs);
      const second = await systems.tally();
      gc?.();
      yield {
        day,
        users: second.users,
        firstWrites: first.writes,
        secondWrites: second.writes,
        results: [...new Set([...morning.results, ...evening.results])].toSorted(),
        runs: (await daemon.runs({ limit: 200 })).length,
        storeMB: installation.storeBytes() / 2 ** 20,
        peakMB: Math.max(morning.peakMB, evening.peakMB),
        rssMB: process.memoryUsage.rss() / 2 ** 20,
        heapMB: process.memoryUsage().heapUsed / 2 ** 20,
      };
    }
  } finally {
    const ended = installation.end().finally(() => ticking.abort());
    while (!ticking.signal.aborted) {
      await clock.advance(1_000);
      await delay(1);
    }
    await ended;
  }
}

/** Waits until every sync has ended the pass whose time has come. */
async function wave(
  daemon: DaemonClient,
  clock: FakeClock,
  syncs: number,
): Promise<{ readonly results: readonly string[]; readonly peakMB: number }> {
  const began = clock.now() - 60_000;
  let peakMB = 0;
  for (;;) {
    await clock.advance(lookMs);
    await delay(lookMs);
    peakMB = Math.max(peakMB, process.memoryUsage.rss() / 2 ** 20);
    const status = await daemon.status();
    const over = status.syncs.flatMap(({ lastRun }) =>
      lastRun?.summary != null && lastRun.startedAt >= began ? [lastRun.summary] : [],
    );
    if (over.length === syncs && status.running === null) {
      return { results: over.map(({ result, reason }) => `${result} ${reason ?? ''}`.trim()), peakMB };
    }
  }
}

/** Ms until the clock shows this hour (UTC) again. */
function nextHour(now: number, hour: number): number {
  const since = (now - hour * hourMs) % (24 * hourMs);
  return 24 * hourMs - since;
}

/** Least-squares slope of the figures, in units per day. */
export function slopeOf(figures: readonly number[]): number {
  const middle = (figures.length - 1) / 2;
  const mean = figures.reduce((sum, one) => sum + one, 0) / figures.length;
  let [above, below] = [0, 0];
  for (const [x, y] of figures.entries()) {
    above += (x - middle) * (y - mean);
    below += (x - middle) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
