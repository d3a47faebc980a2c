import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openWorkspace } from '../../src/compose.ts';
import { runDaemon } from '../../src/compose/daemon.ts';
import { systemClock, systemRandom } from '../../src/effects/system.ts';
import { nextOccurrence } from '../../src/schedule/schedule.ts';
import { repository } from '../docs/shell-lines.ts';
import { startSmtpSink, type SmtpSink } from '../notify/smtp-sink.ts';
import type { Person } from '../people/people.ts';
import { employeeOf } from '../vendors/apideck/person.ts';
import { startApideck } from '../vendors/apideck/server.ts';
import { SftpVendor } from '../vendors/sftp/server.ts';
import { startTalosPerform } from '../vendors/talos-perform/server.ts';
import { openPasses, type Passes } from './passes.ts';

const unchanged = ['groups.csv', 'welcome.md', 'fields/hr.fields.yaml'];

function example(file: string): string {
  return readFileSync(join(repository, 'specs/examples/talos-perform-through-apideck', file), 'utf8');
}

const secrets = { APIDECK_API_KEY: 'key-of-apideck', TALOS_PERFORM_KEY: 'key-of-perform' };
const application = {
  apiKey: secrets.APIDECK_API_KEY,
  applicationId: 'dSBdXd2H6Mqwfg0atXHXYcysLJE9qyn1VwBtXHX',
  consumerId: 'acme',
  serviceId: 'personio',
};

async function openScene(people: readonly Person[] = [dana, mia, timo]) {
  const hr = await startApideck(application);
  for (const person of people) hr.tenant.hire(employeeOf(person));
  const groups = [
    { id: 12, name: 'Commercial' },
    { id: 13, name: 'Corporate' },
  ];
  const perform = await startTalosPerform({ key: secrets.TALOS_PERFORM_KEY, groups });
  const smtp = await startSmtpSink();
  onTestFinished(async () => {
    await Promise.all([hr.close(), perform.close(), smtp.close()]);
  });
  const shipped = {
    ...Object.fromEntries(unchanged.map((file) => [file, example(file)])),
    'sync.yaml': example('sync.yaml'),
    'connections.yaml': example('connections.yaml')
      .replace('serviceId: personio', `serviceId: personio\n    baseUrl: "${hr.url}"`)
      .replace('api: {}', `api: { baseUrl: "${perform.url}", limits: [] }`),
    'rosterd.config.yaml': example('rosterd.config.yaml')
      .replace('unify.apideck.com', new URL(hr.url).host)
      .replace('api.appraisd.com', new URL(perform.url).host)
      .replace('port: 25', `port: ${String(smtp.port)}`)
      .replace('specs: .', 'specs: .\nnetwork: { private: [127.0.0.1], http: true }'),
  };
  const passes = await openPasses({ files: shipped, secrets });
  return { hr, perform, smtp, passes, files: shipped, user: (id: number) => perform.users.by(String(id)) };
}

const someone: Person = {
  number: 1,
  firstName: 'Dana',
  lastName: 'Kerr',
  email: 'dana.kerr@example.com',
  status: 'active',
  position: 'Team Lead',
  department: 'Sales',
  team: 'North',
  office: 'Ulm',
  country: 'DE',
  timezone: 'Europe/Berlin',
  supervisor: undefined,
  hireDate: '2024-01-01',
  lastDay: undefined,
  weeklyHours: 40,
};
const dana = someone;
const mia: Person = {
  ...someone,
  number: 2,
  firstName: 'Mia',
  lastName: 'Berg',
  email: 'Mia.Berg@example.com',
  position: 'Analyst',
  supervisor: 1,
};
const timo: Person = {
  ...mia,
  number: 3,
  firstName: 'Timo',
  lastName: 'Laine',
  email: 'timo.laine@example.com',
  department: 'Support',
  office: 'Lisboa',
};

/** A daemon over the same folder, as a process of its own would be. */
async function whileDaemonRuns<Result>({ folder }: Passes, use: () => Promise<Result>): Promise<Result> {
  const [stop, up] = [new AbortController(), Promise.withResolvers<string>()];
  const workspace = await openWorkspace({
    cwd: folder,
    env: secrets,
    clock: systemClock,
    random: systemRandom,
  });
  const running = runDaemon(workspace, stop.signal, up.resolve);
  try {
    await Promise.race([up.promise, running]);
    return await use();
  } finally {
    stop.abort(new Error('told to stop'));
    await running;
    await workspace.close();
  }
}

async function mailsIn({ mails }: SmtpSink, count: number): Promise<void> {
  await vi.waitFor(() => expect(mails).toHaveLength(count), { timeout: 30_000, interval: 10 });
}

/** Three people are in line. */
async function openInLine(people: readonly Person[] = [dana, mia, timo]) {
  const scene = await openScene(people);
  expect(await scene.passes.sync('users')).toMatchObject({ result: 'applied' });
  return scene;
}

describe('consent', () => {
  test.each([
    {
      name: 'nobody',
      subprocessor: '',
      says: "passes people's data through APIdeck BVBA: somebody has to accept",
    },
    {
      name: 'somebody without an address',
      subprocessor: 'subprocessor: { acceptedBy: Dana, acceptedAt: 2026-11-20T09:12:00Z }',
      says: 'acceptedBy',
    },
    {
      name: 'somebody at no time',
      subprocessor: 'subprocessor: { acceptedBy: dana.kerr@example.com }',
      says: 'acceptedAt',
    },
  ])('where $name has agreed to the third party nothing runs', async ({ subprocessor, says }) => {
    const { passes, files } = await openScene();
    const stated = /subprocessor: .*/.exec(files['connections.yaml'])?.[0] ?? '';
    expect(stated).toMatch(/name: Dana Kerr, acceptedBy: dana\.kerr@example\.com, acceptedAt: 2026/);
    const without = files['connections.yaml'].replace(stated, subprocessor);
    await expect(passes.commit({ 'connections.yaml': without })).rejects.toThrow(says);
  });
});

describe('mapping', () => {
  test('from an empty Talos Perform to an empty second plan: one to one, by business logic, and by the label of the API', async () => {
    const { passes, perform, user } = await openInLine();

    expect(user(2)).toMatchObject({
      firstName: 'Mia',
      lastName: 'Berg',
      email: 'mia.berg@example.com',
      jobTitle: 'Analyst',
      managerEmployeeID: '1',
      location: 'Ulm',
      adminGroupId: 12,
      reviewGroup: 'Quarterly',
      isActive: true,
    });
    expect(user(1)).toMatchObject({ reviewGroup: 'Leads', managerEmployeeID: null });
    expect(perform.users.byId.size).toBe(3);
    const writes = perform.loopback.writes().length;
    expect(await passes.plan('users')).toEqual([]);
    expect(await passes.sync('users')).toMatchObject({ result: 'settled' });
    expect(perform.loopback.writes()).toHaveLength(writes);

    const found = await passes.command('connection', 'fields', 'hr', 'City');
    expect(found.stdout).toContain('custom.User_City');
  });
});

describe('a run', () => {
  test('lists everybody who was tried, errors with what went wrong, and each record as it was sent', async () => {
    const { passes, perform, hr, user } = await openScene();
    perform.users.unseen.add('timo.laine@example.com');
    expect(await passes.sync('users')).toMatchObject({ result: 'failed-people' });
    expect(user(2)).toBeDefined();

    const runs = JSON.parse((await passes.command('runs', '--output', 'json')).stdout) as { id: string }[];
    const run = await passes.command('--show', 'personal', 'runs', '--run', runs[0]?.id ?? '');
    const explained = await passes.command('--show', 'personal', 'explain', 'emp_00003');

    for (const id of hr.tenant.employees.keys()) expect(run.stdout).toContain(`${id} →`);
    const error =
      /emp_00003 → - {2}create: rejected[\s\S]*?error: .*\(409\).*already exists.*\[AlreadyExists\]/;
    const sent =
      /sent: adminGroup=Commercial {2}email=timo\.laine@example\.com {2}employeeId=3 .* reviewGroup=Quarterly/;
    for (const { stdout } of [run, explained]) {
      expect(stdout).toMatch(error);
      expect(stdout).toMatch(sent);
    }
  });

  test('is queued by a command; who is known there gets a mail when it is done, and whoever is new a welcome', async () => {
    const { passes, hr, perform, smtp, files } = await openInLine();
    const withStranger = files['sync.yaml'].replace('to: [dana', 'to: [stranger@example.com, dana');
    const committed = await passes.commit({
      'sync.yaml': withStranger.replace('since: 2026-11-20', 'since: 2020-01-01'),
      'rosterd.config.yaml': files['rosterd.config.yaml'].replace(
        'specs: .',
        'specs: .\nlisten: 127.0.0.1:0',
      ),
    });
    expect(await committed.command('validate')).toMatchObject({ code: 0 });

    const asked = await whileDaemonRuns(committed, async () => {
      await mailsIn(smtp, 1);
      hr.tenant.hire(employeeOf({ ...mia, number: 4, firstName: 'Noor', email: 'noor@example.com' }));
      const ended = await committed.command('sync', 'users');
      await mailsIn(smtp, 3);
      return ended;
    });

    expect([asked.code, asked.stdout]).toEqual([0, expect.stringContaining('applied: 1 change applied')]);
    const mails = smtp.mails.map(({ to, headers }) => `${to.join()}: ${headers.get('subject') ?? ''}`);
    expect(mails.toSorted()).toEqual([
      // The first pass of a daemon, and the one that was asked for. Nobody whom Talos Perform does not know gets one.
      'dana.kerr@example.com: [rosterd] users: 1 created',
      'dana.kerr@example.com: [rosterd] users: nothing to do',
      'noor@example.com: Welcome to Talos Perform, Noor',
    ]);
    expect(perform.users.by('4')).toMatchObject({ firstName: 'Noor', managerEmployeeID: '1' });
  });

  test.each([
    { schedule: 'weekly', days: ['23', '30'] },
    { schedule: 'daily', days: ['21', '22'] },
  ])('comes $schedule, at six in the morning', async ({ schedule, days }) => {
    const { passes, files } = await openScene([]);
    const changed = files['sync.yaml'].replace('schedule: weekly', `schedule: ${schedule}`);
    const { specs } = await passes.commit({ 'sync.yaml': changed });
    const compiled = specs.syncs.get('users')?.schedule;
    if (compiled === undefined) throw new Error('there is no sync of users');

    const activatedAt = Date.parse('2026-11-20T08:00:00Z');
    const next = (from: number) => nextOccurrence(compiled, from, { sync: 'users', activatedAt }) ?? 0;
    const moments = [next(activatedAt), next(next(activatedAt))];

    const expected = days.map((day) => `2026-11-${day}T05:00:00.000Z`);
    expect(moments.map((at) => new Date(at).toISOString())).toEqual(expected);
  });
});

describe('whoever was deactivated', () => {
  test('is known by the id of the HR system, and by no address', async () => {
    const { passes, perform, hr, user } = await openInLine([dana]);
    const former = { firstName: 'F', lastName: 'F', isActive: false };
    perform.users.add({ ...former, employeeID: '2', email: 'mia.old@example.com' });
    perform.users.add({ ...former, employeeID: '77', email: 'timo.laine@example.com' });
    for (const person of [mia, timo]) hr.tenant.hire(employeeOf(person));

    expect(await passes.sync('users')).toMatchObject({ people: { failed: 1, unlinked: 1 } });

    expect(user(2)).toMatchObject({ isActive: true, email: 'mia.berg@example.com', managerEmployeeID: '1' });
    expect(user(77)).toMatchObject({ isActive: false, firstName: 'F' });
    expect(perform.users.byId.size).toBe(3);
    const explained = await passes.command('explain', 'emp_00003');
    expect(explained.stdout).toContain(
      'e-mail is in use by a deactivated account; reactivate it and run again',
    );
  });

  test('was so by leaving, once nobody reports to them any more', async () => {
    const { passes, hr, user } = await openInLine([dana, mia, { ...timo, supervisor: undefined }]);
    hr.tenant.edit('emp_00001', { employment_status: 'terminated', employment_end_date: '2026-11-01' });
    expect(await passes.sync('users')).toMatchObject({ result: 'failed-people' });
    const explained = await passes.command('explain', 'emp_00001');
    expect(explained.stdout).toContain('somebody who still manages others cannot be deactivated');
    expect(user(1)).toMatchObject({ isActive: true });

    hr.tenant.edit('emp_00002', { manager: { id: 'emp_00003' } });
    const later = await passes.commit({});
    later.clock.pass(24 * 3_600_000);

    expect(await later.sync('users')).toMatchObject({ result: 'applied' });
    expect([user(1), user(2)]).toMatchObject([{ isActive: false }, { managerEmployeeID: '3' }]);
    expect(await later.plan('users')).toEqual([]);
  });
});

describe('by file', () => {
  test('the same people go to the SFTP server, from nothing to an empty second plan', async () => {
    const { passes, files } = await openScene();
    const server = await SftpVendor.start({ password: secrets.TALOS_PERFORM_KEY });
    onTestFinished(() => server.close());
    server.disk.takes = () => true;
    const csv = `csv:
      file: delivered/users.csv
      active: { header: Active }
      deliver:
        sftp: { host: 127.0.0.1, port: ${String(server.port)}, user: acme, path: "/in/users-{time}.csv", hostKey: "${server.fingerprint}" }`;
    const byFile = await passes.commit({
      'delivered/README': '',
      'connections.yaml': files['connections.yaml']
        .replace(/api: \{.*\}/, csv)
        .replace(
          'properties:',
          'properties:\n      adminGroup: AdminGroup\n      reviewGroup: ReviewGroup\n      jobTitle: JobTitle',
        )
        .replace('token: { env: TALOS_PERFORM_KEY }', 'password: { env: TALOS_PERFORM_KEY }'),
      'rosterd.config.yaml': files['rosterd.config.yaml']
        .replace(/(TALOS_PERFORM_KEY, hosts: )\[.*?\]/, '$1[127.0.0.1]')
        .replace('specs: .', 'specs: .\nfiles: { write: [delivered] }'),
    });

    expect(await byFile.sync('users')).toMatchObject({ result: 'applied' });
    expect(await byFile.plan('users')).toEqual([]);
    const [first, last] = server.disk.taken.map(({ bytes }) => bytes.toString().split('\n'));
    expect(last?.[0]).toBe(
      'EmployeeID,Email,FirstName,LastName,ManagerEmployeeID,JobTitle,AdminGroup,ReviewGroup,location,Active',
    );
    // Whoever is new first, and their managers in a second file.
    expect(first?.[2]).toBe('2,mia.berg@example.com,Mia,Berg,,Analyst,Commercial,Quarterly,Ulm,true');
    expect(last?.[2]).toBe('2,mia.berg@example.com,Mia,Berg,1,Analyst,Commercial,Quarterly,Ulm,true');
    expect(server.disk.taken).toHaveLength(2);
  });
});
