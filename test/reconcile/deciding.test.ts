import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decision, LinkDecisions } from '../../src/spec/compiled.ts';
import { account, person, stranger } from '../plan/people.ts';
import { reads } from '../plan/specs.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(async () => {
  await rig.close();
});

type Pairs = Readonly<Record<string, string>>;

function decided(said: { same?: Pairs; never?: Pairs; release?: Pairs; from?: string }): {
  decisions: LinkDecisions;
} {
  const place = { file: 'links.yaml', line: 1, column: 1 };
  const all = (pairs: Pairs = {}): [string, Decision][] =>
    Object.entries(pairs).map(([who, of]) => [
      who,
      { person: who, account: of, reason: 'agreed', by: undefined, place },
    ]);
  return {
    decisions: {
      same: new Map(all(said.same)),
      never: new Map(all(said.never).map(([who, one]) => [who, [one]])),
      release: new Map(all(said.release)),
      transfers:
        said.from === undefined ? [] : [{ from: said.from, reason: undefined, by: undefined, place }],
    },
  };
}

async function linksOf(sync = 'staff'): Promise<readonly string[]> {
  return (await rig.store.links(sync)).map(
    ({ personId, accountId, state }) => `${personId} ${accountId} ${state}`,
  );
}

describe('what a document decides is carried out once, and then nothing is left to do', () => {
  test('an account that nothing matches is linked and brought in line', async () => {
    rig.people = [person('ada')];
    rig.hold(stranger('x', { email: 'x@elsewhere.example.com' }));
    await rig.pass({}, decided({ same: { ada: 'acc-x' } }));
    const again = await rig.pass({}, decided({ same: { ada: 'acc-x' } }));

    expect(await linksOf()).toEqual(['ada acc-x active']);
    expect(rig.log).toEqual(['update ada']);
    expect(again.summary.result).toBe('settled');
  });

  test('who is given another account leaves by it, also where a pass looks at them alone', async () => {
    rig.people = [person('ada'), person('bob')];
    rig.hold(account('ada'), account('bob'), stranger('x'));
    await rig.pass();
    rig.people = [person('ada', { status: 'inactive', lastDay: '2026-11-20' }), person('bob')];
    const alone = { only: new Set(['ada']), trigger: 'webhook' as const };
    await rig.pass({}, { ...alone, ...decided({ same: { ada: 'acc-x' } }) });

    expect(rig.log).toEqual(['disable ada']);
    expect(await linksOf()).toEqual(['ada acc-x tombstone', 'bob acc-bob active']);
  });

  test('who left by the account of somebody else while the window was closed has it alone when it opens', async () => {
    rig.people = [person('ada', { status: 'inactive', lastDay: '2026-11-20' }), person('bob')];
    rig.hold(account('bob'));
    await rig.pass();
    const said = decided({ same: { ada: 'acc-bob' } });
    await rig.pass({}, { ...said, leaversOnly: true });
    await rig.pass({}, said);
    const { summary } = await rig.pass({}, said);

    expect(rig.log).toEqual(['disable ada']);
    expect(await linksOf()).toEqual(['ada acc-bob tombstone']);
    // It still carries his identity: a person clears it there.
    expect(summary.people).toMatchObject({ left: 1, disputed: 1 });
  });

  test('two people change accounts', async () => {
    rig.people = [person('ada'), person('bob')];
    rig.hold(account('ada'), account('bob'));
    await rig.pass();
    rig.people = [person('ada', { email: 'a@example.com' }), person('bob', { email: 'b@example.com' })];
    const swap = decided({ same: { ada: 'acc-bob', bob: 'acc-ada' } });
    await rig.pass({}, swap);
    const again = await rig.pass({}, swap);

    expect(await linksOf()).toEqual(['ada acc-bob active', 'bob acc-ada active']);
    expect(rig.accounts.get('acc-bob')?.values.slice(0, 2)).toEqual(['ada', 'a@example.com']);
    expect(again.summary.result).toBe('settled');
  });

  test('whose account is given to somebody else gets one of their own, a pass later', async () => {
    rig.people = [person('bob')];
    rig.hold(account('bob'));
    await rig.pass();
    rig.people = [person('ada'), person('bob')];
    const given = decided({ same: { ada: 'acc-bob' } });
    await rig.pass({}, given);
    await rig.pass({}, given);
    const again = await rig.pass({}, given);

    expect(await linksOf()).toEqual(['ada acc-bob active', 'bob new-1 active']);
    expect(again.summary.result).toBe('settled');
  });

  test('an account that was given up is neither written to nor linked again, and no other is made', async () => {
    rig.people = [person('ada')];
    rig.hold(account('ada'));
    await rig.pass();
    rig.people = [person('ada', { first_name: 'New' })];
    const released = decided({ release: { ada: 'acc-ada' } });
    await rig.pass({}, released);
    const again = await rig.pass({}, released);

    expect(await linksOf()).toEqual([]);
    expect(rig.log).toEqual([]);
    expect(again.summary).toMatchObject({ result: 'settled', people: { foreign: 1, orphan: 1 } });
  });

  test('removing the document changes nothing by itself: the link stays as it was decided', async () => {
    rig.people = [person('ada')];
    rig.hold(stranger('x', { email: 'x@elsewhere.example.com' }));
    await rig.pass({}, decided({ same: { ada: 'acc-x' } }));
    const again = await rig.pass();

    expect(await linksOf()).toEqual(['ada acc-x active']);
    expect(again.summary.result).toBe('settled');
  });

  test('a sync takes over the links of one that is gone, and disables who has left', async () => {
    rig.people = [person('ada'), person('bob'), person('eve', { status: 'inactive' })];
    rig.hold(account('ada'), account('bob'), account('eve'));
    await rig.pass({ name: 'old-staff' });
    expect(await linksOf('old-staff')).toEqual([
      'ada acc-ada active',
      'bob acc-bob active',
      'eve acc-eve tombstone',
    ]);
    rig.people = [
      person('ada'),
      person('bob', { status: 'inactive' }),
      person('eve', { status: 'inactive' }),
    ];
    await rig.pass({}, decided({ from: 'old-staff' }));
    const again = await rig.pass({}, decided({ from: 'old-staff' }));

    expect(await linksOf('old-staff')).toEqual([]);
    expect(await linksOf()).toEqual(['ada acc-ada active', 'bob acc-bob tombstone', 'eve acc-eve tombstone']);
    expect(rig.log).toEqual(['disable eve', 'disable bob']);
    expect(again.summary.result).toBe('settled');
  });

  test('but none whose people are of another system', async () => {
    rig.people = [person('ada')];
    rig.hold(account('ada'));
    await rig.pass({ name: 'old-staff', from: 'other-hr' });
    const outcome = await rig.pass({}, decided({ from: 'old-staff' }));

    expect(await linksOf('old-staff')).toEqual(['ada acc-ada active']);
    expect(outcome.summary.people.foreign).toBe(2);
  });
});

describe('nothing is carried out', () => {
  test.each([
    { name: 'by a sync that only observes', fields: { mode: 'observe' }, more: {} },
    { name: 'while the kill switch is on', fields: {}, more: { killSwitch: true } },
    { name: 'by a plan that stops', fields: { minimumActive: 99 }, more: {} },
  ] as const)('$name', async ({ fields, more }) => {
    rig.people = [person('ada'), person('bob')];
    rig.hold(account('ada'), account('bob'));
    await rig.pass();
    rig.people = [person('ada'), person('bob', { status: 'inactive' })];
    await rig.pass(fields, { ...decided({ release: { ada: 'acc-ada' } }), ...more });

    expect(await linksOf()).toEqual(['ada acc-ada active', 'bob acc-bob active']);
  });

  test('to an account whose adoption the target refuses: the link of before stays, and it is tried again', async () => {
    rig.people = [person('ada')];
    rig.hold(account('ada'), stranger('x', { email: 'x@elsewhere.example.com' }));
    await rig.pass();
    rig.hold(account('ada', { email: 'old@example.com' }));
    rig.fate = () => 'rejected';
    const moved = decided({ same: { ada: 'acc-x' } });
    await rig.pass({}, moved);
    expect(await linksOf()).toEqual(['ada acc-ada active']);

    rig.fate = () => 'applied';
    await rig.pass({}, moved);
    expect(await linksOf()).toEqual(['ada acc-x active']);
  });
});

describe('an address that was passed on', () => {
  const matching = {
    quarantineMs: 180 * 86_400_000,
    match: [
      {
        id: 'match[0]',
        items: [{ attribute: 'email', expression: reads('email'), passesOn: true }],
        accounts: 'active',
      },
    ],
  } as const;

  test('is no proof for who comes next, until a document says so', async () => {
    rig.people = [person('bob')];
    rig.hold(account('bob'));
    await rig.pass(matching);
    rig.people = [person('bob', { email: 'bob.old@example.com' })];
    await rig.pass(matching);
    // Somebody makes an account in the target, with the address that is free again.
    rig.hold(stranger('x', { email: 'bob@example.com' }));
    rig.people = [
      person('bob', { email: 'bob.old@example.com' }),
      person('ada', { email: 'bob@example.com' }),
    ];
    const waits = await rig.pass(matching);
    expect(waits.summary.people).toMatchObject({ disputed: 1, linked: 1 });
    expect(await linksOf()).toEqual(['bob acc-bob active']);

    await rig.pass(matching, decided({ same: { ada: 'acc-x' } }));
    expect(await linksOf()).toEqual(['ada acc-x active', 'bob acc-bob active']);
  });

  test('is one again half a year later', async () => {
    rig.people = [person('bob')];
    rig.hold(account('bob'));
    await rig.pass(matching);
    rig.people = [person('bob', { email: 'bob.old@example.com' })];
    await rig.pass(matching);
    rig.hold(stranger('x', { email: 'bob@example.com' }));
    rig.people = [
      person('bob', { email: 'bob.old@example.com' }),
      person('ada', { email: 'bob@example.com' }),
    ];
    rig.later(matching.quarantineMs);
    await rig.pass(matching);
    expect(await linksOf()).toEqual(['ada acc-x active', 'bob acc-bob active']);
  });
});
