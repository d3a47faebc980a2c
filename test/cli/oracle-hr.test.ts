import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';
import { cached, endOf, type Ended } from './bench.ts';

const repository = resolve(import.meta.dirname, '../..');
/** The public sample lies beside the checkout; the project holds none of it. */
const data = resolve(repository, '../shared/data/oracle-hr');
const there = existsSync(join(data, 'employees.csv'));

describe('the 107 people of a public HR sample', () => {
  test('come into an empty directory, and the second plan is empty', async () => {
    if (!there) {
      expect(process.env['ROSTERD_REQUIRE_SHARED'], '../shared/data/oracle-hr is required').not.toBe('1');
      console.warn('../shared/data/oracle-hr is not here: nothing is shown of the 107 people');
      return;
    }
    const { scim, rosterd } = await openOracle();
    const before = await rosterd('plan');
    expect(before).toMatchObject({ code: 2, stderr: '' });
    const [plan] = plansIn(before);
    expect(plan?.summary).toMatchObject({ create: 107, update: 0, disable: 0 });
    expect(plan?.changes).toHaveLength(107);
    expect(scim.size).toBe(0);

    expect((await rosterd('apply')).code).toBe(0);
    expect(scim.size).toBe(107);
    const users = [...scim.users().values()] as unknown as readonly User[];
    const king = users.find(({ userName }) => userName === 'sking@example.com');
    expect(king).toMatchObject({ title: 'President', [enterprise]: { department: 'Executive' } });
    const managed = users.filter((user) => user[enterprise]?.manager !== undefined);
    expect(managed).toHaveLength(106);

    const writes = scim.loopback.writes().length;
    const after = await rosterd('plan');
    expect(after).toMatchObject({ code: 0, stderr: '' });
    expect(plansIn(after)).toMatchObject([{ changes: [], held: null }]);
    expect((await rosterd('apply')).code).toBe(0);
    expect(scim.loopback.writes()).toHaveLength(writes);
  });
});

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

interface User {
  readonly userName: string;
  readonly [enterprise]?: { readonly department?: string; readonly manager?: object };
}

interface Plan {
  readonly summary: Readonly<Record<string, number>>;
  readonly changes: readonly object[];
}

function plansIn({ stdout }: Ended): readonly Plan[] {
  return (JSON.parse(stdout) as { plans: readonly Plan[] }).plans;
}

/** The shipped specs as they lie in the repository, with a store of the test's own. */
async function openOracle(): Promise<{
  scim: ScimServer;
  rosterd: (command: string) => Promise<Ended>;
}> {
  const scim = await startScim({ token: 'invented-token' });
  const store = await mkdtemp(join(tmpdir(), 'rosterd-oracle-'));
  onTestFinished(async () => {
    await scim.stop();
    await rm(store, { recursive: true, force: true });
  });
  const specs = 'specs/examples/oracle-hr';
  const args = ['--specs', specs, '--config', `${specs}/rosterd.config.yaml`, '--data', store];
  const env = {
    ...cached,
    PATH: process.env['PATH'],
    ORACLE_HR_DIR: data,
    SCIM_URL: scim.url,
    SCIM_TOKEN: 'invented-token',
  };
  return {
    scim,
    rosterd: async (command) =>
      await endOf(
        spawn(process.execPath, ['src/main.ts', command, ...args, '--output', 'json'], {
          cwd: repository,
          env,
        }),
      ),
  };
}
