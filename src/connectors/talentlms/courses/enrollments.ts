import type { Receipt, Want } from '../../../model/row.ts';
import type { Enrollment } from './enrollment.ts';

/** Where enrolments are read: what differs between the two APIs. */
export interface Enrollments {
  /** All of them, in batches, then what proves the end. */
  all(
    scope: Want['scope'],
    signal: AbortSignal,
  ): AsyncGenerator<readonly Enrollment[], Pick<Receipt, 'pages' | 'end' | 'incomplete'>>;
  /** Those of one user; none where there is no such user. */
  of(user: string, scope: Want['scope'], signal: AbortSignal): Promise<readonly Enrollment[]>;
  /** Whether somebody is in a course, without asking how far they are. */
  has(user: string, course: string, signal: AbortSignal): Promise<boolean>;
  /** Requests of a first pass. */
  cost(signal: AbortSignal): Promise<number | undefined>;
}
