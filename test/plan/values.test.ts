import { describe, expect, test } from 'vitest';
import type { Situation } from './people.ts';
import { account, link, person, stranger } from './people.ts';
import { emailAttribute, mapped, reads, withThen } from './specs.ts';
import { planFor, summarize } from './summary.ts';

const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const withManager: Situation['sync'] = { attributes: [manager] };

describe('references to people', () => {
  test('who is linked already is named by their account', () => {
    const plan = planFor({
      sync: withManager,
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [account('bob')],
      links: [link('bob')],
    });
    expect(plan.changes[0]?.attributes.map(({ name, after }) => [name, after])).toEqual([
      ['hris_id', { value: 'ada' }],
      ['manager', { value: 'acc-bob' }],
    ]);
  });

  test('two new people who refer to each other, and one to themselves, all come about', () => {
    const plan = planFor({
      sync: withManager,
      people: [
        person('ada', { supervisor: 'bob' }),
        person('bob', { supervisor: 'ada' }),
        person('carl', { supervisor: 'carl' }),
      ],
    });
    expect(plan.changes.map(({ id, needs }) => [id, ...needs])).toEqual([
      ['create/ada'],
      ['create/bob'],
      ['create/carl'],
      ['update/ada/references', 'create/ada', 'create/bob'],
      ['update/bob/references', 'create/ada', 'create/bob'],
      ['update/carl/references', 'create/carl'],
    ]);
    expect(plan.changes.at(-1)?.attributes[0]?.after).toEqual({ person: 'carl' });
  });

  test('an account that is adopted in the same pass is named at once', () => {
    const plan = planFor({
      sync: withManager,
      people: [person('ada', { supervisor: 'bob' }), person('bob')],
      accounts: [account('ada'), stranger('bob')],
      links: [link('ada')],
    });
    expect(summarize(plan).changes).toEqual([
      'adopt bob (matched by match[0]; hris_id)',
      'update ada (differs: manager)',
    ]);
  });

  test.each([
    ['keep leaves the attribute', 'keep', []],
    ['clear empties it', 'clear', ['update ada (differs: manager)']],
    ['error is that person’s error', 'error', []],
  ] as const)('a reference to somebody without an account: %s', (_, onNull, changes) => {
    const plan = planFor({
      sync: { attributes: [{ ...manager, onNull }] },
      people: [person('ada', { supervisor: 'nobody' })],
      accounts: [account('ada', { manager: 'acc-old' })],
      links: [link('ada')],
    });
    expect(summarize(plan).changes).toEqual(changes);
    expect(plan.counts.failed).toBe(onNull === 'error' ? 1 : 0);
  });

  test('who needs a manager waits for the manager, and so on down the line', () => {
    const plan = planFor({
      sync: { attributes: [{ ...manager, onNull: 'error' }] },
      people: [
        person('ada', { supervisor: 'bob' }),
        person('bob', { supervisor: 'carl' }),
        person('carl', { supervisor: 'nobody' }),
      ],
    });
    expect(plan.changes).toEqual([]);
    expect(plan.counts.failed).toBe(3);
  });

  test('who is deleted in this pass is referred to no more', () => {
    const plan = planFor({
      sync: {
        attributes: [{ ...manager, onNull: 'clear' }],
        who: [
          {
            id: 'who[0]',
            expression: {
              ...reads('department'),
              evaluate: (view) => {
                const found = reads('department').evaluate(view);
                return found.kind === 'value' ? { kind: 'value', value: found.value === 'Sales' } : found;
              },
            },
            place: { file: '', line: 1, column: 1 },
          },
        ],
        ...withThen({ outOfScope: 'delete' }),
      },
      people: [person('ada', { supervisor: 'bob' }), person('bob', { department: 'Legal' })],
      accounts: [account('ada', { manager: 'acc-bob' }), account('bob')],
      links: [link('ada'), link('bob')],
    });
    expect(summarize(plan).changes).toEqual([
      'update ada (differs: manager)',
      'delete bob (out of scope: who[0] is false)',
    ]);
  });
});

const email = (id: string, value: string) => person(id, { email: value, first_name: id.toUpperCase() });

describe('values that no two accounts may share', () => {
  test('a value that another account holds is that person’s error', () => {
    const plan = planFor({
      people: [email('ada', 'bob@example.com'), person('bob')],
      accounts: [account('ada'), account('bob')],
      links: [link('ada'), link('bob')],
    });
    expect(summarize(plan).people).toEqual([
      'ada is failed! (attribute "email": another account holds the value)',
    ]);
  });

  test('a value is freed before it is taken, along the whole line', () => {
    const plan = planFor({
      people: [
        email('ada', 'bob@example.com'),
        email('bob', 'carl@example.com'),
        email('carl', 'new@example.com'),
      ],
      accounts: ['ada', 'bob', 'carl'].map((id) => account(id)),
      links: ['ada', 'bob', 'carl'].map((id) => link(id)),
    });
    expect(plan.changes.map(({ id, needs }) => [id, ...needs])).toEqual([
      ['update/carl'],
      ['update/bob', 'update/carl'],
      ['update/ada', 'update/bob'],
    ]);
  });

  test('a new person gets the address that another gives up in the same pass', () => {
    const plan = planFor({
      sync: { match: [] },
      people: [email('ada', 'new@example.com'), email('zoe', 'ada@example.com')],
      accounts: [account('ada')],
      links: [link('ada')],
    });
    expect(plan.changes.map(({ id, needs }) => [id, ...needs])).toEqual([
      ['update/ada'],
      ['create/zoe', 'update/ada'],
    ]);
  });

  test('two people who swap their addresses are told so, and who waits for them fails too', () => {
    const plan = planFor({
      sync: { attributes: [emailAttribute, mapped('login', reads('login'), { facts: { unique: true } })] },
      people: [
        person('ada', { email: 'bob@example.com', login: 'a2' }),
        person('bob', { email: 'ada@example.com' }),
        person('carl', { login: 'a1' }),
      ],
      accounts: [account('ada', { login: 'a1' }), account('bob'), account('carl', { login: 'c' })],
      links: ['ada', 'bob', 'carl'].map((id) => link(id)),
    });
    const swap = 'swaps a unique value with other people in a circle: change one of them by hand first';
    expect(summarize(plan)).toEqual({
      changes: [],
      people: [
        `ada is failed! (${swap})`,
        `bob is failed! (${swap})`,
        'carl is failed! (needs a value that another person cannot give up now)',
      ],
    });
  });

  test('two records with the same identity make no two accounts', () => {
    const byEmail = mapped('hris_id', reads('login'), { onNull: 'error' });
    const plan = planFor({
      sync: { identity: [byEmail], attributes: [] },
      people: [person('ada', { login: 'x' }), person('bob', { login: 'x' })],
    });
    expect(plan.changes).toEqual([]);
    expect(plan.counts.failed).toBe(2);
  });

  test('two new people with the same address both fail', () => {
    const plan = planFor({ people: [email('ada', 'x@example.com'), email('bob', 'X@example.com')] });
    const reason = 'attribute "email": another person of this plan gets the same value';
    expect(summarize(plan).people).toEqual([`ada is failed! (${reason})`, `bob is failed! (${reason})`]);
  });
});
