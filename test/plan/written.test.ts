import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../src/expression/expression.ts';
import type { Change } from '../../src/model/change.ts';
import { remember } from '../../src/plan/memory.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import { judge, level, movers, names } from './judging.ts';
import { account, hashed, link, person, shape, stranger } from './people.ts';
import { clause, emailAttribute, isOneOf, mapped, reads, withThen } from './specs.ts';
import { planFor, summarize } from './summary.ts';

const phone = (more: Parameters<typeof mapped>[2]): MappedAttribute => mapped('phone', reads('phone'), more);
const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const empty: Evaluation = { kind: 'value', value: null };
const idsOf = ({ changes }: { readonly changes: readonly Change[] }) => changes.map(({ id }) => id);

describe('what is written', () => {
  test('null over a value that the spec says to keep is nothing', () => {
    const plan = planFor({
      sync: { attributes: [mapped('phone', { ...reads('phone'), evaluate: () => empty })] },
      people: [person('ada')],
      accounts: [account('ada', { phone: '2' })],
      links: [link('ada')],
    });
    expect(plan.changes).toEqual([]);
  });

  test('what cannot be written is not sent with a new account', () => {
    const role = mapped('role', { kind: 'constant', value: 'learner' });
    const plan = planFor({
      sync: { attributes: [{ ...role, spec: { name: 'role', type: 'text', class: 'personal' } }] },
      people: [person('ada')],
    });
    expect(plan.changes[0]?.attributes.map(({ name }) => name)).toEqual(['hris_id']);
  });

  test('seed-if-empty fills what is blank', () => {
    const plan = planFor({
      sync: { attributes: [phone({ policy: 'seed-if-empty' })] },
      people: [person('ada', { phone: '1' })],
      accounts: [account('ada', { phone: '' })],
      links: [link('ada')],
    });
    expect(idsOf(plan)).toEqual(['update/ada']);
  });

  test('seed-if-empty leaves a manager who is there, also for one who only comes', () => {
    const plan = planFor({
      sync: { attributes: [{ ...manager, policy: 'seed-if-empty' }] },
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [account('ada', { manager: 'acc-x' })],
      links: [link('ada')],
    });
    expect(idsOf(plan)).toEqual(['create/bob']);
  });

  test('what is never read back is not sent to whom we know nothing of', () => {
    const plan = planFor({
      sync: { attributes: [phone({ facts: { writeOnly: true } })] },
      people: [person('ada', { phone: '1' })],
      accounts: [stranger('ada')],
    });
    expect(summarize(plan).changes).toEqual(['adopt ada (matched by match[0]; hris_id)']);
  });

  test('nobody is written to because the target spells a value in its own way', () => {
    const plan = planFor({
      sync: { attributes: [emailAttribute, manager, phone({})] },
      people: [person('ada', { supervisor: 'bob', phone: '' }), person('bob', { phone: '' })],
      accounts: [
        account('ada', { email: 'ADA@Example.com', manager: 7, phone: [] }),
        account('bob', {}, { id: '7' }),
      ],
      links: [link('ada'), link('bob', { accountId: '7' })],
    });
    expect(plan.changes).toEqual([]);
  });

  test('a first address is no rename', () => {
    const ids = names(6);
    const plan = planFor(movers(ids, {}, { email: undefined }));
    expect(judge(plan).released).toHaveLength(6);
  });
});

describe('what is remembered of one person', () => {
  test('is not taken for what was written to the next', () => {
    const plan = planFor({
      sync: { attributes: [phone({ policy: 'follow' })] },
      people: [person('ada', { phone: '1' }), person('bob', { phone: '2' })],
      accounts: [account('ada', { phone: '1' }), account('bob', { phone: '3' })],
      links: [
        link('ada', { applied: hashed({ hris_id: 'ada', phone: '0' }) }),
        link('bob', { applied: hashed({ hris_id: 'bob' }) }),
      ],
    });
    expect(plan.changes).toEqual([]);
    expect(plan.drift.map(({ personId }) => personId)).toEqual(['bob']);
    expect(plan.memory.map(({ personId }) => personId)).toEqual(['ada']);
  });

  test('is not that a mapping has been agreed with, while a change is still to be made', () => {
    const plan = planFor({
      people: [person('ada', { first_name: 'New' })],
      accounts: [account('ada')],
      links: [link('ada', { mapping: 'mapping-0' })],
    });
    expect(idsOf(plan)).toEqual(['update/ada']);
    expect(plan.memory).toEqual([]);
  });

  test('is since when they are absent, until they are back', () => {
    const absent = remember(
      link('ada', { absentReads: 1, absentSince: 5 }),
      { kind: 'absent', personId: 'ada' },
      9,
      '',
    );
    expect(absent).toMatchObject({ absentReads: 2, absentSince: 5 });
    expect(remember(absent, { kind: 'seen', personId: 'ada' }, 9, '')).toMatchObject({
      absentReads: 0,
      absentSince: null,
    });
  });

  test('is by which mapping their account was found in order', () => {
    const update = { kind: 'applied', personId: 'ada', hashes: {} } as const;
    expect(remember(link('ada', { mapping: 'mapping-0' }), update, 9, 'mapping-1').mapping).toBe('mapping-1');
  });

  test('is who was their manager: where somebody emptied that, writing it again is an update', () => {
    const ids = names(40);
    const plan = planFor({
      sync: { attributes: [manager] },
      people: [person('boss'), ...ids.map((id) => person(id, { supervisor: 'boss' }))],
      accounts: [account('boss'), ...ids.map((id) => account(id))],
      links: [
        link('boss'),
        ...ids.map((id) => link(id, { applied: hashed({ hris_id: id, manager: 'acc-boss' }) })),
      ],
    });
    expect(judge(plan, { levels: [level(41)] }).held.items).toHaveLength(40);
  });
});

describe('managers', () => {
  const clearing = { attributes: [{ ...manager, onNull: 'clear' as const }] };

  test('whose account is gone are named no more', () => {
    const plan = planFor({
      sync: { attributes: [manager] },
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [account('ada', { manager: 'acc-old' })],
      links: [link('ada'), link('bob')],
    });
    expect(plan.changes).toEqual([]);
  });

  test('whose account a partial pass did not read stay', () => {
    const plan = planFor({
      sync: clearing,
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [account('ada', { manager: 'acc-bob' })],
      links: [link('ada'), link('bob')],
      only: ['ada'],
    });
    expect(plan.changes).toEqual([]);
  });

  test('are not written in a mode that does not update', () => {
    const plan = planFor({
      sync: { attributes: [manager], mode: 'create-only' },
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [account('ada')],
      links: [link('ada')],
    });
    expect(idsOf(plan)).toEqual(['create/bob']);
  });
});

describe('deactivated accounts', () => {
  const idle = account('ada', {}, { active: false });

  test('are adopted as they are in a mode that does not enable', () => {
    const plan = planFor({ sync: { mode: 'create-only' }, people: [person('ada')], accounts: [idle] });
    expect(summarize(plan).changes).toEqual(['adopt ada (matched by identity)']);
  });

  test('are not enabled where the target cannot', () => {
    const abilities = { ...shape.abilities, enable: false };
    const plan = planFor({
      people: [person('ada')],
      accounts: [idle],
      links: [link('ada')],
      shape: { abilities },
    });
    expect(summarize(plan)).toEqual({
      changes: [],
      people: ['ada is linked! (deactivated in the target; the platform cannot enable accounts here)'],
    });
  });

  test('of who is back under a new name are enabled and renamed in one change', () => {
    const plan = planFor({
      people: [person('ada', { first_name: 'New' })],
      accounts: [idle],
      links: [link('ada')],
    });
    expect(plan.changes.map(({ kind, attributes }) => [kind, attributes.length])).toEqual([['enable', 1]]);
  });
});

test('a reviewer is told whether somebody moved out of scope or the specs did', () => {
  const plan = planFor({
    sync: { who: [clause('who[0]', isOneOf('department', 'Sales'))], ...withThen({ outOfScope: 'disable' }) },
    people: ['ada', 'bob'].map((id) => person(id, { department: 'Legal' })),
    accounts: ['ada', 'bob'].map((id) => account(id)),
    links: [link('ada'), link('bob', { mapping: 'mapping-0' })],
  });
  expect(plan.changes.map(({ id, cause }) => [id, cause])).toEqual([
    ['disable/ada', 'data'],
    ['disable/bob', 'revision'],
  ]);
});

test('people are listed by code units, on every machine alike', () => {
  const plan = planFor({ people: [person('ada'), person('Zoe'), person('Äb')], sync: { match: [] } });
  expect(idsOf(plan)).toEqual(['create/Zoe', 'create/ada', 'create/Äb']);
});
