import { describe, expect, test } from 'vitest';
import { judge, leavers, level, movers, names, phone, text } from './judging.ts';
import { account, link, person, stranger } from './people.ts';
import { emailAttribute, mapped, reads } from './specs.ts';
import { planFor } from './summary.ts';

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

test('people who are still absent are told about in every pass, also when the window has forgotten them', () => {
  const ids = names(40);
  const links = ids.map((id) =>
    link(id, { absentReads: 1, absentSince: Date.parse('2026-11-18T12:00:00Z') }),
  );
  const plan = planFor({ people: [], accounts: ids.map((id) => account(id)), links });

  const judgement = judge(plan, { levels: [level(40)] });

  expect(plan.newlyVanished).toEqual([]);
  expect(judgement.breaches?.map(({ message }) => message)).toEqual([
    'remove: 40 people are absent from the source without a termination, 2 may vanish at once',
  ]);
  expect(
    judge(
      planFor({ people: [], accounts: ids.slice(0, 2).map((id) => account(id)), links: links.slice(0, 2) }),
      { levels: [level(40)] },
    ).breaches,
  ).toEqual([]);
});

describe('managers that a first load which was cut off still owes', () => {
  const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
  const ids = names(40);
  const owing = (links: readonly ReturnType<typeof link>[], held: { manager?: string } = {}) =>
    planFor({
      sync: { attributes: [manager] },
      people: [person('boss'), ...ids.map((id) => person(id, { supervisor: 'boss' }))],
      accounts: [account('boss'), ...ids.map((id) => account(id, held))],
      links: [link('boss'), ...links],
    });
  const heldIn = (plan: ReturnType<typeof owing>) => judge(plan, { levels: [level(41)] }).held.items.length;

  test('are part of the accounts that were made, and wait for nobody', () => {
    expect(heldIn(owing(ids.map((id) => link(id))))).toBe(0);
  });

  test('are updates where the specs have just begun to ask for them', () => {
    expect(heldIn(owing(ids.map((id) => link(id, { mapping: 'mapping-0' }))))).toBe(40);
  });

  test('are updates where another manager is there', () => {
    expect(
      heldIn(
        owing(
          ids.map((id) => link(id)),
          { manager: 'acc-p001' },
        ),
      ),
    ).toBe(40);
  });
});
