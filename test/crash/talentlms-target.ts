import type { AttributeSpec } from '../../src/model/attribute.ts';
import { startTalentLms } from '../vendors/talentlms/server.ts';
import type { TalentLms, VendorUser } from '../vendors/talentlms/state.ts';
import type { Account, Target } from './target.ts';

const custom = ['hris_id', 'department', 'phone', 'manager'] as const;
const branch = 'emea';

export async function startTalentLmsTarget(now: () => number): Promise<Target> {
  const portal = await startTalentLms({
    apiKey: 'crash-key',
    customFields: custom.map((name) => ({ name, type: 'text' })),
    branches: [branch],
    limits: { perHour: 1_000_000, per5s: 1_000_000 },
    now,
  });
  let kept: { readonly users: readonly VendorUser[]; readonly nextId: number } = { users: [], nextId: 1 };
  return {
    connector: 'talentlms',
    secrets: { apiKey: 'crash-key' },
    fields: custom.map((name): AttributeSpec => ({
      name: `custom.${name}`,
      type: 'text',
      class: 'personal',
      write: 'always',
    })),
    config: `{ baseUrl: "${portal.url}" }`,
    flow: `
  scope: { branch: ${branch} }
  identity: { custom.hris_id: source.id }
  match:
    - { email: source.email }
  attributes:
    first_name: source.first
    last_name: source.last
    email: source.email
    login: source.email
    password: { generate: secret }
    custom.department: source.department
    custom.phone: { value: source.phone, onNull: clear }
    custom.manager: { person: source.manager }`,
    accounts: () => [...portal.users.values()].filter(isPerson).map((user) => accountOf(portal, user)),
    add({ id, first, last, email, department, phone }, { identity }) {
      const shown = { department: identity ? department : 'Elsewhere', phone };
      portal.addUser({
        login: email,
        name: first,
        surname: last,
        email,
        custom: { ...shown, ...(identity ? { hris_id: id } : {}) },
        branches: [branch],
      });
    },
    edit(accountId, { active, first }) {
      const user = portal.users.get(Number(accountId));
      if (user === undefined) throw new Error(`there is no account ${accountId}`);
      if (active !== undefined) user.status = 'inactive';
      if (first !== undefined) user.name = first;
      user.lastUpdated = new Date(now()).toISOString();
    },
    keep() {
      kept = { users: structuredClone([...portal.users.values()]), nextId: portal.nextId };
    },
    restore() {
      portal.users.clear();
      portal.tasks.clear();
      for (const user of structuredClone(kept.users)) portal.users.set(user.id, user);
      portal.loopback.log.length = 0;
    },
    loopback: portal.loopback,
    isCreate: ({ method, path }) => method === 'POST' && path.endsWith('/v2/users'),
    close: () => portal.close(),
  };
}

function isPerson({ userType }: VendorUser): boolean {
  return userType !== 'SuperAdmin';
}

function accountOf(portal: TalentLms, user: VendorUser): Account {
  const value = (name: (typeof custom)[number]) =>
    user.custom.get(portal.fields.find((field) => field.name === name)?.index ?? 0) ?? '';
  // Outside of the branch it is none of ours.
  const ours = [...user.branches].some((id) => portal.branches.get(id) === branch);
  return {
    accountId: String(user.id),
    person: ours ? value('hris_id') : '',
    first: user.name,
    last: user.surname,
    email: user.email,
    department: value('department'),
    phone: value('phone'),
    manager: value('manager'),
    status: user.status === 'active' ? 'active' : 'left',
  };
}
