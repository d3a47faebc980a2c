import { onTestFinished, expect, test } from 'vitest';
import { startTalentLms } from '../vendors/talentlms/server.ts';
import type { TalentLms } from '../vendors/talentlms/state.ts';
import { listsOf, openHouse, syncOf } from './house.ts';

const key = 'invented-key';
const staff = 'number,first,last,email\n1,Ada,Okafor,ada@example.org\n2,Noor,Jansen,noor@example.org\n';

/** The north is spoken to by API v1, the south by v2; both get their people from one list. */
const specs = [
  listsOf(
    'hr',
    `    file: { env: LISTS, path: staff.csv }
    id: number
    columns: { number: {}, first: {}, last: {}, email: {} }
`,
  ),
  portalOf('north', 'v1'),
  portalOf('south', 'v2'),
  ...['north', 'south'].map((to) =>
    syncOf(
      `staff-${to}`,
      `  direction: { from: hr, to: ${to} }
  identity: { login: source.email }
  attributes: { first_name: source.first, last_name: source.last, email: source.email, password: { generate: secret } }
`,
    ),
  ),
  syncOf(
    'courses',
    '  entity: course\n  direction: { from: north, to: south }\n  identity: { code: source.code }\n',
  ),
  syncOf(
    'learning',
    `  entity: enrollment
  direction: { from: north, to: south }
  identity:
    user: { person: source.user, via: [staff-north, staff-south] }
    course: { course: source.course, via: courses }
  who: ['source.status != "expired"']
  then: { outOfScope: delete, vanished: { after: 0d, then: delete } }
`,
  ),
].join('');

test('who takes a course in one portal takes the same course in the other, under their numbers there', async () => {
  const { north, south, house } = await twoPortals();
  north.addEnrollment({ login: 'ada@example.org', course: 'Fire safety', percentage: 40 });
  north.addEnrollment({ login: 'noor@example.org', course: 'Lifting' });
  north.addEnrollment({ login: 'noor@example.org', course: 'Law' });

  // Until it is known which course is which, everybody waits.
  expect(await house.pass('learning')).toBe('settled, 3 undecided');
  expect((await house.outcome('courses')).summary.result).toBe('applied');
  expect(await house.pass('learning')).toBe('applied, create 2 applied, 1 undecided');
  expect(taken(south)).toEqual(['ada@example.org: Fire safety', 'noor@example.org: Lifting']);
  expect(await house.pass('learning')).toBe('settled, 1 undecided');
});

test('what somebody has done in one portal is not undone by the other', async () => {
  const { north, south, house } = await twoPortals();
  await house.pass('courses');
  north.addEnrollment({ login: 'ada@example.org', course: 'Fire safety', percentage: 40 });
  const there = south.addEnrollment({ login: 'ada@example.org', course: 'Fire safety', percentage: 90 });

  expect(await house.pass('learning')).toBe('applied, adopt 1 applied');
  expect(await house.pass('learning')).toBe('settled');
  expect(there.percentage).toBe(90);
});

test('who is out of the flow is taken out of the course there, and nobody else', async () => {
  const { north, south, house } = await twoPortals();
  await house.pass('courses');
  const ada = north.addEnrollment({ login: 'ada@example.org', course: 'Fire safety' });
  north.addEnrollment({ login: 'noor@example.org', course: 'Fire safety' });
  expect(await house.pass('learning')).toBe('applied, create 2 applied');

  south.addEnrollment({ login: 'noor@example.org', course: 'Lifting' });
  ada.expiresOn = '2026-01-31T00:00:00Z';
  expect(await house.pass('learning')).toBe('applied, delete 1 applied');
  expect(taken(south)).toEqual(['noor@example.org: Fire safety', 'noor@example.org: Lifting']);
});

test('who is taken out of a course in one portal is taken out in the other, once two readings lack them', async () => {
  const { north, south, house } = await twoPortals();
  await house.pass('courses');
  north.addEnrollment({ login: 'ada@example.org', course: 'Fire safety' });
  const noors = north.addEnrollment({ login: 'noor@example.org', course: 'Fire safety' });
  expect(await house.pass('learning')).toBe('applied, create 2 applied');
  south.addEnrollment({ login: 'noor@example.org', course: 'Lifting' });

  north.enrollments.delete(`${noors.user}/${noors.course}`);
  expect(await house.pass('learning')).toBe('settled');
  expect(await house.pass('learning')).toBe('applied, delete 1 applied');
  expect(taken(south)).toEqual(['ada@example.org: Fire safety', 'noor@example.org: Lifting']);
  expect(await house.pass('learning')).toBe('settled');

  north.addEnrollment({ login: 'noor@example.org', course: 'Fire safety' });
  expect(await house.pass('learning')).toBe('applied, create 1 applied');
});

test('who loses half of a portal at once is asked first', async () => {
  const { north, south, house } = await twoPortals();
  await house.pass('courses');
  for (const login of ['ada@example.org', 'noor@example.org'])
    for (const course of ['Fire safety', 'Lifting']) north.addEnrollment({ login, course });
  expect(await house.pass('learning')).toBe('applied, create 4 applied');

  north.enrollments.clear();
  await house.pass('learning');
  expect(await house.pass('learning')).toContain('delete 4 held');
  expect(taken(south)).toHaveLength(4);
});

async function twoPortals() {
  const north = await portal(['Law', 'Lifting', 'Fire safety']);
  const south = await portal(['Fire safety', 'Lifting']);
  const house = await openHouse(specs, { staff }, { NORTH: north.url, SOUTH: south.url, KEY: key });
  for (const to of ['north', 'south'])
    expect(await house.pass(`staff-${to}`)).toBe('applied, create 2 applied');
  return { north, south, house };
}

/** A portal with these courses, each under a code of its own. */
async function portal(names: readonly string[]): Promise<TalentLms> {
  const courses = names.map((name) => ({ name, code: name.toUpperCase() }));
  const started = await startTalentLms({
    apiKey: key,
    admin: false,
    courses,
    limits: { perHour: 10_000, per5s: 1_000 },
  });
  onTestFinished(() => started.close());
  return started;
}

/** Who takes what, in words. */
function taken({ enrollments, users, courses }: TalentLms): readonly string[] {
  return [...enrollments.values()]
    .map(({ user, course }) => `${users.get(user)?.login}: ${courses.get(course)?.name}`)
    .toSorted();
}

function portalOf(name: string, api: string): string {
  return `---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: ${name} }
spec:
  connector: talentlms
  config: { baseUrl: { env: ${name.toUpperCase()} }, api: ${api} }
  credentials: { apiKey: { env: KEY } }
`;
}
