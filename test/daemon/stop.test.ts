import { expect, test } from 'vitest';

import { createDaemon } from '../../src/daemon/daemon.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { outcomeOf, specsOf, syncNamed } from './invented.ts';
import { MemoryStore } from './memory-store.ts';
import { start } from './rig.ts';

test('a mail server that says nothing keeps no pass waiting, nor the daemon from stopping', async () => {
  const clock = new FakeClock(start);
  const specs = specsOf('r1', [syncNamed('staff')]);
  const checkout = { revision: specs.revision, folder: '/specs' };
  const daemon = createDaemon({
    source: {
      fetch: async () => checkout,
      lastGood: async () => undefined,
      markGood: async () => undefined,
      watch: async (_onChange, signal) => await clock.sleep(1e9, signal).catch(() => undefined),
    },
    load: async () => ({ specs, warnings: [] }),
    reconcile: async (sync) => outcomeOf(sync),
    store: new MemoryStore(),
    clock,
    random: { fraction: () => 0, bytes: (length) => new Uint8Array(length), id: () => 'id' },
    telemetry: { log: createLogger({ level: 'silent' }), metrics: createMetrics() },
    notify: {
      passEnded: async () => undefined,
      failureBegan: async () => undefined,
      failureEnded: async () => undefined,
      deliverWaiting: () => new Promise(() => undefined),
    },
  });
  const stop = new AbortController();
  let ended = false;
  const running = daemon.run(stop.signal).then(() => (ended = true));
  await clock.advance(1000);
  for (let i = 0; i < 3; i += 1) {
    expect((await daemon.request('staff')).summary.result).toBe('settled');
  }
  stop.abort(new Error('stop'));
  await clock.advance(9_000);
  await settle();
  expect(ended).toBe(true);
  await running;
});
