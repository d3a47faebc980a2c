import type { VendorAnswer } from '../../loopback.ts';
import { Refusal, sections } from '../refusal.ts';
import { categoriesOf, enrolled, type VendorCourse, type VendorEnrollment } from '../school.ts';
import type { VendorState } from '../state.ts';
import { idIn, only, type Arguments } from './arguments.ts';
import { entities, seconds, shownMoment } from './forms.ts';
import { userOf } from './users.ts';

/** All at once; the single form holds its users. */
export function courses(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['id']);
  if (!given.has('id')) {
    return { status: 200, body: [...state.courses.values()].map((course) => listed(state, course)) };
  }
  const course = courseOf(state, idIn(given, 'id'));
  const users = [...state.enrollments.values()].filter((one) => one.course === course.id);
  const body = { ...listed(state, course), users: users.map((one) => participant(state, one)), units: [] };
  return { status: 200, body };
}

export function categories(state: VendorState, given: Arguments): VendorAnswer {
  only(given, []);
  const body = [...categoriesOf(state)].map(([name, id]) => ({
    id: String(id),
    name: entities(name),
    price: '&#36;0.00',
  }));
  return { status: 200, body };
}

/** Answers an array of one. */
export function join(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['user_id', 'course_id', 'role']);
  const user = userOf(state, idIn(given, 'user_id'));
  const course = courseOf(state, idIn(given, 'course_id'));
  const role = given.get('role') ?? 'learner';
  if (role !== 'learner' && role !== 'instructor')
    throw new Refusal(400, sections.v1, 'Invalid arguments provided');
  if (state.enrollments.has(`${user.id}/${course.id}`)) {
    throw new Refusal(400, sections.v1Errors, 'The requested user is already enrolled in this course');
  }
  enrolled(state, user.id, course.id).role = role;
  return { status: 200, body: [{ user_id: String(user.id), course_id: String(course.id), role }] };
}

export function leave(state: VendorState, given: Arguments): VendorAnswer {
  only(given, ['user_id', 'course_id']);
  const user = userOf(state, idIn(given, 'user_id'));
  const course = courseOf(state, idIn(given, 'course_id'));
  if (!state.enrollments.delete(`${user.id}/${course.id}`)) {
    throw new Refusal(400, sections.v1Errors, 'The requested user is not enrolled in this course');
  }
  const body = { user_id: String(user.id), course_id: String(course.id), course_name: entities(course.name) };
  return { status: 200, body };
}

function courseOf(state: VendorState, id: number): VendorCourse {
  const course = state.courses.get(id);
  if (course === undefined) throw new Refusal(404, sections.v1Errors, 'The requested course does not exist');
  return course;
}

function listed(state: VendorState, course: VendorCourse): Record<string, unknown> {
  return {
    id: String(course.id),
    name: entities(course.name),
    code: entities(course.code),
    category_id: String(categoriesOf(state).get(course.category) ?? ''),
    description: entities(course.description),
    price: '&#36;0.00',
    status: course.isActive ? 'active' : 'inactive',
  };
}

/** Somebody in a course: without a word on how it stands, and without a score. */
function participant(state: VendorState, one: VendorEnrollment): Record<string, unknown> {
  const user = state.users.get(one.user);
  return {
    id: String(one.user),
    name: entities(`${user?.name} ${user?.surname}`),
    role: one.role,
    enrolled_on: shownMoment(one.enrolledOn, state.dateFormat),
    enrolled_on_timestamp: seconds(one.enrolledOn),
    completed_on: shownMoment(one.completedOn, state.dateFormat),
    completed_on_timestamp: seconds(one.completedOn),
    completion_percentage: String(one.percentage),
    expired_on: shownMoment(one.expiresOn, state.dateFormat),
    expired_on_timestamp: seconds(one.expiresOn),
    total_time: null,
  };
}
