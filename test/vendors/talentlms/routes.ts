import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { batchUsers, getTask } from './batch.ts';
import { branchesOfUser, joinBranch, leaveBranch, listBranches } from './branches.ts';
import { coursesOfUser, enroll, listCategories, listCourses, progress, unenroll } from './courses.ts';
import type { VendorState } from './state.ts';
import { createUser, deleteUser, getUser, listFields, listUsers, patchUser } from './users.ts';

type Handler = (request: VendorRequest, id: string) => VendorAnswer;

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Parameters of the query that are documented here. */
  readonly query: readonly string[];
  readonly handle: Handler;
}

const paging = ['page[number]', 'page[size]'];
const userFilters = [
  'filter[status][eq]',
  'filter[login][eq]',
  'filter[email][eq]',
  'filter[keyword][like]',
  'filter[last_updated][gte]',
  'filter[last_updated][lte]',
  'filter[branch_id][eq]',
  'filter[group_id][eq]',
  'filter[integration][eq]',
  'filter[custom_field_value][eq]',
];

/** Every documented route that this release needs; all else is refused. */
export function routesOf(state: VendorState, url: string): readonly Route[] {
  return [
    route('GET', 'users', (request) => listUsers(state, request, url), [...paging, ...userFilters]),
    route('POST', 'users', (request) => createUser(state, request)),
    route('GET', 'users/{id}', (_, id) => getUser(state, id)),
    route('PATCH', 'users/{id}', (request, id) => patchUser(state, request, id)),
    route('DELETE', 'users/{id}', (_, id) => deleteUser(state, id)),
    route('GET', 'users/{id}/branches', (_, id) => branchesOfUser(state, id)),
    route('GET', 'user-fields', () => listFields(state)),
    route('POST', 'batch/users', (request) => batchUsers(state, request)),
    route('GET', 'tasks/{id}', (_, id) => getTask(state, id)),
    route('GET', 'branches', (request) => listBranches(state, request, url), paging),
    route('POST', 'branch-users', (request) => joinBranch(state, request)),
    route('DELETE', 'branch-users', (request) => leaveBranch(state, request)),
    route('GET', 'courses', (request) => listCourses(state, request, url), paging),
    route('GET', 'categories', (request) => listCategories(state, request, url), paging),
    route('GET', 'users/{id}/courses', (_, id) => coursesOfUser(state, id)),
    route('GET', 'course-progress', (request) => progress(state, request), ['user_id', 'course_id']),
    route('POST', 'enrollments', (request) => enroll(state, request)),
    route('DELETE', 'enrollments', (request) => unenroll(state, request)),
  ];
}

function route(method: string, path: string, handle: Handler, query: readonly string[] = []): Route {
  return { method, path: new RegExp(`^/api/v2/${path.replace('{id}', '([^/]+)')}$`), query, handle };
}
