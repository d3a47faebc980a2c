import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ComparisonReport } from '../../src/cli/render/comparison-report.ts';
import { openCliBench, type CliBench } from './bench.ts';

const run = promisify(execFile);
const who = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
const committer = { GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' };

/** The example in a repository of its own, applied once, with its specs committed on main. */
async function open(): Promise<CliBench & { readonly git: (...args: string[]) => Promise<unknown> }> {
  const bench = await openCliBench();
  const env = { ...process.env, ...who, ...committer, GIT_CONFIG_GLOBAL: '/dev/null' };
  const git = async (...args: string[]) => await run('git', args, { cwd: bench.folder, env });
  await writeFile(join(bench.folder, '.gitignore'), '.rosterd\n');
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'First');
  const applied = await bench.rosterd('apply');
  // Whoever has a fault in the list waits for it; the others are there.
  expect([0, 3, 5]).toContain(applied.code);
  return { ...bench, git };
}

const json = (stdout: string): readonly ComparisonReport[] =>
  (JSON.parse(stdout) as { comparisons: readonly ComparisonReport[] }).comparisons;

test('what a commit would do stands apart from what is waiting anyway', async () => {
  const { rosterd, edit, git, scim } = await open();
  // Waits for the next pass whatever the specs say.
  await edit('staff.csv', '1002,Odd,Thorvaldsen', '1002,Odda,Thorvaldsen');
  await edit(
    'specs.yaml',
    'department: source.department',
    'department: { value: \'after(source.department, "Dept ")\', onNull: clear }',
  );
  const before = scim.loopback.writes().length;
  const [markdown, told] = [
    await rosterd('plan', '--base', 'main', '--output', 'markdown'),
    await rosterd('plan', '--base', 'main', '--output', 'json'),
  ];
  const [report] = json(told.stdout);
  expect(report?.state).toBe('compared');
  const { because, anyway } = report as ComparisonReport;
  expect(because.attributes.map(({ name }) => name)).toEqual(['department']);
  expect(because.attributes[0]?.cleared).toBe(because.people);
  expect(because.people).toBeGreaterThan(4);
  expect(anyway.changes.map(({ personId }) => personId)).toContain('1002');
  expect(anyway.attributes.map(({ name }) => name)).toContain('name.givenName');
  expect(anyway.attributes.map(({ name }) => name)).not.toContain('department');
  // The clears are over the limit, and that is because of this branch.
  expect([told.code, markdown.code]).toEqual([3, 3]);
  const [mark, sentence] = markdown.stdout.split('\n');
  expect(mark).toMatch(/^<!-- rosterd/);
  expect(sentence).toContain(`department emptied for ${because.people}`);
  expect(markdown.stdout).not.toMatch(/thorvaldsen|brahms|example\.org/i);
  expect(scim.loopback.writes()).toHaveLength(before);
  // What was merged on main meanwhile is not this branch's doing.
  await git('checkout', '--quiet', '-b', 'branch');
  await git('commit', '--quiet', '-am', 'Wrong');
  const same = await rosterd('plan', '--base', 'main', '--output', 'json');
  expect(json(same.stdout)[0]?.because.people).toBe(because.people);
});

test('a change that says the same reads nothing, and a filter shows who would fall out', async () => {
  const { rosterd, edit, git, scim } = await open();
  await edit('specs.yaml', '# yaml-language-server', '# Checked by hand.\n# yaml-language-server');
  const asked = scim.loopback.log.length;
  const same = await rosterd('plan', '--base', 'HEAD');
  expect(same.code).toBe(0);
  expect(same.stdout).toContain('This change does nothing to anybody');
  expect(scim.loopback.log).toHaveLength(asked);

  await git('commit', '--quiet', '-am', 'A comment');
  await edit('specs.yaml', 'who:\n', "who:\n    - source.department in ['Support']\n");
  const told = await rosterd('plan', '--base', 'HEAD', '--output', 'json');
  const [report] = json(told.stdout);
  expect(report?.moved.length).toBeGreaterThan(3);
  expect(report?.moved[0]).toMatchObject({ before: null, after: 'outOfScope' });
});

test('a new sync, one that is gone, and an earlier revision that was broken are said to be so', async () => {
  const { rosterd, edit, git } = await open();
  await edit('specs.yaml', 'metadata: { name: staff }', 'metadata: { name: people }');
  const renamed = json((await rosterd('plan', '--base', 'HEAD', '--output', 'json')).stdout);
  expect(renamed.map(({ sync, state }) => [sync, state])).toEqual([
    ['people', 'added'],
    ['staff', 'removed'],
  ]);
  await edit('specs.yaml', 'mode: full', 'mode: fulll');
  await git('commit', '--quiet', '-am', 'Broken');
  await edit('specs.yaml', 'mode: fulll', 'mode: full');
  const mended = await rosterd('plan', '--base', 'HEAD', '--output', 'json');
  expect(mended.stderr).toContain('the specs at HEAD are not valid');
  expect(json(mended.stdout).map(({ state }) => state)).toEqual(['added']);
});

test('where there is nothing to compare with, the way out is named', async () => {
  const bench = await openCliBench();
  const none = await bench.rosterd('plan', '--base', 'main');
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('lies in no Git repository')]);
  const { rosterd } = await open();
  const wrong = await Promise.all([
    rosterd('plan', '--base', 'nowhere'),
    rosterd('plan', '--base', '--output=/etc/passwd'),
    rosterd('plan', '--base', 'main', '--person', '1001'),
  ]);
  expect(wrong.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(wrong[0]?.stderr).toContain('this repository has no revision "nowhere"; fetch it first');
});
