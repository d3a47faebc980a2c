import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunRecord, RunSummary } from '../../src/model/run.ts';
import { rosterd, type Ended } from './commands.ts';
import { startDaemon, type DaemonProcess } from './daemon.ts';
import { commit, fillFolder, makeFolder, type DemoFolder } from './folder.ts';
import { syncName } from './specs.ts';
import { startSystems, type Systems } from './systems.ts';

export type Run = RunRecord & { readonly summary?: RunSummary };

/** Everything that runs during the demo, and what a person can do with it. */
export interface Stage {
  readonly folder: DemoFolder;
  readonly systems: Systems;
  readonly daemon: DaemonProcess;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  /** `rosterd …` in the clone, with the demo's configuration. */
  rosterd(...args: readonly string[]): Promise<Ended>;
  /** Commits and pushes the clone, and waits until the daemon has the commit in force. */
  push(message: string): Promise<string>;
  /** Runs that have ended, oldest first. */
  runs(): Promise<readonly Run[]>;
  /** Asks again and again until there is an answer; fails after a minute with what was waited for. */
  until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T>;
  /** Ends everything that was started. `keep` leaves the folder for whoever wants to look. */
  close(keep: boolean): Promise<void>;
}

/** Starts both vendors, the mail server and the daemon. Whatever goes wrong, nothing stays behind. */
export async function openStage(once: boolean, signal: AbortSignal, say: Stage['say']): Promise<Stage> {
  const systems = await startSystems();
  const folder = await makeFolder(once, process.cwd()).catch(async (error: unknown) => {
    await systems.close();
    throw error;
  });
  const addresses = {
    personio: systems.personio.url,
    talentlms: systems.talentlms.url,
    repository: folder.repository,
    smtpPort: systems.mail.port,
  };
  try {
    await fillFolder(folder, addresses, signal);
    const daemon = await startDaemon(folder, signal);
    return stageOf(folder, systems, daemon, signal, say);
  } catch (error) {
    await systems.close();
    throw error;
  }
}

function stageOf(
  folder: DemoFolder,
  systems: Systems,
  daemon: DaemonProcess,
  signal: AbortSignal,
  say: Stage['say'],
): Stage {
  const until: Stage['until'] = async (what, ask) => {
    for (const deadline = performance.now() + 60_000; performance.now() < deadline;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      daemon.gone.throwIfAborted();
      await pause(50, undefined, { signal });
    }
    throw new Error(`waited a minute for ${what}; the daemon's log is ${daemon.log}`);
  };
  return {
    folder,
    systems,
    daemon,
    signal,
    say,
    rosterd: async (...args) => await rosterd([...args, '--config', folder.config], folder.clone, signal),
    async push(message) {
      const revision = await commit(folder, message);
      await until('the daemon to see the commit', async () => {
        const { applied } = (await daemon.client.status()).revision;
        return applied === revision ? true : undefined;
      });
      return revision;
    },
    async runs() {
      const runs = await daemon.client.runs({ sync: syncName, limit: 100 });
      return runs.filter(({ summary }) => summary !== undefined && summary !== null).toReversed();
    },
    until,
    async close(keep) {
      await daemon.stop();
      await systems.close();
      if (!keep) await rm(folder.root, { recursive: true, force: true });
    },
  };
}
