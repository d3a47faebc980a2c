import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCliBench, steady } from './bench.ts';

const golden = (name: string) => join(import.meta.dirname, 'golden', name);

/** Texts about people that nobody may see who did not ask for them. */
const personal = /iduna|brahms|thorvaldsen|mirjam|o'dell|aoyama|example\.org/i;

describe('somebody who only looks', () => {
  test('is told that the specs are valid, and what they say', async () => {
    const { rosterd } = await openCliBench();
    expect(await rosterd('validate')).toMatchObject({
      code: 0,
      stdout: 'staff  hr → directory  full\n',
      stderr: 'valid: 2 connections, 1 sync\n',
    });
  });

  test('reads the plan as text, as JSON and as a comment, without a value of a person', async () => {
    const { rosterd, scim } = await openCliBench();
    const [text, json, markdown] = await Promise.all([
      rosterd('plan'),
      rosterd('plan', '--output', 'json'),
      rosterd('plan', '--output', 'markdown'),
    ]);
    expect([text.code, json.code, markdown.code]).toEqual([2, 2, 2]);
    await expect(steady(text.stdout)).toMatchFileSnapshot(golden('plan-text.txt'));
    await expect(steady(json.stdout)).toMatchFileSnapshot(golden('plan-json.txt'));
    await expect(steady(markdown.stdout)).toMatchFileSnapshot(golden('plan-markdown.txt'));
    for (const { stdout, stderr } of [text, json, markdown]) {
      expect(stdout).not.toMatch(personal);
      expect(stderr).toBe('');
    }
    expect(scim.loopback.writes()).toEqual([]);
  });

  test('sees values of people who asks for their class', async () => {
    const { rosterd } = await openCliBench();
    const { stdout } = await rosterd('plan', '--show', 'personal');
    expect(stdout).toContain('displayName: Iduna Brahms');
    expect(stdout).toContain('manager: account of 1001');
  });

  test('is told of one person why, and that nobody knows another', async () => {
    const { rosterd } = await openCliBench();
    const [known, personalShown, unknown] = await Promise.all([
      rosterd('explain', '1007'),
      rosterd('explain', '1003', '--show', 'personal'),
      rosterd('explain', '4711'),
    ]);
    expect(known.code).toBe(0);
    expect(known.stdout).toMatch(/^1007 in staff: outOfScope/);
    expect(known.stdout).toContain('!source.email.endsWith("@contractor.example.org")');
    expect(known.stdout).toContain('specs.yaml:');
    expect(known.stdout).not.toMatch(/delavega|Tomé/);
    expect(personalShown.stdout).toContain("displayName = Mirjam O'Dell");
    expect(unknown).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'rosterd: no sync has ever seen a person with the id "4711"; ids are those of the source [NoSuchPerson]\n',
    });
  });

  test('sees from the store how things stand where no daemon runs', async () => {
    const { rosterd } = await openCliBench();
    const [text, json] = [await rosterd('status'), await rosterd('status', '--output', 'json')];
    expect(text.code).toBe(0);
    expect(text.stderr).toBe('no daemon runs here; this is what the store remembers\n');
    expect(text.stdout).toMatch(/^SYNC .*\nstaff +hr → directory +full +not run yet +never/);
    expect(JSON.parse(json.stdout)).toMatchObject({ daemon: null, syncs: [{ name: 'staff' }] });
    expect((await rosterd('runs')).stdout).toBe('no runs yet\n');
  });

  test('gets the schema of a kind, and the names of all kinds for one that is none', async () => {
    const { rosterd } = await openCliBench();
    const [sync, all, none] = await Promise.all([
      rosterd('schema', 'sync'),
      rosterd('schema'),
      rosterd('schema', 'Sinc'),
    ]);
    expect(JSON.parse(sync.stdout)).toMatchObject({ type: 'object' });
    expect(all.stdout).toContain('Mapping');
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/^rosterd: there is no kind "Sinc"; the kinds are Connection, Sync/);
  });

  test('finds examples and exit codes in the help of every command', async () => {
    const { rosterd } = await openCliBench();
    const { code, stdout } = await rosterd('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes (the gravest wins):');
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].flatMap(([, name]) => name ?? []);
    const usual = commands.filter((name) => !['help', 'connection', 'links', 'rosterd'].includes(name));
    expect(usual).toHaveLength(12);
    const asked = [
      ...usual.map((name) => [name]),
      ...['list', 'test', 'fields', 'connect', 'disconnect'].map((name) => ['connection', name]),
      ...['list', 'export', 'adopt', 'release', 'transfer'].map((name) => ['links', name]),
    ];
    for (const words of asked) {
      const help = await rosterd(...words, '--help');
      expect(help.stdout).toContain(`Examples:\n  rosterd ${words.join(' ')}`);
    }
  });

  test('lists connections, tests them and keeps their fields, after which checks need no system', async () => {
    const { rosterd, rosterdWith, scim, folder } = await openCliBench();
    const [listed, tested] = await Promise.all([
      rosterd('connection', 'list'),
      rosterd('connection', 'test'),
    ]);
    expect(listed.stdout).toMatch(/^CONNECTION +CONNECTOR +OWNER\nhr +csv\ndirectory +scim\n/);
    expect(tested.stdout).toContain('directory: ready');
    expect(tested.stdout).toContain('hr: ready');
    const [city, nothing] = await Promise.all([
      rosterd('connection', 'fields', 'hr', 'Mail', '--filled'),
      rosterd('connection', 'fields', 'hr', 'salary'),
    ]);
    expect(city.stdout).toMatch(/^ATTRIBUTE +TYPE +CLASS +FILLED +LABEL +KEY\nemail +text +personal +\d+ %/);
    expect(nothing.stderr).toContain('attributes is called anything like "salary"');
    const saved = await rosterd('connection', 'fields', 'directory', '--save');
    expect(saved.stderr).toContain('wrote ');
    const file = await readFile(join(folder, 'fields/directory.fields.yaml'), 'utf8');
    expect(file).toContain('name: userName');
    const asked = scim.loopback.log.length;
    await scim.stop();
    expect((await rosterdWith({ SCIM_TOKEN: undefined }, 'validate')).code).toBe(0);
    expect(scim.loopback.log).toHaveLength(asked);
  });
});
