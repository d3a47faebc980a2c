import { idOf, objectsOf, textOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import { withoutEntities } from './entities.ts';

/** Every course. The list is given at once; the portal's own count (`total`) proves that it is whole. */
export async function listCourses(
  client: TalentLmsClient,
  total: number | undefined,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const { body } = await client.get('courses', signal);
  const courses = objectsOf(body);
  const ids = new Set(courses.map((course) => idOf(course['id'])));
  if (!Array.isArray(body) || courses.length !== body.length || ids.has(undefined)) {
    throw client.unexpected('courses that are no list of courses');
  }
  if (ids.size !== courses.length) throw client.unexpected('a list of courses that repeats one');
  if (total !== undefined && courses.length < total) {
    throw client.unexpected('a list of fewer courses than the portal counts');
  }
  return courses;
}

/** Names of the categories, by id. */
export async function listCategories(
  client: TalentLmsClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { body } = await client.get('categories', signal);
  if (!Array.isArray(body)) throw client.unexpected('categories that are no list');
  return new Map(
    objectsOf(body).map(
      (one) => [idOf(one['id']) ?? '', withoutEntities(textOf(one['name']) ?? '')] as const,
    ),
  );
}

/** A course in the form of API v2. */
export function plainCourse(course: JsonObject): JsonObject {
  const plain = Object.entries(course).map(([key, value]) => [
    key,
    typeof value === 'string' ? withoutEntities(value) : value,
  ]);
  return Object.fromEntries(plain) as JsonObject;
}
