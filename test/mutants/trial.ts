import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestModule, TestRunResult, Vitest } from 'vitest/node';
import { createVitest } from 'vitest/node';
import { timesIn } from './list.ts';
import type { Mutant } from './mutant.ts';
import { roomsOf, type Room } from './rooms.ts';

const repository = join(import.meta.dirname, '../..');
const copied = [
  'src',
  'test',
  'docs',
  'schemas',
  'specs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** The page is written from the code anew when the code changes: that the two agree shows nothing. */
const writtenAnew = /^(?!docs\/lifecycle\.md shows the decision table)/;
/** Whoever does not end in this time never does. */
const patienceMs = 120_000;
/** Drawn examples are drawn from one seed, so that a trial can be repeated. */
const seeded = `import { configureGlobal } from 'fast-check';
configureGlobal({ seed: 20261122, endOnFailure: true });
`;

export type Fate =
  | { readonly kind: 'caught'; readonly by: string }
  | { readonly kind: 'survives' | 'does not apply' | 'does not load' };

/** A private copy of the repository, in which one mistake at a time is made and the tests are run. */
export class Trial {
  readonly #folder: string;
  #vitest: Vitest;
  /** Rooms in which nothing fails without a mistake. */
  readonly #sound = new Set<Room>();
  /** Beginnings of the paths of those that are asked alone. */
  readonly #tests: readonly string[] | undefined;

  private constructor(folder: string, vitest: Vitest, tests: readonly string[] | undefined) {
    this.#folder = folder;
    this.#tests = tests;
    this.#vitest = vitest;
  }

  static async open(tests?: readonly string[]): Promise<Trial> {
    const folder = mkdtempSync(join(tmpdir(), 'rosterd-mutants-'));
    for (const name of copied) cpSync(join(repository, name), join(folder, name), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'seeded.ts'), seeded);
    return new Trial(folder, await warm(folder), tests);
  }

  async close(): Promise<void> {
    await this.#vitest.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The test that fails without any of these mistakes: then nothing can be said. */
  async withoutMistake(mutants: readonly Mutant[]): Promise<string | undefined> {
    for (const room of mutants.flatMap(({ file }) => roomsOf(file))) {
      if (this.#sound.has(room)) continue;
      this.#sound.add(room);
      const failed = await this.#firstFailure(room);
      if (failed !== undefined) return failed.by;
    }
    return undefined;
  }

  async fateOf(mutant: Mutant): Promise<Fate> {
    const file = join(this.#folder, 'src', mutant.file);
    const real = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (timesIn(real, mutant) !== 1) return { kind: 'does not apply' };
    if (mutant.file === 'plan/document.ts') this.#vitest.resetGlobalTestNamePattern();
    else this.#vitest.setGlobalTestNamePattern(writtenAnew);
    this.#write(
      file,
      real.replace(mutant.text, () => mutant.instead),
    );
    try {
      for (const room of roomsOf(mutant.file)) {
        const failed = await this.#firstFailure(room);
        if (failed !== undefined) return await this.#judged(file, failed);
      }
      return { kind: 'survives' };
    } finally {
      this.#write(file, real);
    }
  }

  /** A mistake that nobody could start is none. */
  async #judged(file: string, { by, inTest }: Failure): Promise<Fate> {
    if (inTest || (await this.#loads(file))) return { kind: 'caught', by };
    return { kind: 'does not load' };
  }

  async #loads(file: string): Promise<boolean> {
    try {
      // Another address each time, so that what was loaded before does not answer.
      await import(`${file}?${performance.now()}`);
      return true;
    } catch {
      return false;
    }
  }

  #write(file: string, text: string): void {
    writeFileSync(file, text);
    this.#vitest.invalidateFile(file);
  }

  async #firstFailure(of: Room): Promise<Failure | undefined> {
    const all = await this.#vitest.globTestSpecifications();
    const chosen = all.filter(({ moduleId }) => of(moduleId) && this.#asks(moduleId));
    if (chosen.length === 0) return undefined;
    const modules = await this.#inTime(this.#vitest.runTestSpecifications(chosen));
    if (modules === 'late') return { by: 'a test that does not end', inTest: true };
    // It also hands over what it remembers of other rooms.
    const ids = new Set(chosen.map(({ moduleId }) => moduleId));
    return failureIn(modules.filter(({ moduleId }) => ids.has(moduleId)));
  }

  #asks(file: string): boolean {
    return this.#tests?.some((part) => file.includes(`test/${part}`)) ?? true;
  }

  async #inTime(run: Promise<TestRunResult>): Promise<readonly TestModule[] | 'late'> {
    const late = Promise.withResolvers<'late'>();
    const patience = setTimeout(() => late.resolve('late'), patienceMs);
    const ended = await Promise.race([run, late.promise]);
    clearTimeout(patience);
    if (ended !== 'late') return ended.testModules;
    await this.#vitest.close();
    this.#vitest = await warm(this.#folder);
    return 'late';
  }
}

interface Failure {
  readonly by: string;
  readonly inTest: boolean;
}

function failureIn(modules: readonly TestModule[]): Failure | undefined {
  for (const one of modules) {
    for (const test of one.children.allTests('failed')) return { by: test.fullName, inTest: true };
  }
  const broken = modules.find((one) => one.errors().length > 0);
  return broken && { by: `${broken.relativeModuleId} before its first test`, inTest: false };
}

/**
 * A runner that stays: to start one for each mistake costs more than its tests do. It ends each room: one that stops at
 * its first failure cancels the run that follows.
 */
function warm(root: string): Promise<Vitest> {
  const once = { maxWorkers: 1, setupFiles: ['./seeded.ts'], reporters: [{}] };
  return createVitest('test', { root, watch: true, ...once }, { cacheDir: '.cache' });
}
