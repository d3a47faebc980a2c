import { describe, expect, test } from 'vitest';
import { listsOf, openHouse, syncOf } from './house.ts';

const file = (list: string) => `{ env: LISTS, path: ${list}.csv }`;
const write = 'write: { create: true }';

/** The HR system: its people, and the trainings that stand in their records. */
const hr = listsOf(
  'hr',
  `    file: ${file('staff')}
    id: number
    columns: { number: {}, name: {}, email: {} }
    enrollment:
      file: ${file('records')}
      id: [number, course]
      columns: { number: {}, course: {}, course_name: {}, completed_on: { type: date }, progress: { type: decimal } }
      ${write}
`,
);

/** A learning system: accounts, courses, and who takes which of them. */
const school = (name: string) =>
  listsOf(
    name,
    `    file: ${file(`${name}-users`)}
    id: login
    columns: { login: {}, hr_number: {}, email: {} }
    ${write}
    course:
      file: ${file(`${name}-courses`)}
      id: id
      columns: { id: {}, code: {}, name: {} }
      ${write}
    enrollment:
      file: ${file(`${name}-enrolments`)}
      id: [user, course]
      columns:
        { user: {}, course: {}, course_name: {}, status: {}, progress: { type: decimal }, completed_on: { type: date } }
      ${write}
`,
  );

/** Ada and Grace have accounts in the north under other names than their numbers. */
const staff = (name: string) =>
  syncOf(
    `staff-${name}`,
    `  direction: { from: hr, to: ${name} }
  identity: { hr_number: source.number }
  attributes: { login: source.name, email: source.email }
`,
  );

const twoPeople = 'number,name,email\n1,ada,ada@example.org\n2,grace,grace@example.org\n';
const enrolments = 'user,course,course_name,status,progress,completed_on\n';

describe('what somebody learns reaches the HR system', () => {
  const specs =
    hr +
    school('north') +
    staff('north') +
    syncOf(
      'training',
      `  entity: enrollment
  direction: { from: north, to: hr }
  who: [source.status == "completed"]
  identity:
    number: { person: source.user, via: staff-north }
    course: source.course
  copy: [course_name, completed_on, progress]
  then: { vanished: { then: keep } }
`,
    );

  test('under their number there, once, and again only when it changes', async () => {
    const house = await openHouse(specs, {
      staff: twoPeople,
      'north-enrolments': `${enrolments}ada,fire,Fire safety,completed,100,2026-11-02\nada,law,Law,in-progress,20,\ngrace,fire,Fire safety,in-progress,90,\n`,
    });

    expect(await house.pass('training')).toBe('settled, 1 undecided');
    expect(await house.pass('staff-north')).toBe('applied, create 2 applied');
    expect(await house.pass('training')).toBe('applied, create 1 applied');
    expect(await house.text('records')).toBe(
      'number,course,course_name,completed_on,progress\n1,fire,Fire safety,2026-11-02,100\n',
    );
    expect(await house.pass('training')).toBe('settled');

    await house.put(
      'north-enrolments',
      `${enrolments}ada,fire,Fire safety,completed,100,2026-11-12\ngrace,fire,Fire safety,completed,100,2026-11-20\n`,
    );
    expect(await house.pass('training')).toBe('applied, create 1 applied, update 1 applied');
    expect(await house.pass('training')).toBe('settled');
    expect(await house.text('records')).toContain(
      '1,fire,Fire safety,2026-11-12,100\n2,fire,Fire safety,2026-11-20,100\n',
    );
  });

  test('and stays in their record when the course is taken away', async () => {
    const house = await openHouse(specs, {
      staff: twoPeople,
      'north-enrolments': `${enrolments}ada,fire,Fire safety,completed,100,2026-11-02\n`,
    });
    await house.pass('staff-north');
    await house.pass('training');
    const records = await house.text('records');

    await house.put('north-enrolments', enrolments);

    expect((await house.outcome('training')).summary).toMatchObject({
      result: 'settled',
      people: { vanished: 1 },
    });
    expect(await house.text('records')).toBe(records);
  });
});

describe('what the HR system asks somebody to learn', () => {
  const specs =
    hr +
    school('north') +
    staff('north') +
    syncOf(
      'assignments',
      `  entity: enrollment
  direction: { from: hr, to: north }
  identity:
    user: { person: source.number, via: staff-north }
    course: source.course
  attributes: { status: { constant: not-started, policy: seed } }
`,
    );

  test('begins in the learning system, and their progress there is left alone', async () => {
    const house = await openHouse(specs, {
      staff: twoPeople,
      records: 'number,course,course_name,completed_on,progress\n2,fire,Fire safety,,\n',
    });
    await house.pass('staff-north');

    expect(await house.pass('assignments')).toBe('applied, create 1 applied');
    await house.put('north-enrolments', `${enrolments}grace,fire,,in-progress,35,\n`);

    expect(await house.pass('assignments')).toBe('settled');
    expect(await house.text('north-enrolments')).toBe(`${enrolments}grace,fire,,in-progress,35,\n`);
  });
});

describe('two learning systems', () => {
  const specs =
    hr +
    school('north') +
    school('south') +
    staff('north') +
    staff('south') +
    syncOf(
      'courses',
      `  entity: course
  direction: { from: north, to: south }
  identity: { code: source.code }
  attributes: { id: '"s-" + source.code', name: source.name }
`,
    ) +
    syncOf(
      'learning',
      `  entity: enrollment
  direction: { from: north, to: south }
  identity:
    user: { person: source.user, via: [staff-north, staff-south] }
    course: { course: source.course, via: courses }
  copy: [status, progress, completed_on]
  then: { vanished: { then: keep } }
`,
    );

  test('know of each other what somebody has learnt, by the people and the courses of both', async () => {
    const house = await openHouse(specs, {
      staff: twoPeople,
      'north-courses': 'id,code,name\n17,fire,Fire safety\n',
      'north-enrolments': `${enrolments}ada,17,,completed,100,2026-11-02\nghost,17,,completed,100,2026-11-02\n`,
    });
    await house.pass('staff-north');
    expect(await house.pass('learning')).toBe('settled, 2 undecided');
    await house.pass('staff-south');
    expect(await house.pass('learning')).toBe('settled, 2 undecided');

    expect(await house.pass('courses')).toBe('applied, create 1 applied');
    expect(await house.text('south-courses')).toBe('id,code,name\ns-fire,fire,Fire safety\n');
    expect(await house.pass('learning')).toBe('applied, create 1 applied, 1 undecided');
    expect(await house.text('south-enrolments')).toBe(`${enrolments}ada,s-fire,,completed,100,2026-11-02\n`);
    expect(await house.pass('learning')).toBe('settled, 1 undecided');
  });

  test('an enrolment that is there already is taken over, not made again', async () => {
    const house = await openHouse(specs, {
      staff: twoPeople,
      'north-courses': 'id,code,name\n17,fire,Fire safety\n',
      'north-enrolments': `${enrolments}ada,17,,completed,100,2026-11-02\n`,
      'south-enrolments': `${enrolments}ada,s-fire,,in-progress,40,\n`,
    });
    for (const sync of ['staff-north', 'staff-south', 'courses']) await house.pass(sync);

    expect(await house.pass('learning')).toBe('applied, adopt 1 applied');
    expect(await house.text('south-enrolments')).toBe(`${enrolments}ada,s-fire,,completed,100,2026-11-02\n`);
  });
});

test('a list that the operator does not let be written says so before anything is tried', async () => {
  const elsewhere = hr.replaceAll('LISTS', 'HOME');
  const house = await openHouse(
    elsewhere +
      school('north') +
      syncOf(
        'training',
        '  entity: enrollment\n  direction: { from: north, to: hr }\n  identity: { number: source.user, course: source.course }\n',
      ),
    { 'north-enrolments': enrolments },
  );

  expect((await house.outcome('training')).summary).toMatchObject({
    result: 'stalled',
    reason: expect.stringMatching(/^File/) as string,
  });
});
