import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { repository } from '../docs/shell-lines.ts';
import { inventPeople } from '../people/people.ts';
import { startPersonio } from '../vendors/personio/server.ts';
import { startTorii } from '../vendors/torii/server.ts';
import { openPasses, type Passes } from './passes.ts';

const example = (file: string) =>
  readFileSync(join(repository, 'specs/examples/personio-to-torii', file), 'utf8');

const secrets = {
  PERSONIO_CLIENT_ID: 'client-of-personio',
  PERSONIO_CLIENT_SECRET: 'secret-of-personio',
  TORII_API_KEY: 'key-of-torii',
};
const people = inventPeople({ count: 8, seed: 11, mix: { active: 1 } });
const [ada, kit] = people;
if (ada === undefined || kit === undefined) throw new Error('nobody was invented');

/** Personio with eight people, Torii without anybody, and the shipped example between them. */
async function openScene() {
  const files: Record<string, string> = {
    'staff.yaml': example('staff.yaml'),
    'lifecycle.yaml': example('lifecycle.yaml'),
    'fields/personio.fields.yaml': example('fields/personio.fields.yaml'),
  };
  const moments: { now: () => number } = { now: () => 0 };
  const [clientId, clientSecret] = [secrets.PERSONIO_CLIENT_ID, secrets.PERSONIO_CLIENT_SECRET];
  const personio = await startPersonio({ clientId, clientSecret, people, custom: [businessEmail] });
  const torii = await startTorii({
    apiKey: secrets.TORII_API_KEY,
    scimKey: 'unused',
    now: () => moments.now(),
    accounts: [
      { id: 456, idApp: 31, name: 'Acme' },
      { id: 457, idApp: 31, name: 'Second' },
    ],
  });
  onTestFinished(async () => void (await Promise.all([personio.close(), torii.close()])));
  files['connections.yaml'] = example('connections.yaml')
    .replace('# config: { partnerId: TORII_TEST_LTD }', `config: { baseUrl: "${personio.url}" }`)
    .replaceAll(/(\n +)api: (custom-integration)/g, `$1baseUrl: "${torii.url}"$1api: $2`)
    .replace('{ api: users,', `{ api: users, baseUrl: "${torii.url}",`);
  const passes = await openPasses({ files, secrets });
  moments.now = () => passes.clock.now();
  return { passes, files, personio, torii };
}

const businessEmail = {
  key: 'dynamic_900',
  label: 'Business email',
  type: 'standard',
  universalId: 'company_email',
} as const;

/** Commits the approval of what a pass has held. */
async function approve(passes: Passes, sync: string, digest: string | null | undefined): Promise<Passes> {
  const spec = `{ sync: ${sync}, digest: "${digest ?? ''}", by: ada@example.com, expires: 2026-12-31 }`;
  const text = `apiVersion: rosterd.dev/v1\nkind: Approval\nmetadata: { name: yes }\nspec: ${spec}\n`;
  return await passes.commit({ 'approval.yaml': text });
}

describe('Personio and Torii', () => {
  test('an empty account is filled with everybody, their app status and licences, and the second plan is empty', async () => {
    const { passes, torii } = await openScene();
    expect(await passes.plan('staff-to-torii')).toHaveLength(people.length);
    expect(torii.files.size).toBe(0);
    const first = await passes.sync('staff-to-torii');
    expect([first.result, first.watch]).toEqual(['applied', undefined]);
    const users = torii.usersOf(456);
    expect([...users.keys()].toSorted()).toEqual(people.map(({ email }) => email).toSorted());
    expect(users.get(ada.email)).toMatchObject({
      idExternalUser: String(ada.number),
      firstName: ada.firstName,
      lastName: ada.lastName,
      externalStatus: 'active',
      role: ada.position,
      status: 'active',
    });
    for (const { email, department } of people) {
      const held = users.get(email)?.licenses.map(({ name, status }) => `${name} ${status}`);
      const developer = department === 'Engineering' ? ['Developer active'] : [];
      expect(held).toEqual(['Employee active', ...developer]);
    }
    expect(torii.licenses.get(456)).toContainEqual({
      name: 'Employee',
      unassignedAmount: null,
      pricePerUser: 400,
    });
    expect(await passes.plan('staff-to-torii')).toEqual([]);
    expect(await passes.sync('staff-to-torii')).toMatchObject({ result: 'settled' });
    expect(torii.files.size).toBe(1);
    const { stdout } = await passes.command('connection', 'test', 'torii', 'torii-people', 'personio');
    expect(stdout.match(/: ready/g)).toHaveLength(3);
  });

  test('leave, the last day and the day after it show as app status and licence status', async () => {
    const { passes, torii, personio } = await openScene();
    await passes.sync('staff-to-torii');
    personio.employees.get(kit.number)?.set('status', 'leave');
    personio.employees.get(ada.number)?.set('termination_date', '2026-11-21');
    await passes.sync('staff-to-torii');
    const shown = (email: string) => {
      const { status, externalStatus, licenses } = torii.appUsers.find((one) => one.email === email) ?? {};
      return [status, externalStatus, licenses?.[0]?.status];
    };
    expect(shown(kit.email)).toEqual(['active', 'leave', 'inactive']);
    expect(shown(ada.email)).toEqual(['active', 'active', 'active']);
    passes.clock.pass(48 * 3_600_000);
    personio.leave(ada.number, '2026-11-21');
    await passes.sync('staff-to-torii');
    expect(shown(ada.email)).toEqual(['deleted', 'active', 'deleted']);
    expect(await passes.plan('staff-to-torii')).toEqual([]);
    expect(torii.usersOf(456).size).toBe(people.length - 1);
  });

  test('the address may be in an attribute of its own', async () => {
    const { passes, files, personio, torii } = await openScene();
    for (const [number, employee] of personio.employees)
      employee.set('email', `${number}@home.example.org`).set('dynamic_900', `${number}@work.example.org`);
    const field = '    - { name: custom.Business email, key: dynamic_900, type: text, class: personal }\n';
    const own = 'source["custom.Business email"]';
    const staff = files['staff.yaml']
      ?.replace('lower(source.email)', `lower(${own})`)
      .replace('email: source.email', `email: '${own}'`);
    const changed = await passes.commit({
      'staff.yaml': staff ?? '',
      'fields/personio.fields.yaml': `${files['fields/personio.fields.yaml'] ?? ''}${field}`,
    });
    expect(await changed.sync('staff-to-torii')).toMatchObject({ result: 'applied' });
    expect(torii.usersOf(456).has('1@work.example.org')).toBe(true);
    expect([...torii.usersOf(456).keys()].some((email) => email.includes('home'))).toBe(false);
  });

  test('what is not whitelisted in Personio is named: all of it by the test, and in the first run what is mapped', async () => {
    const { passes, personio, torii } = await openScene();
    for (const key of ['position', 'team', 'cost_centers', 'supervisor', 'profile_picture', 'hire_date'])
      personio.readable.delete(key);
    const first = await passes.sync('staff-to-torii');
    expect(first.watch).toEqual([
      expect.stringMatching(/nobody in personio has "position": .*Readable employee attributes/),
    ]);
    expect(torii.usersOf(456).size).toBe(people.length);
    personio.readable.add('position');
    await passes.sync('staff-to-torii');
    personio.readable.delete('position');
    const lost = await passes.sync('staff-to-torii');
    expect([lost.result, lost.watch?.join()]).toEqual([
      'held',
      expect.stringContaining('fell from 100 % to 0 %'),
    ]);
    expect(torii.usersOf(456).get(ada.email)?.role).toBe(ada.position);
    for (const key of ['first_name', 'last_name', 'email', 'status', 'termination_date', 'department'])
      personio.readable.delete(key);
    const { code, stdout } = await passes.command('connection', 'test', 'personio');
    const named = [...stdout.matchAll(/missing: (\S+) cannot be read; add it to "Readable/g)].map(
      ([, name = '']) => name,
    );
    expect(named.toSorted()).toEqual([
      'cost_centers.name',
      'department.name',
      'email',
      'first_name',
      'hire_date',
      'last_name',
      'position',
      'profile_picture',
      'status',
      'supervisor.id',
      'team.name',
      'termination_date',
    ]);
    expect(code).not.toBe(0);
  });

  test('nobody is offboarded whose status may not be read', async () => {
    const { passes, personio, torii } = await openScene();
    for (const { email } of people) torii.addPerson({ email });
    personio.readable.delete('status');
    const [staff, lifecycle] = [await passes.sync('staff-to-torii'), await passes.sync('lifecycle-to-torii')];
    expect([staff.changes, lifecycle.changes]).toEqual([[], []]);
    expect([...torii.people.values()].every((one) => one.lifecycleStatus === 'active')).toBe(true);
  });

  test('the life cycle is previewed, applied by an approval, and taken back', async () => {
    const { passes, personio, torii } = await openScene();
    const persons = new Map(
      people.map(({ email }) => [email, torii.addPerson({ email: email.toUpperCase().toLowerCase() })]),
    );
    const external = torii.addPerson({ email: 'guest@example.org', isExternal: true });
    await passes.sync('lifecycle-to-torii');
    expect(torii.loopback.writes()).toEqual([]);
    personio.leave(ada.number, '2026-11-01');
    const preview = await passes.sync('lifecycle-to-torii');
    expect(preview.result).toBe('held');
    expect(torii.loopback.writes()).toEqual([]);
    const approved = await approve(passes, 'lifecycle-to-torii', preview.heldDigest);
    expect(await approved.sync('lifecycle-to-torii')).toMatchObject({ result: 'applied' });
    expect(persons.get(ada.email)?.lifecycleStatus).toBe('offboarding');
    expect(
      [kit.email, external.email].map(
        (email) => [...torii.people.values()].find((one) => one.email === email)?.lifecycleStatus,
      ),
    ).toEqual(['active', 'active']);
    expect(await approved.plan('lifecycle-to-torii')).toEqual([]);
    personio.employees.get(ada.number)?.set('status', 'active').set('termination_date', null);
    const back = await approved.sync('lifecycle-to-torii');
    const again = await approve(approved, 'lifecycle-to-torii', back.heldDigest);
    await again.sync('lifecycle-to-torii');
    expect(persons.get(ada.email)?.lifecycleStatus).toBe('active');
  });

  test('many leavers at once wait, and so does everybody whom a short list would lose', async () => {
    const { passes, personio, torii } = await openScene();
    await passes.sync('staff-to-torii');
    for (const { number } of people.slice(0, 6)) personio.leave(number, '2026-11-01');
    expect(await passes.sync('staff-to-torii')).toMatchObject({ result: 'held', held: 6 });
    personio.employees.clear();
    await passes.sync('staff-to-torii');
    expect(torii.usersOf(456).size).toBe(people.length);
    expect(torii.files.size).toBe(1);
  });

  test('each company has an account of its own, and no other account behind a name that is in use', async () => {
    const { passes, files, torii, personio } = await openScene();
    await passes.sync('staff-to-torii');
    const [, connection = ''] = files['connections.yaml']?.split('\n---\n') ?? [];
    const second = connection
      .replace('name: torii,', 'name: torii-second,')
      .replace('account: 456', 'account: 457');
    const staff = files['staff.yaml']
      ?.replace('staff-to-torii', 'second-to-torii')
      .replace('to: torii ', 'to: torii-second ');
    const both = await passes.commit({ 'second.yaml': `${second}\n---\n${staff ?? ''}` });
    await both.sync('second-to-torii');
    expect([torii.usersOf(456).size, torii.usersOf(457).size]).toEqual([people.length, people.length]);
    personio.employees.get(ada.number)?.set('position', 'Chief');
    await both.sync('staff-to-torii');
    expect([456, 457].map((id) => torii.usersOf(id).get(ada.email)?.role)).toEqual(['Chief', ada.position]);
    const files456 = torii.files.size;
    const mixed = await both.commit({
      'connections.yaml': files['connections.yaml']?.replace('account: 456', 'account: 457') ?? '',
    });
    const refused = await mixed.sync('staff-to-torii');
    expect([refused.result, refused.message]).toEqual([
      'stalled',
      expect.stringContaining('has reached the remote account "1000/456" until now, and reaches "1000/457"'),
    ]);
    expect(torii.files.size).toBe(files456);
    const twice = { 'second.yaml': `${connection.replace('account: 456', 'account: 457')}\n` };
    await expect(mixed.commit(twice)).rejects.toThrow('Connection "torii" is there twice');
  });

  test('the company name of a partner is in capitals with underscores, and goes with every request', async () => {
    const { passes, files, personio } = await openScene();
    const named = (name: string) => ({
      'connections.yaml':
        files['connections.yaml']?.replace('{ baseUrl:', `{ partnerId: ${name}, baseUrl:`) ?? '',
    });
    await expect(passes.commit(named('Torii Test Ltd'))).rejects.toThrow(
      /partnerId.*capitals with underscores/s,
    );
    const seen = new Set<string | undefined>();
    personio.loopback.decide = ({ headers }) => void seen.add(headers['x-personio-partner-id']);
    const partner = await passes.commit(named('TORII_TEST_LTD'));
    await partner.sync('staff-to-torii');
    expect([...seen]).toContain('TORII_TEST_LTD');
  });
});
