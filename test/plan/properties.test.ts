import type { Arbitrary } from 'fast-check';
import { assert, boolean, constantFrom, double, nat, property, record, subarray, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, Plan } from '../../src/model/change.ts';
import type { Row } from '../../src/model/row.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { breachesOf, changeClasses, countKey, limitAt, allowedBy } from '../../src/plan/limits.ts';
import { guard } from '../../src/plan/guard.ts';
import type { Situation } from './people.ts';
import {
  account,
  clause,
  emailAttribute,
  hash,
  hashed,
  inputOf,
  isOneOf,
  link,
  mapped,
  noon,
  person,
  withThen,
  reads,
  stranger,
  sync,
} from './people.ts';
import { planFor } from './summary.ts';
import { World } from './world.ts';

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
    marks: oneOf<Partial<Row>>({}, {}, {}, { deleted: true }, { fault: 'odd' }),
  }).map(({ marks, ...fields }) => person(id, fields, marks));

const someAccount = (id: string) =>
  record({
    owned: boolean(),
    phone: oneOf(undefined, '1', '2'),
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
}).map(({ mode, policy, onNull, outOfScope, away, vanished, disable, scoped }) => ({
  mode,
  who: scoped ? [clause('who[0]', isOneOf('department', 'Sales'))] : [],
  attributes: [
    emailAttribute,
    mapped('first_name', reads('first_name')),
    mapped('manager', { kind: 'person', expression: reads('supervisor') }, { onNull }),
    mapped('phone', reads('phone'), { policy, onNull: onNull === 'error' ? 'keep' : onNull }),
  ],
  ...withThen({ left: disable, away, outOfScope, vanished, vanishedAfterMs: 0 }),
}));

const anything: Arbitrary<Situation> = record({
  sync: someSync,
  people: some(somebody),
  accounts: some(someAccount),
  links: some(someLink),
  owners: oneOf({}, { 'acc-hal': { sync: 'interns', personId: 'x' } }),
});

const runs = { numRuns: 700 };

test('apply a plan, read again, plan again: nothing is left to do', () => {
  assert(
    property(anything, (given) => {
      const world = new World(given);
      const first = world.plan();
      world.apply(first.changes, first.memory);
      const second = world.plan();
      expect(second.changes.filter((change) => !comesLater(change, first)).map(describeChange)).toEqual([]);
      world.apply(second.changes, second.memory);
      expect(world.plan().changes).toEqual([]);
    }),
    runs,
  );
});

/** People vanish only with a second reading; what others free, and whom they stood in the way of, comes a pass later. */
function comesLater(change: Change, { changes, verdicts }: Plan): boolean {
  const stood = verdicts.find(({ personId }) => personId === change.personId)?.situation;
  const frees = changes.some(
    ({ kind, attributes }) => kind === 'delete' || attributes.some((one) => one.frees === true),
  );
  return (
    change.situation === 'vanished' || (frees && ['foreign', 'disputed', 'failed', undefined].includes(stood))
  );
}

test('a plan does not depend on the order in which the systems list people', () => {
  assert(
    property(anything, (given) => {
      const turned: Situation = {
        ...given,
        people: given.people?.toReversed() ?? [],
        accounts: given.accounts?.toReversed() ?? [],
        links: given.links?.toReversed() ?? [],
      };
      expect(planFor(turned)).toEqual(planFor(given));
    }),
    runs,
  );
});

test('no change touches an account that is protected, outside the scope or somebody else’s', () => {
  assert(
    property(anything, (given) => {
      const { owners } = inputOf(given).memory;
      const accounts = new Map((given.accounts ?? []).map((row) => [row.id, row]));
      for (const { accountId, personId } of planFor(given).changes) {
        if (accountId === null) continue;
        const row = accounts.get(accountId);
        expect(row?.protected ?? row?.outside ?? false).toBe(false);
        expect(owners.get(accountId) ?? { sync: 'staff', personId }).toEqual({ sync: 'staff', personId });
      }
    }),
    runs,
  );
});

test('no account is changed for two people, and everybody stands in exactly one place', () => {
  assert(
    property(anything, (given) => {
      const plan = planFor(given);
      const owners = new Map<string, string>();
      for (const { accountId, personId } of plan.changes) {
        if (accountId === null) continue;
        expect(owners.get(accountId) ?? personId).toBe(personId);
        owners.set(accountId, personId);
      }
      const people = plan.verdicts.flatMap(({ personId }) => personId ?? []);
      expect(new Set(people).size).toBe(people.length);
      expect(Object.values(plan.counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(
        given.people?.length ?? 0,
      );
    }),
    runs,
  );
});

test('an explicit termination is never held up by the mapping', () => {
  assert(
    property(anything, (given) => {
      const plan = planFor(given);
      const failed = plan.verdicts.filter(
        ({ reason, situation }) => situation === 'failed' && reason.startsWith('attribute'),
      );
      const left = new Set((given.people ?? []).filter((row) => row.deleted === true).map((row) => row.id));
      expect(failed.filter(({ personId }) => left.has(personId ?? ''))).toEqual([]);
    }),
    runs,
  );
});

test('the guard never releases more than the limits allow', () => {
  const limits = record({
    floor: nat(3),
    fraction: double({ min: 0, max: 0.5, noNaN: true }),
    atMost: nat(4),
  });
  const levels = record({
    leave: limits,
    remove: limits,
    update: limits,
    create: limits,
    clear: limits,
    rename: limits,
  });
  assert(
    property(anything, levels, nat(20), nat(3), (given, said, population, before) => {
      const plan = planFor(given);
      const counted = new Map([
        ['leave', before],
        ['update', before],
      ]);
      const level = { name: 'sync', limits: said, population, counted } as const;
      const { released, held } = guard({
        sync: sync({ ...given.sync }),
        plan,
        hash,
        now: noon,
        levels: [level],
        firstPassDone: true,
        targetHasStrangers: false,
        activeAccounts: 100,
        collapsed: new Map(),
        approvals: [],
        approvedSets: new Map(),
      });
      expect([...breachesOf([level], released, [])]).toEqual([]);
      const perClass = Map.groupBy(
        released.flatMap((change) => changeClasses(change).map((of) => ({ ...of, id: change.personId }))),
        countKey,
      );
      for (const [key, all] of perClass) {
        const [of] = all;
        const limit = of && limitAt(level, of.class);
        if (limit === undefined) continue;
        const people = new Set(all.map(({ id }) => id)).size;
        expect(people + (counted.get(key) ?? 0)).toBeLessThanOrEqual(allowedBy(limit, population));
      }
      new World(given).apply(released);
      // Nothing is lost between the two.
      const known = new Set([...released.map(({ id }) => id), ...held.items.map(({ change }) => change.id)]);
      expect(plan.changes.filter(({ id }) => !known.has(id))).toEqual([]);
    }),
    runs,
  );
});
