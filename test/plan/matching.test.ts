import { describe, expect, test } from 'vitest';
import { normaliser } from '../../src/plan/normalise.ts';
import type { MatchRule } from '../../src/spec/compiled.ts';
import { ada, tell } from './cases.ts';
import type { Situation } from './people.ts';
import { account, link, person, stranger } from './people.ts';
import { mapped, reads } from './specs.ts';
import { planFor } from './summary.ts';

/** `phone by digits`: a rule over these attributes, each read from the source under its own name. */
function rule(
  at: number,
  items: Readonly<Record<string, MatchRule['items'][number]['normalise']>>,
  accounts: MatchRule['accounts'] = 'active',
): MatchRule {
  return {
    id: `match[${at}]`,
    items: Object.entries(items).map(([attribute, normalise]) => ({
      attribute,
      expression: reads(attribute),
      ...(normalise === undefined ? {} : { normalise }),
    })),
    accounts,
  };
}

const orphan = (id: string) => `${id} is orphan (nobody of the source has this account)`;
const inUse = (held: string, by = 'match[0]') =>
  `${by}: ${held} is in use by a deactivated account; reactivate it and run again if it is the same person, else free ${held} there`;

describe('an account is found', () => {
  tell([
    {
      name: 'whatever signs stand in a phone number, on either side',
      people: [person('ada', { email: undefined, phone: '+49 (30) 1234-5' })],
      accounts: [stranger('x', { email: undefined, first_name: undefined, phone: '49 30 12345' })],
      sync: { match: [rule(0, { phone: ['digits'] })], attributes: [] },
      changes: ['adopt ada (matched by match[0]; hris_id)'],
      says: ['ada is unlinked (matched by match[0])'],
    },
    {
      name: 'with accents on one side only, in capitals on the other',
      people: [person('ada', { first_name: 'Zoë', login: 'ZOE.ŁUKASZ' })],
      accounts: [stranger('x', { first_name: 'ZOE', login: 'zoë.lukasz' })],
      sync: {
        match: [rule(0, { first_name: ['case', 'diacritics'], login: ['diacritics', 'case'] })],
        attributes: [],
      },
      changes: ['adopt ada (matched by match[0]; hris_id)'],
      says: ['ada is unlinked (matched by match[0])'],
    },
    {
      name: 'not in another spelling, where the rule does not say so',
      people: [person('ada', { first_name: 'Zoë' })],
      accounts: [stranger('x', { email: 'x@example.com', first_name: 'Zoe' })],
      sync: { match: [rule(0, { first_name: ['case'] })], attributes: [] },
      changes: ['create ada (no account matches; hris_id)'],
      says: [orphan('acc-x'), 'ada is unmatched (no account matches)'],
    },
    {
      name: 'by the first rule that finds any, also where a later one finds another',
      people: [person('ada', { login: 'lovelace' })],
      accounts: [
        stranger('x', { email: 'other@example.com', login: 'LOVELACE' }),
        stranger('y', { email: 'ada@example.com', login: 'y' }),
      ],
      sync: {
        match: [rule(0, { phone: ['digits'] }), rule(1, { login: ['case'] }), rule(2, { email: undefined })],
        attributes: [],
      },
      changes: ['adopt ada (matched by match[1]; hris_id)'],
      says: [orphan('acc-y'), 'ada is unlinked (matched by match[1])'],
    },
    {
      name: 'not by a number that has no digit: it proves as little as none',
      people: [person('ada', { phone: '(none)' })],
      accounts: [stranger('x', { email: 'x@example.com', phone: '-' })],
      sync: { match: [rule(0, { phone: ['digits'] })], attributes: [] },
      changes: ['create ada (no account matches; hris_id)'],
      says: [orphan('acc-x'), 'ada is unmatched (no account matches)'],
    },
  ]);
});

describe('a deactivated account', () => {
  const former = stranger('x', { email: 'ada@example.com' }, { active: false });

  tell([
    {
      name: 'is never matched by e-mail: the error says whose move it is',
      people: [ada],
      accounts: [former],
      says: [orphan('acc-x'), `ada is failed! (${inUse('e-mail')})`],
    },
    {
      name: 'is named by every attribute of its rule, never by a value',
      people: [ada],
      accounts: [stranger('x', { email: 'ada@example.com', first_name: 'Ada' }, { active: false })],
      sync: { match: [rule(0, { first_name: ['case'], email: undefined })] },
      says: [orphan('acc-x'), `ada is failed! (${inUse('first_name with e-mail')})`],
    },
    {
      name: 'gives way to a later rule that finds one in use',
      people: [person('ada', { login: 'ada' })],
      accounts: [former, stranger('y', { email: 'y@example.com', login: 'ada' })],
      sync: { match: [rule(0, { email: undefined }), rule(1, { login: undefined })], attributes: [] },
      changes: ['adopt ada (matched by match[1]; hris_id)'],
      says: [orphan('acc-x'), 'ada is unlinked (matched by match[1])'],
    },
    {
      name: 'is matched by the identity that it carries, before any rule is asked',
      people: [ada],
      accounts: [
        account('ada', { email: 'old@example.com' }, { active: false }),
        stranger('y', { email: 'ada@example.com' }),
      ],
      sync: { attributes: [] },
      changes: ['adopt ada (matched by identity)', 'enable ada (matched by identity)'],
      says: [orphan('acc-y'), 'ada is unlinked (matched by identity)'],
    },
  ]);
});

function candidatesOf(given: Situation): readonly (readonly (string | null)[])[] {
  return planFor(given).verdicts.flatMap(({ personId, candidates }) =>
    candidates === undefined ? [] : [[personId, ...candidates.map((one) => Object.values(one).join(' '))]],
  );
}

describe('whoever is left to a person is listed with the accounts in question', () => {
  const both = ['a', 'b'].map((id) => stranger(id, { email: 'ada@example.com' }));

  test.each([
    {
      name: 'of several accounts with one address each, with the rule that found it',
      given: { people: [ada], accounts: both },
      lists: [['ada', 'acc-a match[0] true', 'acc-b match[0] true']],
    },
    {
      name: 'several that carry one identity, deactivated ones too',
      given: {
        people: [ada],
        accounts: [account('ada'), account('x', { hris_id: 'ada' }, { active: false })],
      },
      lists: [['ada', 'acc-ada identity true', 'acc-x identity false']],
    },
    {
      name: 'an account that carries the identity of another person',
      given: { people: [ada], accounts: [account('x', { email: 'ada@example.com' })] },
      lists: [['ada', 'acc-x match[0] true']],
    },
    {
      name: 'a deactivated account',
      given: { people: [ada], accounts: [stranger('ada', {}, { active: false })] },
      lists: [['ada', 'acc-ada match[0] false']],
    },
    {
      name: 'a linked account whose identity was overwritten',
      given: { people: [ada], accounts: [account('ada', { hris_id: 'x' })], links: [link('ada')] },
      lists: [['ada', 'acc-ada link true']],
    },
    {
      name: 'of two people who stand for one account both, by the link and by the rule',
      given: {
        people: [ada, person('bob', { email: 'ada@example.com' })],
        accounts: [account('ada', { hris_id: undefined })],
        links: [link('ada', { accountId: 'acc-ada' }), link('bob', { accountId: 'acc-ada' })],
      },
      lists: [
        ['ada', 'acc-ada link true'],
        ['bob', 'acc-ada link true'],
      ],
    },
    {
      name: 'of two without a link who match one account both, by the rule',
      given: { people: [ada, person('bob', { email: 'ada@example.com' })], accounts: [stranger('ada')] },
      lists: [
        ['ada', 'acc-ada match[0] true'],
        ['bob', 'acc-ada match[0] true'],
      ],
    },
  ])('$name', ({ given, lists }) => {
    expect(candidatesOf(given)).toEqual(lists);
  });

  test('of very many the first ten, and the reason says how many', () => {
    const many = Array.from({ length: 12 }, (_, at) => stranger(`x${at}`, { login: 'shared' }));
    const { verdicts } = planFor({
      people: [person('ada', { login: 'shared' })],
      accounts: many,
      sync: { match: [rule(0, { login: undefined })], identity: [mapped('hris_id', reads('id'))] },
    });
    const of = verdicts.find(({ personId }) => personId === 'ada');
    expect(of?.reason).toBe('match[0]: 12 accounts match');
    expect(of?.candidates).toHaveLength(10);
  });
});

describe('normalised, two texts are one', () => {
  test.each([
    ['case', 'STRASSE', 'straße'],
    ['case', 'ΟΔΟΣ', 'οδος'],
    ['diacritics', 'Łódź', 'Lodz'],
    ['diacritics', 'Åse Sørensen', 'Ase Sorensen'],
    ['diacritics', 'Ħamrun Ŧuolla', 'Hamrun Tuolla'],
    ['digits', '+49 (0)30/123', '49030123'],
    ['digits', '１２３', '123'],
  ] as const)('%s: %s and %s', (kind, one, other) => {
    const normal = normaliser([kind]);
    expect(normal(one)).toBe(normal(other));
  });

  test('and what is no text stays as it is', () => {
    expect(normaliser(['digits'])(7)).toBe(7);
  });
});
