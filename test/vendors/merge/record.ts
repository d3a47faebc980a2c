import { createHash } from 'node:crypto';
import type { Json } from '../../../src/model/value.ts';
import { departments, offices } from '../../people/names.ts';
import type { Person } from '../../people/people.ts';

export type Item = Readonly<Record<string, Json>>;

/** A text of a record; empty where it is none. */
export function textIn(item: Item, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

/** Merge's own id of a record: the same for the same record of the same linked account. */
export function mergeId(account: string, model: string, remoteId: string): string {
  const of = `${account} ${model} ${remoteId}`;
  const id = known.get(of) ?? uuidOf(of);
  known.set(of, id);
  return id;
}

const known = new Map<string, string>();

function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`];
  return [...parts, hash.slice(20, 32)].join('-');
}

/** What an HR system holds of an invented person, in the words of Merge's common models. Relations are remote ids. */
export interface HrRecord {
  readonly employee: Item;
  /** Newest last. */
  readonly employments: readonly Item[];
  /** The HR system's own answer, as `remote_data` has it. */
  readonly raw: Item;
}

const statuses = { onboarding: 'PENDING', active: 'ACTIVE', leave: 'ACTIVE', inactive: 'INACTIVE' } as const;

export function hrRecordOf(person: Person): HrRecord {
  const number = String(person.number);
  const start = midnight(person.hireDate);
  return {
    employee: {
      remote_id: number,
      employee_number: `E-${number}`,
      first_name: person.firstName,
      last_name: person.lastName,
      preferred_name: null,
      display_full_name: `${person.firstName} ${person.lastName}`,
      username: null,
      work_email: person.email,
      personal_email: null,
      mobile_phone_number: null,
      ssn: '078-05-1120',
      gender: 'NON-BINARY',
      ethnicity: null,
      marital_status: null,
      date_of_birth: '1990-05-17T00:00:00Z',
      hire_date: start,
      start_date: start,
      remote_created_at: start,
      employment_status: statuses[person.status],
      termination_date: person.lastDay === undefined ? null : midnight(person.lastDay),
      avatar: null,
      custom_fields: { shirt: 'M' },
      field_mappings: {
        organization_defined_targets: { badge_no: { value: `B-${number}` } },
        linked_account_defined_targets: { cost_key: { value: 4 } },
      },
      company: '1',
      groups: [`department ${person.department}`, `team ${person.team}`],
      home_location: null,
      work_location: person.office,
      manager: person.supervisor === undefined ? null : String(person.supervisor),
      team: null,
      pay_group: null,
    },
    employments: [
      employment(`${number}-1`, 'Trainee', '2001-01-01T00:00:00Z'),
      employment(`${number}-2`, person.position, start),
    ],
    raw: { id: number, fields: { User_City: person.office, children: 2, 'a/b': 'slash' } },
  };
}

function employment(remoteId: string, title: string, from: string): Item {
  return {
    remote_id: remoteId,
    job_title: title,
    pay_rate: 4200.5,
    pay_period: 'MONTH',
    pay_frequency: 'MONTHLY',
    pay_currency: 'EUR',
    pay_group: null,
    flsa_status: null,
    effective_date: from,
    employment_type: 'FULL_TIME',
  };
}

function midnight(day: string): string {
  return `${day}T00:00:00Z`;
}

/** Groups of the company by remote id: departments and teams, whose types Merge knows, and a guild, whose it does not. */
export const groups: ReadonlyMap<string, Item> = new Map([
  ...departments.flatMap(({ name, teams }) => [
    group(`department ${name}`, name, 'DEPARTMENT'),
    ...teams.map((team) => group(`team ${team}`, team, 'TEAM')),
  ]),
  group('guild', 'Choir', 'Guild'),
]);

function group(remoteId: string, name: string, type: string): [string, Item] {
  return [remoteId, { remote_id: remoteId, parent_group: null, name, type, is_commonly_used_as_team: null }];
}

export const locations: ReadonlyMap<string, Item> = new Map(
  offices.map(({ name, country }) => [
    name,
    {
      remote_id: name,
      name: `${name} office`,
      phone_number: null,
      street_1: 'Main Street 1',
      street_2: null,
      city: name,
      state: null,
      zip_code: '10000',
      country,
      location_type: 'WORK',
    },
  ]),
);

export const companies: ReadonlyMap<string, Item> = new Map([
  ['1', { remote_id: '1', legal_name: 'Example GmbH', display_name: 'Example', eins: [] }],
]);
