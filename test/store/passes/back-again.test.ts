import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../fake-clock.ts';
import { Installation } from '../../soak/installation.ts';
import { startSystems } from '../../soak/systems.ts';

const hour = 3_600_000;

test('a daemon whose store is away is not ready and writes nothing, and catches up by itself', async () => {
  const clock = new FakeClock(Date.parse('2026-11-20T00:00:00Z'));
  const systems = await startSystems(1);
  const installation = new Installation(systems.urls);
  installation.hr(1, 3, 0);
  const daemon = await installation.start(clock);
  onTestFinished(async () => {
    const over = new AbortController();
    const ended = installation.end().finally(() => over.abort());
    while (!over.signal.aborted) await lets(clock, 1_000);
    await ended;
    await systems.stop();
  });
  const ready = async () => (await fetch(`${installation.url}/readyz`)).status;
  const isWell = async () => (await daemon.status()).syncs[0]?.lastRun?.summary?.result;
  expect(await ready()).toBe(200);

  installation.moveStore('away');
  await clock.advance(6 * hour);
  await lets(clock, 1_000);
  expect(await ready()).toBe(503);
  expect(await systems.tally()).toEqual({ users: 0, writes: 0 });

  installation.moveStore('back');
  expect(await ready()).toBe(200);
  await until(clock, async () => (await isWell()) === 'applied');
  expect(await systems.tally()).toEqual({ users: 3, writes: 3 });
});

/** Time passes; what works with sockets and files gets real time as well. */
async function lets(clock: FakeClock, ms: number): Promise<void> {
  await clock.advance(ms);
  await delay(2);
}

async function until(clock: FakeClock, holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await lets(clock, 60_000);
}
