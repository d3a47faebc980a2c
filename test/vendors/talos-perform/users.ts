/** A user of Talos Perform in our model: what stands in an answer, under the names that we guess. */
export interface TalosUser {
  readonly id: string;
  employeeID: string;
  email: string;
  firstName: string;
  lastName: string;
  managerEmployeeID: string | null;
  jobTitle: string | null;
  adminGroupId: number | null;
  reviewGroup: string | null;
  location: string | null;
  isActive: boolean;
  /** Nothing that a sync knows. */
  photo: string;
}

/** What a request may hold. */
export type Sent = Readonly<Record<string, unknown>>;

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const texts = [
  'employeeID',
  'email',
  'firstName',
  'lastName',
  'managerEmployeeID',
  'jobTitle',
  'reviewGroup',
  'location',
];
const known = new Set([...texts, 'adminGroupId', 'isActive', 'photo', 'sendWelcomeEmail']);
const required = ['employeeID', 'email', 'firstName', 'lastName'] as const;

/**
 * The users of one account, and what is refused: two of one employee id or address, deactivated ones and those of admin
 * groups that the key does not see among them; a manager who is not there; the deactivation of somebody who manages
 * others (help centre, articles 462874 and "Deactivating a user").
 */
export class Users {
  readonly byId = new Map<string, TalosUser>();
  readonly groups: { readonly id: number; readonly name: string }[];
  /** Employee ids and addresses of users whom the key does not see. */
  readonly unseen = new Set<string>();
  /** Addresses that got a welcome mail. */
  readonly welcomed: string[] = [];
  #next = 1;

  constructor(groups: readonly { readonly id: number; readonly name: string }[]) {
    this.groups = [...groups];
  }

  add(user: Partial<TalosUser> & Pick<TalosUser, 'employeeID' | 'email'>): TalosUser {
    const id = `u${String((this.#next += 1))}`;
    const made: TalosUser = { ...empty, id, ...user };
    this.byId.set(id, made);
    return made;
  }

  by(employeeId: string): TalosUser | undefined {
    return [...this.byId.values()].find(({ employeeID }) => employeeID === employeeId);
  }

  create(sent: Sent): TalosUser {
    const values = this.#checked(sent, undefined);
    const lacking = required.find((name) => (values[name] ?? '') === '');
    if (lacking !== undefined) throw new Refused(400, `The field ${lacking} is required`);
    const made = this.add({ ...empty, ...values, isActive: sent['isActive'] !== false });
    if (sent['sendWelcomeEmail'] === true) this.welcomed.push(made.email);
    return made;
  }

  /** In full: what is missing or empty is wiped. */
  replace(user: TalosUser, sent: Sent): TalosUser {
    const values = this.#checked(sent, user);
    const lacking = required.find((name) => (values[name] ?? '') === '');
    if (lacking !== undefined) throw new Refused(400, `The field ${lacking} is required`);
    const isActive = sent['isActive'] !== false;
    if (!isActive) this.#mayBeDeactivated(user);
    const { id } = user;
    return Object.assign(user, { ...empty, photo: '' }, values, { id, isActive });
  }

  /** In part: what is empty is ignored. */
  change(user: TalosUser, sent: Sent): TalosUser {
    const given = Object.fromEntries(
      Object.entries(sent).filter(([, value]) => value !== null && value !== ''),
    );
    const values = this.#checked(given, user);
    if (given['isActive'] === false) this.#mayBeDeactivated(user);
    return Object.assign(user, values);
  }

  #checked(sent: Sent, user: TalosUser | undefined): Record<string, unknown> {
    const stranger = Object.keys(sent).find((name) => !known.has(name));
    if (stranger !== undefined) throw new Refused(400, 'The request has an unknown field');
    const values: Record<string, unknown> = { ...sent };
    delete values['sendWelcomeEmail'];
    for (const name of texts) {
      const value = values[name];
      if (value === undefined) continue;
      if (value !== null && typeof value !== 'string') throw new Refused(400, `The field ${name} is invalid`);
      const text = (value ?? '').trim();
      values[name] = text === '' ? null : name === 'email' ? text.toLowerCase() : text;
    }
    this.#checkUnique(values, user);
    this.#checkManager(values, user);
    const group = values['adminGroupId'];
    if (group !== undefined && group !== null && !this.groups.some(({ id }) => id === group)) {
      throw new Refused(400, 'The admin group was not found');
    }
    return values;
  }

  #checkUnique(values: Sent, user: TalosUser | undefined): void {
    for (const name of ['employeeID', 'email'] as const) {
      const value = values[name];
      if (typeof value !== 'string') continue;
      const others = [...this.byId.values()].filter((one) => one !== user);
      const isTaken = this.unseen.has(value) || others.some((one) => one[name] === value);
      if (isTaken) throw new Refused(409, `Sorry - ${name === 'email' ? value : name} already exists`);
    }
  }

  #checkManager(values: Sent, user: TalosUser | undefined): void {
    const manager = values['managerEmployeeID'];
    if (typeof manager !== 'string') return;
    const found = this.by(manager);
    if (found === undefined || !found.isActive || found === user) {
      throw new Refused(400, `The manager ${manager} was not found`);
    }
  }

  #mayBeDeactivated({ employeeID }: TalosUser): void {
    const reports = [...this.byId.values()].filter(
      ({ managerEmployeeID, isActive }) => isActive && managerEmployeeID === employeeID,
    );
    if (reports.length > 0) throw new Refused(409, 'The user is a manager of other users');
  }
}

const empty = {
  employeeID: '',
  email: '',
  firstName: '',
  lastName: '',
  managerEmployeeID: null,
  jobTitle: null,
  adminGroupId: null,
  reviewGroup: null,
  location: null,
  isActive: true,
  photo: '',
};
