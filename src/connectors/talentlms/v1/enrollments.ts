import type { Receipt, Want } from '../../../model/row.ts';
import { applySideBySide } from '../../../http/side-by-side.ts';
import { idOf, objectsOf, textOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import type { Enrollment } from '../courses/enrollment.ts';
import type { Enrollments } from '../courses/enrollments.ts';
import { progressIn, type Progress } from '../courses/progress.ts';
import type { Config } from '../schema.ts';
import { getOne, pathOf } from './answer.ts';
import { v1BranchOf, v1MembersOf } from './branch.ts';
import { listCourses } from './courses.ts';
import { withoutEntities } from './entities.ts';
import { askForBudget, readPortal } from './portal.ts';
import { branchesOf } from './user.ts';

/** Enrolments by API v1: each course holds its users with their progress, so that a course is one request. */
export class CourseByCourse implements Enrollments {
  readonly #client: TalentLmsClient;
  readonly #config: Config;

  constructor(client: TalentLmsClient, config: Config) {
    this.#client = client;
    this.#config = config;
  }

  async *all(
    scope: Want['scope'],
    signal: AbortSignal,
  ): AsyncGenerator<readonly Enrollment[], Pick<Receipt, 'pages' | 'end'>> {
    const portal = await readPortal(this.#client, this.#config, signal);
    const branch = await v1BranchOf(this.#client, scope, signal);
    const members = branch === undefined ? undefined : await v1MembersOf(this.#client, branch, signal);
    const courses = await listCourses(this.#client, portal.courses, signal);
    const read = (course: JsonObject) => this.#usersOf(course, portal.dateFormat, signal);
    for await (const users of applySideBySide(courses, () => this.#client.room, read)) {
      yield members === undefined ? users : users.map((one) => ({ ...one, outside: !members.has(one.user) }));
    }
    const counted = portal.courses === undefined ? '' : ', total reached';
    return { pages: Math.max(1, courses.length), end: `every course read${counted}` };
  }

  async of(user: string, scope: Want['scope'], signal: AbortSignal): Promise<readonly Enrollment[]> {
    const { dateFormat } = await readPortal(this.#client, this.#config, signal);
    const branch = await v1BranchOf(this.#client, scope, signal);
    const found = await getOne(this.#client, pathOf('users', { id: user }), signal);
    if (typeof found !== 'object') return [];
    const outside = branch !== undefined && !(branchesOf(found) ?? []).includes(branch);
    return this.#coursesIn(found, user).map((one) => ({
      user,
      course: idOf(one['id']) ?? '',
      courseName: nameOf(one),
      progress: this.#progressIn(one, dateFormat),
      ...(outside ? { outside } : {}),
    }));
  }

  async has(user: string, course: string, signal: AbortSignal): Promise<boolean> {
    const found = await getOne(this.#client, pathOf('users', { id: user }), signal);
    return (
      typeof found === 'object' && this.#coursesIn(found, user).some((one) => idOf(one['id']) === course)
    );
  }

  /** The portal's facts, the list of courses, and each course. */
  async cost(signal: AbortSignal): Promise<number | undefined> {
    const { courses } = await readPortal(this.#client, this.#config, signal);
    await askForBudget(this.#client, signal);
    return courses === undefined ? undefined : 2 + courses;
  }

  async #usersOf(
    course: JsonObject,
    format: Config['dateFormat'],
    signal: AbortSignal,
  ): Promise<readonly Enrollment[]> {
    const id = idOf(course['id']) ?? '';
    const found = await getOne(this.#client, pathOf('courses', { id }), signal);
    if (typeof found !== 'object')
      throw this.#client.unexpected('a list of courses with one that is not there');
    const users = objectsOf(found['users']);
    const isWhole = Array.isArray(found['users']) && users.length === found['users'].length;
    if (idOf(found['id']) !== id || !isWhole) throw this.#client.unexpected('a course without its users');
    return users.map((one) => {
      const user = idOf(one['id']);
      if (user === undefined) throw this.#client.unexpected('a course with a user without an id');
      return { user, course: id, courseName: nameOf(course), progress: this.#progressIn(one, format) };
    });
  }

  #progressIn(one: JsonObject, format: Config['dateFormat']): Progress {
    const progress = progressIn(one, format);
    if (progress !== undefined) return progress;
    throw this.#client.unexpected('an enrolment without how far somebody is');
  }

  #coursesIn(user: JsonObject, id: string): readonly JsonObject[] {
    if (idOf(user['id']) !== id) throw this.#client.unexpected('another user than the one asked for');
    const courses = objectsOf(user['courses']);
    const isWhole = Array.isArray(user['courses']) && courses.length === user['courses'].length;
    if (isWhole && courses.every((one) => idOf(one['id']) !== undefined)) return courses;
    throw this.#client.unexpected('a user without the list of their courses');
  }
}

function nameOf(course: JsonObject): string | null {
  const name = textOf(course['name']);
  return typeof name === 'string' ? withoutEntities(name) : null;
}
