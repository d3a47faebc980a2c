import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openWorkspace } from '../../src/compose.ts';
import { systemClock, systemRandom } from '../../src/effects/system.ts';
import { look, type Look } from '../../src/reconcile/look.ts';
import type { Store } from '../../src/store/store.ts';
import { rosterdMain } from '../demo/commands.ts';
import { csvOf, type Employee } from './company.ts';
import { writeSpecs } from './specs.ts';
import type { Target } from './target.ts';

/** In memory where there is such a folder: a killed process loses nothing that a disk would have kept. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** How a command ended: with an exit code, or by a signal. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** rosterd on disk as an operator has it: configuration, specs, data, and the command line as a process of its own. */
export class Installation {
  readonly target: Target;
  readonly #root = mkdtempSync(join(memory, 'rosterd-killed-'));
  readonly #env: NodeJS.ProcessEnv;

  private constructor(target: Target) {
    this.target = target;
    const secrets = Object.entries(target.secrets).map(([name, text]) => [name.toUpperCase(), text]);
    this.#env = {
      ...process.env,
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: this.#at('compiled'),
      ...Object.fromEntries(secrets),
    };
  }

  static async open(start: (now: () => number) => Promise<Target>): Promise<Installation> {
    const installation = new Installation(await start(() => Date.now()));
    mkdirSync(installation.#at('specs'));
    const secrets = Object.keys(installation.target.secrets).map(
      (name) => `    - { env: ${name.toUpperCase()}, hosts: [127.0.0.1] }\n`,
    );
    writeFileSync(installation.#at('rosterd.config.yaml'), `${config}${secrets.join('')}`);
    await writeSpecs(installation.#at('specs'), installation.target);
    return installation;
  }

  async close(): Promise<void> {
    await this.target.close();
    rmSync(this.#root, { recursive: true, force: true });
  }

  hr(people: readonly Employee[]): void {
    writeFileSync(this.#at('specs/staff.csv'), csvOf(people));
  }

  keep(): void {
    this.target.keep();
    cpSync(this.#at('data'), this.#at('kept'), { recursive: true });
  }

  restore(): void {
    this.target.restore();
    rmSync(this.#at('data'), { recursive: true, force: true });
    cpSync(this.#at('kept'), this.#at('data'), { recursive: true });
  }

  /** `rosterd apply`. `started` is handed the process, so that it can be killed. */
  async apply(started: (child: ChildProcess) => void = () => undefined): Promise<Ended> {
    const args = [rosterdMain, 'apply', '--config', this.#at('rosterd.config.yaml')];
    const child = spawn(process.execPath, args, {
      cwd: this.#root,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => (said += part));
    }
    started(child);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }

  /** What a minute of waiting does: the lease of the process that was killed runs out. */
  waitForTheLease(): void {
    const database = new DatabaseSync(this.#at('data/rosterd.db'));
    database.exec('UPDATE leases SET expires_at = 0');
    database.close();
  }

  /** What the next pass would do, and what the store remembers. */
  async inspect<T>(judge: (seen: Look, store: Store) => Promise<T>): Promise<T> {
    const workspace = await openWorkspace({
      config: this.#at('rosterd.config.yaml'),
      env: this.#env,
      cwd: this.#root,
      clock: systemClock,
      random: systemRandom,
    });
    try {
      const { specs } = await workspace.loadSpecs();
      const sync = specs.syncs.get('staff');
      if (sync === undefined) throw new Error('the specs lack the sync');
      const pass = await workspace.openPass(sync, specs, 'cli');
      try {
        return await judge(await look(pass.deps, new AbortController().signal), pass.deps.store);
      } finally {
        await pass.close();
      }
    } finally {
      await workspace.close();
    }
  }

  #at(path: string): string {
    return join(this.#root, path);
  }
}

const config = `installation: killed
specs: specs
data: data
network: { private: [127.0.0.1], http: true }
secrets:
  allow:
`;
