import { isDay } from './calendar.ts';
import { stuckBy, type Habit } from './forms.ts';
import type { HrRecord } from './source.ts';
import type { Rules } from './rules.ts';
import type { Account } from './trace.ts';

/** Everything that decides how the target must look in the end. */
export interface End {
  /** Of one sync. */
  readonly people: readonly HrRecord[];
  /** Of all HR systems. */
  readonly everybody: readonly HrRecord[];
  readonly doubles: ReadonlySet<string>;
  readonly accounts: readonly Account[];
  readonly rules: Rules;
  readonly habit: Habit;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** People whose account we took away last. */
  readonly takenAway: ReadonlySet<string>;
  /** Those among them who get the same account again when they return; of the others a person decides. */
  readonly givenBack: ReadonlySet<string>;
  /** People whose account somebody deleted by hand: it is not made again. */
  readonly lost: ReadonlySet<string>;
  /** People whom we gave an account or linked to one. */
  readonly ours: ReadonlySet<string>;
  /** Accounts that the store knows as another sync's. */
  readonly foreign: ReadonlySet<string>;
  /** People whose account the store knows. */
  readonly linked: ReadonlySet<string>;
  /** Where only these people were looked at since: their references, and what they freed, are for a look at everybody. */
  readonly only?: ReadonlySet<string> | undefined;
  /** False while people who vanished may still wait for a second reading or an approval. */
  readonly vanishedAreOver: boolean;
}

/**
 * How the target differs from what HR says it must be: a second, plain model of the rules, written without the engine's.
 * Where a rule leaves a choice to a person (somebody who returned, an address that two people want), nothing is expected.
 */
export function whatIsWrong(end: End): readonly string[] {
  const wrong: string[] = [];
  if (end.rules.mode === 'observe') return wrong;
  const listed = new Set(end.people.map(({ id }) => id));
  for (const person of end.people) {
    if (end.only?.has(person.id) === false) continue;
    const account = end.accounts.find(({ values }) => values['hris_id'] === person.id);
    const fault = wrongWith(end, person, account);
    if (fault !== undefined) wrong.push(`${person.id} ${fault}`);
  }
  if (end.rules.mode !== 'full' || end.only !== undefined) return wrong;
  for (const account of end.accounts) {
    const id = account.values['hris_id'];
    if (id === undefined || listed.has(id) || !end.ours.has(id) || account.protected) continue;
    // Nobody but HR could say whose it was once the store was lost.
    if (!end.linked.has(id)) continue;
    // Who enables an account that we gave up, of somebody HR does not list any more, has decided.
    if (end.takenAway.has(id)) continue;
    if (account.active && end.vanishedAreOver) wrong.push(`${id} vanished and still has an active account`);
  }
  return wrong;
}

function wrongWith(end: End, person: HrRecord, account: Account | undefined): string | undefined {
  if (end.doubles.has(person.id) || end.lost.has(person.id) || account?.protected === true) return undefined;
  const standing = standingOf(person, end.today);
  if (standing === 'unknown') return undefined;
  const { mode } = end.rules;
  if (mode === 'create-only') return standing === 'here' ? wrongWithNew(end, person, account) : undefined;
  if (mode === 'upsert' && (standing === 'left' || standing === 'away')) return undefined;
  if (standing === 'left') return account?.active === true ? 'left and has an active account' : undefined;
  if (isAbsent(person['department'])) return undefined;
  // What was taken away once and is used again by hand: only of leavers do the rules say what becomes of it.
  if (end.takenAway.has(person.id)) return wrongWithReturned(end, person, account, standing);
  if (person['department'] === 'Board') return wrongOutside(end, account);
  if (standing === 'away' && end.rules.away === 'disable') {
    return account?.active === true ? 'is away and has an active account' : undefined;
  }
  if (account === undefined) return standing === 'here' ? whyMissing(end, person) : undefined;
  if (isBlocked(end, person, account)) return undefined;
  if (standing === 'here' && !account.active) return 'is here and has a disabled account';
  return wrongValue(end, person, account);
}

/** Who was away, or left and came back, has the former account again. One that is gone may have been missed once only. */
function wrongWithReturned(
  end: End,
  person: HrRecord,
  account: Account | undefined,
  standing: string,
): string | undefined {
  if (standing !== 'here' || person['department'] === 'Board' || !end.givenBack.has(person.id))
    return undefined;
  if (account === undefined || isBlocked(end, person, account) || !end.linked.has(person.id))
    return undefined;
  return account.active ? undefined : 'came back and still has a disabled account';
}

/** Accounts are made where there is none, and nothing else is done to any. */
function wrongWithNew(end: End, person: HrRecord, account: Account | undefined): string | undefined {
  if (account !== undefined || isAbsent(person['department']) || person['department'] === 'Board')
    return undefined;
  // One that was only linked does not show whose it is.
  if (end.linked.has(person.id)) return undefined;
  const free = end.accounts.some(
    ({ values, active }) => active && values['email'] === lower(person['email']),
  );
  return free ? undefined : whyMissing(end, person);
}

function standingOf(person: HrRecord, today: string): 'here' | 'later' | 'away' | 'left' | 'unknown' {
  const { status, start_date: starts, last_day: lastDay } = person;
  const known = status === 'active' || status === 'leave' || status === 'inactive';
  const [noStart, noEnd] = [isAbsent(starts), isAbsent(lastDay)];
  if (!noEnd && !isDay(lastDay)) return 'unknown';
  if (!noStart && !isDay(starts)) {
    const gone = status === 'inactive' && (noEnd || String(lastDay) < today);
    return gone ? 'left' : 'unknown';
  }
  const counts = isDay(lastDay) && !(isDay(starts) && lastDay < starts);
  if (counts && lastDay < today) return 'left';
  if (!known) return 'unknown';
  if (status === 'inactive' && !counts) return 'left';
  if (status === 'leave') return 'away';
  return isDay(starts) && starts > today ? 'later' : 'here';
}

function wrongOutside({ rules, ours, linked }: End, account: Account | undefined): string | undefined {
  if (
    account === undefined ||
    rules.outOfScope === 'keep' ||
    rules.mode !== 'full' ||
    !ours.has(account.values['hris_id'] ?? '')
  ) {
    return undefined;
  }
  // Of somebody outside nobody looks for an account that the lost store knew of.
  if (!linked.has(account.values['hris_id'] ?? '')) return undefined;
  if (rules.outOfScope === 'disable' && !account.active) return undefined;
  return account.active ? 'is out of scope and has an active account' : undefined;
}

/** Nobody else may hold or want what this account must have. */
function isBlocked({ everybody, accounts }: End, person: HrRecord, account: Account | undefined): boolean {
  const wanted = lower(person['email']);
  if (wanted === '' || isAbsent(person['first_name']) || isAbsent(person['last_name'])) return true;
  const rivals = everybody.some((other) => other.id !== person.id && lower(other['email']) === wanted);
  const holders = accounts.some(
    (other) =>
      other.id !== account?.id &&
      (other.values['email'] === wanted || (account === undefined && other.values['login'] === wanted)),
  );
  return rivals || holders;
}

function whyMissing(end: End, person: HrRecord): string | undefined {
  const wanted = lower(person['email']);
  const [only, ...more] = end.accounts.filter(({ values }) => values['email'] === wanted);
  const free =
    only !== undefined &&
    !end.foreign.has(only.id) &&
    only.active &&
    !only.protected &&
    only.values['hris_id'] === undefined;
  const rest = { ...end, accounts: end.accounts.filter((one) => one !== only) };
  if (free && more.length === 0) {
    return isBlocked(rest, person, only) ? undefined : 'is here and was not given the account that is there';
  }
  return isBlocked(end, person, undefined) ? undefined : 'is here and has no account';
}

function wrongValue(end: End, person: HrRecord, { values }: Account): string | undefined {
  const { rules, accounts } = end;
  const department = String(person['department']);
  const wanted: Record<string, unknown> = {
    first_name: person['first_name'],
    last_name: person['last_name'],
    email: lower(person['email']),
    department: rules.department === 'upper case' ? department.toUpperCase() : department,
    unit: department,
  };
  if (!isAbsent(person['phone'])) wanted['phone'] = person['phone'];
  else if (rules.phoneOnNull === 'clear') wanted['phone'] = undefined;
  const manager = accounts.find((one) => one.values['hris_id'] === person['manager']);
  if (
    manager !== undefined &&
    end.only === undefined &&
    end.ours.has(String(person['manager'])) &&
    end.linked.has(String(person['manager']))
  )
    wanted['manager'] = manager.id;
  const stuck = stuckBy(end.habit);
  const name = Object.keys(wanted).find((one) => one !== stuck && !reads(values[one], wanted[one]));
  return name === undefined ? undefined : `has another ${name} than HR says`;
}

/** The same text to a reader, composed or not. */
function reads(value: unknown, wanted: unknown): boolean {
  return composed(value) === composed(wanted);
}

function composed(one: unknown): unknown {
  return typeof one === 'string' ? one.normalize('NFC') : one;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
