import { describe, expect, test } from 'vitest';
import { approved, judge, leavers, names, phone, text } from './judging.ts';
import { day, noon } from './columns.ts';
import { account, link, person, stranger } from './people.ts';
import { mapped, reads } from './specs.ts';
import { planFor } from './summary.ts';

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

  test('begins no account that would lack the value, although nothing of the change reads it', () => {
    const plan = planFor({ sync: { attributes: [phone] }, people: [person('ada')] });
    expect(plan.changes[0]?.attributes.map(({ name }) => name)).not.toContain('phone');
    const nobody = new Map([['phone', 'nobody in hr has "phone"']]);
    expect(text(judge(plan, { collapsed: nobody }, { attributes: [phone] })).held).toEqual([
      'create/ada: FillRateCollapsed: nobody in hr has "phone"',
    ]);
    expect(
      judge(plan, { collapsed: new Map([['unmapped', 'no']]) }, { attributes: [phone] }).released,
    ).toHaveLength(1);
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
