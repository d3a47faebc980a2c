import type { Arbitrary } from 'fast-check';
import { boolean, constantFrom, record, subarray, tuple } from 'fast-check';
import type { Row } from '../../src/model/row.ts';
import type { Situation } from './people.ts';
import { account, hashed, link, person, stranger } from './people.ts';
import { clause, emailAttribute, isOneOf, mapped, reads, withThen } from './specs.ts';

const ids = ['ada', 'bob', 'carl', 'dora', 'eve', 'fay', 'gus', 'hal'];
const oneOf = <const Item>(...items: readonly Item[]) => constantFrom(...items);

/** People as HR systems have them: half known, with values missing, some leaving, some with another's address. */
const somebody = (id: string) =>
  record({
    status: oneOf('active', 'active', 'active', 'leave', 'inactive', undefined, 'odd'),
    lastDay: oneOf(
      undefined,
      undefined,
      undefined,
      '2026-11-20',
      '2026-11-22',
      '2026-12-31',
      '2019-01-01',
      'soon',
    ),
    starts: oneOf(undefined, undefined, '2020-01-01', '2026-12-01'),
    department: oneOf('Sales', 'Sales', 'Sales', 'Legal', undefined),
    first_name: oneOf('New', id.toUpperCase(), undefined, ''),
    email: oneOf(
      `${id}@example.com`,
      `${id}@example.com`,
      `${id}@Example.com`,
      ...ids.slice(0, 3).map((other) => `${other}@example.com`),
    ),
    supervisor: oneOf(undefined, ...ids, 'nobody'),
    phone: oneOf(undefined, '1', ''),
    login: oneOf(undefined, ['al'], ['Al', 'bo'], [id, 'al']),
    groups: oneOf(undefined, [], ['a', 'b'], ['b', 'c']),
    marks: oneOf<Partial<Row>>({}, {}, {}, { deleted: true }, { fault: 'odd' }),
  }).map(({ marks, ...fields }) => person(id, fields, marks));

const someAccount = (id: string) =>
  record({
    owned: boolean(),
    phone: oneOf(undefined, '1', '2'),
    login: oneOf(undefined, 'al', 'bo', id, 'bo2'),
    groups: oneOf(undefined, ['b', 'a'], ['c', 'x-1']),
    role: oneOf(undefined, 'ada@example.com'),
    first_name: oneOf('Old', id.toUpperCase()),
    marks: oneOf<Partial<Row>>(
      {},
      {},
      {},
      { active: false },
      { outside: true },
      { protected: true },
      { fault: 'odd' },
    ),
  }).map(({ owned, marks, ...fields }) => (owned ? account : stranger)(id, fields, marks));

const someLink = (id: string) =>
  record({
    state: oneOf('active', 'active', 'active', 'tombstone'),
    accountId: oneOf(`acc-${id}`, `acc-${id}`, `acc-${id}`, 'acc-ada'),
    ended: oneOf('left', 'away', 'outOfScope'),
    absentReads: oneOf(0, 1),
    missingReads: oneOf(0, 1),
    applied: oneOf('', hashed({ hris_id: id, phone: '2' })),
    mapping: oneOf('mapping-0', 'mapping-1'),
  }).map(({ state, ended, absentReads, ...fields }) =>
    link(id, {
      ...fields,
      absentReads,
      absentSince: absentReads === 0 ? null : 0,
      ...(state === 'tombstone' ? { state, ended } : {}),
    }),
  );

const some = <Item>(make: (id: string) => Arbitrary<Item>) =>
  subarray(ids).chain((chosen) => tuple(...chosen.map(make)));

const someSync = record({
  mode: oneOf('full', 'full', 'upsert', 'create-only', 'observe'),
  policy: oneOf('enforce', 'follow', 'seed', 'seed-if-empty'),
  onNull: oneOf('keep', 'clear', 'error'),
  outOfScope: oneOf('keep', 'disable', 'delete'),
  away: oneOf('keep', 'disable'),
  vanished: oneOf('hold', 'disable', 'keep'),
  disable: oneOf('at-end-of-day', 'immediately', 'keep'),
  scoped: boolean(),
  // Without, or with a counter or not.
  logins: oneOf<readonly boolean[]>([], [], [], [true], [false]),
  collection: oneOf('own', 'merge', 'append'),
}).map(({ mode, policy, onNull, outOfScope, away, vanished, disable, scoped, logins, collection }) => ({
  mode,
  who: scoped ? [clause('who[0]', isOneOf('department', 'Sales'))] : [],
  attributes: [
    emailAttribute,
    mapped('first_name', reads('first_name')),
    mapped('manager', { kind: 'person', expression: reads('supervisor') }, { onNull }),
    mapped('phone', reads('phone'), { policy, onNull: onNull === 'error' ? 'keep' : onNull }),
    mapped(
      'role',
      { kind: 'person', expression: reads('supervisor'), as: 'email' },
      { policy, onNull: 'keep' },
    ),
    ...logins.map((counter) =>
      mapped(
        'login',
        { kind: 'unique', expression: reads('login'), counter },
        { facts: { unique: true }, policy },
      ),
    ),
    mapped('groups', reads('groups'), {
      facts: { type: 'list<text>' },
      policy,
      collection: { kind: collection, tolerate: ['^x-'], tolerates: (one) => one.startsWith('x-') },
    }),
  ],
  ...withThen({ left: disable, away, outOfScope, vanished, vanishedAfterMs: 0 }),
}));

/** Any sync between any two systems, with any memory of them. */
export const anything: Arbitrary<Situation> = record({
  sync: someSync,
  people: some(somebody),
  accounts: some(someAccount),
  links: some(someLink),
  owners: oneOf({}, { 'acc-hal': { sync: 'interns', personId: 'x' } }),
});
