import type { Person } from '../people/people.ts';
import type { TalentLms } from '../vendors/talentlms/state.ts';

/** What the story has changed so far, as far as accounts show it. */
export interface Changed {
  /** Numbers of people who left after they had an account. */
  readonly left: Set<number>;
  /** True since the mapping renames one position. */
  titleRenamed: boolean;
  /** True since the offices were cleared, with approval. */
  officeCleared: boolean;
}

interface Expected {
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  readonly login: string;
  readonly status: string;
  readonly hris_id: string;
  readonly department: string;
  readonly job_title: string;
  readonly office: string | undefined;
  /** Login of the account that is named as manager. */
  readonly manager: string | undefined;
}

/** People of the sync: at work here, and not external. Written anew from the story, not from the specs. */
export function takesPart({ status, email }: Person): boolean {
  return status === 'active' && !email.endsWith('@example.org');
}

/** What the portal would have to hold, by login. */
export function expectedAccounts(people: readonly Person[], changed: Changed): ReadonlyMap<string, Expected> {
  const members = new Map(people.filter(takesPart).map((person) => [person.number, person]));
  const accounts = [...members.values()].map((person): [string, Expected] => [
    person.email,
    {
      name: person.firstName,
      surname: person.lastName,
      email: person.email,
      login: person.email,
      status: changed.left.has(person.number) ? 'inactive' : 'active',
      hris_id: String(person.number),
      department: person.department,
      job_title:
        changed.titleRenamed && person.position === 'Engineer' ? 'Software Engineer' : person.position,
      office: changed.officeCleared && !changed.left.has(person.number) ? undefined : person.office,
      manager: members.get(person.supervisor ?? 0)?.email,
    },
  ]);
  return new Map(accounts);
}

/** Differences between the portal and what it would have to hold, a sentence each. The portal's owner does not count. */
export function differences(portal: TalentLms, expected: ReadonlyMap<string, Expected>): readonly string[] {
  const held = actualAccounts(portal);
  const wrong: string[] = [];
  for (const [login, account] of expected) {
    const actual = held.get(login);
    if (actual === undefined) {
      wrong.push(`${login} has no account`);
      continue;
    }
    for (const key of Object.keys(account) as (keyof Expected)[]) {
      if (actual[key] !== account[key])
        wrong.push(`${login}: ${key} is ${actual[key] ?? 'empty'}, not ${account[key] ?? 'empty'}`);
    }
  }
  for (const login of held.keys()) if (!expected.has(login)) wrong.push(`${login} should have no account`);
  return wrong;
}

function actualAccounts(portal: TalentLms): ReadonlyMap<string, Expected> {
  const indexes = new Map(portal.fields.map(({ name, index }) => [name, index]));
  const found = new Map<string, Expected>();
  for (const user of portal.users.values()) {
    if (user.userType === 'SuperAdmin') continue;
    const custom = (name: string) => user.custom.get(indexes.get(name) ?? 0);
    const { name, surname, email, login, status } = user;
    const manager = custom('manager');
    found.set(login, {
      name,
      surname,
      email,
      login,
      status,
      hris_id: custom('hris_id') ?? '',
      department: custom('department') ?? '',
      job_title: custom('job_title') ?? '',
      office: custom('office'),
      manager: manager === undefined ? undefined : portal.users.get(Number(manager))?.login,
    });
  }
  return found;
}
