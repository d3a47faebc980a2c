import { expect, test } from 'vitest';
import { run as fields } from '../../src/cli/commands/connection-fields.ts';
import { run as connectionTest } from '../../src/cli/commands/connection-test.ts';
import { listsOf, openHouse } from './house.ts';

const specs = listsOf(
  'academy',
  `    file: { env: LISTS, path: users.csv }
    id: login
    enrollment: { file: { env: LISTS, path: taken.csv }, id: [user, course] }
`,
);
const lists = { users: 'login,hired\nada,2026-01-02\n', taken: 'user,course,progress\nada,fire,40.5\n' };

test('the fields of people and of enrolments are saved one after the other, and neither takes the place of the other', async () => {
  const house = await openHouse(specs, lists);

  const shown = await house.command(fields, {
    name: 'academy',
    entity: 'person',
    save: true,
    search: undefined,
    filled: false,
  });
  await house.command(fields, {
    name: 'academy',
    entity: 'enrollment',
    save: true,
    search: undefined,
    filled: false,
  });

  expect(shown.map((line) => line.trim().replaceAll(/ +/g, ' '))).toContain('hired date personal');
  const saved = await house.spec('fields/academy.fields.yaml');
  expect(saved).toMatch(/attributes:\n +- name: hired\n/);
  expect(saved).toMatch(/enrollment:\n +- name: course\n(?:.*\n)* +- name: progress\n +type: decimal\n/);
});

test('whether its enrolments can be read is told apart from whether its people can', async () => {
  const house = await openHouse(specs, { users: 'login\nada\n' });

  expect(await house.command(connectionTest, { names: [], entity: 'person' })).toEqual([
    'academy: ready, 1 readable attributes',
  ]);
  const told = await house.command(connectionTest, { names: ['academy'], entity: 'enrollment' });
  expect(told).toEqual(['academy: connection academy: LISTS/taken.csv is not there [FileMissing]']);
});

test('what a connection does not have is refused, with what it has', async () => {
  const house = await openHouse(specs, lists);

  await expect(
    house.command(fields, {
      name: 'academy',
      entity: 'course',
      save: false,
      search: undefined,
      filled: false,
    }),
  ).rejects.toThrow('connection academy: config names no file for this; add "course" to config');
});
