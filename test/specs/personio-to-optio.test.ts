import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunSummary } from '../../src/model/run.ts';
import { repository } from '../docs/shell-lines.ts';
import { inventPeople } from '../people/people.ts';
import { EquityPortal } from '../vendors/optio/portal.ts';
import { startPersonio } from '../vendors/personio/server.ts';
import { openPasses, type Passes } from './passes.ts';

const example = (file: string) =>
  readFileSync(join(repository, 'specs/examples/personio-to-optio', file), 'utf8');

const sync = 'staff-to-optio';
const secrets = { PERSONIO_CLIENT_ID: 'client-of-personio', PERSONIO_CLIENT_SECRET: 'secret-of-personio' };
const people = inventPeople({ count: 30, seed: 11, mix: { active: 1 } });
const group = people.filter(({ department }) => ['Engineering', 'R&D'].includes(department));
const [ada, kit] = group;
if (ada === undefined || kit === undefined) throw new Error('nobody was invented');
const numberOf = ({ number }: { readonly number: number }) => String(1000 + number);

/** Personio with thirty people, of whom some take part, an empty folder, the portal's model, and the shipped example. */
async function openScene() {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-equity-'));
  const [clientId, clientSecret] = [secrets.PERSONIO_CLIENT_ID, secrets.PERSONIO_CLIENT_SECRET];
  const number = {
    key: 'dynamic_24500',
    label: 'Employee number',
    type: 'integer',
    universalId: null,
  } as const;
  const personio = await startPersonio({ clientId, clientSecret, people, custom: [number] });
  for (const [id, employee] of personio.employees) employee.set('dynamic_24500', 1000 + id);
  onTestFinished(async () => {
    await personio.close();
    await rm(folder, { recursive: true, force: true });
  });
  const files: Record<string, string> = {
    'rosterd.config.yaml': `${example('rosterd.config.yaml').replaceAll('api.personio.de', '127.0.0.1')}network: { private: [127.0.0.1], http: true }\n`,
    'connections.yaml': example('connections.yaml').replace(
      'connector: personio',
      `connector: personio\n  config: { baseUrl: "${personio.url}" }`,
    ),
    'staff.yaml': example('staff.yaml'),
    'fields/personio.fields.yaml': example('fields/personio.fields.yaml'),
  };
  const passes = await openPasses({ files, secrets: { ...secrets, OPTIO_FOLDER: folder } });
  const file = join(folder, 'employees.csv');
  const portal = new EquityPortal({ file, legalEntities: ['Example GmbH'] });
  return { passes, files, personio, portal, file };
}

/** A pass that holds what it would deliver, the approval of that, and the pass that delivers it. */
async function deliver(passes: Passes): Promise<{ readonly passes: Passes; readonly run: RunSummary }> {
  const { result, heldDigest } = await passes.sync(sync);
  expect(result).toBe('held');
  const spec = `{ sync: ${sync}, digest: "${heldDigest ?? ''}", by: ada@example.com, expires: 2026-12-31 }`;
  const approval = `apiVersion: rosterd.dev/v1\nkind: Approval\nmetadata: { name: yes }\nspec: ${spec}\n`;
  const approved = await passes.commit({ 'approval.yaml': approval });
  return { passes: approved, run: await approved.sync(sync) };
}

async function openDelivered() {
  const scene = await openScene();
  const { passes } = await deliver(scene.passes);
  scene.portal.synchronize();
  return { ...scene, passes };
}

describe('Personio and Optio', () => {
  test('the chosen group is previewed, delivered when somebody has approved, applied when somebody synchronises, and then nothing is left', async () => {
    const { passes, portal, file } = await openScene();
    expect(await passes.plan(sync)).toHaveLength(group.length);
    expect(existsSync(file)).toBe(false);
    const { passes: approved, run } = await deliver(passes);
    expect(run).toMatchObject({ changes: [{ kind: 'create', outcome: 'delivered', count: group.length }] });
    expect(run.message).toContain(`${String(group.length)} changes delivered`);
    expect(run.message).not.toContain('applied');
    expect(portal.preview()).toMatchObject({ joiners: group.map(numberOf).toSorted(), faults: [] });
    expect(portal.participants.size).toBe(0);
    portal.synchronize();
    expect(portal.participants.get(numberOf(ada))?.row).toEqual({
      employee_number: numberOf(ada),
      company_email: ada.email,
      first_name: ada.firstName,
      last_name: ada.lastName,
      legal_entity: 'Example GmbH',
      department: ada.department,
      cost_centre: 'CC 100',
      country: '',
      hire_date: ada.hireDate,
      termination_date: '',
      status: 'active',
    });
    const delivered = readFileSync(file, 'utf8');
    expect(await approved.plan(sync)).toEqual([]);
    expect(await approved.sync(sync)).toMatchObject({ result: 'settled' });
    expect(readFileSync(file, 'utf8')).toBe(delivered);
  });

  test('whoever gets another name and address is the same participant, by the employee number', async () => {
    const { passes, personio, portal } = await openDelivered();
    personio.rename(ada.number, ada.firstName, 'Brahms');
    personio.employees.get(ada.number)?.set('email', 'a.brahms@example.org');
    await deliver(passes);
    expect(portal.synchronize()).toMatchObject({ joiners: [], changes: [numberOf(ada)], leavers: [] });
    expect(portal.participants.size).toBe(group.length);
  });

  test('leavers stay with their equity and the date on which it ends, also one that is entered late or taken back', async () => {
    const { passes, personio, portal } = await openDelivered();
    personio.employees.get(kit.number)?.set('termination_date', '2027-01-31');
    personio.leave(ada.number, '2026-11-01');
    const { passes: first } = await deliver(passes);
    expect(portal.synchronize().leavers).toEqual([ada, kit].map(numberOf).toSorted());
    const left = portal.participants.get(numberOf(ada));
    expect(left).toMatchObject({
      options: 1_000,
      row: { status: 'inactive', termination_date: '2026-11-01' },
    });
    personio.employees.get(kit.number)?.set('termination_date', null);
    const { passes: second } = await deliver(first);
    portal.synchronize();
    expect(portal.participants.get(numberOf(kit))?.row).toMatchObject({
      status: 'active',
      termination_date: '',
    });
    personio.vanish(ada.number);
    second.clock.pass(10 * 86_400_000);
    await second.sync(sync);
    second.clock.pass(86_400_000);
    expect(await second.plan(sync)).toEqual([]);
    expect(portal.participants.size).toBe(group.length);
  });

  test('whoever left before the plan began, and whoever is in another group, takes no part', async () => {
    const { passes, personio, portal } = await openScene();
    personio.leave(ada.number, '2025-12-31');
    await deliver(passes);
    expect(portal.preview().joiners).toEqual(
      group
        .filter((one) => one !== ada)
        .map(numberOf)
        .toSorted(),
    );
  });

  test('somebody of a legal entity that the portal does not have is that person’s error, and the others are delivered', async () => {
    const { passes, personio, portal } = await openScene();
    personio.employees
      .get(ada.number)
      ?.set('subcompany', { type: 'Subcompany', attributes: { id: 8, name: 'Example Ltd' } });
    const { run } = await deliver(passes);
    expect(run).toMatchObject({ result: 'failed-people' });
    expect(portal.synchronize().joiners).toEqual(
      group
        .filter((one) => one !== ada)
        .map(numberOf)
        .toSorted(),
    );
  });

  test('disconnecting changes nothing, and reconnecting makes nobody twice', async () => {
    const { passes, files, personio, portal, file } = await openDelivered();
    const delivered = readFileSync(file, 'utf8');
    personio.rename(ada.number, ada.firstName, 'Brahms');
    const suspended = files['connections.yaml']?.replace('# suspend:', 'suspend:') ?? '';
    const off = await passes.commit({ 'connections.yaml': suspended });
    expect((await off.command('apply', sync)).stderr).toContain('suspended: disconnected');
    expect(readFileSync(file, 'utf8')).toBe(delivered);
    const on = await off.commit({ 'connections.yaml': files['connections.yaml'] ?? '' });
    expect(await on.plan(sync)).toHaveLength(1);
    await deliver(on);
    expect(portal.synchronize()).toMatchObject({ joiners: [], changes: [numberOf(ada)] });
    expect(portal.participants.size).toBe(group.length);
  });

  test('a delivery that was taken away stops the sync: no file with a part of the people reaches the portal', async () => {
    const { passes, personio, file } = await openDelivered();
    rmSync(file);
    personio.rename(ada.number, ada.firstName, 'Brahms');
    expect(await passes.sync(sync)).toMatchObject({ result: 'stalled', reason: 'DeliveryIncomplete' });
    expect(existsSync(file)).toBe(false);
  });

  test('the address as identifier is taken, with the advice against it', async () => {
    const { passes, files, portal } = await openScene();
    const byAddress = await passes.commit({
      'connections.yaml':
        files['connections.yaml']?.replace('identifier: employee_number', 'identifier: company_email') ?? '',
      'staff.yaml':
        files['staff.yaml']?.replace(
          / {2}identity:.*\n {2}match:.*\n {2}attributes:\n.*\n/,
          `  identity: { company_email: lower(source.email) }\n  attributes:\n    employee_number: 'text(source["custom.Employee number"])'\n`,
        ) ?? '',
    });
    const { passes: approved } = await deliver(byAddress);
    expect(portal.preview().joiners).toHaveLength(group.length);
    const { code, stdout } = await approved.command('connection', 'test', 'optio');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/an address changes with a name.*employee number/),
    ]);
  });
});
