import { expect, test } from 'vitest';
import type { KnownFormerValue } from '../../src/model/former-value.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import type { Case } from './cases.ts';
import { ada, adas, adasLink } from './cases.ts';
import { day, noon } from './columns.ts';
import { account, hash, hashed, inputOf, link, person, stranger } from './people.ts';
import { reads } from './specs.ts';
import { summarize } from './summary.ts';

const byEmail = {
  id: 'match[0]',
  items: [{ attribute: 'email', expression: reads('email'), passesOn: true }],
  accounts: 'active',
} as const;

function had(personId: string, email: string, daysAgo: number, source = 'hr'): KnownFormerValue {
  const at = noon - daysAgo * day;
  return { attribute: 'email', hash: hash('former email', email), personId, source, at };
}

interface Passed extends Case {
  readonly former?: readonly KnownFormerValue[];
  readonly quarantineDays?: number;
}

function planOf({ former = [], quarantineDays = 180, ...given }: Omit<Passed, 'name' | 'says'>) {
  const sync = { match: [byEmail], quarantineMs: quarantineDays * day, ...given.sync };
  const input = inputOf({ ...given, sync });
  return runPlan({ ...input, memory: { ...input.memory, former } });
}

const adopted = {
  changes: ['adopt ada (matched by match[0]; hris_id)'],
  says: ['ada is unlinked (matched by match[0])'],
};
const account0 = stranger('x', { email: 'ada@example.com', first_name: 'ADA' });
const until = (date: string, from: string) =>
  `ada is disputed! (match[0]: e-mail belonged to person bob until ${date}, and proves nothing before ${from})`;

const cases: readonly Passed[] = [
  {
    name: 'an address that nobody else had is a proof',
    people: [ada],
    accounts: [account0],
    ...adopted,
  },
  {
    name: 'one that another person of ours had three months ago is none',
    people: [ada],
    accounts: [account0],
    former: [had('bob', 'ada@example.com', 90)],
    says: [until('2026-08-24', '2027-02-20')],
  },
  {
    name: 'in whatever case it was written',
    people: [person('ada', { email: 'ADA@example.com' })],
    accounts: [account0],
    sync: { attributes: [] },
    former: [had('bob', 'ada@example.com', 1)],
    says: [until('2026-11-21', '2027-05-20')],
  },
  {
    name: 'in whatever case the account has it',
    people: [ada],
    accounts: [stranger('x', { email: 'Ada@Example.com', first_name: 'ADA' })],
    sync: { attributes: [] },
    former: [had('bob', 'ada@example.com', 1)],
    says: [until('2026-11-21', '2027-05-20')],
  },
  {
    name: 'an account that is found by something else is theirs, whoever had its address',
    people: [ada],
    accounts: [account0],
    sync: {
      match: [
        {
          id: 'match[0]',
          items: [{ attribute: 'first_name', expression: reads('first_name') }],
          accounts: 'active',
        },
        { ...byEmail, id: 'match[1]' },
      ],
      attributes: [],
    },
    former: [had('bob', 'ada@example.com', 90)],
    ...adopted,
  },
  {
    name: 'of several who had it the last one counts',
    people: [ada],
    accounts: [account0],
    former: [had('eve', 'ada@example.com', 120), had('bob', 'ada@example.com', 90)],
    says: [until('2026-08-24', '2027-02-20')],
  },
  {
    name: 'after the quarantine it is one again',
    people: [ada],
    accounts: [account0],
    former: [had('bob', 'ada@example.com', 180)],
    ...adopted,
  },
  {
    name: 'and so it is where the spec knows no quarantine',
    people: [ada],
    accounts: [account0],
    former: [had('bob', 'ada@example.com', 1)],
    quarantineDays: 0,
    ...adopted,
  },
  {
    name: 'what the person had themselves is no doubt',
    people: [ada],
    accounts: [account0],
    former: [had('ada', 'ada@example.com', 90)],
    ...adopted,
  },
  {
    name: 'the same number in another HR system is another person',
    people: [ada],
    accounts: [account0],
    former: [had('ada', 'ada@example.com', 90, 'crm')],
    says: [until('2026-08-24', '2027-02-20').replace('person bob', 'person ada')],
  },
  {
    name: 'an address that we wrote for somebody who is here is theirs now, whatever their account shows',
    people: [ada, person('bob')],
    accounts: [account0, account('bob')],
    links: [link('bob', { applied: hashed({ email: 'ada@example.com' }) })],
    sync: { attributes: [] },
    says: [until('2026-11-22', '2027-05-21')],
  },
  {
    name: 'and one of a leaver of last month was theirs until then',
    people: [ada],
    accounts: [account0],
    links: [
      link('bob', {
        state: 'tombstone',
        ended: 'left',
        endedAt: noon - 30 * day,
        applied: hashed({ email: 'ada@example.com' }),
      }),
    ],
    says: [until('2026-10-23', '2027-04-21')],
  },
  {
    name: 'an account that carries the identity needs no address as a proof',
    people: [ada],
    accounts: [adas],
    former: [had('bob', 'ada@example.com', 1)],
    changes: ['adopt ada (matched by identity)'],
    says: ['ada is unlinked (matched by identity)'],
  },
  {
    name: 'somebody who has left is not locked out because of it',
    people: [person('ada', { lastDay: '2026-11-20' })],
    accounts: [account0],
    former: [had('bob', 'ada@example.com', 1)],
    says: [until('2026-11-21', '2027-05-20')],
  },
];

test.each(cases)('$name', ({ changes = [], says, ...given }) => {
  expect(summarize(planOf(given))).toEqual({ changes, people: says });
});

test('who is left to a person is listed with the account', () => {
  const plan = planOf({ people: [ada], accounts: [account0], former: [had('bob', 'ada@example.com', 1)] });
  expect(plan.verdicts[0]?.candidates).toEqual([{ accountId: 'acc-x', by: 'match[0]', active: true }]);
});

test.each([
  {
    name: 'an address that changes is remembered as having been theirs',
    given: { people: [person('ada', { email: 'new@example.com' })], accounts: [adas], links: [adasLink] },
    former: [['ada', 'ada@example.com']],
  },
  {
    name: 'and so is that of somebody whose account is given up',
    given: { people: [person('ada', { status: 'inactive' })], accounts: [adas], links: [adasLink] },
    former: [['ada', 'ada@example.com']],
  },
  {
    name: 'another name says nothing of addresses',
    given: { people: [person('ada', { first_name: 'New' })], accounts: [adas], links: [adasLink] },
    former: undefined,
  },
  {
    name: 'and where nothing changes nothing is remembered',
    given: { people: [ada], accounts: [adas], links: [adasLink] },
    former: undefined,
  },
])('$name', ({ given, former }) => {
  const expected = former?.map(([personId = '', email = '']) => ({
    attribute: 'email',
    hash: hash('former email', email),
    personId,
  }));
  expect(planOf(given).former).toEqual(expected);
});

test('nobody’s links are opened where nobody is matched by an address', () => {
  let opened = 0;
  const known = link('ada');
  const counting = Object.defineProperty({ ...known }, 'applied', {
    get: () => {
      opened += 1;
      return known.applied;
    },
  });
  const input = inputOf({
    people: [ada, person('bob')],
    accounts: [adas],
    links: [counting],
    sync: { match: [byEmail], quarantineMs: 180 * day, attributes: [] },
  });
  runPlan(input);
  const before = opened;
  runPlan({ ...input, sync: { ...input.sync, quarantineMs: 0 } });
  expect(opened).toBe(2 * before);
});

test('an address is the same in capitals, also where the target tells capitals apart', () => {
  const email = 'Ada@Example.com';
  const given = { people: [person('ada', { email })], accounts: [stranger('x', { email })] };
  const input = inputOf({ ...given, sync: { match: [byEmail], quarantineMs: 180 * day, attributes: [] } });
  const plan = runPlan({
    ...input,
    shape: { ...input.shape, canonical: () => undefined },
    memory: { ...input.memory, former: [had('bob', 'ada@example.com', 90)] },
  });
  expect(summarize(plan).people).toEqual([until('2026-08-24', '2027-02-20')]);
});
