import { describe, expect, test } from 'vitest';
import type { Decision, LinkDecisions } from '../../src/spec/compiled.ts';
import type { Case } from './cases.ts';
import { ada, adas, adasLink, leaver } from './cases.ts';
import type { Situation } from './people.ts';
import { day, noon } from './columns.ts';
import { account, inputOf, link, person, stranger } from './people.ts';
import { withThen } from './specs.ts';
import { summarize } from './summary.ts';
import { runPlan } from '../../src/plan/make-plan.ts';

type Pairs = Readonly<Record<string, string>>;

/** `{ same: { ada: 'x' } }`: the first line of links.yaml says that account acc-x is ada's. */
interface Said {
  readonly same?: Pairs;
  readonly never?: Pairs;
  readonly release?: Pairs;
}

function decisions({ same = {}, never = {}, release = {} }: Said): LinkDecisions {
  let line = 0;
  const all = (pairs: Pairs): readonly Decision[] =>
    Object.entries(pairs).map(([who, of]) => ({
      person: who,
      account: `acc-${of}`,
      reason: 'agreed',
      by: undefined,
      place: { file: 'links.yaml', line: (line += 1), column: 1 },
    }));
  const byPerson = (pairs: Pairs) => new Map(all(pairs).map((one) => [one.person, one]));
  return {
    same: byPerson(same),
    never: new Map(all(never).map((one) => [one.person, [one]])),
    release: byPerson(release),
    transfers: [],
  };
}

interface Decided extends Omit<Case, 'links'> {
  readonly said: Said;
  /** What is remembered. */
  readonly known?: Situation['links'];
  /** `replace ada acc-ada`: changes of who is who. */
  readonly links?: readonly string[];
}

function planOf({ said, known = [], ...given }: Omit<Decided, 'name' | 'says' | 'changes' | 'links'>) {
  return runPlan({ ...inputOf({ ...given, links: known }), decisions: decisions(said) });
}

function tellDecided(cases: readonly Decided[]): void {
  test.each(cases)('$name', ({ changes = [], says, links = [], said, ...given }) => {
    const plan = planOf({ said, ...given });
    const changed = (plan.links ?? []).map(
      ({ kind, personId, accountId }) => `${kind} ${personId} ${accountId}`,
    );
    expect({ ...summarize(plan), links: changed }).toEqual({ changes, people: says, links });
  });
}

/** Whose account was disabled long ago, because they had left. */
const longGone = {
  state: 'tombstone',
  ended: 'left',
  writtenAt: noon - 90 * day,
  endedAt: noon - 90 * day,
} as const;
const nobodys = (id: string) => `${id} is orphan (nobody of the source has this account)`;
/** Another address and another name, so that nothing matches. */
const elsewhere = (id: string) => stranger(id, { first_name: 'X', email: `${id}@elsewhere.example.com` });

describe('the same', () => {
  tellDecided([
    {
      name: 'an account that nothing matches is adopted for whom a document names',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [elsewhere('x')],
      changes: ['adopt ada (decided in links.yaml:1; email, first_name, hris_id)'],
      links: ['adopt ada acc-x'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'of several accounts that match, the one that is named is adopted',
      said: { same: { ada: 'b' } },
      people: [ada],
      accounts: ['a', 'b'].map((id) => stranger(id, { email: 'ada@example.com', first_name: 'ADA' })),
      changes: ['adopt ada (decided in links.yaml:1; hris_id)'],
      links: ['adopt ada acc-b'],
      says: [nobodys('acc-a'), 'ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'an identity of somebody else in it is put right',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [account('x', { email: 'ada@example.com', first_name: 'ADA' })],
      changes: ['adopt ada (decided in links.yaml:1; hris_id)'],
      links: ['adopt ada acc-x'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'also in an account that is linked already',
      said: { same: { ada: 'ada' } },
      people: [ada],
      accounts: [account('ada', { hris_id: 'somebody' })],
      links: [],
      known: [adasLink],
      changes: ['update ada (differs: hris_id)'],
      says: ['ada is linked (differs: hris_id)'],
    },
    {
      name: 'a deactivated account is adopted and enabled',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [stranger('x', { email: 'ada@example.com', first_name: 'ADA' }, { active: false })],
      changes: ['adopt ada (decided in links.yaml:1; hris_id)', 'enable ada (decided in links.yaml:1)'],
      links: ['adopt ada acc-x'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'who was linked to another account until now is moved, and that account is left as it is',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [account('ada', { email: 'old@example.com' }), elsewhere('x')],
      known: [adasLink],
      changes: ['adopt ada (decided in links.yaml:1; email, first_name, hris_id)'],
      links: ['replace ada acc-ada', 'adopt ada acc-x'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'the account of somebody else is taken from them, and they are looked for anew',
      said: { same: { ada: 'bob' } },
      people: [ada, person('bob')],
      accounts: [account('bob'), stranger('y', { email: 'bob@example.com', first_name: 'BOB' })],
      known: [link('bob')],
      changes: ['adopt ada (decided in links.yaml:1; email, first_name, hris_id)'],
      links: ['adopt ada acc-bob', 'give-up bob acc-bob'],
      says: [
        'acc-y is orphan (nobody of the source has this account)',
        'ada is unlinked (decided in links.yaml:1)',
        'bob is disputed! (links.yaml:1 keeps account acc-bob from this person, and it carries their identity: clear hris_id there)',
      ],
    },
    {
      name: 'two people change accounts in one plan',
      said: { same: { ada: 'bob', bob: 'ada' } },
      people: [person('ada', { email: 'a@example.com' }), person('bob', { email: 'b@example.com' })],
      accounts: [adas, account('bob')],
      known: [adasLink, link('bob')],
      changes: [
        'adopt ada (decided in links.yaml:1; email, first_name, hris_id)',
        'adopt bob (decided in links.yaml:2; email, first_name, hris_id)',
      ],
      links: ['give-up ada acc-ada', 'adopt ada acc-bob', 'give-up bob acc-bob', 'adopt bob acc-ada'],
      says: ['ada is unlinked (decided in links.yaml:1)', 'bob is unlinked (decided in links.yaml:2)'],
    },
    {
      name: 'nobody else is matched to an account that is decided',
      said: { same: { ada: 'x' } },
      people: [person('ada', { email: undefined }), person('bob')],
      accounts: [stranger('x', { email: 'bob@example.com' })],
      sync: { attributes: [] },
      changes: ['adopt ada (decided in links.yaml:1; hris_id)', 'create bob (no account matches; hris_id)'],
      links: ['adopt ada acc-x'],
      says: ['ada is unlinked (decided in links.yaml:1)', 'bob is unmatched (no account matches)'],
    },
    {
      name: 'an account of a leaver is given to whoever a document names',
      said: { same: { ada: 'bob' } },
      people: [ada],
      accounts: [account('bob', {}, { active: false })],
      known: [link('bob', { state: 'tombstone', ended: 'left' })],
      changes: [
        'adopt ada (decided in links.yaml:1; email, first_name, hris_id)',
        'enable ada (decided in links.yaml:1)',
      ],
      links: ['adopt ada acc-bob'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'also where the leaver is still in the source, such as somebody who came back under another number',
      said: { same: { ada: 'bob' } },
      people: [ada, person('bob', { lastDay: '2026-08-23' })],
      accounts: [account('bob', {}, { active: false })],
      known: [link('bob', { state: 'tombstone', ended: 'left' })],
      changes: [
        'adopt ada (decided in links.yaml:1; email, first_name, hris_id)',
        'enable ada (decided in links.yaml:1)',
      ],
      links: ['adopt ada acc-bob'],
      says: ['ada is unlinked (decided in links.yaml:1)', 'bob is left (left: last day was 2026-08-23)'],
    },
    {
      name: 'and it is not deleted when the grace of the leaver is over',
      said: { same: { ada: 'bob' } },
      people: [ada],
      accounts: [account('bob', {}, { active: false })],
      known: [link('bob', { ...longGone, absentReads: 1, absentSince: noon - day })],
      sync: withThen({ deleteAfterMs: 90 * day }),
      changes: [
        'adopt ada (decided in links.yaml:1; email, first_name, hris_id)',
        'enable ada (decided in links.yaml:1)',
      ],
      links: ['adopt ada acc-bob'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'nor is it put to use for the leaver again, whoever comes back',
      said: { same: { ada: 'bob' } },
      people: [ada, person('bob')],
      accounts: [account('bob', {}, { active: false })],
      known: [link('bob', { state: 'tombstone', ended: 'left' })],
      changes: [
        'adopt ada (decided in links.yaml:1; email, first_name, hris_id)',
        'enable ada (decided in links.yaml:1)',
      ],
      links: ['adopt ada acc-bob'],
      says: [
        'ada is unlinked (decided in links.yaml:1)',
        'bob is foreign! (the account belongs to person ada)',
      ],
    },
    {
      name: 'who comes back where everybody gets a new account gets the former one that is named',
      said: { same: { ada: 'ada' } },
      people: [ada],
      accounts: [account('ada', {}, { active: false })],
      known: [link('ada', { state: 'tombstone', ended: 'left' })],
      sync: withThen({ returned: 'new' }),
      changes: ['adopt ada (decided in links.yaml:1)', 'enable ada (decided in links.yaml:1)'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'who has left is linked and disabled in one change',
      said: { same: { ada: 'x' } },
      people: [leaver],
      accounts: [elsewhere('x')],
      changes: ['disable ada and link (left: last day was 2026-11-20)'],
      links: ['adopt ada acc-x'],
      says: ['ada is left (left: last day was 2026-11-20)'],
    },
    {
      name: 'a mode that only creates remembers it and writes nothing',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [elsewhere('x')],
      sync: { mode: 'create-only' },
      changes: ['adopt ada (decided in links.yaml:1)'],
      links: ['adopt ada acc-x'],
      says: ['ada is unlinked (decided in links.yaml:1)'],
    },
    {
      name: 'what is fulfilled changes nothing any more',
      said: { same: { ada: 'ada' } },
      people: [ada],
      accounts: [adas],
      known: [adasLink],
      says: [],
    },
    {
      name: 'a protected account stays out of reach',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [stranger('x', { role: 'owner' })],
      sync: { protect: [{ attribute: 'role', values: ['owner'] }] },
      says: ['ada is protected (links.yaml:1: the account is protected)'],
    },
    {
      name: 'and so do one of another sync and one outside the scope, and nobody gives up theirs for it',
      said: { same: { ada: 'x', bob: 'y' } },
      people: [ada, person('bob')],
      accounts: [elsewhere('x'), stranger('y', {}, { outside: true }), adas],
      known: [adasLink],
      owners: { 'acc-x': { sync: 'interns', personId: 'eve' } },
      says: [
        'acc-x is foreign! (links.yaml:1: account acc-x is not there, or out of reach; person ada keeps account acc-ada)',
        'bob is foreign! (links.yaml:2: the account is outside the scope of this sync)',
      ],
    },
    {
      name: 'an account that is not there is said, and no other is made',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [],
      says: ['ada is disputed! (links.yaml:1: the target has no account acc-x)'],
    },
    {
      name: 'who has an account keeps it, and loses it by leaving, where the one that is named is not there',
      said: { same: { ada: 'x' } },
      people: [person('ada', { status: 'inactive' })],
      accounts: [adas],
      known: [adasLink],
      changes: ['disable ada (left: the status says so)'],
      says: [
        'acc-x is foreign! (links.yaml:1: account acc-x is not there, or out of reach; person ada keeps account acc-ada)',
        'ada is left (left: the status says so)',
      ],
    },
    {
      name: 'a person whom the source does not have is said, and takes nothing from anybody',
      said: { same: { eve: 'ada' } },
      people: [ada],
      accounts: [adas],
      known: [adasLink],
      says: ['eve is failed! (links.yaml:1: the source does not have this person)'],
    },
    {
      name: 'nobody gives up a protected account for it',
      said: { same: { ada: 'bob' } },
      people: [ada, person('bob')],
      accounts: [account('bob', { role: 'owner' })],
      sync: { protect: [{ attribute: 'role', values: ['owner'] }] },
      known: [link('bob')],
      says: [
        'ada is protected (links.yaml:1: the account is protected)',
        'bob is protected (the linked account is protected)',
      ],
    },
    {
      name: 'a partial pass takes it from nobody',
      said: { same: { ada: 'bob' } },
      people: [ada],
      accounts: [account('bob')],
      known: [link('bob')],
      only: ['ada'],
      says: ['ada is unlinked (links.yaml:1 decides: a full pass carries it out)'],
    },
    {
      name: 'a partial pass leaves it to a full one',
      said: { same: { ada: 'x' } },
      people: [ada],
      accounts: [elsewhere('x')],
      only: ['ada'],
      says: ['ada is unlinked (links.yaml:1 decides: a full pass carries it out)'],
    },
  ]);
});

describe('never', () => {
  tellDecided([
    {
      name: 'a pair is matched by no rule, and the next rule is asked',
      said: { never: { ada: 'x' } },
      people: [ada],
      accounts: [stranger('x', { email: 'ada@example.com' })],
      sync: { attributes: [] },
      changes: ['create ada (no account matches; hris_id)'],
      says: [nobodys('acc-x'), 'ada is unmatched (no account matches)'],
    },
    {
      name: 'of two accounts that match, the one that is not kept apart is theirs',
      said: { never: { ada: 'b' } },
      people: [ada],
      accounts: ['a', 'b'].map((id) => stranger(id, { email: 'ada@example.com', first_name: 'ADA' })),
      changes: ['adopt ada (matched by match[0]; hris_id)'],
      says: [nobodys('acc-b'), 'ada is unlinked (matched by match[0])'],
    },
    {
      name: 'somebody else may have the account',
      said: { never: { ada: 'x' } },
      people: [ada, person('bob', { email: 'x@example.com' })],
      accounts: [stranger('x', { first_name: 'BOB' })],
      changes: [
        'create ada (no account matches; email, first_name, hris_id)',
        'adopt bob (matched by match[0]; hris_id)',
      ],
      says: ['ada is unmatched (no account matches)', 'bob is unlinked (matched by match[0])'],
    },
    {
      name: 'a link of the two is dropped; an account that carries the identity waits for a person',
      said: { never: { ada: 'ada' } },
      people: [ada],
      accounts: [adas],
      known: [adasLink],
      links: ['separate ada acc-ada'],
      says: [
        nobodys('acc-ada'),
        'ada is disputed! (links.yaml:1 keeps account acc-ada from this person, and it carries their identity: clear hris_id there)',
      ],
    },
    {
      name: 'once the identity is cleared there, they get an account of their own',
      said: { never: { ada: 'ada' } },
      people: [ada],
      accounts: [stranger('ada', { email: 'other@example.com' })],
      known: [adasLink],
      links: ['separate ada acc-ada'],
      changes: ['create ada (no account matches; email, first_name, hris_id)'],
      says: [nobodys('acc-ada'), 'ada is unmatched (no account matches)'],
    },
  ]);
});

describe('released', () => {
  tellDecided([
    {
      name: 'an account is nobody’s, and nothing is done for the person',
      said: { release: { ada: 'ada' } },
      people: [person('ada', { first_name: 'New' })],
      accounts: [adas],
      known: [adasLink],
      links: ['release ada acc-ada'],
      says: [
        'acc-ada is orphan (links.yaml:1 gives the account up)',
        'ada is foreign (links.yaml:1 gives the account up)',
      ],
    },
    {
      name: 'and so it stays in every pass, also for others who match it',
      said: { release: { ada: 'ada' } },
      people: [ada, person('bob', { email: 'ada@example.com' })],
      accounts: [adas],
      sync: { attributes: [] },
      changes: ['create bob (no account matches; hris_id)'],
      says: [
        'acc-ada is orphan (links.yaml:1 gives the account up)',
        'ada is foreign (links.yaml:1 gives the account up)',
        'bob is unmatched (no account matches)',
      ],
    },
    {
      name: 'who leaves meanwhile keeps the account that is not ours',
      said: { release: { ada: 'ada' } },
      people: [leaver],
      accounts: [adas],
      says: [
        'acc-ada is orphan (links.yaml:1 gives the account up)',
        'ada is left (left: last day was 2026-11-20)',
      ],
    },
    {
      name: 'who is absent does not vanish',
      said: { release: { ada: 'ada' } },
      accounts: [adas],
      known: [adasLink],
      links: ['release ada acc-ada'],
      says: ['acc-ada is orphan (links.yaml:1 gives the account up)'],
    },
    {
      name: 'who has another account by now goes on with it',
      said: { release: { ada: 'old' } },
      people: [ada],
      accounts: [adas, elsewhere('old')],
      known: [adasLink],
      says: ['acc-old is orphan (links.yaml:1 gives the account up)'],
    },
    {
      name: 'who is given another one by a document gets that',
      said: { release: { ada: 'ada' }, same: { ada: 'x' } },
      people: [ada],
      accounts: [account('ada', { email: 'o@example.com', hris_id: undefined }), elsewhere('x')],
      known: [adasLink],
      changes: ['adopt ada (decided in links.yaml:1; email, first_name, hris_id)'],
      links: ['release ada acc-ada', 'adopt ada acc-x'],
      says: [
        'acc-ada is orphan (links.yaml:2 gives the account up)',
        'ada is unlinked (decided in links.yaml:1)',
      ],
    },
  ]);
});

function theirs(id: string, fields: Parameters<typeof link>[1] = {}) {
  return link(id, { sync: 'old-staff', ...fields });
}

describe('handed over', () => {
  const transfer = {
    from: 'old-staff',
    reason: undefined,
    by: undefined,
    place: { file: 'links.yaml', line: 1, column: 1 },
  };
  function handedOver(given: Situation, links: readonly ReturnType<typeof link>[], fault?: string) {
    const input = inputOf(given);
    const owners = new Map([
      ...input.memory.owners,
      ...links
        .filter(({ state }) => state === 'active')
        .map((one) => [one.accountId, { sync: one.sync, personId: one.personId }] as const),
    ]);
    const handOver = { transfer, links, ...(fault === undefined ? {} : { fault }) };
    const memory = { ...input.memory, owners, handOvers: [handOver] };
    const plan = runPlan({ ...input, memory, decisions: { ...decisions({}), transfers: [transfer] } });
    return {
      ...summarize(plan),
      links: (plan.links ?? []).map(({ kind, personId, from }) => `${kind} ${personId} from ${from}`),
    };
  }

  test('people of a sync that is gone go on with their accounts, leavers too', () => {
    expect(
      handedOver(
        {
          people: [person('ada', { first_name: 'New' }), person('bob', { lastDay: '2026-11-20' })],
          accounts: [adas, account('bob')],
        },
        [theirs('ada'), theirs('bob')],
      ),
    ).toEqual({
      changes: ['disable bob (left: last day was 2026-11-20)', 'update ada (differs: first_name)'],
      people: ['ada is linked (differs: first_name)', 'bob is left (left: last day was 2026-11-20)'],
      links: ['transfer ada from old-staff', 'transfer bob from old-staff'],
    });
  });

  test('who has an account here keeps it, and the other one is named', () => {
    expect(
      handedOver({ people: [ada], accounts: [adas, elsewhere('x')], links: [adasLink] }, [
        theirs('ada', { accountId: 'acc-x' }),
      ]),
    ).toEqual({
      changes: [],
      people: [
        'acc-x is foreign! (links.yaml:1: the link of person ada stays with sync "old-staff": they have account acc-ada here)',
      ],
      links: [],
    });
  });

  test('ids of people of another system are handed over to nobody', () => {
    expect(handedOver({ people: [], accounts: [] }, [], 'their people are of another system')).toEqual({
      changes: [],
      people: ['null is foreign! (links.yaml:1: their people are of another system)'],
      links: [],
    });
  });
});
