import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ids } from '../connectors/apideck/application.ts';
import { inventPeople } from '../people/people.ts';
import { employeeOf, idOf } from '../vendors/apideck/person.ts';
import { startApideck } from '../vendors/apideck/server.ts';
import { openCliBench } from './bench.ts';

const consent = '  subprocessor: { acceptedBy: dpo@example.com, acceptedAt: 2026-11-20T09:12:00Z }\n';

const connection = (url: string) => `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: people, owner: people-ops }
spec:
  connector: apideck
  config: { baseUrl: '${url}', applicationId: ${ids.applicationId}, consumerId: ${ids.consumerId}, serviceId: personio }
  credentials: { apiKey: { env: APIDECK_API_KEY } }
`;

/** One to one, as a mapping page has it, but for the field that another rule fills. */
const sync = `---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: through-apideck, owner: people-ops }
spec:
  direction: { from: people, to: directory }
  mode: full
  schedule: { cron: '0 5 * * 1', timezone: Europe/London }
  who: ['source.department == "Support"']
  identity: { externalId: source.id }
  match: [{ userName: source.email }]
  attributes:
    userName: lower(source.email)
    emails.work: lower(source.email)
    name.givenName: source.first_name
    name.familyName: source.last_name
    addresses.work.locality: source.custom.User_City
    manager: { person: source.supervisor.id }
  status: { value: source.status, here: [active], away: [inactive, other], left: [terminated] }
  dates: { starts: source.hire_date, lastDay: source.termination_date, timezone: '"Europe/London"' }
`;

test('an HR system is connected by a link, its fields are found by what people call them, and its people come through', async () => {
  const apideck = await startApideck({ ...ids, apiKey: 'invented-key' });
  onTestFinished(() => apideck.close());
  const people = inventPeople({ count: 40, seed: 3, mix: { active: 1 } });
  for (const person of people) apideck.tenant.hire(employeeOf(person));
  const wanted = people.filter(({ department }) => department === 'Support');
  expect(wanted.length).toBeGreaterThan(2);
  apideck.tenant.connection['state'] = 'added';
  const bench = await openCliBench();
  const file = join(bench.folder, 'people.yaml');
  await appendFile(file, connection(apideck.url));
  await bench.edit(
    'rosterd.config.yaml',
    '  allow:',
    '  allow:\n    - { env: APIDECK_API_KEY, hosts: [127.0.0.1] }',
  );
  const rosterd = async (...args: readonly string[]) => {
    const ended = await bench.rosterdWith({ APIDECK_API_KEY: 'invented-key' }, ...args);
    return { ...ended, all: ended.stdout + ended.stderr };
  };

  expect((await rosterd('validate')).all).toContain("passes people's data through APIdeck BVBA");
  await appendFile(file, consent);
  const before = await rosterd('connection', 'test', 'people');
  expect(before.stdout).toContain(
    'nobody has authorised personio for this consumer yet; run: rosterd connection connect people',
  );

  // Somebody is at the page as soon as there is one.
  apideck.loopback.fail(({ path }) => path === '/vault/sessions', {
    kind: 'change',
    change: (answer) => {
      apideck.vault.finish('session-1');
      return answer;
    },
  });
  const connected = await rosterd('connection', 'connect', 'people');
  expect(connected.stdout).toBe(`${apideck.url}/hosted-vault?session=session-1\n`);
  expect(connected.stderr).toContain('people is connected');
  expect((await rosterd('connection', 'test', 'people')).stdout).toMatch(
    /^people: ready, account personio\/acme/,
  );

  expect((await rosterd('connection', 'fields', 'people', 'city')).stdout).toMatch(
    /custom\.User_City +text .*dynamic_24407/,
  );
  await rosterd('connection', 'fields', 'people', '--save');
  await appendFile(file, sync);
  const plan = await rosterd('plan', 'through-apideck', '--exit-code', 'ci');
  expect([plan.code, plan.all]).toEqual([
    0,
    expect.stringContaining(`create ${idOf(wanted[0]?.number ?? 0)}`),
  ]);
  await rosterd('apply', 'through-apideck');
  expect(bench.scim.size).toBe(wanted.length);
  expect(await rosterd('plan', 'through-apideck')).toMatchObject({ code: 0 });

  // A part of the answer that is missing takes nobody's values away.
  apideck.tenant.behaviour.failing.set('employment', 'timed out');
  const degraded = await rosterd('plan', 'through-apideck');
  expect([degraded.code, degraded.all]).toEqual([
    4,
    expect.stringContaining('name the step under `tolerateWarnings`'),
  ]);
});
