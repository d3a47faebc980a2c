import type { Row } from '../../../model/row.ts';
import type { Value } from '../../../model/value.ts';
import type { TalentLmsClient } from '../client.ts';
import { enrollmentAttributes } from './attributes.ts';
import { stateOf, type Progress } from './progress.ts';

/** One person in one course. */
export interface Enrollment {
  readonly user: string;
  readonly course: string;
  readonly courseName: string | null;
  readonly progress: Progress;
  /** In no branch that the sync manages. */
  readonly outside?: boolean;
}

export type EnrollmentColumn = (one: Enrollment, today: string) => Value;

/** `<user>/<course>`: TalentLMS gives an enrolment no number of its own. */
export function enrollmentId(user: string, course: string): string {
  return `${user}/${course}`;
}

/** User and course of such an id; `undefined` for what is none. */
export function partsOf(id: string): { readonly user: string; readonly course: string } | undefined {
  const [, user, course] = /^(\d+)\/(\d+)$/.exec(id) ?? [];
  return user === undefined || course === undefined ? undefined : { user, course };
}

export function enrollmentColumns(
  client: TalentLmsClient,
  attributes: readonly string[],
): readonly EnrollmentColumn[] {
  return attributes.map((name) => {
    const column = columns[name];
    if (column !== undefined) return column;
    const known = enrollmentAttributes.map((one) => one.name).join(', ');
    throw client.stalled(
      'UnknownAttribute',
      `enrolments of TalentLMS have no attribute "${name}"; they have ${known}`,
    );
  });
}

/** Somebody who teaches a course is in its list too: seen, never taken out of it. */
export function enrollmentRow(one: Enrollment, wanted: readonly EnrollmentColumn[], today: string): Row {
  const { role } = one.progress;
  return {
    id: enrollmentId(one.user, one.course),
    active: true,
    ...(role !== null && role !== 'learner' ? { protected: true } : {}),
    ...(one.outside === true ? { outside: true } : {}),
    values: wanted.map((column) => column(one, today)),
  };
}

const columns: Readonly<Record<string, EnrollmentColumn>> = {
  id: ({ user, course }) => enrollmentId(user, course),
  user: ({ user }) => user,
  course: ({ course }) => course,
  course_name: ({ courseName }) => courseName,
  role: ({ progress }) => progress.role,
  status: ({ progress }, today) => stateOf(progress, today),
  progress: ({ progress }, today) => (stateOf(progress, today) === 'completed' ? 100 : progress.percent),
  enrolled_on: ({ progress }) => progress.enrolled,
  completed_on: ({ progress }) => progress.completed,
  expires_on: ({ progress }) => progress.expires,
  score: ({ progress }) => progress.score,
};
