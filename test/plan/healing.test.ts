import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/model/row.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import type { Fields } from './columns.ts';
import type { Situation } from './people.ts';
import { account, link, person } from './people.ts';
import { clause, emailAttribute, isOneOf, mapped, reads, withThen } from './specs.ts';
import { planFor, summarize } from './summary.ts';
import { World } from './world.ts';

const manager = (more: Partial<MappedAttribute> = {}) =>
  mapped('manager', { kind: 'person', expression: reads('supervisor') }, more);
const byEmail = (more: Partial<MappedAttribute> = {}) =>
  mapped('manager', { kind: 'person', expression: reads('supervisor'), as: 'email' }, more);

const of = (id: string, supervisor?: string, fields: Fields = {}) => person(id, { supervisor, ...fields });

/** Who the managers are after each pass, as `ada:bob`; no pass leaves anything to do. */
function told(
  sync: Situation['sync'],
  passes: readonly (readonly Row[])[],
  begins: Situation = {},
): readonly string[] {
  const world = new World({ ...begins, sync });
  return passes.map((people) => {
    world.hires(people);
    world.pass();
    expect(summarize(world.plan()).changes).toEqual([]);
    const managers = [...world.accounts.keys()].toSorted().flatMap((id) => {
      const value = world.value(id, 'manager');
      return value === undefined ? [] : [`${short(id)}:${short(String(value))}`];
    });
    return managers.join(' ');
  });
}

const short = (id: string) => id.replace('acc-new-', '').replace('acc-', '');

describe('a reference to somebody heals by itself', () => {
  const rows: readonly [string, readonly (readonly Row[])[], readonly string[]][] = [
    [
      'when the manager’s account is made later',
      [[of('ada', 'bob')], [of('ada', 'bob'), of('bob')]],
      ['', 'ada:bob'],
    ],
    [
      'when the link to the manager appears later, and when it names another',
      [
        [of('ada'), of('bob'), of('eve')],
        [of('ada', 'bob'), of('bob'), of('eve')],
        [of('ada', 'eve'), of('bob'), of('eve')],
      ],
      ['', 'ada:bob', 'ada:eve'],
    ],
    [
      'in a circle of three that comes in one pass',
      [[of('ada', 'bob'), of('bob', 'carl'), of('carl', 'ada')]],
      ['ada:bob bob:carl carl:ada'],
    ],
    [
      'in a circle of three that comes one by one',
      [
        [of('ada', 'bob')],
        [of('ada', 'bob'), of('bob', 'carl')],
        [of('ada', 'bob'), of('bob', 'carl'), of('carl', 'ada')],
      ],
      ['', 'ada:bob', 'ada:bob bob:carl carl:ada'],
    ],
    ['to oneself, in one pass', [[of('ada', 'ada')]], ['ada:ada']],
    ['to oneself, when it is said later', [[of('ada')], [of('ada', 'ada')]], ['', 'ada:ada']],
    [
      'and stays where the manager leaves: the account is still theirs',
      [
        [of('ada', 'bob'), of('bob')],
        [of('ada', 'bob'), of('bob', undefined, { lastDay: '2026-11-20' })],
      ],
      ['ada:bob', 'ada:bob'],
    ],
    [
      'and is not made to a manager who never takes part, until they do',
      [
        [of('ada', 'bob'), of('bob', undefined, { department: 'Legal' })],
        [of('ada', 'bob'), of('bob')],
      ],
      ['', 'ada:bob'],
    ],
    [
      'when the name of the manager is taken away, it stays as onNull says',
      [
        [of('ada', 'bob'), of('bob')],
        [of('ada'), of('bob')],
      ],
      ['ada:bob', 'ada:bob'],
    ],
  ];
  const who = [clause('who[0]', isOneOf('department', 'Sales'))];

  test.each(rows)('%s', (_, passes, says) => {
    expect(told({ attributes: [manager()], who }, passes)).toEqual(says);
  });

  test('is taken away with onNull: clear when the manager goes out of scope and is deleted, and comes back', () => {
    const sync = { attributes: [manager({ onNull: 'clear' })], who, ...withThen({ outOfScope: 'delete' }) };
    const out = of('bob', undefined, { department: 'Legal' });
    expect(
      told(sync, [
        [of('ada', 'bob'), of('bob')],
        [of('ada', 'bob'), out],
      ]),
    ).toEqual(['ada:bob', '']);
  });

  test('whoever must have a manager waits for theirs, down the line, and all come in one pass', () => {
    const sync = { attributes: [manager({ onNull: 'error' })], who };
    const [ada, bob] = [of('ada', 'bob'), of('bob', 'carl')];
    expect(
      told(sync, [
        [ada, bob],
        [ada, bob, of('carl', 'carl')],
      ]),
    ).toEqual(['', 'ada:bob bob:carl carl:carl']);
  });

  test('a manager whose account somebody else has made is named as soon as it is adopted', () => {
    const begins = { accounts: [account('bob', { hris_id: undefined })] };
    expect(
      told({ attributes: [manager()] }, [[of('ada', 'bob')], [of('ada', 'bob'), of('bob')]], begins),
    ).toEqual(['', 'ada:bob']);
  });
});

/** Ada’s manager has no address. */
const withoutAddress = (onNull: 'keep' | 'clear' | 'error') =>
  planFor({
    sync: { attributes: [byEmail({ onNull })] },
    people: [of('ada', 'bob'), of('bob')],
    accounts: [account('ada', { manager: 'old' }), account('bob', { email: undefined })],
    links: [link('ada'), link('bob')],
  });

describe('a reference that writes an attribute of the other’s account', () => {
  const sync = { attributes: [emailAttribute, byEmail()] };
  const rows: readonly [string, readonly (readonly Row[])[], readonly string[]][] = [
    ['has it when both are made in one pass', [[of('ada', 'bob'), of('bob')]], ['ada:bob@example.com']],
    [
      'has it when the other comes later',
      [[of('ada', 'bob')], [of('ada', 'bob'), of('bob')]],
      ['', 'ada:bob@example.com'],
    ],
    [
      'follows in the same pass when theirs changes',
      [
        [of('ada', 'bob'), of('bob')],
        [of('ada', 'bob'), of('bob', undefined, { email: 'new@example.com' })],
      ],
      ['ada:bob@example.com', 'ada:new@example.com'],
    ],
    [
      'is written once where the target hands theirs back in its own form',
      [[of('ada', 'bob'), of('bob', undefined, { email: 'Bob@Example.com' })]],
      ['ada:Bob@Example.com'],
    ],
    ['may name oneself', [[of('ada', 'ada')]], ['ada:ada@example.com']],
    [
      'in a circle of three',
      [[of('ada', 'bob'), of('bob', 'carl'), of('carl', 'ada')]],
      ['ada:bob@example.com bob:carl@example.com carl:ada@example.com'],
    ],
    [
      'keeps what the account of somebody who left holds',
      [
        [of('ada', 'bob'), of('bob')],
        [of('ada', 'bob'), of('bob', undefined, { lastDay: '2026-11-20' })],
      ],
      ['ada:bob@example.com', 'ada:bob@example.com'],
    ],
  ];
  test.each(rows)('%s', (_, passes, says) => {
    expect(told(sync, passes)).toEqual(says);
  });

  test('waits for the change that brings it about, so that nothing is written that is not there yet', () => {
    const plan = planFor({
      sync,
      people: [of('ada', 'bob'), of('bob', undefined, { email: 'new@example.com' })],
      accounts: [account('ada', { manager: 'bob@example.com' }), account('bob')],
      links: [link('ada'), link('bob')],
    });
    expect(plan.changes.map(({ id, needs }) => [id, ...needs])).toEqual([
      ['update/bob'],
      ['update/ada/references', 'update/bob'],
    ]);
  });

  test('of somebody who lacks it does what onNull says, by name', () => {
    expect(summarize(withoutAddress('keep'))).toEqual({ changes: [], people: [] });
    expect(summarize(withoutAddress('clear')).changes).toEqual(['update ada (differs: manager)']);
    expect(summarize(withoutAddress('error')).people[0]).toBe(
      'ada is failed! (attribute "manager" (personal): refers to a person without "email" here)',
    );
  });
});
