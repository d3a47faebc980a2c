import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { git, rosterd, rosterdMain } from './commands.ts';
import { edits, specsFile } from './specs.ts';

const never = new AbortController().signal;

// Side by side: each waits for its own processes most of the time.
test.concurrent(
  'the story is told to its end, and every step comes out right',
  { timeout: 120_000 },
  async ({ expect, onTestFinished }) => {
    const { code, stdout, stderr } = await rosterd(
      ['demo', '--once'],
      await newFolder(onTestFinished),
      never,
    );
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
    const titles = stdout.split('\n').filter((line) => /^\d+\. /.test(line));
    expect(titles.map((title) => title.replace(/:.*/, ''))).toEqual([
      '1. First load',
      '2. Second pass',
      '3. A changed mapping',
      '4. A leaver',
      '5. Drift',
      '6. Personio suddenly lists half of its people',
      '7. Personio lists everybody again',
      '8. A wrong mapping that would clear the office of everybody',
      '9. The same, approved by a commit',
      '10. And again nothing to do',
    ]);
    expect(stdout).toContain('All 10 steps came out right.');
  },
);

test.concurrent(
  'without --once it stays, shows what a pushed commit does, and takes everything with it',
  {
    timeout: 120_000,
  },
  async ({ expect, onTestFinished }) => {
    const folder = await newFolder(onTestFinished);
    const child = spawn(process.execPath, [rosterdMain, 'demo'], { cwd: folder });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = collect(child);
    await said('applied: ');
    const clone = join(folder, '.rosterd-demo/specs');
    const specs = join(clone, specsFile);
    await writeFile(specs, (await readFile(specs, 'utf8')).replace(edits.title.before, edits.title.after));
    await git(['commit', '--quiet', '-am', 'Another title'], clone);
    await git(['push', '--quiet'], clone);
    await said('by the new commit): applied: 25 changes applied');
    await writeFile(specs, 'kind: Sinc\n');
    await git(['commit', '--quiet', '-am', 'A slip'], clone);
    await git(['push', '--quiet'], clone);
    const text = await said('stays in force');
    const daemon = Number(/process (\d+)/.exec(text)?.[1]);
    child.kill('SIGINT');
    expect(await new Promise((ended) => child.once('close', ended))).toBe(0);
    expect(() => process.kill(daemon, 0)).toThrow('ESRCH');
  },
);

test.concurrent('a folder of the same name that somebody else made is left as it is', async ({
  expect,
  onTestFinished,
}) => {
  const folder = await newFolder(onTestFinished);
  await mkdir(join(folder, '.rosterd-demo'));
  await writeFile(join(folder, '.rosterd-demo/rosterd.config.yaml'), 'installation: ours\n');
  const { code, stderr } = await rosterd(['demo'], folder, never);
  expect(stderr).toContain('.rosterd-demo is there and was not written by the demo: move it away');
  expect(code).toBe(1);
  expect(await readFile(join(folder, '.rosterd-demo/rosterd.config.yaml'), 'utf8')).toBe(
    'installation: ours\n',
  );
});

async function newFolder(finished: TestContext['onTestFinished']): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-demo-test-'));
  finished(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Resolves with everything said so far once this text is in it. */
function collect(child: ChildProcess): (text: string) => Promise<string> {
  let said = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => {
      said += part.toString();
      for (const look of waiting) look();
    });
  }
  return async (text) =>
    await new Promise((found, fail) => {
      const look = () => {
        if (!said.includes(text)) return;
        waiting.delete(look);
        found(said);
      };
      waiting.add(look);
      child.once('close', () => fail(new Error(`ended before it said "${text}":\n${said}`)));
      look();
    });
}
