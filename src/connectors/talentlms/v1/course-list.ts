import type { Receipt } from '../../../model/row.ts';
import type { JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import type { CourseList } from '../courses/course-list.ts';
import type { Config } from '../schema.ts';
import { listCategories, listCourses, plainCourse } from './courses.ts';
import { readPortal } from './portal.ts';

/** Courses by API v1: all in one answer. */
export class V1Courses implements CourseList {
  readonly #client: TalentLmsClient;
  readonly #config: Config;

  constructor(client: TalentLmsClient, config: Config) {
    this.#client = client;
    this.#config = config;
  }

  async *all(
    signal: AbortSignal,
  ): AsyncGenerator<readonly JsonObject[], Pick<Receipt, 'pages' | 'end' | 'total'>> {
    const portal = await readPortal(this.#client, this.#config, signal);
    const courses = await listCourses(this.#client, portal.courses, signal);
    if (courses.length > 0) yield courses.map(plainCourse);
    return {
      pages: 1,
      total: courses.length,
      end: portal.courses === undefined ? 'all at once' : 'all at once, total reached',
    };
  }

  categories(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    return listCategories(this.#client, signal);
  }

  /** The portal's facts, the courses and the categories. */
  cost(): Promise<number> {
    return Promise.resolve(3);
  }
}
