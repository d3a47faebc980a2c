import type { Receipt } from '../../../model/row.ts';
import { idOf, textOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import { readPages } from '../pages.ts';

/** Where courses are read: what differs between the two APIs. */
export interface CourseList {
  /** All of them in the form of API v2, in batches, then what proves the end. */
  all(signal: AbortSignal): AsyncGenerator<readonly JsonObject[], Pick<Receipt, 'pages' | 'end' | 'total'>>;
  /** Names of categories, by id. */
  categories(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Requests of a pass. */
  cost(signal: AbortSignal): Promise<number>;
}

/** By API v2. */
export class CoursePages implements CourseList {
  readonly #client: TalentLmsClient;

  constructor(client: TalentLmsClient) {
    this.#client = client;
  }

  async *all(
    signal: AbortSignal,
  ): AsyncGenerator<readonly JsonObject[], Pick<Receipt, 'pages' | 'end' | 'total'>> {
    const { pages, total } = yield* readPages(this.#client, 'courses', {}, signal);
    return { pages, total, end: 'total reached' };
  }

  async categories(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for await (const page of readPages(this.#client, 'categories', {}, signal)) {
      for (const one of page) names.set(idOf(one['id']) ?? '', textOf(one['name']) ?? '');
    }
    return names;
  }

  /** The pages of courses, and those of categories. */
  async cost(signal: AbortSignal): Promise<number> {
    let courses = 0;
    for await (const page of this.all(signal)) courses += page.length;
    return Math.max(1, Math.ceil(courses / 100)) + 1;
  }
}
