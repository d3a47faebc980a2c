import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { startScim } from '../vendors/scim/server.ts';
import { readPage, repository, shellLinesOf, type ShellLine } from './shell-lines.ts';
import { copyExample, makeCheckout, moveEverybodyToAnotherDomain, play } from './story.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** Commands that are shown and not run here, with the reason. Each is checked to be there. */
const notRun: readonly { readonly line: RegExp; readonly why: string; readonly there: () => boolean }[] = [
  { line: /^npm ci$/, why: 'installs', there: () => existsSync(join(repository, 'package-lock.json')) },
  { line: /^(npm ci && )?npm test$/, why: 'is this test run itself', there: () => hasScript('test') },
  { line: /^npm ci && npm run demo$/, why: 'installs, then goes on', there: () => hasScript('demo') },
  { line: /^npm run simulate/, why: 'has tests of its own', there: () => hasScript('simulate') },
  { line: /^npm run bench/, why: 'takes minutes', there: () => hasScript('bench') },
  { line: /^npm run test:system$/, why: 'needs packages', there: () => hasScript('test:system') },
  { line: /^npm run (generate|format)$/, why: 'writes the sources', there: () => hasScript('generate') },
  { line: /^npx vitest /, why: 'is inside of it', there: () => hasPackage('vitest') },
  { line: /^docker (build|run) /, why: 'needs Docker', there: () => dockerfileFits() },
];

const pages = ['README.md', 'CONTRIBUTING.md', 'docs/getting-started.md', 'docs/operating.md'];

const skipped = ({ text }: ShellLine): boolean => notRun.some(({ line }) => line.test(text));

describe.concurrent('a reader who does what the page says gets what it says', () => {
  test('README.md and CONTRIBUTING.md', { timeout: 120_000 }, async ({ onTestFinished }) => {
    const { folder, bin, remove } = await makeCheckout();
    onTestFinished(remove);
    await play('README.md', { folder, bin, here: false, skip: skipped });
    await play('CONTRIBUTING.md', { folder, bin, skip: skipped });
  });

  test('docs/getting-started.md', { timeout: 120_000 }, async ({ onTestFinished }) => {
    const { folder, bin, remove } = await makeCheckout();
    onTestFinished(remove);
    await play('docs/getting-started.md', { folder, bin, skip: skipped });
  });

  test('docs/operating.md', { timeout: 120_000 }, async ({ onTestFinished }) => {
    const { folder: checkout, bin, remove } = await makeCheckout();
    const folder = join(checkout, '../installation');
    const server = await startScim({ token: 'try-me' });
    onTestFinished(async () => {
      await server.stop();
      await remove();
    });
    await copyExample(folder);
    const env = { SCIM_URL: server.url, SCIM_TOKEN: 'try-me' };
    await play('docs/operating.md', {
      folder,
      bin,
      env,
      skip: skipped,
      beforeHold: async (terminal) => {
        const before = await revisionInForce(terminal);
        await moveEverybodyToAnotherDomain(folder);
        await vi.waitFor(async () => expect(await revisionInForce(terminal)).not.toBe(before), 60_000);
        expect((await terminal.run('npx rosterd sync staff')).code).toBe(3);
      },
    });
  });
});

test('every command of the pages is run, or named with a reason', () => {
  const strange = pages
    .flatMap((page) => shellLinesOf(page))
    .filter((line) => !skipped(line) && !runnable.test(line.text))
    .map(({ page, line, text }) => `${page}:${line}: ${text}`);

  expect(strange).toEqual([]);
});

/** What the stories know how to do; anything else must be in `notRun`. */
const runnable = /^(npx (rosterd|node) |export \w+=|cd |cp |sed |echo |curl -fsS )/;

test('what is named with a reason is there', () => {
  const missing = notRun.filter(({ there }) => !there()).map(({ line }) => String(line));

  expect(missing).toEqual([]);
});

test('every command of rosterd that the pages speak of has a help page', async ({ onTestFinished }) => {
  const { folder, bin, remove } = await makeCheckout();
  onTestFinished(remove);
  const terminal = await openTerminal(folder, bin);
  const { stdout } = await terminal.run('npx rosterd --help');
  const known = new Set([...stdout.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1]));
  const named = pages
    .flatMap((page) => [...readPage(page).matchAll(/`(?:npx )?rosterd ([a-z]+)/g)])
    .map((match) => match[1]);

  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

/** The example's people lie in its specs folder, so that a changed file is a revision. */
async function revisionInForce(terminal: Terminal): Promise<string> {
  const { stdout } = await terminal.run('npx rosterd status --output json');
  return (JSON.parse(stdout) as { daemon: { revision: { applied: string } } }).daemon.revision.applied;
}

interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function packageJson(): PackageJson {
  return JSON.parse(readPage('package.json')) as PackageJson;
}

function hasScript(name: string): boolean {
  return Object.hasOwn(packageJson().scripts, name);
}

function hasPackage(name: string): boolean {
  return Object.hasOwn(packageJson().devDependencies, name);
}

/** The folders and the port that the page tells Docker of are those that the image knows. */
function dockerfileFits(): boolean {
  const dockerfile = readPage('Dockerfile');
  return dockerfile.includes('/config/rosterd.config.yaml') && dockerfile.includes('"--data", "/data"');
}
