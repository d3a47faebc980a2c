import type { Arbitrary } from 'fast-check';
import { array, boolean, constantFrom, integer, oneof, record, subarray, tuple } from 'fast-check';
import type { Row } from '../../src/model/row.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import type { Situation } from './people.ts';
import type { Fields } from './columns.ts';
import { account, person, stranger } from './people.ts';
import { clause, emailAttribute, isOneOf, mapped, reads, withThen } from './specs.ts';

/** Something that happens between two passes. */
export type Event =
  /** HR has this record of the person now, new or changed. */
  | { readonly kind: 'hr'; readonly row: Row }
  /** HR lists the person no more. */
  | { readonly kind: 'gone'; readonly id: string }
  /** Somebody works on the target by hand. */
  | { readonly kind: 'by-hand'; readonly of: string; readonly fields: Fields; readonly active: boolean }
  | { readonly kind: 'days'; readonly days: number };

/** A population, the specs for it, and what happens to it from then on. */
export interface History {
  readonly given: Situation;
  readonly events: readonly (readonly Event[])[];
}

const ids = ['ada', 'bob', 'carl', 'dora', 'eve', 'fay'];
const oneOf = <const Item>(...items: readonly Item[]) => constantFrom(...items);
const dates = [undefined, undefined, undefined, '2019-01-01', '2026-11-20', '2026-11-24', '2026-12-05'];
const lists = [undefined, [], ['a'], ['a', 'b'], ['b', 'c']];

const somebody = (id: string): Arbitrary<Row> =>
  record({
    status: oneOf('active', 'active', 'active', 'active', 'leave', 'inactive', undefined, 'odd'),
    lastDay: constantFrom(...dates),
    starts: constantFrom(...dates),
    department: oneOf('Sales', 'Sales', 'Legal', undefined),
    first_name: oneOf('New', id.toUpperCase(), undefined, ''),
    email: oneOf(
      ...Array.from({ length: 3 }, () => `${id}@example.com`),
      'ada@example.com',
      `${id}@Example.com`,
    ),
    supervisor: oneOf(undefined, ...ids, 'nobody'),
    phone: oneOf(undefined, '1', ''),
    login: oneOf([id], [id, `${id}.2`], ['al', `${id}.al`], []),
    groups: constantFrom(...lists),
    marks: oneOf<Partial<Row>>({}, {}, {}, {}, { deleted: true }, { fault: 'odd' }),
  }).map(({ marks, ...fields }) => person(id, fields, marks));

const someAccount = (id: string): Arbitrary<Row> =>
  record({
    known: boolean(),
    phone: oneOf(undefined, '2'),
    login: oneOf(undefined, id, 'al'),
    groups: constantFrom(...lists),
    marks: oneOf<Partial<Row>>({}, {}, {}, { active: false }, { outside: true }, { protected: true }),
  }).map(({ known, marks, ...fields }) => (known ? account : stranger)(id, fields, marks));

const some = <Item>(make: (id: string) => Arbitrary<Item>) =>
  subarray(ids).chain((chosen) => tuple(...chosen.map(make)));

const someEvent: Arbitrary<Event> = oneof(
  {
    weight: 4,
    arbitrary: oneOf(...ids)
      .chain(somebody)
      .map((row): Event => ({ kind: 'hr', row })),
  },
  oneOf(...ids).map((id): Event => ({ kind: 'gone', id })),
  {
    weight: 2,
    arbitrary: record({
      of: oneOf(...ids),
      fields: oneOf<Fields>(
        { phone: '9' },
        { groups: ['a', 'x-own', 'z'] },
        { first_name: 'Typo' },
        { login: 'al' },
      ),
      active: boolean(),
    }).map((what): Event => ({ kind: 'by-hand', ...what })),
  },
  integer({ min: 1, max: 20 }).map((days): Event => ({ kind: 'days', days })),
);

const someSync: Arbitrary<Partial<CompiledSync>> = record({
  mode: oneOf('full', 'full', 'full', 'upsert', 'create-only'),
  policy: oneOf('enforce', 'follow', 'seed', 'seed-if-empty'),
  onNull: oneOf('keep', 'clear'),
  outOfScope: oneOf('keep', 'disable', 'delete'),
  away: oneOf('keep', 'disable'),
  vanished: oneOf('hold', 'disable', 'keep'),
  left: oneOf('at-end-of-day', 'at-end-of-day', 'immediately', 'keep'),
  ahead: oneOf(0, 0, 14),
  enable: oneOf('at-start-of-day', 'on-create'),
  deleteAfterMs: oneOf(undefined, undefined, 5 * 86_400_000),
  returned: oneOf('reuse', 'new', 'hold'),
  scoped: boolean(),
  collection: oneOf('own', 'merge', 'append'),
  login: oneOf('seed', 'enforce'),
}).map(({ mode, policy, onNull, scoped, collection, login, ahead, enable, deleteAfterMs, ...then }) => ({
  mode,
  who: scoped ? [clause('who[0]', isOneOf('department', 'Sales'))] : [],
  attributes: [
    emailAttribute,
    mapped('first_name', reads('first_name')),
    mapped('groups', reads('groups'), {
      policy: policy === 'seed-if-empty' ? 'enforce' : policy,
      facts: { type: 'list<text>' },
      collection: { kind: collection, tolerate: ['^x-'], tolerates: (one) => one.startsWith('x-') },
    }),
    mapped(
      'login',
      { kind: 'unique', expression: reads('login'), counter: true },
      { policy: login, facts: { unique: true, rename: true } },
    ),
    mapped('manager', { kind: 'person', expression: reads('supervisor') }, { onNull }),
    mapped('phone', reads('phone'), { policy, onNull }),
  ],
  ...withThen({
    ...then,
    starting: { createBeforeDays: ahead, enable },
    ...(deleteAfterMs === undefined ? {} : { deleteAfterMs }),
    vanishedAfterMs: 0,
  }),
}));

/** Any population under any specs, and up to four rounds of what may happen to it. */
export const anyHistory: Arbitrary<History> = record({
  given: record({ sync: someSync, people: some(somebody), accounts: some(someAccount) }),
  events: array(array(someEvent, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
});
