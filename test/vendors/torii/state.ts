import type { Json } from '../../../src/model/value.ts';
import type { Loopback } from '../loopback.ts';

/** Somebody on the list of people: what the connected sources say, of which the API may write the life cycle alone. */
export interface Person {
  readonly id: number;
  email: string;
  firstName: string;
  lastName: string;
  lifecycleStatus: 'active' | 'offboarding' | 'offboarded';
  isDeletedInIdentitySources: boolean;
  isExternal: boolean;
  role: string;
  activeAppsCount: number;
  /** Values of the organisation's own fields, by key. */
  readonly fields: Map<string, Json>;
}

/** Somebody who may log in to Torii. */
export interface LoginUser {
  readonly id: number;
  readonly userName: string;
  readonly created: string;
  name: { givenName?: string; familyName?: string };
  userType: string;
  active: boolean;
}

/** A user of one account of an application. */
export interface AppUser {
  readonly idAppAccount: number;
  idExternalUser: string | null;
  email: string;
  firstName: string | null;
  lastName: string | null;
  status: 'active' | 'deleted' | 'managed';
  externalStatus: string | null;
  role: string | null;
  lastVisitTime: string | null;
  licenses: { name: string; status: string }[];
  /** Torii's own, which no file says. */
  readonly score: number;
}

/** A licence of an application, as the last file said. */
export interface License {
  readonly name: string;
  readonly unassignedAmount: number | null;
  readonly pricePerUser: number | null;
}

export interface UploadedFile {
  readonly type: string;
  readonly text: string;
}

/** A custom integration's file on the way: Torii takes it over some time after it said yes. */
export interface RunningSync {
  readonly idAppAccount: number;
  readonly text: string;
  readonly doneAt: number;
}

export interface CustomField {
  readonly id: number;
  readonly name: string;
  readonly key: string;
  readonly type: string;
  readonly isDeleted?: boolean;
}

export interface ToriiState {
  readonly organisation: { readonly id: number; readonly companyName: string; readonly domain: string };
  readonly people: Map<number, Person>;
  readonly fields: CustomField[];
  readonly logins: Map<number, LoginUser>;
  readonly roles: string[];
  /** Accounts of applications, by id: the application, and what people call the account. */
  readonly accounts: Map<number, { readonly idApp: number; readonly name: string }>;
  appUsers: AppUser[];
  readonly licenses: Map<number, readonly License[]>;
  readonly files: Map<number, UploadedFile>;
  /** Kept apart until Torii is told of them: what was put to the address for large files, by path. */
  readonly stored: Map<string, string>;
  readonly now: () => number;
  sync: RunningSync | undefined;
  /** How long Torii takes to take a file over. */
  syncMs: number;
  /** Who is not in a file: documents do not say. `removed` is the harsher one. */
  absent: 'removed' | 'kept';
  /** A file with a user that is wrong: refused with its place, or taken over without them. */
  invalid: 'refused' | 'left-out';
  /** Whether the list of an application's users tells of licences. */
  showsLicenses: boolean;
  /** Keys that the API may not use, with 403: first segments of paths. */
  readonly withheld: Set<string>;
  /** The most that a page holds, whatever is asked for. */
  largestPage: number;
  nextId: number;
}

export interface Torii extends ToriiState {
  readonly url: string;
  readonly loopback: Loopback;
  addPerson(person: Partial<Omit<Person, 'id'>> & { readonly email: string }): Person;
  addLogin(login: Partial<Omit<LoginUser, 'id'>> & { readonly userName: string }): LoginUser;
  addAppUser(user: Partial<AppUser> & { readonly email: string; readonly idAppAccount: number }): AppUser;
  /** Users of an account who are in use, by address. */
  usersOf(idAppAccount: number): ReadonlyMap<string, AppUser>;
  close(): Promise<void>;
}

export function newId(state: ToriiState): number {
  state.nextId += 1;
  return state.nextId;
}
