import type { RowRules } from '../../csv/row-rules.ts';
import type { Table } from '../../csv/table.ts';
import { attributesOf } from '../attributes.ts';
import type { CsvWay, TalosConfig } from '../schema.ts';
import { managersFirst } from './managers-first.ts';

/**
 * What Talos Perform checks of a file (help centre, article 634288: required fields, duplicates, formatting, managers),
 * checked before it is sent: a row that would be refused is that person's error here, and is not sent. How exactly it
 * checks is not published; these rules are ours, and strict.
 */
export class UserRules implements RowRules {
  readonly #headers: ReadonlyMap<string, string>;
  readonly #required: readonly string[];
  readonly #managers: CsvWay['managers'];
  readonly #active: CsvWay['active'];

  constructor(config: TalosConfig, { managers, active }: CsvWay) {
    const attributes = attributesOf(config);
    this.#headers = new Map(attributes.map(({ name, property }) => [name, property]));
    this.#required = attributes.filter(({ flags }) => flags.required === true).map(({ name }) => name);
    this.#managers = managers;
    this.#active = active;
  }

  faultsOf(table: Table, ids: ReadonlySet<string>): ReadonlyMap<string, string> {
    const users = this.#usersOf(table);
    const known = new Map(users.map((user) => [user.id, user]));
    const managing = new Set(users.flatMap(({ isActive, manager }) => (isActive ? [manager] : [])));
    const [byId, byEmail] = [
      countsOf(users, ({ id }) => fold(id)),
      countsOf(users, ({ email }) => fold(email)),
    ];
    const faults = new Map<string, string>();
    for (const user of users) {
      if (!ids.has(user.id)) continue;
      const fault =
        this.#lacking(user) ??
        brokenText(user) ??
        (isAddress(user.email) ? undefined : `"${this.#header('email')}" is no e-mail address`) ??
        (byId.get(fold(user.id)) === 1
          ? undefined
          : `"${this.#header('employeeId')}" is in another row too`) ??
        (byEmail.get(fold(user.email)) === 1
          ? undefined
          : `"${this.#header('email')}" is in another row too, which may be a deactivated user's`) ??
        this.#managerFault(user, known) ??
        (user.isActive || !managing.has(user.id)
          ? undefined
          : 'somebody who is deactivated still manages others');
      if (fault !== undefined) faults.set(user.id, `${fault}: Talos Perform would refuse this row`);
    }
    return faults;
  }

  inOrder(table: Table): Iterable<readonly string[]> {
    return managersFirst(this.#usersOf(table)).map(({ record }) => record);
  }

  #lacking(user: User): string | undefined {
    const lacking = this.#required.find((name) => user.cell(name).trim() === '');
    return lacking === undefined ? undefined : `"${this.#header(lacking)}" is required, and empty`;
  }

  #managerFault({ id, manager }: User, known: ReadonlyMap<string, User>): string | undefined {
    const header = this.#header('managerEmployeeId');
    if (manager === '') return undefined;
    if (manager === id) return `"${header}" names the user as their own manager`;
    if (this.#managers === 'in-file' && !known.has(manager)) {
      return `"${header}" names somebody whom the file does not have`;
    }
    const above = new Set<string>();
    for (let next = manager; next !== '' && !above.has(next); next = known.get(next)?.manager ?? '')
      above.add(next);
    return above.has(id) ? `"${header}" goes in a circle` : undefined;
  }

  #usersOf(table: Table): readonly User[] {
    const columns = new Map([...this.#headers].map(([name, header]) => [name, table.column(header) ?? -1]));
    return [...table.records()].map((record) => {
      const cell = (name: string) => record[columns.get(name) ?? -1] ?? '';
      const [email, manager] = [cell('email').trim(), cell('managerEmployeeId').trim()];
      return {
        record,
        cell,
        id: table.idOf(record),
        email,
        manager,
        isActive: this.#isActive(table, record),
      };
    });
  }

  #isActive(table: Table, record: readonly string[]): boolean {
    if (this.#active === undefined) return true;
    const word = record[table.column(this.#active.header) ?? -1] ?? '';
    return fold(word) !== fold(this.#active.false);
  }

  #header(name: string): string {
    return this.#headers.get(name) ?? name;
  }
}

/** One row, as far as rules ask. */
interface User {
  readonly record: readonly string[];
  readonly id: string;
  readonly email: string;
  readonly manager: string;
  readonly isActive: boolean;
  cell(name: string): string;
}

/** A line break within a cell is allowed in CSV, and what many importers take for the end of a row. */
function brokenText({ record }: User): string | undefined {
  return record.some((cell) => /\p{Cc}/u.test(cell))
    ? 'a text holds a line break or a control character'
    : undefined;
}

function isAddress(text: string): boolean {
  return /^[^\s@<>(),;:"]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

function countsOf(users: readonly User[], keyOf: (user: User) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const user of users) counts.set(keyOf(user), (counts.get(keyOf(user)) ?? 0) + 1);
  return counts;
}
