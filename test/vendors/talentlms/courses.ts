import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { bodyOf, required, wholeOf } from './body.ts';
import { page } from './envelope.ts';
import { Refusal, sections } from './refusal.ts';
import { categoriesOf, enrolled, type VendorEnrollment } from './school.ts';
import type { VendorState } from './state.ts';
import { userOf } from './users.ts';

const section = sections.courses;

/** The body is not published: what a course is made of, with its number. */
export function listCourses(state: VendorState, request: VendorRequest, url: string): VendorAnswer {
  const categories = categoriesOf(state);
  const items = [...state.courses.values()].map(({ id, name, code, category, description, isActive }) => ({
    id,
    name,
    code,
    category_id: categories.get(category) ?? null,
    description,
    is_active: isActive,
  }));
  return page(request, items, state.largestPage, url);
}

export function listCategories(state: VendorState, request: VendorRequest, url: string): VendorAnswer {
  const items = [...categoriesOf(state)].map(([name, id]) => ({ id, name }));
  return page(request, items, state.largestPage, url);
}

/** Numbers and names, as documented, and no progress. */
export function coursesOfUser(state: VendorState, id: string): VendorAnswer {
  const user = userOf(state, id);
  const courses = [...state.enrollments.values()]
    .filter((one) => one.user === user.id)
    .map((one) => ({ id: one.course, name: state.courses.get(one.course)?.name }));
  return { status: 200, body: { _data: { courses } } };
}

/** "Progress, completion status and score" of one user in one course; the names are not published. */
export function progress(state: VendorState, { query }: VendorRequest): VendorAnswer {
  const [user, course] = ['user_id', 'course_id'].map((name) => {
    const text = query.get(name) ?? '';
    if (!/^\d+$/.test(text)) throw new Refusal(400, section, `${name} must be an integer.`);
    return Number(text);
  });
  const found = state.enrollments.get(`${user}/${course}`);
  if (found === undefined)
    throw new Refusal(404, section, 'The requested user is not enrolled in this course');
  const body = {
    user_id: user,
    course_id: course,
    completion_status: wordOf(found),
    completion_percentage: found.percentage,
    score: found.score,
    enrolled_on: found.enrolledOn,
    completed_on: found.completedOn,
    expired_on: found.expiresOn,
  };
  return { status: 200, body: { _data: body } };
}

export function wordOf({ completedOn, percentage }: VendorEnrollment): string {
  if (completedOn !== null) return 'completed';
  return percentage === 0 ? 'not_attempted' : 'incomplete';
}

export function enroll(state: VendorState, request: VendorRequest): VendorAnswer {
  const { user, course } = pair(state, request);
  if (state.enrollments.has(`${user}/${course}`)) {
    throw new Refusal(400, section, 'The requested user is already enrolled in this course');
  }
  const made = enrolled(state, user, course);
  return { status: 200, body: { _data: { user_id: user, course_id: course, enrolled_on: made.enrolledOn } } };
}

/** A delete with a body. */
export function unenroll(state: VendorState, request: VendorRequest): VendorAnswer {
  const { user, course } = pair(state, request);
  if (!state.enrollments.delete(`${user}/${course}`)) {
    throw new Refusal(400, section, 'The requested user is not enrolled in this course');
  }
  return { status: 204 };
}

function pair(
  state: VendorState,
  request: VendorRequest,
): { readonly user: number; readonly course: number } {
  const body = bodyOf(request, ['course_id', 'user_id'], section);
  const course = required(wholeOf(body, 'course_id', section), 'course_id', section);
  const user = userOf(state, required(wholeOf(body, 'user_id', section), 'user_id', section));
  if (!state.courses.has(course)) throw new Refusal(404, section, 'The requested course does not exist');
  return { user: user.id, course };
}
