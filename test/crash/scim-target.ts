import type { Json } from '../../src/model/value.ts';
import { startScim } from '../vendors/scim/server.ts';
import type { Employee } from './company.ts';
import type { Account, Target } from './target.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type User = Readonly<Record<string, Json>>;

export async function startScimTarget(): Promise<Target> {
  const server = await startScim({ token: 'crash-token' });
  let kept: readonly User[] = [];
  const users = () => [...server.users()].map(([id, user]) => ({ ...(user as User), id }));
  return {
    connector: 'scim',
    secrets: { token: 'crash-token' },
    config: `{ baseUrl: "${server.url}" }`,
    flow: `
  identity: { externalId: source.id }
  match:
    - { userName: source.email }
  attributes:
    userName: source.email
    name.givenName: source.first
    name.familyName: source.last
    department: source.department
    phoneNumbers.work: { value: source.phone, onNull: clear }
    manager: { person: source.manager }`,
    accounts: () => users().map(accountOf),
    add: (person, { identity }) => void server.add(userOf(person, identity)),
    edit(accountId, { active, first }) {
      const user = users().find(({ id }) => id === accountId);
      if (user === undefined) throw new Error(`there is no account ${accountId}`);
      server.remove(accountId);
      const rest = withoutMeta(user);
      const { familyName } = part(user, 'name');
      const name = first === undefined ? {} : { name: { givenName: first, familyName: familyName ?? '' } };
      server.add({ ...rest, ...name, ...(active === undefined ? {} : { active }) });
    },
    keep() {
      kept = users().map(withoutMeta);
    },
    restore() {
      for (const { id } of users()) server.remove(id);
      for (const user of kept) server.add(user);
      server.loopback.log.length = 0;
    },
    loopback: server.loopback,
    isCreate: ({ method, path }) => method === 'POST' && path.endsWith('/Users'),
    close: () => server.stop(),
  };
}

function userOf({ id, first, last, email, department, phone }: Employee, identity: boolean): User {
  return {
    schemas: [core, enterprise],
    userName: email,
    ...(identity ? { externalId: id } : {}),
    name: { givenName: first, familyName: last },
    phoneNumbers: [{ type: 'work', value: phone }],
    active: true,
    [enterprise]: { department: identity ? department : 'Elsewhere' },
  };
}

function accountOf(user: User & { readonly id: string }): Account {
  const { givenName, familyName } = part(user, 'name');
  const { department, manager } = part(user, enterprise);
  const phones = (user['phoneNumbers'] ?? []) as readonly Record<string, Json>[];
  return {
    accountId: user.id,
    person: text(user['externalId']),
    first: text(givenName),
    last: text(familyName),
    email: text(user['userName']),
    department: text(department),
    phone: text(phones.find(({ type }) => type === 'work')?.['value']),
    manager: text((manager as Record<string, Json> | undefined)?.['value']),
    status: user['active'] === false ? 'left' : 'active',
  };
}

function part(user: User, name: string): Readonly<Record<string, Json>> {
  return (user[name] ?? {}) as Readonly<Record<string, Json>>;
}

function withoutMeta(user: User): User {
  return Object.fromEntries(Object.entries(user).filter(([name]) => name !== 'meta'));
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
