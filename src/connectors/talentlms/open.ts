import type { AttributeSpec } from '../../model/attribute.ts';
import type { Entity } from '../../model/entity.ts';
import type { ConnectorContext, Reader, Writer } from '../connector.ts';
import { TalentLmsClient } from './client.ts';
import { courseAttributes, enrollmentAttributes } from './courses/attributes.ts';
import { CoursePages } from './courses/course-list.ts';
import { CourseReader } from './courses/course-reader.ts';
import { EnrollmentReader } from './courses/enrollment-reader.ts';
import { doorOf, EnrollmentWriter } from './courses/enrollment-writer.ts';
import { NoCourseWriter } from './courses/no-course-writer.ts';
import { UserByUser } from './courses/user-courses.ts';
import { TalentLmsReader } from './reader.ts';
import { attributesOf, type Config } from './schema.ts';
import { V1Courses } from './v1/course-list.ts';
import { v1DoorOf } from './v1/door.ts';
import { CourseByCourse } from './v1/enrollments.ts';
import { TalentLmsV1Reader } from './v1/reader.ts';
import { TalentLmsV1Writer } from './v1/writer.ts';
import { TalentLmsWriter } from './writer.ts';

/** The same names in both APIs. */
export function attributesFor({ api }: Config, entity: Entity): readonly AttributeSpec[] {
  if (entity === 'person') return attributesOf(api);
  return entity === 'course' ? courseAttributes : enrollmentAttributes;
}

export function openReader(context: ConnectorContext<Config>): Reader {
  const { entity, config } = context;
  const isV1 = config.api === 'v1';
  if (entity === 'person') return isV1 ? new TalentLmsV1Reader(context) : new TalentLmsReader(context);
  const client = new TalentLmsClient(context);
  if (entity === 'course') {
    return new CourseReader(client, context, isV1 ? new V1Courses(client, config) : new CoursePages(client));
  }
  const enrollments = isV1 ? new CourseByCourse(client, config) : new UserByUser(client, context);
  return new EnrollmentReader(client, context, enrollments);
}

export function openWriter(context: ConnectorContext<Config>): Writer {
  const { entity, config } = context;
  const isV1 = config.api === 'v1';
  if (entity === 'person') return isV1 ? new TalentLmsV1Writer(context) : new TalentLmsWriter(context);
  const client = new TalentLmsClient(context);
  if (entity === 'course') return new NoCourseWriter(client);
  const door = isV1 ? v1DoorOf(client, new CourseByCourse(client, config)) : doorOf(client);
  return new EnrollmentWriter(client, context, door);
}
