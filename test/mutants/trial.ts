import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timesIn } from './list.ts';
import type { Mutant } from './mutant.ts';

const repository = join(import.meta.dirname, '../..');
const copied = ['src', 'test', 'docs', 'schemas', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** Which tests are to notice, the cheap ones first; the drawn examples are drawn from one seed, so that a trial can be repeated. */
const rooms: readonly (readonly string[])[] = [
  ['test/plan', '--exclude', 'test/plan/properties.test.ts'],
  ['test/plan/properties.test.ts'],
  ['test/reconcile'],
];
/** The page is written from the code anew when the code changes: that the two agree shows nothing. */
const writtenAnew = ['-t', '^(?!docs/lifecycle\\.md shows the decision table)'];
/** Whoever does not end in this time never does. */
const patienceMs = 120_000;

export type Fate =
  | { readonly kind: 'caught'; readonly by: string }
  | { readonly kind: 'survives' | 'does not apply' | 'does not load' };

/** A private copy of the repository, in which one mistake at a time is made and the tests are run. */
export class Trial {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rosterd-mutants-'));

  constructor() {
    for (const name of copied) {
      cpSync(join(repository, name), join(this.#folder, name), { recursive: true });
    }
    symlinkSync(join(repository, 'node_modules'), join(this.#folder, 'node_modules'));
    writeFileSync(join(this.#folder, 'mutants.setup.ts'), setup);
    writeFileSync(join(this.#folder, 'mutants.config.ts'), config);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The test that fails without any mistake: then nothing can be said. */
  async withoutMistake(): Promise<string | undefined> {
    for (const room of rooms) {
      const failed = await this.#firstFailure([...room]);
      if (failed !== undefined) return failed.name ?? failed.says;
    }
    return undefined;
  }

  async fateOf(mutant: Mutant): Promise<Fate> {
    const file = join(this.#folder, 'src', mutant.file);
    const real = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (timesIn(real, mutant) !== 1) return { kind: 'does not apply' };
    writeFileSync(
      file,
      real.replace(mutant.text, () => mutant.instead),
    );
    try {
      return await this.#tried(mutant);
    } finally {
      writeFileSync(file, real);
    }
  }

  async #tried({ file }: Mutant): Promise<Fate> {
    const names = file === 'plan/document.ts' ? [] : writtenAnew;
    for (const room of rooms) {
      const failed = await this.#firstFailure([...room, ...names]);
      if (failed === undefined) continue;
      if (failed.name === undefined && !(await this.#loads(file))) return { kind: 'does not load' };
      return { kind: 'caught', by: failed.name ?? failed.says };
    }
    return { kind: 'survives' };
  }

  async #firstFailure(
    which: readonly string[],
  ): Promise<{ readonly name: string | undefined; readonly says: string } | undefined> {
    const report = join(this.#folder, 'report.json');
    rmSync(report, { force: true });
    const vitest = join(this.#folder, 'node_modules/vitest/vitest.mjs');
    const fixed = ['--config', 'mutants.config.ts', '--bail', '1', '--maxWorkers', '1'];
    const told = ['--reporter', 'json', '--outputFile', report];
    const ended = await this.#run([vitest, 'run', ...which, ...fixed, ...told]);
    if (ended === 0) return undefined;
    if (ended === 'never') return { name: undefined, says: 'does not end' };
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const failed = testResults.flatMap((one) => one.assertionResults).find((one) => one.status === 'failed');
    return { name: failed?.fullName, says: 'throws before the first test' };
  }

  async #loads(file: string): Promise<boolean> {
    return (await this.#run(['--input-type=module', '-e', `await import('./src/${file}')`])) === 0;
  }

  #run(args: readonly string[]): Promise<number | 'never'> {
    return new Promise((resolve, reject) => {
      // A group of its own: where a loop never ends, the workers go with it.
      const child = spawn(process.execPath, args, { cwd: this.#folder, stdio: 'ignore', detached: true });
      let late = false;
      const patience = setTimeout(() => {
        late = true;
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, patienceMs);
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(patience);
        resolve(late ? 'never' : (code ?? 1));
      });
    });
  }
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const setup = `import { configureGlobal } from 'fast-check';
configureGlobal({ seed: 20261122, endOnFailure: true });
`;

const config = `import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';
export default mergeConfig(usual, { cacheDir: '.cache', test: { setupFiles: ['./mutants.setup.ts'] } });
`;
