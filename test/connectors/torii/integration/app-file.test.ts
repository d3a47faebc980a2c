import { describe, expect, test } from 'vitest';
import { AppFile } from '../../../../src/connectors/torii/integration/app-file.ts';
import { toriiConfig } from '../../../../src/connectors/torii/schema.ts';
import type { Order } from '../../../../src/model/order.ts';
import type { Json } from '../../../../src/model/value.ts';

const { customIntegration } = toriiConfig.parse({
  api: 'custom-integration',
  customIntegration: {
    app: 31,
    account: 456,
    licenses: [
      { name: 'Pro', pricePerUser: 15_000 },
      { name: 'Basic', unassignedAmount: 5 },
    ],
  },
});

const noor = {
  idExternalUser: '1042',
  email: 'noor@example.org',
  firstName: 'Noor',
  lastName: 'Jansen',
  status: 'active',
  externalStatus: 'active',
  role: 'Caretaker',
  lastVisitTime: '2026-11-01T00:00:00.000Z',
  licenses: [{ name: 'Pro', status: 'active' }],
};
const sam = { idExternalUser: null, email: 'sam@example.org', status: 'deleted', licenses: [] };

function fileOf(...users: readonly Record<string, Json>[]): AppFile {
  if (customIntegration === undefined) throw new Error('the config names an application');
  const file = new AppFile(customIntegration);
  for (const user of users) expect(file.add(user)).toBe(true);
  return file;
}

const order = (one: Partial<Order>): Order => ({
  key: 'k',
  kind: 'update',
  personId: 'p',
  accountId: null,
  set: {},
  identity: {},
  scope: {},
  ...one,
});

const said = (file: AppFile) => JSON.parse(file.text()) as Json;

describe('the file of an account', () => {
  test('leaves everybody as they are, whoever was removed too', () => {
    expect(said(fileOf(sam, noor))).toEqual({
      users: [
        {
          id: '1042',
          email: 'noor@example.org',
          firstName: 'Noor',
          lastName: 'Jansen',
          externalStatus: 'active',
          lastUsedDate: '2026-11-01',
          status: 'active',
          roles: ['Caretaker'],
        },
        { email: 'sam@example.org', status: 'deleted' },
      ],
      licenses: [
        {
          name: 'Pro',
          users: [{ email: 'noor@example.org', licenseStatus: 'active' }],
          pricePerUser: 15_000,
        },
        { name: 'Basic', unassignedAmount: 5, users: [] },
      ],
    });
  });

  test('is the same bytes for the same users, in whichever order the list has them', () => {
    expect(fileOf(sam, noor).text()).toBe(fileOf(noor, sam).text());
  });

  test('has who goes as deleted, and their licences go with them', () => {
    const file = fileOf(noor);
    file.carryOut(order({ kind: 'disable', accountId: '1042' }));
    expect(said(file)).toMatchObject({
      users: [{ id: '1042', status: 'deleted' }],
      licenses: [{ name: 'Pro', users: [{ email: 'noor@example.org' }] }, {}],
    });
    expect(file.text()).not.toContain('licenseStatus');
  });

  test('has who comes, with licences and the status that they are said to have', () => {
    const file = fileOf();
    const set = {
      id: '7',
      email: 'Kit@Example.org',
      role: 'IT',
      licenses: ['Pro', 'Basic'],
      licenseStatus: 'inactive',
    };
    expect(file.carryOut(order({ kind: 'create', set }))).toEqual({ accountId: '7' });
    const held = { email: 'Kit@Example.org', licenseStatus: 'inactive' };
    expect(said(file)).toMatchObject({
      users: [{ id: '7', email: 'Kit@Example.org', roles: ['IT'], status: 'active' }],
      licenses: [
        { name: 'Pro', users: [held] },
        { name: 'Basic', users: [held] },
      ],
    });
  });

  test('keeps the licences that an order does not speak of, and takes away those that it leaves out', () => {
    const both = [
      { name: 'Pro', status: 'inactive' },
      { name: 'Elsewhere', status: 'active' },
    ];
    const file = fileOf({ ...noor, licenses: both });
    file.carryOut(order({ accountId: '1042', set: { lastName: 'Bakker' } }));
    expect(said(file)).toMatchObject({
      licenses: [{ users: [{ licenseStatus: 'inactive' }] }, {}, { name: 'Elsewhere' }],
    });
    file.carryOut(order({ accountId: '1042', set: { licenses: ['Basic'] } }));
    expect(said(file)).toMatchObject({ licenses: [{ users: [] }, { name: 'Basic', users: [{}] }] });
  });

  test.each([
    ['a licence without a name', { ...noor, licenses: [{ id: 7 }] }],
    ['licences that are no list', { ...noor, licenses: 'Pro' }],
    ['somebody without an address', { ...noor, email: null }],
    ['a role that is no text', { ...noor, role: { id: 1 } }],
  ])('%s could not be sent again as it is, and is not taken in', (_, user) => {
    if (customIntegration === undefined) throw new Error('the config names an application');
    expect(new AppFile(customIntegration).add(user)).toBe(false);
  });
});

describe('what an order is refused for, in the file already', () => {
  const create = (set: Order['set']) => order({ kind: 'create', set });
  test.each([
    ['without an id', create({ email: 'x@example.org' }), 'NoId'],
    ['an id that is there', create({ id: '1042', email: 'x@example.org' }), 'AlreadyThere'],
    ['without an address', create({ id: '7' }), 'NoEmail'],
    ['no address at all', create({ id: '7', email: 'x at example' }), 'ValueRefused'],
    ['an address that somebody has', create({ id: '7', email: 'NOOR@example.org' }), 'InUse'],
    [
      'an address that another one gets',
      order({ accountId: '1042', set: { email: 'sam@example.org' } }),
      'InUse',
    ],
    ['an address that is taken away', order({ accountId: '1042', set: { email: null } }), 'NoEmail'],
    [
      'another address of whom Torii knows by it',
      order({ accountId: 'sam@example.org', set: { email: 's@example.org' } }),
      'IdChanges',
    ],
    ['somebody who is gone', order({ accountId: '9', set: { lastName: 'X' } }), 'AccountGone'],
    [
      'a licence that nobody named',
      order({ accountId: '1042', set: { licenses: ['Gold'] } }),
      'LicenseUnknown',
    ],
    ['an id that two have', order({ accountId: '5', set: { lastName: 'X' } }), 'Ambiguous'],
  ])('%s', (_, refused, reason) => {
    const twice = { ...noor, idExternalUser: '5' };
    const file = fileOf(
      noor,
      sam,
      { ...twice, email: 'a@example.org' },
      { ...twice, email: 'b@example.org' },
    );
    const before = file.text();
    expect(file.carryOut(refused)).toMatchObject({ refusal: { reason, fate: 'person' } });
    expect(file.text()).toBe(before);
  });

  test('two who come with one address: the second is refused', () => {
    const file = fileOf();
    expect(file.carryOut(create({ id: '1', email: 'kit@example.org' }))).toEqual({ accountId: '1' });
    expect(file.carryOut(create({ id: '2', email: 'KIT@example.org' }))).toMatchObject({
      refusal: { reason: 'InUse' },
    });
  });

  test('an address that was given up is free for the next one', () => {
    const file = fileOf(noor);
    file.carryOut(order({ accountId: '1042', set: { email: 'n.jansen@example.org' } }));
    expect(file.carryOut(create({ id: '7', email: 'noor@example.org' }))).toEqual({ accountId: '7' });
  });
});
