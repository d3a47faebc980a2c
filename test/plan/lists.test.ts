import { array, assert, constantFrom, property, subarray, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeChange } from '../../src/model/change.ts';
import type { Collection, MappedAttribute } from '../../src/spec/compiled.ts';
import { account, link, person, stranger } from './people.ts';
import { mapped, reads } from './specs.ts';
import { planFor } from './summary.ts';
import { World } from './world.ts';

const handmade = /^x-/;

function groups(kind: Collection['kind'], more: Partial<MappedAttribute> = {}): MappedAttribute {
  const collection = { kind, tolerate: ['^x-'], tolerates: (one: string) => handmade.test(one) };
  return mapped('groups', reads('groups'), { facts: { type: 'list<text>' }, collection, ...more });
}

type List = readonly string[];

/** Ada has these groups in the source; or somebody gives her these by hand in the target. */
type Event = { readonly source: List | undefined } | { readonly byHand: List };

/** What happens to ada's groups from the day on that she is created, pass by pass; no pass leaves anything to do. */
function told(attribute: MappedAttribute, events: readonly Event[]): readonly string[] {
  const world = new World({ sync: { attributes: [attribute] } });
  return events.map((event) => {
    if ('source' in event) world.hires([person('ada', { groups: event.source })]);
    else world.edit('acc-new-ada', { groups: event.byHand });
    const change = world.pass().changes[0]?.attributes.find(({ name }) => name === 'groups');
    expect(world.plan().changes).toEqual([]);
    const value = world.value('acc-new-ada', 'groups');
    return `${whatOf(change)}[${Array.isArray(value) ? value.map(String).toSorted().join(' ') : ''}]`;
  });
}

function whatOf(change: AttributeChange | undefined): string {
  if (change?.list === undefined) return '';
  const { added, removed } = change.list;
  return `${added.map((one) => `+${String(one)} `).join('')}${removed.map((one) => `-${String(one)} `).join('')}`;
}

describe('a list that is our own', () => {
  const rows: readonly [string, readonly Event[], readonly string[]][] = [
    [
      'is what the source says, and what others put there is taken away',
      [{ source: ['a', 'b'] }, { byHand: ['a', 'b', 'c'] }, { source: ['b', 'd'] }],
      ['+a +b [a b]', '-c [a b]', '+d -a [b d]'],
    ],
    [
      'has no order and no doubles',
      [{ source: ['a', 'b'] }, { source: ['b', 'a', 'b'] }, { byHand: ['b', 'a'] }],
      ['+a +b [a b]', '[a b]', '[a b]'],
    ],
    [
      'keeps what it says to tolerate, and counts it for nothing',
      [{ source: ['a'] }, { byHand: ['a', 'x-1', 'c'] }, { source: ['b'] }, { source: ['b', 'x-1'] }],
      ['+a [a]', '-c [a x-1]', '+b -a [b x-1]', '[b x-1]'],
    ],
    [
      'is left alone where the source says nothing, and emptied where it says that there is none',
      [{ source: ['a'] }, { source: undefined }, { source: [] }],
      ['+a [a]', '[a]', '-a []'],
    ],
  ];
  test.each(rows)('%s', (_, events, says) => {
    expect(told(groups('own'), events)).toEqual(says);
  });
});

describe('a list into which we merge', () => {
  const rows: readonly [string, readonly Event[], readonly string[]][] = [
    [
      'loses only what we added, however much later',
      [{ source: ['a', 'b'] }, { byHand: ['a', 'b', 'c'] }, { source: ['b'] }, { source: [] }],
      ['+a +b [a b]', '[a b c]', '-a [b c]', '-b [c]'],
    ],
    [
      'gets back what somebody took away',
      [{ source: ['a', 'b'] }, { byHand: ['b', 'c'] }, { source: ['a'] }],
      ['+a +b [a b]', '+a [a b c]', '-b [a c]'],
    ],
    [
      'keeps what was there before we wanted it too',
      [{ source: ['a'] }, { byHand: ['a', 'c'] }, { source: ['a', 'c'] }, { source: ['a'] }],
      ['+a [a]', '[a c]', '[a c]', '[a c]'],
    ],
    [
      'forgets what was ours when it was gone: who gives it again by hand keeps it',
      [{ source: ['a', 'b'] }, { source: ['a'] }, { byHand: ['a', 'b'] }, { source: [] }],
      ['+a +b [a b]', '-b [a]', '[a b]', '-a [b]'],
    ],
  ];
  test.each(rows)('%s', (_, events, says) => {
    expect(told(groups('merge'), events)).toEqual(says);
  });

  test('takes nothing away from an account that is only being adopted, and remembers what it adds', () => {
    const world = new World({
      sync: { attributes: [groups('merge')] },
      people: [person('ada', { groups: ['a', 'b'] })],
      accounts: [stranger('ada', { groups: ['b', 'c'] })],
    });
    world.pass();
    expect(world.value('acc-ada', 'groups')).toEqual(['b', 'c', 'a']);
    world.hires([person('ada', { groups: [] })]);
    world.pass();
    expect(world.value('acc-ada', 'groups')).toEqual(['b', 'c']);
  });
});

test('a list to which we append only grows', () => {
  const events = [{ source: ['a'] }, { byHand: ['c'] }, { source: ['b'] }, { source: [] }];
  expect(told(groups('append'), events)).toEqual(['+a [a]', '+a [a c]', '+b [a b c]', '[a b c]']);
});

const clears = (kind: Collection['kind'], held: List) =>
  planFor({
    sync: { attributes: [groups(kind)] },
    people: [person('ada', { groups: [] })],
    accounts: [account('ada', { groups: held })],
    links: [link('ada')],
  }).changes[0]?.attributes[0]?.clears;

describe('the policies hold for lists', () => {
  test('follow writes when our own result changed, whatever the order, and reports what others did', () => {
    const events = [
      { source: ['a', 'b'] },
      { source: ['b', 'a'] },
      { byHand: ['c'] },
      { source: ['a', 'b', 'd'] },
    ];
    expect(told(groups('own', { policy: 'follow' }), events)).toEqual([
      '+a +b [a b]',
      '[a b]',
      '[c]',
      '+a +b +d -c [a b d]',
    ]);
  });

  test('seed-if-empty fills an empty list and leaves the rest', () => {
    const events = [{ source: ['a'] }, { byHand: [] }, { byHand: ['c'] }];
    expect(told(groups('own', { policy: 'seed-if-empty' }), events)).toEqual(['+a [a]', '+a [a]', '[c]']);
  });

  test('the target’s own form of an element is no difference', () => {
    const plan = planFor({
      sync: { attributes: [groups('own')] },
      people: [person('ada', { groups: ['Sales', 'support', 'SALES'] })],
      accounts: [account('ada', { groups: ['SUPPORT', 'sales'] })],
      links: [link('ada')],
      shape: { canonical: () => (value) => (value as List).map((one) => one.toLowerCase()) },
    });
    expect(plan.changes).toEqual([]);
  });

  test('a list that becomes empty counts as cleared, and one that others still fill does not', () => {
    expect([clears('own', ['a']), clears('own', ['a', 'x-1']), clears('merge', ['a'])]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  test('what the target does not keep is given up after three readings', () => {
    const given = {
      sync: { attributes: [groups('own')] },
      people: [person('ada', { groups: ['a', 'b'] })],
      accounts: [account('ada', { groups: ['a', 'x-1'] })],
    };
    const applied = 'groups=#groups:["\\"a","\\"b"]\nhris_id=#hris_id:"ada"';
    const after = (strays: string) => planFor({ ...given, links: [link('ada', { applied, strays })] });
    expect(after('groups=1').changes[0]?.attributes[0]?.cause).toBe('drift');
    expect(after('groups=2').drift.map(({ attribute, reason }) => [attribute, reason])).toEqual([
      ['groups', 'NotConverging'],
    ]);
  });
});

const ask = (source: List, held: List) => {
  const { changes } = planFor({
    sync: { attributes: [groups('own')] },
    people: [person('ada', { groups: source })],
    accounts: [account('ada', { groups: held })],
    links: [link('ada')],
  });
  return changes[0]?.attributes[0]?.list;
};

describe('for any lists', () => {
  const list = subarray(['a', 'b', 'c', 'd', 'x-1', 'x-2']);
  const history = array(tuple(list, list), { minLength: 1, maxLength: 5 });
  const runs = { numRuns: 150 };

  test('a pass leaves nothing to do, and merging takes nothing away that somebody gave by hand', () => {
    assert(
      property(constantFrom('own', 'merge', 'append'), history, (kind, steps) => {
        const world = new World({ sync: { attributes: [groups(kind)] }, people: [person('ada')] });
        world.pass();
        for (const [source, byHand] of steps) {
          const before = listOf(world);
          world.edit('acc-new-ada', { groups: [...new Set([...before, ...byHand])] });
          world.hires([person('ada', { groups: source })]);
          const given = byHand.filter((one) => !before.includes(one));
          world.pass();
          expect(world.plan().changes).toEqual([]);
          const kept = given.filter((one) => kind !== 'own' || handmade.test(one));
          expect(listOf(world)).toEqual(expect.arrayContaining([...source, ...kept]));
        }
      }),
      runs,
    );
  });

  test('two orders of the same elements make one change, so that an approval finds it again', () => {
    expect(ask(['b', 'a', 'c'], ['d', 'c'])).toEqual(ask(['c', 'a', 'b'], ['c', 'd']));
  });

  test('10,000 elements are compared in one look at each', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `group ${at}`);
    const world = new World({
      sync: { attributes: [groups('merge')] },
      people: [person('ada', { groups: many })],
      accounts: [account('ada', { groups: many.toReversed().slice(1) })],
      links: [link('ada')],
    });
    expect(whatOf(world.pass().changes[0]?.attributes[0])).toBe('+group 9999 ');
    world.hires([person('ada', { groups: many.slice(5) })]);
    expect(world.pass().changes).toEqual([]);
    world.hires([person('ada', { groups: many.slice(0, -1) })]);
    expect(whatOf(world.pass().changes[0]?.attributes[0])).toBe('-group 9999 ');
  });
});

function listOf(world: World): List {
  const value = world.value('acc-new-ada', 'groups');
  return Array.isArray(value) ? value.map(String) : [];
}
