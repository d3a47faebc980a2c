import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { endOf, openCliBench } from './bench.ts';

describe('somebody who lets rosterd work', () => {
  test('applies once, after which nothing is to be done, and finds every person in the run', async () => {
    const { rosterd, scim, edit } = await openCliBench();
    const first = await rosterd('apply');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('applied: ');
    expect(scim.size).toBe(5);
    const written = scim.loopback.writes().length;
    const [plan, again] = [
      await rosterd('plan', '--output', 'json'),
      await rosterd('apply', '--output', 'json'),
    ];
    expect([plan.code, again.code]).toEqual([0, 0]);
    expect(JSON.parse(plan.stdout)).toMatchObject({ exitCode: 0, plans: [{ changes: [], held: null }] });
    expect(JSON.parse(again.stdout)).toMatchObject({ outcomes: [{ summary: { result: 'settled' } }] });
    expect(scim.loopback.writes()).toHaveLength(written);
    const runs = JSON.parse((await rosterd('runs', 'staff', '--output', 'json')).stdout) as { id: string }[];
    expect(runs).toHaveLength(2);
    const people = await rosterd('runs', '--run', runs.at(-1)?.id ?? '');
    expect(people.stdout).toMatch(/^1001 → \S+ {2}create: applied/m);
    expect(people.stdout).toContain('department=Management');
    expect(people.stdout).toContain('userName=***');
    expect(people.stdout).not.toMatch(/brahms|example\.org/i);
    await edit('specs.yaml', 'mode: full', 'mode: fill');
    const masked = await rosterd('runs', '--run', runs.at(-1)?.id ?? '');
    expect(masked.stderr).toContain('every value is masked, since the specs cannot be read: specs.yaml:34:9');
    expect(masked.stdout).toContain('department=***');
    const nobody = await rosterd('runs', '--run', 'none-such');
    expect(nobody).toMatchObject({ code: 1, stdout: '' });
    expect(nobody.stderr).toContain('no run none-such in the store; rosterd runs lists them');
  });

  test('approves what is held, and it is released, once', async () => {
    const { rosterd, scim, folder } = await openCliBench();
    scim.add({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'stranger' });
    const held = await rosterd('apply');
    const digest = /rosterd approve ([0-9a-f]+)/.exec(held.stdout)?.[1] ?? '';
    expect(scim.size).toBe(1);
    const status = await rosterd('status');
    expect(status.code).toBe(3);
    expect(status.stdout).toContain('Held');
    expect(status.stdout).toMatch(new RegExp(`^staff holds \\d+ changes since \\S+Z, digest ${digest}`, 'm'));
    expect(status.stdout).toMatch(/^ {2}! create\/1001: first pass .*\[FirstPass, create\]; .*wait for it$/m);
    expect(status.stdout).toContain(`\n  to release: rosterd approve ${digest}\n`);
    const plan = await rosterd('plan');
    expect(plan.stdout).toMatch(/! create 1001 .*held: first pass .*\[FirstPass, create\]/);
    expect(plan.stdout).toMatch(
      new RegExp(`Held: \\d+ since \\S+Z, digest ${digest}.*\\n  to release: rosterd`),
    );
    const run = /run (\S+)/.exec(held.stdout)?.[1] ?? '';
    const people = await rosterd('runs', '--run', run);
    expect(people.stdout).toMatch(/^1001 → - {2}create: held \(first pass .*\) \[FirstPass, create\]/m);
    expect(people.stdout).toMatch(new RegExp(`held under digest ${digest}.*still held since`));
    for (const { stdout } of [status, plan, people]) expect(stdout).not.toMatch(/brahms|example\.org/i);
    const approved = await rosterd(
      'approve',
      digest,
      '--by',
      'ada@example.com',
      '--reason',
      'they are contractors',
    );
    expect(approved.code).toBe(0);
    const file = approved.stdout.trim();
    expect(file.startsWith(join(folder, 'approvals'))).toBe(true);
    expect(await readFile(file, 'utf8')).toContain('by: ada@example.com');
    expect((await rosterd('approve', digest, '--by', 'ada@example.com')).stderr).toContain(
      'is there already',
    );
    const released = await rosterd('apply');
    expect(released.code).toBe(0);
    expect(released.stderr).toMatch(
      /^approvals\/staff-\S+\.yaml:\d+: approval staff-\S+ is used up: .*; delete the/m,
    );
    expect(scim.size).toBe(6);
    expect((await rosterd('plan')).code).toBe(0);
    expect((await rosterd('approve', digest, '--by', 'ada@example.com')).stderr).toMatch(
      /nothing is held under/,
    );
  });

  test.each([
    [
      'a digest that nothing is held under',
      ['approve', 'abcdef0123456789', '--by', 'ada@example.com'],
      'nothing is held under',
    ],
    ['a time that is none', ['runs', '--limit', 'many'], '--limit takes a whole number'],
  ])('is told of %s', async (_name, args, says) => {
    const { rosterd } = await openCliBench();
    const { code, stderr } = await rosterd(...args);
    expect(stderr).toContain(says);
    expect(code).toBe(1);
  });
});

describe('the daemon', () => {
  test('serves sync and status while it runs, and is gone after SIGTERM', async () => {
    const { rosterd, start, scim, folder } = await openCliBench();
    const away = await rosterd('sync', 'staff');
    expect(away).toMatchObject({ code: 4, stdout: '' });
    expect(away.stderr).toContain('start it with: rosterd daemon');
    const daemon = start('daemon');
    const ended = endOf(daemon);
    await inForce(daemon);
    expect(await rosterd('sync', 'staff')).toMatchObject({
      stderr: 'asked the daemon for a pass of staff\n',
      code: 0,
      // The pass that the schedule begins with the activation may have come first.
      stdout: expect.stringMatching(/^staff: (?:applied|settled): /) as string,
    });
    expect(scim.size).toBe(5);
    const [again, unknown, status] = await Promise.all([
      rosterd('sync', 'staff', '--output', 'json'),
      rosterd('sync', 'stuff'),
      rosterd('status'),
    ]);
    expect(JSON.parse(again.stdout)).toMatchObject({ summary: { result: 'settled' } });
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('there is no sync "stuff" at this revision; there are: staff');
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.stdout).toMatch(/^daemon: specs applied [0-9a-f]{9}, observed [0-9a-f]{9}\n/);
    const second = await rosterd('daemon');
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toContain('already; stop it, or give this one a folder of its own with --data');
    daemon.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(existsSync(join(folder, '.rosterd/daemon.json'))).toBe(false);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toContain('pass ended');
    expect((await rosterd('status')).stderr).toContain('no daemon runs here');
  });
});

/** Resolves when the log says that a revision counts. */
async function inForce(daemon: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((done) => {
    daemon.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      if (said.includes('revision in force')) done();
    });
  });
}
