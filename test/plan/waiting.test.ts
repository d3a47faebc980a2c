import { describe, expect, test } from 'vitest';
import { judge, level, text } from './judging.ts';
import type { Situation } from './people.ts';
import { account, link, person, stranger } from './people.ts';
import { emailAttribute, mapped, reads } from './specs.ts';
import { planFor, summarize } from './summary.ts';

const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const noMatch = { match: [] } as const;
const taken = 'attribute "email": another account holds the value';
const stranded = 'needs a value that another person cannot give up now';

/** Dora keeps her address; carl wants it, so that he cannot give up his. */
const stuck = {
  people: [person('carl', { email: 'dora@example.com' }), person('dora', { first_name: 'New' })],
  accounts: [account('carl'), account('dora')],
  links: [link('carl'), link('dora')],
} satisfies Situation;

describe('who wants an address that is not free', () => {
  test('fails, also where its holder changes in some other way', () => {
    expect(summarize(planFor(stuck))).toEqual({
      changes: ['update dora (differs: first_name)'],
      people: [`carl is failed! (${taken})`, 'dora is linked (differs: first_name)'],
    });
  });

  test('fails along the whole line', () => {
    const plan = planFor({
      people: [
        ...stuck.people,
        person('ada', { email: 'bob@example.com' }),
        person('bob', { email: 'carl@example.com' }),
      ],
      accounts: [...stuck.accounts, account('ada'), account('bob')],
      links: [...stuck.links, link('ada'), link('bob')],
    });
    expect(summarize(plan)).toEqual({
      changes: ['update dora (differs: first_name)'],
      people: [
        `ada is failed! (${stranded})`,
        `bob is failed! (${stranded})`,
        `carl is failed! (${taken})`,
        'dora is linked (differs: first_name)',
      ],
    });
  });

  test('gets no manager either, and is nobody’s manager', () => {
    const plan = planFor({
      sync: { ...noMatch, attributes: [emailAttribute, manager] },
      people: [
        person('carl', { email: 'dora@example.com' }),
        person('dora'),
        // Bob would be new, with an address that carl keeps.
        person('bob', { email: 'carl@example.com', supervisor: 'eve' }),
        person('eve'),
        person('ada', { supervisor: 'bob' }),
      ],
      accounts: [account('carl'), account('dora'), account('ada')],
      links: [link('carl'), link('dora'), link('ada')],
    });
    expect(plan.changes.map(({ id }) => id)).toEqual(['create/eve']);
  });
});

test('who needs a manager waits for the manager, whoever of them is listed first', () => {
  const sync = { attributes: [{ ...manager, onNull: 'error' as const }] };
  const people = [person('ada', { supervisor: 'nobody' }), person('bob', { supervisor: 'ada' })];
  for (const listed of [people, people.toReversed()]) {
    expect(planFor({ sync, people: listed }).changes).toEqual([]);
  }
});

describe('what waits with an adoption that is held', () => {
  const levels = [level(50, { limits: { adopt: { atMost: 0 } } })];

  test('is letting the person in', () => {
    const plan = planFor({ people: [person('ada')], accounts: [account('ada', {}, { active: false })] });
    expect(text(judge(plan, { levels }))).toEqual({
      released: [],
      held: [
        'adopt/ada: LimitReached: adopt: 1 planned, 0 allowed in 24 h',
        'enable/ada: DependsOnHeld: needs adopt/ada, which is held',
      ],
    });
  });

  test('is the manager of the person', () => {
    const plan = planFor({
      sync: { attributes: [manager] },
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [stranger('ada')],
    });
    const { released, held } = judge(plan, { levels });
    expect(released.map(({ id }) => id)).toEqual(['create/bob']);
    expect(held.items.map(({ change, reason }) => [change.id, reason])).toEqual([
      ['adopt/ada', 'LimitReached'],
      ['update/ada/references', 'DependsOnHeld'],
    ]);
  });
});

describe('what waits with an address that is held', () => {
  const passedOn = planFor({
    people: [
      person('ada', { email: 'bob@example.com' }),
      person('bob', { email: 'carl@example.com' }),
      person('carl', { email: 'new@example.com', first_name: 'New' }),
    ],
    accounts: ['ada', 'bob', 'carl'].map((id) => account(id)),
    links: ['ada', 'bob', 'carl'].map((id) => link(id)),
  });

  test('is everybody down the line, although the rest of its holder goes on', () => {
    const collapsed = new Map([['email', 'email: filled for 2 %']]);
    const onlyCarl = {
      ...passedOn,
      changes: passedOn.changes.map((change) =>
        change.personId === 'carl'
          ? change
          : { ...change, attributes: change.attributes.map((one) => ({ ...one, reads: [] })) },
      ),
    };
    const { released, held } = judge(onlyCarl, { collapsed });
    expect(released.map(({ id, attributes }) => [id, ...attributes.map(({ name }) => name)])).toEqual([
      ['update/carl', 'first_name'],
    ]);
    expect(held.items.map(({ change, reason }) => [change.id, reason])).toEqual([
      ['update/carl', 'FillRateCollapsed'],
      ['update/bob', 'DependsOnHeld'],
      ['update/ada', 'DependsOnHeld'],
    ]);
  });
});
