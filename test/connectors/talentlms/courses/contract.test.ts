import { talentlms } from '../../../../src/connectors/talentlms/connector.ts';
import { configSchema, type Config } from '../../../../src/connectors/talentlms/schema.ts';
import type { Entity } from '../../../../src/model/entity.ts';
import type { Json } from '../../../../src/model/value.ts';
import { testContext } from '../../../contract/context.ts';
import { canary, type ContractSubject, type Doubt, type TargetSubject } from '../../../contract/subject.ts';
import { describeConnectorContract } from '../../../contract/suite.ts';
import type { VendorAnswer, VendorRequest } from '../../../vendors/loopback.ts';
import { startTalentLms } from '../../../vendors/talentlms/server.ts';
import type { TalentLms } from '../../../vendors/talentlms/state.ts';
import { member } from '../portal-subject.ts';

/** Enrolments and courses under the suite. Courses by v1 come in one answer, which the suite's three pages do not fit. */
const portals = new WeakMap<object, TalentLms>();
const nothing = { create: false, update: false, enable: false, disable: false, delete: false };

interface Portal {
  readonly entity: Entity;
  readonly api: Config['api'];
  /** Users and courses that the writing cases find there. */
  readonly users: number;
  readonly courses: number;
  isPage(request: Pick<VendorRequest, 'method' | 'path'>): boolean;
}

const byUser: Portal = {
  entity: 'enrollment',
  api: 'v2',
  // With the 13 of the reading cases three pages of five.
  users: 2,
  courses: 24,
  isPage: ({ method, path }) => method === 'GET' && path === '/api/v2/users',
};
const byCourse: Portal = {
  entity: 'enrollment',
  api: 'v1',
  users: 24,
  courses: 3,
  isPage: ({ path }) => path.startsWith('/api/v1/courses/id:'),
};
const courses: Portal = {
  entity: 'course',
  api: 'v2',
  users: 0,
  courses: 0,
  isPage: ({ method, path }) => method === 'GET' && path === '/api/v2/courses',
};

const enrolling: Omit<TargetSubject, 'account'> = {
  abilities: { ...nothing, create: true, delete: true },
  unique: [],
  updates: [],
  unknownField: () => undefined,
  mostAtOnce: 8,
};

describeConnectorContract({
  ...enrollments(byUser),
  doubts: pageDoubts(byUser),
  target: { ...enrolling, account: (n) => account(1 + (n % 2), 1 + Math.floor(n / 2)) },
});
describeConnectorContract({
  ...enrollments(byCourse),
  doubts: [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: unknown;
        onAnswer(
          system,
          ({ path }) => path.endsWith('/courses/id:1'),
          (answer) => {
            first = answer.body;
            return answer;
          },
        );
        onAnswer(
          system,
          ({ path }) => path.endsWith('/courses/id:3'),
          (answer) => ({ ...answer, body: first }),
        );
      },
    },
    { name: 'paging goes in a circle', impossible: 'each course is asked for once, by its number' },
    {
      name: 'total does not add up',
      cause: (system) =>
        onAnswer(
          system,
          ({ path }) => path.endsWith('/siteinfo'),
          (answer) => ({
            ...answer,
            body: { ...(answer.body as object), total_courses: '4' },
          }),
        ),
    },
    {
      name: 'a course is left out of the list',
      cause: (system) =>
        onAnswer(
          system,
          ({ path }) => path.endsWith('/v1/courses'),
          (answer) => ({
            ...answer,
            body: (answer.body as readonly Json[]).slice(1),
          }),
        ),
    },
    {
      name: 'a course without its users',
      cause: (system) =>
        onAnswer(
          system,
          ({ path }) => path.endsWith('/courses/id:2'),
          (answer) => ({
            ...answer,
            body: { id: '2' },
          }),
        ),
    },
  ],
  target: { ...enrolling, looks: ['delete'], account: (n) => account(n, 1 + (n % 3)) },
});
describeConnectorContract({
  ...subjectOf(courses),
  attributes: ['id', 'name', 'code', 'category', 'description', 'status'],
  findable: ['id', 'code'],
  doubts: pageDoubts(courses),
  target: {
    abilities: nothing,
    account: () => ({ set: {}, identity: {} }),
    unique: [],
    updates: [],
    unknownField: () => undefined,
    mostAtOnce: 1,
  },
});

function enrollments(portal: Portal): Omit<ContractSubject<Config>, 'doubts'> {
  return {
    ...subjectOf(portal),
    attributes: ['id', 'user', 'course', 'course_name', 'status', 'progress', 'enrolled_on'],
    findable: ['id', 'user'],
  };
}

function subjectOf(portal: Portal) {
  return {
    name: 'talentlms',
    connector: talentlms,
    entity: portal.entity,
    transport: 'http',
    people: 13,
    tokens: 'last',
    start: () => start(portal),
  } as const;
}

function account(user: number, course: number): ReturnType<TargetSubject['account']> {
  const set = { user: String(user), course: String(course) };
  return { set, identity: set };
}

async function start(wanted: Portal): ReturnType<ContractSubject<Config>['start']> {
  const portal = await startTalentLms({
    apiKey: `${canary}-key`,
    admin: false,
    limits: { perHour: 10_000, per5s: 2_000 },
  });
  portal.largestPage = 5;
  for (let n = 1; n <= wanted.users; n += 1) addUser(portal, `${canary}.here${n}`);
  for (let n = 1; n <= wanted.courses; n += 1) addCourse(portal, n);
  const context = testContext<Config>({
    config: configSchema.parse({ baseUrl: portal.url, api: wanted.api }),
    secrets: { apiKey: `${canary}-key` },
    entity: wanted.entity,
  });
  const system = {
    put: (count: number) =>
      Promise.resolve(Array.from({ length: count }, (_, n) => put(portal, wanted.entity, n))),
    state: () => new Map([...portal.enrollments].map(([id, one]): [string, Json] => [id, { ...one }])),
    server: {
      loopback: portal.loopback,
      isPage: (request: Pick<VendorRequest, 'method' | 'path'>) => wanted.isPage(request),
      isWrite: ({ method, path }: Pick<VendorRequest, 'method' | 'path'>) =>
        method !== 'GET' || path.includes('/removeuserfromcourse/'),
    },
    withhold() {
      portal.apiEnabled = false;
      return /Enable API/;
    },
    stop: () => portal.close(),
  };
  portals.set(system, portal);
  return { context, system };
}

function put(portal: TalentLms, entity: Entity, n: number): string {
  if (entity === 'course') return String(addCourse(portal, n + 1).id);
  const login = `${canary}.ada${n}`;
  const { id } = addUser(portal, login);
  const course = 1 + (n % 3);
  portal.addEnrollment({ login, course: courseName(course), percentage: 10 + n });
  return `${id}/${course}`;
}

function addUser(portal: TalentLms, login: string) {
  return portal.addUser({ login, name: 'Ada', surname: 'Okafor', email: `${login}@example.org` });
}

function addCourse(portal: TalentLms, n: number) {
  const more = { code: `C-${n}`, category: `${canary} safety`, description: `${canary} in words` };
  return portal.addCourse({ name: courseName(n), ...more });
}

function courseName(n: number): string {
  return `${canary} course ${n}`;
}

/** Doubts in a list with totals, as both lists of v2 are. */
function pageDoubts(portal: Portal): readonly Doubt[] {
  const onPage = (system: object, page: number, change: (answer: VendorAnswer) => VendorAnswer) =>
    onAnswer(
      system,
      (request) => portal.isPage(request) && request.query.get('page[number]') === String(page),
      change,
    );
  return [
    {
      name: 'page repeated',
      cause: (system) => {
        let first: Json | undefined;
        onPage(system, 1, (answer) => {
          first = member(answer.body as Json, '_data');
          return answer;
        });
        onPage(system, 2, (answer) => ({ ...answer, body: { ...(answer.body as object), _data: first } }));
      },
    },
    {
      name: 'paging goes in a circle',
      impossible: 'pages are asked for by number up to the total of the first',
    },
    {
      name: 'total does not add up',
      cause: (system) => onPage(system, 2, (answer) => withTotal(answer, 77)),
    },
  ];
}

function withTotal(answer: VendorAnswer, total: number): VendorAnswer {
  const pagination = member(member(answer.body as Json, '_meta') ?? null, 'pagination') as object;
  const body = { ...(answer.body as object), _meta: { pagination: { ...pagination, total_items: total } } };
  return { ...answer, body };
}

function onAnswer(
  system: object,
  when: (request: VendorRequest) => boolean,
  change: (answer: VendorAnswer) => VendorAnswer,
): void {
  portals.get(system)?.loopback.fail(when, { kind: 'change', change });
}
