import type { Json } from '../../../src/model/value.ts';
import type { LoggedRequest, Loopback } from '../loopback.ts';

export const smallLists = [
  'departments',
  'divisions',
  'locations',
  'job-titles',
  'employment-statuses',
] as const;
export type SmallList = (typeof smallLists)[number];

/** One employee as TalentHR keeps them. */
export interface VendorEmployee {
  readonly id: number;
  first_name: string;
  last_name: string;
  email: string;
  hire_date: string;
  termination_date: string | null;
  /** Null: the head of the company, or nobody was named. */
  reports_to_employee_id: number | null;
  /** Ids by small list; null where none was given. */
  readonly job: Record<SmallList, number | null>;
  /** `employee`, `admin`, `owner`. */
  role: string;
  deleted_at: string | null;
  /** What else an update takes, under its keys. */
  readonly profile: Map<string, Json>;
  /** Language of the user interface, an id. */
  language: number;
  /** Values of custom fields by slug. */
  readonly custom: Map<string, readonly string[]>;
}

export interface VendorCustomField {
  readonly name: string;
  readonly slug: string;
  readonly type?: 'text' | 'date';
  readonly multiple?: boolean;
  readonly group?: boolean;
  readonly deleted?: boolean;
}

/** A person as a test puts them in; what is left out is filled in. */
export interface SeedEmployee {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly hire_date?: string;
  readonly termination_date?: string | null;
  readonly reports_to_employee_id?: number | null;
  readonly role?: string;
  /** Names; those that are not there are added. */
  readonly department?: string;
  readonly division?: string;
  readonly location?: string;
  readonly job_title?: string;
  /** Under the keys of an update: `birth_date`, `city`, … */
  readonly profile?: Readonly<Record<string, Json>>;
  /** A code. */
  readonly language?: string;
  readonly custom?: Readonly<Record<string, string | readonly string[]>>;
}

/** What is behind the API. Tests read and change it. */
export interface VendorState {
  readonly employees: Map<number, VendorEmployee>;
  readonly lists: Readonly<Record<SmallList, { readonly id: number; readonly name: string }[]>>;
  readonly customFields: VendorCustomField[];
  /** Ms since 1970. */
  readonly now: () => number;
  nextId: number;
  /** The employee at the head of the company. */
  headId: number | null;
  /** E-mails that went to people. */
  readonly mails: { readonly to: string; readonly about: 'invitation' }[];
  /** Ids of employees for whom the onboarding began. */
  readonly onboardings: number[];
  /** The most that a page holds, whatever is asked for. */
  largestPage: number;
  /** Whether the plain directory leaves terminated people out, so that only a filter shows them: not documented. */
  hidesTerminated: boolean;
  /** Parts that the key may not read: `directory`, `employees`, `custom-fields`, `employment-statuses`. */
  readonly withheld: Set<string>;
  /** The next this many reads answer 200 with `success: false`. */
  softErrors: number;
}

export interface TalentHr extends VendorState {
  /** With `/v1`. */
  readonly url: string;
  readonly loopback: Loopback;
  requests(from?: number): readonly LoggedRequest[];
  addEmployee(seed: SeedEmployee): VendorEmployee;
  /** The employee with this address; fails where there is none. */
  byEmail(email: string): VendorEmployee;
  close(): Promise<void>;
}

export const languages = [
  { id: 1, code: 'en', name: 'English' },
  { id: 2, code: 'el', name: 'Greek' },
  { id: 3, code: 'nl', name: 'Dutch' },
  { id: 4, code: 'de', name: 'German' },
] as const;

export function addEmployee(state: VendorState, seed: SeedEmployee): VendorEmployee {
  const idOf = (list: SmallList, name: string | undefined) =>
    name === undefined ? null : (findName(state, list, name) ?? addName(state, list, name));
  const employee: VendorEmployee = {
    id: state.nextId,
    first_name: seed.first_name,
    last_name: seed.last_name,
    email: seed.email,
    hire_date: seed.hire_date ?? '2024-02-05',
    termination_date: seed.termination_date ?? null,
    reports_to_employee_id: seed.reports_to_employee_id ?? state.headId,
    job: {
      departments: idOf('departments', seed.department),
      divisions: idOf('divisions', seed.division),
      locations: idOf('locations', seed.location),
      'job-titles': idOf('job-titles', seed.job_title),
      'employment-statuses': idOf('employment-statuses', 'Full-Time'),
    },
    role: seed.role ?? 'employee',
    deleted_at: null,
    profile: new Map(Object.entries(seed.profile ?? {})),
    language: languages.find(({ code }) => code === (seed.language ?? 'en'))?.id ?? 1,
    custom: new Map(
      Object.entries(seed.custom ?? {}).map(([slug, value]) => [
        slug,
        typeof value === 'string' ? [value] : value,
      ]),
    ),
  };
  // An id is never used again.
  state.nextId += 1;
  state.employees.set(employee.id, employee);
  state.headId ??= employee.id;
  return employee;
}

export function findName({ lists }: VendorState, list: SmallList, name: string): number | undefined {
  return lists[list].find((one) => one.name === name)?.id;
}

export function addName({ lists }: VendorState, list: SmallList, name: string): number {
  // Ids of one list are none of another.
  const id = 10 * (lists[list].length + 1) + smallLists.indexOf(list);
  lists[list].push({ id, name });
  return id;
}
