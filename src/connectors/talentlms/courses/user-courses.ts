import type { Receipt, Want } from '../../../model/row.ts';
import type { ConnectorContext } from '../../connector.ts';
import { idOf, isObject, objectsOf, textOf, type JsonObject } from '../../json.ts';
import { Singly, type Asked, type Listed } from '../../singly.ts';
import { branchOf, isMember, membersOf } from '../branch.ts';
import type { TalentLmsClient } from '../client.ts';
import { dataOf } from '../envelope.ts';
import { readPages } from '../pages.ts';
import type { Config } from '../schema.ts';
import { versionOf } from '../version.ts';
import type { Enrollment } from './enrollment.ts';
import type { Enrollments } from './enrollments.ts';
import { progressIn, type Progress } from './progress.ts';

/** The courses of one user, as they are remembered: by the course's id. */
interface UserCourses {
  readonly courses: {
    readonly [course: string]: { readonly name: string | null; readonly progress: Progress };
  };
}

/**
 * Enrolments by API v2, which has no list of them: for each user one request for their courses and one for the progress in
 * each. They are remembered for those whom the list shows unchanged: whoever learns signs in, and `last_login` moves.
 */
export class UserByUser implements Enrollments {
  readonly #client: TalentLmsClient;
  readonly #context: ConnectorContext<Config>;

  constructor(client: TalentLmsClient, context: ConnectorContext<Config>) {
    this.#client = client;
    this.#context = context;
  }

  async *all(
    scope: Want['scope'],
    signal: AbortSignal,
  ): AsyncGenerator<readonly Enrollment[], Pick<Receipt, 'pages' | 'end' | 'incomplete'>> {
    const branch = await branchOf(this.#client, scope, signal);
    const members = branch === undefined ? undefined : await membersOf(this.#client, branch, signal);
    const singly = new Singly(this.#client, this.#context, new Courses(this.#client, this.#context.config));
    const flat = (users: readonly Listed<UserCourses>[]) =>
      users.flatMap(({ item, detail }) => {
        const user = idOf(item['id']) ?? '';
        return detail === undefined ? [] : enrollmentsIn(user, detail, members?.has(user) === false);
      });

    const list = readPages(this.#client, 'users', {}, signal);
    const waiting: Listed<UserCourses>[] = [];
    let page = await list.next();
    for (; page.done !== true; page = await list.next()) {
      const users = await singly.recall(page.value.filter((item) => idOf(item['id']) !== undefined));
      waiting.push(...users.filter((user) => !singly.isFresh(user)));
      yield flat(users.filter((user) => singly.isFresh(user)));
    }
    let missing = 0;
    for await (const users of singly.refresh(waiting, signal)) {
      missing += users.filter((user) => user.detail === undefined && user.gone !== true).length;
      yield flat(users);
    }
    const { pages } = page.value;
    return { pages, end: 'every user asked, total reached', ...this.#client.budget.shortBy(missing) };
  }

  async of(user: string, scope: Want['scope'], signal: AbortSignal): Promise<readonly Enrollment[]> {
    const courses = await coursesOf(this.#client, user, signal);
    if (courses === undefined) return [];
    const branch = await branchOf(this.#client, scope, signal);
    const outside = branch !== undefined && !(await isMember(this.#client, branch, user, signal));
    const detail = await withProgress(this.#client, this.#context.config, user, courses, signal);
    return enrollmentsIn(user, detail, outside);
  }

  async has(user: string, course: string, signal: AbortSignal): Promise<boolean> {
    const courses = await coursesOf(this.#client, user, signal);
    return courses?.some((one) => idOf(one['id']) === course) === true;
  }

  /** How many courses people take is not told: those of a few users stand for all. */
  async cost(signal: AbortSignal): Promise<number> {
    const list = readPages(this.#client, 'users', {}, signal);
    let users = 0;
    const some: string[] = [];
    for await (const page of list) {
      users += page.length;
      for (const item of page) if (some.length < sample) some.push(idOf(item['id']) ?? '');
    }
    let courses = 0;
    for (const user of some) courses += (await coursesOf(this.#client, user, signal))?.length ?? 0;
    const each = some.length === 0 ? 0 : courses / some.length;
    return Math.max(1, Math.ceil(users / 100)) + users + Math.ceil(users * each);
  }
}

/** Users asked by a probe for the courses that they take. */
const sample = 5;
/** A session lasts: what was read within a day of the last sign-in may have changed since. */
const sessionMs = 86_400_000;

class Courses implements Asked<UserCourses> {
  readonly versionOf = versionOf;
  readonly #client: TalentLmsClient;
  readonly #config: Config;
  /** Requests of the users read so far, and how many these were; at first somebody with two courses. */
  #spent = 3;
  #users = 1;

  constructor(client: TalentLmsClient, config: Config) {
    this.#client = client;
    this.#config = config;
  }

  isUnlike(name: string): boolean {
    return name === 'avatar';
  }

  affordable(): number {
    return (this.#client.budget.free * this.#users) / this.#spent;
  }

  async read({ item }: Listed<UserCourses>, signal: AbortSignal): Promise<UserCourses | undefined> {
    const user = idOf(item['id']) ?? '';
    const courses = await coursesOf(this.#client, user, signal);
    this.#users += 1;
    this.#spent += 1 + (courses?.length ?? 0);
    if (courses === undefined) return undefined;
    return withProgress(this.#client, this.#config, user, courses, signal);
  }

  usable({ courses }: JsonObject): UserCourses | undefined {
    return isObject(courses) ? { courses: courses as UserCourses['courses'] } : undefined;
  }

  mayHaveChanged(item: JsonObject, readAt: number): boolean {
    const signedIn = Date.parse(textOf(item['last_login']) ?? '');
    return !Number.isNaN(signedIn) && readAt < signedIn + sessionMs;
  }
}

/** The courses of a user, by id and name; `undefined` when there is no such user. */
async function coursesOf(
  client: TalentLmsClient,
  user: string,
  signal: AbortSignal,
): Promise<readonly JsonObject[] | undefined> {
  const { status, body } = await client.get(`users/${user}/courses`, signal, [404]);
  if (status === 404) return undefined;
  const data = dataOf(body);
  const list = isObject(data) ? data['courses'] : data;
  const courses = objectsOf(list);
  const isWhole = Array.isArray(list) && courses.length === list.length;
  if (isWhole && courses.every((one) => idOf(one['id']) !== undefined)) return courses;
  throw client.unexpected('the courses of a user without their list');
}

async function withProgress(
  client: TalentLmsClient,
  config: Config,
  user: string,
  courses: readonly JsonObject[],
  signal: AbortSignal,
): Promise<UserCourses> {
  const known: Record<string, UserCourses['courses'][string]> = {};
  for (const one of courses) {
    const course = idOf(one['id']) ?? '';
    const query = { user_id: user, course_id: course };
    const request = { method: 'GET', path: 'course-progress', query, effect: 'read', accept: [404] } as const;
    const { status, body } = await client.request(request, signal);
    // Taken out of the course between the two questions.
    if (status === 404) continue;
    const data = dataOf(body);
    const progress = isObject(data) ? progressIn(data, config.dateFormat) : undefined;
    if (progress === undefined) throw client.unexpected('progress in a course without how far somebody is');
    known[course] = { name: textOf(one['name']) ?? null, progress };
  }
  return { courses: known };
}

function enrollmentsIn(user: string, { courses }: UserCourses, outside: boolean): readonly Enrollment[] {
  return Object.entries(courses).map(([course, { name, progress }]) => ({
    user,
    course,
    courseName: name,
    progress,
    ...(outside ? { outside: true } : {}),
  }));
}
