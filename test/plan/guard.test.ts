import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/model/change.ts';
import type { HeldSet, Judgement } from '../../src/model/hold.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { memberOf } from '../../src/plan/digest.ts';
import type { GuardInput, LimitLevel } from '../../src/plan/guard.ts';
import { guard } from '../../src/plan/guard.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import {
  account,
  day,
  emailAttribute,
  hash,
  link,
  mapped,
  noon,
  person,
  reads,
  stranger,
  sync,
} from './people.ts';
import type { Situation } from './people.ts';
import { planFor } from './summary.ts';

const names = (count: number, prefix = 'p'): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(3, '0')}`);

function level(population: number, more: Partial<LimitLevel> = {}): LimitLevel {
  return { name: 'sync', limits: {}, population, counted: new Map(), ...more };
}

function judge(plan: Plan, more: Partial<GuardInput> = {}, fields: Partial<CompiledSync> = {}): Judgement {
  return guard({
    sync: sync(fields),
    plan,
    hash,
    now: noon,
    levels: [level(50)],
    firstPassDone: true,
    targetHasStrangers: false,
    activeAccounts: 50,
    collapsed: new Map(),
    approvals: [],
    approvedSets: new Map(),
    ...more,
  });
}

const text = ({ released, held }: Judgement) => ({
  released: released.map(describeChange),
  held: held.items.map((item) => `${memberOf(item)}: ${item.reason}: ${item.message}`),
});

/** People who are linked and differ in these fields. */
function movers(
  ids: readonly string[],
  fields: Parameters<typeof person>[1],
  held: Parameters<typeof account>[1] = {},
): Situation {
  return {
    people: ids.map((id) => person(id, fields)),
    accounts: ids.map((id) => account(id, held)),
    links: ids.map((id) => link(id)),
  };
}

const leavers = (count: number): Plan => planFor(movers(names(count), { lastDay: '2026-11-20' }));
const phone = mapped('phone', reads('phone'), { onNull: 'clear' });

describe('limits', () => {
  test('up to the floor go, however few people there are', () => {
    expect(judge(leavers(5), { levels: [level(5)] }).held.items).toEqual([]);
  });

  test('one more than allowed, and all leavers are held, each by name', () => {
    const judgement = judge(leavers(6));
    expect(judgement.released).toEqual([]);
    expect(text(judgement).held).toHaveLength(6);
    expect(text(judgement).held[0]).toBe(
      'disable/p000: LimitReached: leave: 6 planned, 5 allowed in 24 h (10 % of 50)',
    );
  });

  test('a fraction of many allows more, and rounds down', () => {
    expect(
      judge(leavers(29), { levels: [level(100, { limits: { leave: { fraction: 0.29 } } })] }).held.items,
    ).toEqual([]);
    expect(judge(leavers(7), { levels: [level(69)] }).held.items).not.toEqual([]);
    expect(judge(leavers(6), { levels: [level(60)] }).held.items).toEqual([]);
  });

  test('atMost is never passed', () => {
    const levels = [level(1000, { limits: { leave: { atMost: 3 } } })];
    expect(judge(leavers(4), { levels }).held.items[0]?.message).toBe(
      'leave: 4 planned, 3 allowed in 24 h (10 % of 1000)',
    );
  });

  test('what went before within the window counts', () => {
    const levels = [level(50, { counted: new Map([['leave', 3]]) })];
    expect(judge(leavers(2), { levels }).held.items).toEqual([]);
    expect(judge(leavers(3), { levels }).held.items[0]?.message).toBe(
      'leave: 3 planned, 3 already counted, 5 allowed in 24 h (10 % of 50)',
    );
  });

  test('the first level that is reached holds, and says which', () => {
    const levels = [level(1000), level(1000, { name: 'installation', limits: { leave: { atMost: 5 } } })];
    expect(judge(leavers(6), { levels }).held.items[0]?.message).toBe(
      'leave: 6 planned, 5 allowed in 24 h (10 % of 1000), limit of the installation',
    );
  });

  test('other classes go on, unless the spec holds the whole pass', () => {
    const plan = planFor({
      ...movers(names(6), { lastDay: '2026-11-20' }),
      people: [...names(6).map((id) => person(id, { lastDay: '2026-11-20' })), person('zoe')],
    });
    expect(judge(plan).released.map(({ id }) => id)).toEqual(['create/zoe']);
    expect(judge(plan, {}, { onBreach: 'hold-pass' }).released).toEqual([]);
  });

  test('updates of more than 30 % are held, creates and adoptions are not limited', () => {
    const updates = planFor(movers(names(21), { first_name: 'New' }));
    expect(judge(updates).held.items).toHaveLength(21);
    const joiners = planFor({
      people: [...names(60), ...names(60, 'q')].map((id) => person(id)),
      accounts: names(60, 'q').map((id) => stranger(id)),
    });
    expect(judge(joiners, { levels: [level(0)] }).released).toHaveLength(120);
  });

  test('creates are limited where the spec says so', () => {
    const joiners = planFor({ people: names(4).map((id) => person(id)) });
    expect(judge(joiners, { levels: [level(0, { limits: { create: { atMost: 3 } } })] }).released).toEqual(
      [],
    );
    expect(
      judge(joiners, { levels: [level(0, { limits: { create: { atMost: 4 } } })] }).released,
    ).toHaveLength(4);
  });

  test('changed addresses count as renames', () => {
    const plan = planFor({
      people: names(6).map((id) => person(id, { email: `${id}@new.example.com` })),
      accounts: names(6).map((id) => account(id)),
      links: names(6).map((id) => link(id)),
    });
    expect(judge(plan).held.items.map(({ class: of }) => of)).toEqual(Array(6).fill('rename'));
  });

  test('only the attribute that is emptied for too many is held, the rest goes on', () => {
    const plan = planFor({
      ...movers(names(3), { first_name: 'New' }, { phone: '1' }),
      sync: { attributes: [emailAttribute, mapped('first_name', reads('first_name')), phone] },
    });
    expect(text(judge(plan))).toEqual({
      released: names(3).map((id) => `update ${id} (differs: first_name)`),
      held: names(3).map(
        (id) => `update/${id}#phone: LimitReached: clear/phone: 3 planned, 2 allowed in 24 h (2 % of 50)`,
      ),
    });
  });

  test('a change of which nothing is left waits', () => {
    const plan = planFor({ ...movers(names(3), {}, { phone: '1' }), sync: { attributes: [phone] } });
    expect(judge(plan)).toMatchObject({ released: [], held: { items: [{}, {}, {}] } });
  });

  test('a person’s update and references count once', () => {
    const attributes = [
      mapped('first_name', reads('first_name')),
      mapped('manager', { kind: 'person', expression: reads('supervisor') }),
    ];
    const plan = planFor({
      ...movers(names(20), { first_name: 'New', supervisor: 'boss' }),
      people: [
        ...names(20).map((id) => person(id, { first_name: 'New', supervisor: 'boss' })),
        person('boss'),
      ],
      sync: { attributes },
    });
    expect(plan.changes).toHaveLength(41);
    expect(judge(plan).held.items).toEqual([]);
  });
});

describe('people who vanish', () => {
  test('count against removals when they are first absent', () => {
    const plan = planFor({
      accounts: names(3).map((id) => account(id)),
      links: names(3).map((id) => link(id)),
    });
    expect(judge(plan).breaches).toEqual([
      {
        class: 'remove',
        level: 'sync',
        planned: 3,
        counted: 0,
        allowed: 2,
        message: 'remove: 3 planned, 2 allowed in 24 h (5 % of 50)',
      },
    ]);
  });

  test('are disabled only when somebody approves', () => {
    const plan = planFor({
      accounts: [account('ada')],
      links: [link('ada', { absentReads: 1, absentSince: noon - 10 * day })],
    });
    const judgement = judge(plan);
    expect(text(judgement)).toEqual({
      released: [],
      held: ['disable/ada: Policy: vanished without a termination: disabled only when somebody approves it'],
    });
    expect(approved(plan, judgement.held).released.map(({ id }) => id)).toEqual(['disable/ada']);
  });
});

describe('the first pass', () => {
  const plan = planFor({
    people: [person('ada'), person('bob')],
    accounts: [stranger('ada'), stranger('x')],
  });

  test('into a target with accounts adopts, and holds who would be created', () => {
    const judgement = judge(plan, { firstPassDone: false, targetHasStrangers: true });
    expect(judgement.released.map(({ id }) => id)).toEqual(['adopt/ada']);
    expect(judgement.held.items.map(({ reason }) => reason)).toEqual(['FirstPass']);
    expect(plan.census).toEqual({ active: 2, strangers: 2 });
  });

  test('into an empty target creates', () => {
    expect(judge(plan, { firstPassDone: false }).held.items).toEqual([]);
  });
});

describe('a source attribute that collapsed', () => {
  const collapsed = new Map([['first_name', 'first_name: filled for 2 %, usually 100 %']]);

  test('holds what reads it, and lets the rest of an update go', () => {
    const plan = planFor({
      people: [person('ada', { first_name: 'New', email: 'ada2@example.com' })],
      accounts: [account('ada')],
      links: [link('ada')],
    });
    expect(text(judge(plan, { collapsed }))).toEqual({
      released: ['update ada (differs: email)'],
      held: ['update/ada#first_name: FillRateCollapsed: first_name: filled for 2 %, usually 100 %'],
    });
  });

  test('begins no account', () => {
    const plan = planFor({ people: [person('ada')] });
    expect(judge(plan, { collapsed }).released).toEqual([]);
  });
});

test('what needs a held change is held with it', () => {
  const plan = planFor({
    sync: { attributes: [mapped('manager', { kind: 'person', expression: reads('supervisor') })] },
    people: [person('ada', { supervisor: 'bob' }), person('bob')],
    accounts: [account('ada')],
    links: [link('ada')],
  });
  expect(text(judge(plan, { firstPassDone: false, targetHasStrangers: true })).held).toEqual([
    'create/bob: FirstPass: first pass of this sync into a target that is not empty: creates wait for approval',
    'update/ada/references: DependsOnHeld: needs create/bob, which is held',
  ]);
});

test('a pass that would leave too few active accounts stops, approved or not', () => {
  const plan = leavers(3);
  const judgement = judge(plan, { activeAccounts: 10 }, { minimumActive: 8 });
  expect(judgement.released).toEqual([]);
  expect(judgement.stopped).toBe('7 active accounts would remain in the target; at least 8 must');
  expect(approved(plan, judgement.held, { activeAccounts: 10 }, { minimumActive: 8 })).toMatchObject({
    released: [],
    approvals: [],
  });
});

/** The judgement once the held set has been approved. */
function approved(
  plan: Plan,
  set: HeldSet,
  more: Partial<GuardInput> = {},
  fields: Partial<CompiledSync> = {},
): Judgement {
  const place = { file: 'approvals.yaml', line: 1, column: 1 };
  const approval = {
    name: 'ok',
    sync: 'staff',
    digest: set.digest,
    by: 'boss',
    expires: new Date(noon + day).toISOString(),
    reason: undefined,
    place,
  };
  return judge(
    plan,
    {
      approvals: [approval],
      approvedSets: new Map([[set.digest, { set, done: new Set<string>(), state: 'open' }]]),
      ...more,
    },
    fields,
  );
}

describe('approval', () => {
  const plan = leavers(6);
  const { held } = judge(plan);

  test('releases what was held, says so, and counts it nowhere', () => {
    const judgement = approved(plan, held, { levels: [level(50, { counted: new Map([['leave', 5]]) })] });
    expect(judgement.released).toHaveLength(6);
    expect(judgement.approvals).toEqual([held.digest]);
    expect(judgement.approvedMembers?.get('disable/p000')).toBe(held.digest);
    expect(judgement.held).toEqual({ sync: 'staff', digest: '', items: [] });
  });

  test('judges what came later afresh', () => {
    const later = approved(leavers(12), held);
    expect(later.released).toHaveLength(6);
    expect(later.held.items).toHaveLength(6);
  });

  test('releases under hold-pass too', () => {
    expect(approved(leavers(12), held, {}, { onBreach: 'hold-pass' }).released).toHaveLength(6);
  });

  test('of a value does not release another value', () => {
    const before = planFor(movers(names(21), { first_name: 'New' }));
    const after = planFor(movers(names(21), { first_name: 'Newer' }));
    expect(approved(after, judge(before).held).released).toEqual([]);
  });

  test.each([
    ['that has expired', { now: noon + 2 * day }],
    ['of a digest that the store does not know', { approvedSets: new Map() }],
    [
      'that is used up',
      {
        approvedSets: new Map([
          [held.digest, { set: held, done: new Set<string>(), state: 'used' as const }],
        ]),
      },
    ],
  ] satisfies [string, Partial<GuardInput>][])('releases nothing %s', (_, more) => {
    expect(approved(plan, held, more).released).toEqual([]);
  });

  test('releases nobody twice', () => {
    const done = new Set(['disable/p000']);
    const sets = new Map([[held.digest, { set: held, done, state: 'open' as const }]]);
    expect(approved(plan, held, { approvedSets: sets }).released).toHaveLength(6);
    const full = [level(50, { counted: new Map([['leave', 5]]) })];
    expect(approved(plan, held, { approvedSets: sets, levels: full }).released).toHaveLength(5);
  });

  test('of one attribute releases it although the rest has gone ahead', () => {
    const attributes = [emailAttribute, mapped('first_name', reads('first_name')), phone];
    const both = planFor({
      ...movers(names(3), { first_name: 'New' }, { phone: '1' }),
      sync: { attributes },
    });
    const rest = planFor({ ...movers(names(3), {}, { phone: '1' }), sync: { attributes } });
    expect(judge(rest).held.digest).toBe(judge(both).held.digest);
    expect(approved(rest, judge(both).held).released).toHaveLength(3);
  });

  test('always holds everything, and never takes no approval', () => {
    const always = judge(leavers(1), {}, { approval: 'always' });
    expect(always.held.items.map(({ reason }) => reason)).toEqual(['ApprovalRequired']);
    expect(approved(leavers(1), always.held, {}, { approval: 'always' }).released).toHaveLength(1);
    expect(approved(plan, held, {}, { approval: 'never' }).released).toEqual([]);
  });

  test('has a digest that does not depend on the order, the reason or the time', () => {
    const later = planFor({ ...movers(names(6).toReversed(), { lastDay: '2026-11-19' }), now: noon + day });
    expect(judge(later).held.digest).toBe(held.digest);
    expect(held.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
