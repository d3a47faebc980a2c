import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { workInBackground } from './batch.ts';
import { checkByDocument } from './document.ts';
import { Meter, type VendorLimits } from './limits.ts';
import { answerRefusal, Refusal, sections } from './refusal.ts';
import { routesOf, type Route } from './routes.ts';
import { addCourse, addEnrollment, type SeedCourse, type SeedEnrollment } from './school.ts';
import { addUser, type SeedField, type SeedUser, type TalentLms, type VendorState } from './state.ts';
import { answerV1 } from './v1/server.ts';

export interface TalentLmsOptions {
  readonly users?: readonly SeedUser[];
  readonly apiKey: string;
  /** Without an index they get 1, 2, 4, 5, 7 …: a portal where fields were deleted. */
  readonly customFields?: readonly SeedField[];
  /** They get the numbers 1, 2, 3 … */
  readonly courses?: readonly SeedCourse[];
  readonly enrollments?: readonly SeedEnrollment[];
  /** Names. */
  readonly branches?: readonly string[];
  readonly limits?: VendorLimits;
  /** The owner of the portal, who is in the list like everybody; `false` for none. */
  readonly admin?: SeedUser | false;
  /** Ms since 1970. */
  readonly now?: () => number;
  readonly port?: number;
}

/**
 * TalentLMS on loopback, API v2 and v1 over one store, as `vendors/talentlms.md` documents it. What the documents leave open (the bodies of
 * user-fields and tasks, the status of a create) is marked there as uncertain and chosen here.
 */
export async function startTalentLms(options: TalentLmsOptions): Promise<TalentLms> {
  const state = stateOf(options);
  const meter = new Meter(options.limits ?? { perHour: 10_000, per5s: 200 }, state.now);
  let routes: readonly Route[] = [];
  const loopback = await Loopback.start((request) => {
    if (request.method === 'GET' && request.path === '/api/v2/health') return { status: 200 };
    if (request.path.startsWith('/api/v1/')) return answerV1(state, options.apiKey, meter, request);
    try {
      checkHeaders(state, options.apiKey, request);
      return answer(state, routes, meter, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const refused = answerRefusal(error, state.errorShape);
      return { ...refused, headers: { ...refused.headers, ...meter.headers() } };
    }
  }, options.port);
  routes = routesOf(state, loopback.url);
  return Object.assign(state, {
    url: loopback.url,
    loopback,
    requests: (from = 0) => loopback.log.slice(from),
    addUser: (user: SeedUser) => addUser(state, user),
    addCourse: (course: SeedCourse) => addCourse(state, course),
    addEnrollment: (enrollment: SeedEnrollment) => addEnrollment(state, enrollment),
    byLogin: (login: string) => {
      for (const user of state.users.values()) if (user.login === login) return user;
      throw new Error(`nobody has the login ${login}`);
    },
    close: () => loopback.close(),
  });
}

function stateOf(options: TalentLmsOptions): VendorState {
  const state: VendorState = {
    users: new Map(),
    fields: (options.customFields ?? []).map((field, position) => ({
      index: field.index ?? position + 1 + Math.floor(position / 2),
      name: field.name,
      type: field.type,
      values: field.values ?? [],
    })),
    branches: new Map((options.branches ?? []).map((name, position) => [position + 3, name])),
    courses: new Map(),
    enrollments: new Map(),
    ghosts: new Map(),
    tasks: new Map(),
    now: options.now ?? Date.now,
    nextId: 1,
    pendingPolls: 1,
    createAnswer: 'user',
    errorShape: 'top',
    largestPage: 100,
    apiEnabled: true,
    dateFormat: 'DDMMYYYY',
    listHasFields: true,
    givesAllAtOnce: false,
  };
  if (options.admin !== false) addUser(state, options.admin ?? owner);
  for (const user of options.users ?? []) addUser(state, user);
  for (const course of options.courses ?? []) addCourse(state, course);
  for (const enrollment of options.enrollments ?? []) addEnrollment(state, enrollment);
  return state;
}

const owner: SeedUser = {
  login: 'portal.owner',
  name: 'Portal',
  surname: 'Owner',
  email: 'owner@example.com',
  userType: 'SuperAdmin',
};

function answer(
  state: VendorState,
  routes: readonly Route[],
  meter: Meter,
  request: VendorRequest,
): VendorAnswer {
  meter.count();
  workInBackground(state);
  for (const { method, path, query, handle } of routes) {
    const found = path.exec(request.path);
    if (method !== request.method || found === null) continue;
    for (const name of request.query.keys()) {
      if (query.includes(name)) continue;
      throw new Refusal(400, sections.users, `The parameter ${name} is not documented here.`);
    }
    checkByDocument(request);
    const answered = handle(request, found[1] ?? '');
    return { ...answered, headers: { ...answered.headers, ...meter.headers() } };
  }
  throw new Refusal(404, sections.simulator, 'The requested API action does not exist');
}

function checkHeaders(state: VendorState, apiKey: string, { headers, text }: VendorRequest): void {
  const section = sections.authentication;
  if (headers['x-api-key'] !== apiKey) throw new Refusal(401, sections.errors, 'Invalid API key provided.');
  if (!state.apiEnabled) {
    throw new Refusal(403, sections.errors, 'API is not enabled for the specified domain.');
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(headers['x-api-version'] ?? '')) {
    throw new Refusal(400, section, 'The header X-API-Version (YYYY-MM-DD) is missing.');
  }
  if (!(headers['accept'] ?? '').includes('application/json')) {
    throw new Refusal(400, section, 'The header Accept: application/json is missing.');
  }
  if (text !== '' && !(headers['content-type'] ?? '').includes('application/json')) {
    throw new Refusal(400, section, 'The header Content-Type: application/json is missing.');
  }
}
