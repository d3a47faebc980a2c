import type { VendorState } from './state.ts';

export interface VendorCourse {
  readonly id: number;
  name: string;
  code: string;
  category: string;
  description: string;
  isActive: boolean;
}

/** Moments are ISO instants, or null. */
export interface VendorEnrollment {
  readonly user: number;
  readonly course: number;
  role: 'learner' | 'instructor';
  enrolledOn: string;
  completedOn: string | null;
  expiresOn: string | null;
  /** 0 to 100. */
  percentage: number;
  score: number | null;
}

/** A course as a test puts it in. */
export interface SeedCourse {
  readonly name: string;
  readonly code?: string;
  readonly category?: string;
  readonly description?: string;
  readonly isActive?: boolean;
}

/** Somebody in a course, as a test puts it in: by login and by the course's name. */
export interface SeedEnrollment extends Partial<Omit<VendorEnrollment, 'user' | 'course'>> {
  readonly login: string;
  readonly course: string;
}

export function addCourse(state: VendorState, seed: SeedCourse): VendorCourse {
  const id = Math.max(0, ...state.courses.keys()) + 1;
  const course: VendorCourse = {
    id,
    name: seed.name,
    code: seed.code ?? '',
    category: seed.category ?? '',
    description: seed.description ?? '',
    isActive: seed.isActive ?? true,
  };
  state.courses.set(id, course);
  return course;
}

export function addEnrollment(
  state: VendorState,
  { login, course, ...seed }: SeedEnrollment,
): VendorEnrollment {
  const user = [...state.users.values()].find((one) => one.login === login);
  const known = [...state.courses.values()].find((one) => one.name === course);
  if (user === undefined || known === undefined)
    throw new Error(`there is no ${login} or no course ${course}`);
  const enrollment = enrolled(state, user.id, known.id);
  return Object.assign(enrollment, seed);
}

/** Puts somebody into a course who has done nothing of it yet. */
export function enrolled(state: VendorState, user: number, course: number): VendorEnrollment {
  const enrollment: VendorEnrollment = {
    user,
    course,
    role: 'learner',
    enrolledOn: new Date(state.now()).toISOString(),
    completedOn: null,
    expiresOn: null,
    percentage: 0,
    score: null,
  };
  state.enrollments.set(`${user}/${course}`, enrollment);
  return enrollment;
}

/** Numbers of categories, in the order in which courses name them. */
export function categoriesOf(state: VendorState): ReadonlyMap<string, number> {
  const names = [...state.courses.values()].map((course) => course.category).filter((name) => name !== '');
  return new Map([...new Set(names)].map((name, position) => [name, position + 1]));
}
