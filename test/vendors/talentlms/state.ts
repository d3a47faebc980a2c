import type { LoggedRequest, Loopback } from '../loopback.ts';
import type { SeedCourse, SeedEnrollment, VendorCourse, VendorEnrollment } from './school.ts';

export interface VendorUser {
  id: number;
  login: string;
  name: string;
  surname: string;
  email: string;
  password: string;
  timezone: string;
  /** `nl-NL` style. */
  locale: string;
  userType: string;
  status: 'active' | 'inactive';
  /** ISO instants. */
  registration: string;
  lastUpdated: string;
  lastLogin: string | null;
  /** ISO instant, or null. */
  deactivationDate: string | null;
  description: string | null;
  credits: number | null;
  emailNotifications: boolean;
  /** By the field's index. */
  custom: Map<number, string>;
  branches: Set<number>;
}

type FieldType = 'text' | 'dropdown' | 'checkbox' | 'date';

export interface VendorField {
  /** The N of `custom_field_N`; indexes have gaps. */
  readonly index: number;
  readonly name: string;
  readonly type: FieldType;
  readonly values: readonly string[];
}

interface VendorTask {
  readonly id: string;
  /** Requests until it is done: work goes on in the background, whether or not somebody polls. */
  pendingFor: number;
  readonly run: () => readonly TaskResult[];
  results: readonly TaskResult[] | undefined;
}

export interface TaskResult {
  readonly index: number;
  readonly id: number | null;
  readonly status: 'success' | 'error';
  readonly error: string | null;
}

/** A person as a test puts it in; what is left out is filled in. */
export interface SeedUser {
  readonly login: string;
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  readonly locale?: string;
  readonly timezone?: string;
  readonly userType?: string;
  readonly status?: 'active' | 'inactive';
  readonly deactivationDate?: string | null;
  readonly description?: string | null;
  /** Values by the field's name. */
  readonly custom?: Readonly<Record<string, string>>;
  /** Names of branches. */
  readonly branches?: readonly string[];
}

export interface SeedField {
  readonly name: string;
  readonly type: FieldType;
  readonly index?: number;
  readonly values?: readonly string[];
}

/** What is behind the API. Tests read and change it. */
export interface VendorState {
  readonly users: Map<number, VendorUser>;
  readonly fields: VendorField[];
  readonly branches: Map<number, string>;
  readonly courses: Map<number, VendorCourse>;
  /** By `<user>/<course>`. */
  readonly enrollments: Map<string, VendorEnrollment>;
  /** Users who were deleted by v1, and not for good: nobody is shown them, and they keep login and address. */
  readonly ghosts: Map<number, VendorUser>;
  readonly tasks: Map<string, VendorTask>;
  /** Ms since 1970. */
  readonly now: () => number;
  nextId: number;
  /** Requests that a background task takes. */
  pendingPolls: number;
  /** What POST /users answers with: documented as the whole user, seen as its id only. */
  createAnswer: 'user' | 'id';
  errorShape: 'top' | 'nested';
  /** The most that a page holds, whatever is asked for. */
  largestPage: number;
  /** False: every request is refused with 403, as for a portal whose API is switched off. */
  apiEnabled: boolean;
  /** How v1 writes dates, and what it calls that in `siteinfo`. */
  dateFormat: 'DDMMYYYY' | 'MMDDYYYY' | 'YYYYMMDD';
  /** v1: whether the list of users has their custom fields, as public clients show it. */
  listHasFields: boolean;
  /** v1: an older portal gives every list at once, whatever page is asked for. */
  givesAllAtOnce: boolean;
}

export interface TalentLms extends VendorState {
  readonly url: string;
  readonly loopback: Loopback;
  /** Requests by method and path since the start, or since `from` (a length of the log). */
  requests(from?: number): readonly LoggedRequest[];
  addUser(user: SeedUser): VendorUser;
  addCourse(course: SeedCourse): VendorCourse;
  addEnrollment(enrollment: SeedEnrollment): VendorEnrollment;
  /** The user with this login; fails where there is none. */
  byLogin(login: string): VendorUser;
  close(): Promise<void>;
}

export const userTypes = ['SuperAdmin', 'Administrator', 'Trainer-Type', 'Learner-Type'] as const;

export function addUser(state: VendorState, seed: SeedUser): VendorUser {
  const at = new Date(state.now()).toISOString();
  const user: VendorUser = {
    id: state.nextId,
    login: seed.login,
    name: seed.name,
    surname: seed.surname,
    email: seed.email,
    password: 'Invented1',
    timezone: seed.timezone ?? 'Europe/Amsterdam',
    locale: seed.locale ?? 'en-US',
    userType: seed.userType ?? 'Learner-Type',
    status: seed.status ?? 'active',
    registration: at,
    lastUpdated: at,
    lastLogin: null,
    deactivationDate: seed.deactivationDate ?? null,
    description: seed.description ?? null,
    credits: null,
    emailNotifications: true,
    custom: new Map(Object.entries(seed.custom ?? {}).map(([name, value]) => [indexOf(state, name), value])),
    branches: new Set((seed.branches ?? []).map((name) => branchOf(state, name))),
  };
  // An id is never used again.
  state.nextId += 1;
  state.users.set(user.id, user);
  return user;
}

function indexOf(state: VendorState, name: string): number {
  const field = state.fields.find((one) => one.name === name);
  if (field === undefined) throw new Error(`the portal has no custom field ${name}`);
  return field.index;
}

function branchOf(state: VendorState, name: string): number {
  for (const [id, one] of state.branches) if (one === name) return id;
  throw new Error(`the portal has no branch ${name}`);
}
