import { expect, onTestFinished, test } from 'vitest';
import type { Json } from '../../src/model/value.ts';
import { startBamboo, type Bamboo } from '../vendors/bamboohr/server.ts';
import { startTalentLms } from '../vendors/talentlms/server.ts';
import { openHouse, syncOf } from './house.ts';

const key = 'invented-key';

/** People flow from the HR system to the portal; what they complete there flows back as training records. */
const specs = `---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: bamboo }
spec:
  connector: bamboohr
  config: { companyDomain: example, baseUrl: { env: BAMBOO } }
  credentials: { apiKey: { env: KEY } }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: portal }
spec:
  connector: talentlms
  config: { baseUrl: { env: PORTAL }, api: v1 }
  credentials: { apiKey: { env: KEY } }
${syncOf(
  'staff',
  `  direction: { from: bamboo, to: portal }
  identity: { login: lower(source.email) }
  attributes: { first_name: source.first_name, last_name: source.last_name, email: source.email, password: { generate: secret } }
  status: { value: source.status, here: [Active], left: [Inactive] }
`,
)}${syncOf(
  'courses',
  `  entity: course
  direction: { from: portal, to: bamboo }
  who: ['source.name != "Test"']
  identity: { name: source.name }
  attributes: { category: '"From the portal"' }
`,
)}${syncOf(
  'records',
  `  entity: enrollment
  direction: { from: portal, to: bamboo }
  who: ['source.status == "completed"']
  identity:
    user: { person: source.user, via: staff }
    course: { course: source.course, via: courses }
  attributes:
    completed_on: source.completed_on
    notes: '"Completed in the portal"'
`,
)}`;

test('what employees complete in the portal stands in their training records, once, and only that', async () => {
  const { bamboo, portal, house } = await systems();
  const ada = portal.addEnrollment({ login: 'ada@example.org', course: 'Fire safety', percentage: 40 });
  portal.addEnrollment({ login: 'noor@example.org', course: 'Lifting', completedOn: '2026-03-02T09:00:00Z' });

  expect(await house.pass('courses')).toBe('applied, create 2 applied');
  expect(await house.pass('records')).toBe('applied, create 1 applied');
  expect(records(bamboo)).toEqual(['Noor: Lifting on 2026-03-02, Completed in the portal']);
  expect(await house.pass('records')).toBe('settled');

  // Fire safety is done at last; Lifting is done again.
  ada.completedOn = '2026-04-01T09:00:00Z';
  ada.percentage = 100;
  expect(await house.pass('records')).toBe('applied, create 1 applied');
  expect(records(bamboo)).toEqual([
    'Ada: Fire safety on 2026-04-01, Completed in the portal',
    'Noor: Lifting on 2026-03-02, Completed in the portal',
  ]);
  expect(await house.pass('records')).toBe('settled');
  expect(await house.pass('courses')).toBe('settled');
});

test('what somebody changed in a training record by hand is put right, with its date', async () => {
  const { bamboo, portal, house } = await systems();
  portal.addEnrollment({ login: 'noor@example.org', course: 'Lifting', completedOn: '2026-03-02T09:00:00Z' });
  await house.pass('courses');
  await house.pass('records');
  const [record] = bamboo.company.records.values();
  if (record === undefined) throw new Error('there is no record');
  bamboo.company.records.set(record.id, { ...record, values: { ...record.values, notes: 'mistyped' } });

  expect(await house.pass('records')).toBe('applied, update 1 applied');
  expect(records(bamboo)).toEqual(['Noor: Lifting on 2026-03-02, Completed in the portal']);
});

async function systems() {
  const bamboo = await startBamboo({ apiKey: key });
  const portal = await startTalentLms({
    apiKey: key,
    admin: false,
    courses: ['Fire safety', 'Lifting', 'Test'].map((name) => ({ name, code: name.toUpperCase() })),
    limits: { perHour: 10_000, per5s: 1_000 },
  });
  onTestFinished(async () => {
    await bamboo.close();
    await portal.close();
  });
  for (const name of ['Ada', 'Noor'])
    bamboo.company.hire({ firstName: name, lastName: 'Vos', workEmail: `${name.toLowerCase()}@example.org` });
  const house = await openHouse(specs, {}, { BAMBOO: bamboo.url, PORTAL: portal.url, KEY: key });
  expect(await house.pass('staff')).toBe('applied, create 2 applied');
  return { bamboo, portal, house };
}

/** Who has completed what, in words. */
function records({ company }: Bamboo): readonly string[] {
  return [...company.records.values()]
    .map(({ employeeId, type, values }) => {
      const who = company.employees.get(employeeId)?.get('firstName');
      const what = company.types.get(type)?.values['name'];
      return `${word(who)}: ${word(what)} on ${word(values['completed'])}, ${word(values['notes'])}`;
    })
    .toSorted();
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : 'nothing';
}
