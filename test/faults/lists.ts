import { describe, expect, test } from 'vitest';
import { oneOf } from './extent.ts';
import { untruths } from './lies.ts';
import { listings } from './listings.ts';
import { after, before, creates, told, wrongInTheEnd, writesAt } from './story.ts';
import type { World } from './world.ts';

/** Real time that one request may take where something hangs (ms). */
const shortMs = 100;

const joiners = ['karim.stein@example.test', 'lotte.brand@example.test'];

/** Lists that are none: nothing is written from them, whichever side they are of. */
export function describeLists(world: () => World, pair: number): void {
  describe.each(['source', 'target'] as const)('a list of the %s', (side) => {
    test.each(oneOf(3, untruths, pair + (side === 'source' ? 2 : 0)))(
      'that $name',
      async ({ verdict, hangs, make }) => {
        const w = world();
        const proxy = side === 'source' ? w.source.proxy : w.toTarget;
        const listing = side === 'source' ? listings.personio : listings[w.target.connector];
        if (proxy === undefined) return;
        await w.restore();
        if (hangs === true) w.patienceMs = shortMs;
        w.hr(after);
        const lie = make(listing);
        let lies = 0;
        proxy.disturb = (request) => {
          if (!listing.isPage(request)) return undefined;
          lies += 1;
          return { name: 'a lie', fault: lie(request) };
        };
        const outcome = await w.pass();
        expect(lies).toBeGreaterThan(0);
        if (verdict === 'doubted') expectNothing(w, outcome);
        if (verdict === 'mended' && outcome.summary.result !== 'applied') expectNothing(w, outcome);
        if (verdict === 'whole') expect(told(outcome)).toMatch(/^applied/);
        if (verdict === 'believed') expectNobodyLost(w);
        w.newProcess();
        expect(await wrongInTheEnd(w, outcome)).toEqual([]);
      },
    );
  });

  test('a source that lacks somebody once, and counts right, takes nothing from them', async () => {
    const w = world();
    await w.restore();
    w.hr(before.filter(({ id }) => id !== '1007'));
    const outcome = await w.pass();
    expect(writesAt(w.toTarget)).toEqual([]);
    w.hr(after);
    expect(await wrongInTheEnd(w, outcome)).toEqual([]);
  });
}

function expectNothing(w: World, outcome: Awaited<ReturnType<World['pass']>>): void {
  expect(told(outcome)).toMatch(/^waiting/);
  expect(writesAt(w.toTarget)).toEqual([]);
}

/** Nobody but who joined got an account, and nobody but who left lost one. */
function expectNobodyLost(w: World): void {
  expect(creates(w).filter((email) => !joiners.includes(email))).toEqual([]);
  const left = w.target.accounts().filter(({ status }) => status === 'left');
  expect(left.filter(({ person }) => person !== '1006')).toEqual([]);
}
