import { refusals, type TalentLmsClient } from '../client.ts';
import type { Door } from '../courses/enrollment-writer.ts';
import type { Enrollments } from '../courses/enrollments.ts';
import { pathOf } from './answer.ts';
import { changeByGet } from './once.ts';

/** By API v1: in by a form, out by GET. */
export function v1DoorOf(client: TalentLmsClient, enrollments: Pick<Enrollments, 'has'>): Door {
  return {
    enter: (user, course, signal) => {
      const body = { form: { user_id: user, course_id: course, role: 'learner' } };
      return client.request(
        { method: 'POST', path: 'addusertocourse', body, effect: 'once', accept: refusals },
        signal,
      );
    },
    leave: (user, course, signal) => {
      const isDone = async () => !(await enrollments.has(user, course, signal));
      const path = pathOf('removeuserfromcourse', { user_id: user, course_id: course });
      return changeByGet(client, path, isDone, signal);
    },
  };
}
