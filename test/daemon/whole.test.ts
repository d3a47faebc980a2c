import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

import { createDaemon, type Daemon } from '../../src/daemon/daemon.ts';
import { systemClock, systemRandom } from '../../src/effects/system.ts';
import { createGitSource } from '../../src/git/git-source.ts';
import { Invalid } from '../../src/model/error.ts';
import { createNotifier } from '../../src/notify/create-notifier.ts';
import { openMailServer } from '../../src/notify/mail.ts';
import { createSealer } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { startGitServer } from '../git/git-server.ts';
import { startSmtpSink } from '../notify/smtp-sink.ts';
import { onActivation, outcomeOf, specsOf, syncNamed } from './invented.ts';

async function seen(check: () => unknown): Promise<void> {
  await vi.waitFor(check, { timeout: 20_000, interval: 20 });
}

test('a pushed revision is carried out, a bad one is mailed about, and a restart needs no remote', async () => {
  const data = await mkdtemp(join(tmpdir(), 'rosterd-daemon-'));
  const git = await startGitServer();
  const sink = await startSmtpSink();
  const store = await openSqliteStore({
    file: join(data, 'rosterd.db'),
    sealer: createSealer({ keyId: 'k1', key: new Uint8Array(32).fill(7), random: systemRandom }),
    clock: systemClock,
  });
  const mail = openMailServer({ host: sink.host, port: sink.port, tls: 'none', from: 'rosterd@example.com' });
  const passes: string[] = [];
  const telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };

  const start = (): { daemon: Daemon; stop: () => Promise<void> } => {
    const daemon = createDaemon({
      source: createGitSource({
        url: git.url,
        branch: 'main',
        path: 'specs',
        pollMs: 50,
        data,
        allowLocal: true,
        environment: { PATH: process.env['PATH'] },
        clock: systemClock,
      }),
      load: async ({ folder, revision }) => {
        const digest = await readFile(join(folder, 'staff.yaml'), 'utf8');
        if (digest !== 'bad') {
          return {
            specs: specsOf(revision.id, [syncNamed('staff', { digest, schedule: onActivation })]),
            warnings: [],
          };
        }
        const finding = { code: 'spec/yaml', message: 'no mapping', severity: 'error' as const };
        throw new Invalid([{ ...finding, file: 'specs/staff.yaml', line: 1, column: 1 }]);
      },
      reconcile: async (sync, specs, trigger) => {
        passes.push(`${trigger} ${specs.syncs.get(sync)?.digest ?? ''}`);
        const outcome = outcomeOf(sync, { trigger, at: systemClock.now() });
        await store.saveSyncState(sync, { appliedRevision: specs.revision.id });
        return outcome;
      },
      store,
      clock: systemClock,
      random: systemRandom,
      telemetry,
      notify: createNotifier({ store, clock: systemClock, random: systemRandom, telemetry, mail }),
    });
    const controller = new AbortController();
    const running = daemon.run(controller.signal);
    return {
      daemon,
      stop: async () => {
        controller.abort(new Error('stop'));
        await running;
      },
    };
  };
  await git.push({ 'specs/staff.yaml': 'one' });
  const first = start();
  await seen(() => expect(passes).toEqual(['activation one']));
  await git.push({ 'specs/staff.yaml': 'two' });
  await seen(() => expect(passes).toEqual(['activation one', 'revision two']));
  await git.push({ 'specs/staff.yaml': 'bad' });
  await seen(() =>
    expect(sink.mails.map(({ headers }) => headers.get('subject'))).toContainEqual(
      expect.stringMatching(/specs at .* are refused/),
    ),
  );
  await first.stop();

  await git.stop();
  const second = start();
  await seen(async () => expect(await second.daemon.ready()).toBe(true));
  expect((await second.daemon.request('staff')).summary.result).toBe('settled');
  expect(passes).toEqual(['activation one', 'revision two', 'request two']);
  await second.stop();

  mail.close();
  await Promise.all([store.close(), git.close(), sink.close()]);
  await rm(data, { recursive: true });
});
