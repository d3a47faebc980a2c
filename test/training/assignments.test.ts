import { expect, onTestFinished, test } from 'vitest';
import { run as plan } from '../../src/cli/commands/plan.ts';
import { startTalentLms } from '../vendors/talentlms/server.ts';
import { listsOf, openHouse, syncOf } from './house.ts';

const names = Array.from({ length: 12 }, (_, n) => `p${n}`);
const staff = `number,email\n${names.map((name, n) => `${n},${name}@example.org\n`).join('')}`;
const asked = (who: readonly string[]) =>
  `number,course,asked\n${names.map((name, n) => `${n},fire,${who.includes(name) ? 'yes' : 'no'}\n`).join('')}`;

/** The HR system says who is to learn what, by its own numbers and codes. */
const specs = [
  listsOf(
    'hr',
    `    file: { env: LISTS, path: staff.csv }
    id: number
    columns: { number: {}, email: {} }
    course: { file: { env: LISTS, path: trainings.csv }, id: code, columns: { code: {}, title: {} } }
    enrollment:
      file: { env: LISTS, path: asked.csv }
      id: [number, course]
      columns: { number: {}, course: {}, asked: { type: bool } }
`,
  ),
  `---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: academy }
spec:
  connector: talentlms
  config: { baseUrl: { env: ACADEMY }, api: v2 }
  credentials: { apiKey: { env: KEY } }
`,
  syncOf(
    'staff',
    `  direction: { from: hr, to: academy }
  identity: { login: source.email }
  attributes: { first_name: source.number, last_name: source.number, email: source.email, password: { generate: secret } }
`,
  ),
  syncOf(
    'trainings',
    '  entity: course\n  direction: { from: hr, to: academy }\n  identity: { code: source.code }\n',
  ),
  syncOf(
    'assignments',
    `  entity: enrollment
  direction: { from: hr, to: academy }
  who: [source.asked]
  identity:
    user: { person: source.number, via: staff }
    course: { course: source.course, via: trainings }
  then: { outOfScope: delete }
`,
  ),
].join('');

test('whom the HR system asks to take a course is enrolled in the learning system, once', async () => {
  const { academy, house } = await opened(asked(['p0', 'p1']));
  const before = await house.command(plan, { syncs: ['assignments'], ci: false });
  expect(before.at(-1)).toBe('  Nothing to do; 2 enrolments undecided');
  await house.pass('trainings');

  const lines = await house.command(plan, { syncs: ['assignments'], ci: false });
  expect(lines[0]).toMatch(/^assignments: hr → academy \(enrolments\) {2}mode full/);
  expect(lines.filter((line) => line.startsWith('  +'))).toHaveLength(2);
  expect(await house.pass('assignments')).toBe('applied, create 2 applied');
  expect(academy.enrollments.size).toBe(2);
  expect(await house.pass('assignments')).toBe('settled');
});

test('a list that takes nearly everybody out of a course is held as a whole', async () => {
  const { academy, house } = await opened(asked(names));
  await house.pass('trainings');
  expect(await house.pass('assignments')).toBe('applied, create 12 applied');

  await house.put('asked', asked(['p0']));

  expect(await house.pass('assignments')).toContain('held, delete 11 held');
  expect(academy.enrollments.size).toBe(12);
});

async function opened(list: string) {
  const academy = await startTalentLms({
    apiKey: 'invented-key',
    admin: false,
    courses: [{ name: 'Fire safety', code: 'fire' }],
    limits: { perHour: 10_000, per5s: 1_000 },
  });
  onTestFinished(() => academy.close());
  const lists = { staff, asked: list, trainings: 'code,title\nfire,Fire safety\n' };
  const house = await openHouse(specs, lists, { ACADEMY: academy.url, KEY: 'invented-key' });
  expect(await house.pass('staff')).toBe('applied, create 12 applied');
  return { academy, house };
}
