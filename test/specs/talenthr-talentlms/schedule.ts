import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace } from '../../../src/compose.ts';
import type { Trigger } from '../../../src/model/run.ts';
import { createNotifier } from '../../../src/notify/create-notifier.ts';
import type { CompiledSpecs } from '../../../src/spec/compiled.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { fakeClock, seededRandom } from '../../contract/context.ts';
import { outcomeOf } from '../../daemon/invented.ts';
import { MemoryStore } from '../../daemon/memory-store.ts';
import { hour, minute, Rig, start } from '../../daemon/rig.ts';

const examples = resolve(import.meta.dirname, '../../../specs/examples/talenthr-talentlms');

export function describeSchedules(): void {
  test('with automatic sync on, the portal is looked at 12 hours after the activation and every 24 hours from then on', async () => {
    const rig = await running(await specsOf('from-lms-to-hr'));
    await rig.clock.advance(37 * hour);
    for (const sync of ['lms-to-hr', 'training']) {
      const moments = passesOf(rig, sync).map(({ at, trigger }) => `${(at - start) / hour} ${trigger}`);
      expect(moments).toEqual(['12 schedule', '36 schedule']);
    }
  });

  test('with automatic sync on, TalentHR is looked at every five minutes', async () => {
    const rig = await running(await specsOf('from-hr-to-lms'));
    await rig.clock.advance(16 * minute);
    expect(passesOf(rig, 'hr-to-lms').map(({ at }) => (at - start) / minute)).toEqual([0, 5, 10, 15]);
  });

  test('two way, each direction keeps its own pace', async () => {
    const rig = await running(await specsOf('two-way'));
    await rig.clock.advance(13 * hour);
    const count = (sync: string) => passesOf(rig, sync).length;
    expect([count('hr-to-lms'), count('lms-to-hr')]).toEqual([157, 1]);
  });

  test.each([
    { direction: 'from-hr-to-lms', automatic: '{ every: 5m }', sync: 'hr-to-lms' },
    { direction: 'from-lms-to-hr', automatic: '{ every: 24h, initialDelay: 12h }', sync: 'lms-to-hr' },
  ])(
    'with automatic sync off, $direction runs once when it is activated and then when asked',
    async (one) => {
      const manual = '{ manual: { onActivation: true } }';
      const rig = await running(
        await specsOf(one.direction, `schedule: ${one.automatic}`, `schedule: ${manual}`),
      );
      await rig.clock.advance(13 * hour);
      expect(passesOf(rig, one.sync).map(({ at, trigger }) => [at - start, trigger])).toEqual([
        [0, 'activation'],
      ]);
      await rig.daemon.request(one.sync);
      expect(passesOf(rig, one.sync).map(({ trigger }) => trigger)).toEqual(['activation', 'request']);
    },
  );

  test('the owner gets a mail for each automatic sync of the portal, and none for one that somebody asked for', async () => {
    expect(await mailsOf('from-lms-to-hr', 'lms-to-hr', 'schedule')).toHaveLength(1);
    expect(await mailsOf('two-way', 'lms-to-hr', 'activation')).toHaveLength(1);
    expect(await mailsOf('from-lms-to-hr', 'lms-to-hr', 'request')).toEqual([]);
    expect(await mailsOf('two-way', 'hr-to-lms', 'schedule')).toEqual([]);
  });
}

async function specsOf(direction: string, before = '', after = ''): Promise<CompiledSpecs> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-pair-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  await cp(join(examples, direction), folder, { recursive: true });
  const file = join(folder, 'sync.yaml');
  const text = await readFile(file, 'utf8');
  expect(text).toContain(before);
  await writeFile(file, text.replace(before, after));
  const workspace = await openWorkspace({
    cwd: folder,
    env: { TRAINING_FOLDER: folder },
    clock: fakeClock(),
    random: seededRandom(),
  });
  return (await workspace.loadSpecs()).specs;
}

async function running(specs: CompiledSpecs): Promise<Rig> {
  const rig = await new Rig(specs).start();
  onTestFinished(async () => await rig.end());
  return rig;
}

function passesOf(rig: Rig, sync: string): Rig['passes'] {
  return rig.passes.filter((pass) => pass.sync === sync);
}

/** Subjects of what is sent after a pass that found nothing to do. */
async function mailsOf(direction: string, sync: string, trigger: Trigger): Promise<readonly string[]> {
  const specs = await specsOf(direction);
  const store = new MemoryStore();
  const notifier = createNotifier({
    store,
    clock: fakeClock(),
    random: seededRandom(),
    telemetry: { log: createLogger({ level: 'silent' }), metrics: createMetrics() },
    mail: { send: async () => ({ result: 'sent' }), close: () => undefined },
  });
  const names = specs.syncs.get(sync)?.notify ?? [];
  const channels = names.flatMap((name) => specs.channels.get(name) ?? []);
  expect(channels.map(({ to }) => to)).toEqual([['owner@example.com']]);
  await notifier.passEnded(outcomeOf(sync, { trigger }), { direction, owner: 'people-ops', channels });
  return [...store.mails.values()].map(({ subject }) => subject);
}
