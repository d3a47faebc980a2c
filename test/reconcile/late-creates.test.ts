import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Waiting } from '../../src/model/error.ts';
import { person, stranger } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
  rig.people = [person('ada')];
  rig.fate = () => 'dropped';
  await rig.pass();
  rig.fate = () => 'applied';
});
afterEach(() => rig.close());

const begun = { ...stranger('ada'), id: 'late', outside: true };
const dayMs = 24 * 3_600_000;

async function open(): Promise<number> {
  return (await rig.store.openIntents('lms')).length;
}

/** The first part of the create arrives at last: an account outside of the scope, which looks like somebody else's. */
function arrives(): void {
  rig.hold(begun);
  rig.resolve = async () => {
    const row = rig.accounts.get('late');
    return { state: row?.outside === true ? 'unfinished' : 'done', accountId: 'late' };
  };
  rig.fate = ({ accountId }) => {
    if (accountId === 'late') rig.hold(stranger('ada', {}, { id: 'late' }));
    return 'applied';
  };
}

/** A pass that looks for what is open and comes no further. */
async function passWithoutList(): Promise<void> {
  rig.sourceReader = {
    read: () => {
      throw new Waiting('NotJson', 'a page of a proxy');
    },
  };
  await rig.pass();
  rig.sourceReader = {};
}

describe('a create that was looked for and not found, and that arrives late', () => {
  test('is completed although the pass that looked for it could not read the lists', async () => {
    await passWithoutList();
    expect(await open()).toBe(1);
    arrives();
    await rig.pass();
    expect([...rig.accounts.keys()]).toEqual(['late']);
    expect((await rig.store.links('staff')).map(({ accountId }) => accountId)).toEqual(['late']);
    expect(await open()).toBe(0);
  });

  test('is completed although the list that showed it came after the look', async () => {
    rig.resolve = async () => {
      arrives();
      return { state: 'not-done' };
    };
    expect((await rig.pass()).summary.people.foreign).toBe(1);
    expect(await open()).toBe(1);
    expect((await rig.pass()).summary.people.linked).toBe(1);
    expect([...rig.accounts.keys()]).toEqual(['late']);
    expect(await open()).toBe(0);
  });

  test('is completed although its person was not to be created meanwhile', async () => {
    await rig.pass({ mode: 'observe' });
    expect(await open()).toBe(1);
    arrives();
    await rig.pass();
    expect([...rig.accounts.keys()]).toEqual(['late']);
    expect(await open()).toBe(0);
  });

  test('counts once, when it is known to be there', async () => {
    const counts = async () => {
      const all = await rig.store.windowCounts({ kind: 'sync', sync: 'staff' }, 0);
      return all.filter((one) => one.class === 'create').map(({ count }) => count);
    };
    expect(await counts()).toEqual([1]);
    await passWithoutList();
    expect(await counts()).toEqual([]);
    arrives();
    await rig.pass();
    await rig.pass();
    expect(await counts()).toEqual([1]);
  });
});

describe('a create that was looked for and not found', () => {
  test('is put away once another was sent', async () => {
    await rig.pass();
    expect(await open()).toBe(0);
    expect(rig.log).toEqual(['create ada', 'create ada']);
  });

  test('is put away once nobody asks for the account any more', async () => {
    rig.people = [];
    await rig.pass();
    expect(await open()).toBe(0);
    expect(rig.log).toEqual(['create ada']);
  });

  test('stays as it is where the sync is another, whose pass decides', async () => {
    await rig.pass({ name: 'interns', mode: 'observe' });
    expect(await open()).toBe(1);
  });

  test.each(['staff', 'interns'])('is looked for no longer than a day by %s', async (name) => {
    rig.later(dayMs);
    await rig.pass({ name, mode: 'observe' });
    expect(await open()).toBe(0);
  });
});
