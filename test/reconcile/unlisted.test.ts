import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** How many orders each of these passes has sent. */
async function passes(count: number): Promise<readonly number[]> {
  const sent: number[] = [];
  for (let pass = 0; pass < count; pass += 1) {
    const before = rig.log.length;
    await rig.pass();
    sent.push(rig.log.length - before);
  }
  return sent;
}

describe('an account that the target does not list yet', () => {
  beforeEach(() => {
    rig.people = [person('ada')];
  });

  test.each([1, 2, 4])('is not made twice, however long it takes: %i passes', async (times) => {
    await passes(1);
    rig.unlisted.add('new-1');
    expect(await passes(times)).toEqual(Array(times).fill(0));
    rig.unlisted.clear();
    expect(await passes(2)).toEqual([0, 0]);
    expect(rig.log).toEqual(['create ada']);
    const [ada] = await rig.store.links('staff');
    expect([ada?.accountId, ada?.state, ada?.missingReads]).toEqual(['new-1', 'active', 0]);
  });

  test('and whose answer was lost is linked once it is found by looking', async () => {
    rig.fate = () => 'lost';
    rig.unlisted.add('new-1');
    await passes(1);
    rig.fate = () => 'applied';
    expect(await passes(2)).toEqual([0, 0]);
    rig.unlisted.clear();
    expect(await passes(2)).toEqual([0, 0]);
    expect(rig.log).toEqual(['create ada']);
    expect((await rig.store.links('staff')).map(({ accountId }) => accountId)).toEqual(['new-1']);
  });

  test('and whose answer was lost waits as long as looking cannot tell, and is linked then', async () => {
    rig.fate = () => 'lost';
    rig.resolve = async () => ({ state: 'unknown' });
    rig.unlisted.add('new-1');
    await passes(1);
    rig.fate = () => 'applied';
    expect(await passes(2)).toEqual([0, 0]);
    rig.unlisted.clear();
    rig.resolve = undefined;
    expect(await passes(2)).toEqual([0, 0]);
    expect(rig.log).toEqual(['create ada']);
    expect((await rig.store.links('staff')).map(({ accountId }) => accountId)).toEqual(['new-1']);
  });

  test('is found by its identity where looking still cannot tell', async () => {
    rig.fate = () => 'lost';
    rig.resolve = async () => ({ state: 'unknown' });
    rig.unlisted.add('new-1');
    await passes(3);
    rig.fate = () => 'applied';
    rig.unlisted.clear();
    await passes(2);
    expect(rig.log).toEqual(['create ada']);
  });
});
