import { expect, test } from 'vitest';
import type { LinkRecord } from '../../src/model/link.ts';
import { ReadingBuilder } from '../../src/model/packed-reading.ts';
import type { Row } from '../../src/model/row.ts';
import type { Plan } from '../../src/model/change.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import { folderWith, load } from '../spec/folder.ts';
import { identity, schools, specsWith } from '../training/school.ts';
import { noon, type Fields } from './columns.ts';
import { hash, link, shape } from './people.ts';
import { summarize } from './summary.ts';

/** Ada is 7 in the north and 70 in the south; the course in first aid is 1 there and 11 here. */
const links: readonly LinkRecord[] = [
  linked('staff-north', 'north', 'ada', '7'),
  linked('staff-north', 'north', 'grace', '8'),
  linked('staff-south', 'south', 'ada', '70'),
  linked('courses', 'south/course', '1', '11'),
];

const learning = `${identity}  attributes: { progress: source.progress }\n`;
const enrolled = { id: '7/1', user: '7', course: '1', progress: 40 };

test.each([
  {
    name: "somebody's enrolment is made for their account and the course over there",
    source: [enrolled],
    changes: ['create 7/1 (no account matches; course, progress, user)'],
    says: ['7/1 is unmatched (no account matches)'],
  },
  {
    name: 'an enrolment that is there is found by person and course together',
    source: [enrolled],
    target: [
      { id: '70/11', user: '70', course: '11', progress: 40 },
      { id: '70/12', user: '70', course: '12', progress: 10 },
      { id: '71/11', user: '71', course: '11', progress: 10 },
    ],
    changes: ['adopt 7/1 (matched by identity)'],
    says: [
      '70/12 is orphan (nobody of the source has this account)',
      '71/11 is orphan (nobody of the source has this account)',
      '7/1 is unlinked (matched by identity)',
    ],
  },
  {
    name: 'who has no account over there yet waits, and so does nobody else',
    source: [enrolled, { id: '8/1', user: '8', course: '1', progress: 40 }],
    changes: ['create 7/1 (no account matches; course, progress, user)'],
    says: [
      '7/1 is unmatched (no account matches)',
      '8/1 is undecided (identity.user depends on the link of that person by the sync "staff-south", which is absent)',
    ],
  },
  {
    name: 'somebody whom the HR system does not know waits at the first link of the chain',
    source: [{ id: '9/1', user: '9', course: '1', progress: 40 }],
    changes: [],
    says: [
      '9/1 is undecided (identity.user depends on the link of that person by the sync "staff-north", which is absent)',
    ],
  },
  {
    name: 'a course that is not over there yet makes its enrolments wait',
    source: [{ id: '7/2', user: '7', course: '2', progress: 40 }],
    changes: [],
    says: [
      '7/2 is undecided (identity.course depends on the link of that course by the sync "courses", which is absent)',
    ],
  },
  {
    name: 'an account that was given up is no counterpart any more',
    source: [enrolled],
    given: [{ ...linked('staff-south', 'south', 'ada', '70'), state: 'tombstone' as const }],
    changes: [],
    says: [
      '7/1 is undecided (identity.user depends on the link of that person by the sync "staff-south", which is absent)',
    ],
  },
  {
    name: 'a link of the days when the sync went elsewhere leads nowhere',
    source: [enrolled],
    given: [linked('staff-south', 'west', 'ada', '70')],
    changes: [],
    says: [
      '7/1 is undecided (identity.user depends on the link of that person by the sync "staff-south", which is absent)',
    ],
  },
  {
    name: 'two records of one enrolment are neither of them made, as nothing would tell them apart',
    source: [enrolled, { ...enrolled, id: '7/1 again', progress: 60 }],
    changes: [],
    says: ['7/1', '7/1 again'].map(
      (id) => `${id} is failed! (identity: another record of this plan has the same "course" and "user")`,
    ),
  },
  {
    name: 'an enrolment that names nobody is that record’s own error',
    source: [{ id: '/1', course: '1', progress: 40 }],
    changes: [],
    says: ['/1 is failed! (attribute "user" (internal): depends on user, which is absent)'],
  },
])('$name', async ({ source, target = [], given = [], changes, says }) => {
  const plan = planFor(await syncOf(learning), source, target, given);

  expect(summarize(plan)).toEqual({ changes, people: says });
});

test('what is written is the account and the course over there, whatever they are called here', async () => {
  const [change] = planFor(await syncOf(learning), [enrolled], [], []).changes;

  expect(change?.attributes.map(({ name, after }) => [name, after])).toEqual([
    ['course', { value: '11' }],
    ['progress', { value: 40 }],
    ['user', { value: '70' }],
  ]);
});

test('an enrolment that carries another mark is matched by person and course all the same', async () => {
  const marked = await syncOf(`  identity: { note: source.id }
  match:
    - user: { person: source.user, via: [staff-north, staff-south] }
      course: { course: source.course, via: courses }
  attributes: { progress: source.progress }
`);
  const target = [
    { id: '70/11', user: '70', course: '11', progress: 40 },
    { id: '70/12', user: '70', course: '12', progress: 40 },
  ];

  expect(planFor(marked, [enrolled], target, []).changes).toMatchObject([
    { kind: 'adopt', personId: '7/1', accountId: '70/11', reason: 'matched by match[0]' },
  ]);
  const stranger = { ...enrolled, user: '9' };
  expect(summarize(planFor(marked, [stranger], target, [])).people).toContain(
    '7/1 is undecided (match[0].user depends on the link of that person by the sync "staff-north", which is absent)',
  );
});

test('whom the other direction of a pair has linked is known as well', async () => {
  const back = `apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: south-staff }
spec:
  direction: { from: south, to: hr, twoWayWith: staff-south }
  who: [source.email != ""]
  identity: { staff_id: source.id }
`;
  const joined = await syncOf(`${identity}  attributes: { progress: source.progress }\n`, back);
  const hired = { id: '8/1', user: '8', course: '1', progress: 40 };
  const made = linked('south-staff', 'hr', '80', 'grace');

  expect(planFor(joined, [hired], [], []).changes).toEqual([]);
  const [change] = planFor(joined, [hired], [], [made]).changes;
  expect(change?.attributes.find(({ name }) => name === 'user')?.after).toEqual({ value: '80' });
});

test('a reference that may be empty keeps nobody waiting', async () => {
  const mentored = await syncOf(
    `${identity}  attributes: { note: { person: source.note, via: [staff-north, staff-south] } }\n`,
  );
  const plan = planFor(mentored, [{ ...enrolled, note: '8' }], [], []);

  expect(plan.changes.map(({ attributes }) => attributes.map(({ name }) => name))).toEqual([
    ['course', 'user'],
  ]);
});

test('a target that counts its accounts gets a number', async () => {
  const counting = await syncOf(
    `${identity}  attributes: { batch: { course: source.course, via: courses } }\n`,
  );
  const plan = planFor(counting, [enrolled], [], []);

  expect(plan.changes[0]?.attributes.find(({ name }) => name === 'batch')?.after).toEqual({ value: 11 });
});

async function syncOf(spec: string, syncs = ''): Promise<CompiledSync> {
  const folder = await folderWith({ 'a.yaml': specsWith(spec, syncs) });
  const { specs } = await load(folder, schools);
  const sync = specs.syncs.get('learning');
  if (sync === undefined) throw new Error('the specs have no sync "learning"');
  return sync;
}

/** `given`: links that take the place of the usual ones of the same sync. */
function planFor(
  sync: CompiledSync,
  source: readonly (Fields & { readonly id: string })[],
  target: readonly (Fields & { readonly id: string })[],
  given: readonly LinkRecord[],
): Plan {
  const replaced = new Set(given.map((one) => one.sync));
  const all = [...links.filter((one) => !replaced.has(one.sync)), ...given];
  return runPlan({
    sync,
    people: readingOf(sync.sourceWant.attributes, source),
    accounts: readingOf(sync.targetWant.attributes, target),
    shape,
    memory: { links: new Map(), owners: new Map(), via: Map.groupBy(all, (one) => one.sync) },
    now: noon,
    hash,
  });
}

function readingOf(columns: readonly string[], records: readonly (Fields & { readonly id: string })[]) {
  const builder = new ReadingBuilder(columns);
  for (const record of records) builder.add(rowOf(columns, record));
  const asOf = new Date(noon).toISOString();
  return builder.finish({ pages: 1, records: records.length, end: 'total reached', asOf });
}

function rowOf(columns: readonly string[], record: Fields & { readonly id: string }): Row {
  return { id: record.id, values: columns.map((name) => record[name]), active: true };
}

function linked(sync: string, target: string, personId: string, accountId: string): LinkRecord {
  return link(personId, { sync, target, accountId });
}
