import { describe, expect, test } from 'vitest';
import { wrongAccounts } from '../crash/check.ts';
import { Chance } from '../simulator/chance.ts';
import type { Disturb } from './proxy.ts';
import { oneOf } from './extent.ts';
import { isPage } from './listings.ts';
import { after, before, misconduct, wrongInTheEnd } from './story.ts';
import type { World } from './world.ts';

const mostPasses = 3;

/** A share of all requests fails, over whole passes, and does not stop failing. */
export function describeShares(world: () => World, pair: number): void {
  const all = [1, 2, 3].flatMap((seed) => [0.1, 0.3].map((share) => ({ seed, share })));
  test.each(oneOf(3, all, 0))(
    '$share of all requests get a 5xx (seed $seed): three passes do',
    async ({ seed, share }) => {
      const w = world();
      await w.restore(seed);
      w.hr(after);
      for (const proxy of w.proxies) proxy.disturb = failing(seed, share);
      const expected = new Map(after.map((one) => [one.id, one]));
      let passes = 0;
      let last = await w.pass();
      for (passes = 1; wrongAccounts(w.target.accounts(), expected).length > 0; passes += 1) {
        expect(misconduct(w)).toEqual([]);
        if (passes > mostPasses) break;
        last = await w.pass();
      }
      expect(passes).toBeLessThanOrEqual(mostPasses);
      expect(await wrongInTheEnd(w, last)).toEqual([]);
    },
  );

  describe.each(oneOf(2, ['source', 'target'] as const, pair))('a %s that always answers 503', (side) => {
    test('is asked five times in a pass, after gaps that grow and are never the same', async () => {
      const w = world();
      const proxy = side === 'source' ? w.source.proxy : w.toTarget;
      if (proxy === undefined) return;
      const gaps: number[][] = [];
      for (let seed = 1; seed <= 12; seed += 1) {
        await w.restore(seed);
        w.hr(before);
        proxy.disturb = (request) =>
          isPage(request) ? { name: 'away', fault: { kind: 'answer', answer: { status: 503 } } } : undefined;
        await w.pass();
        const moments = proxy.arrivals.filter(({ request }) => isPage(request)).map(({ at }) => at);
        expect(moments).toHaveLength(5);
        gaps.push(moments.slice(1).map((at, index) => at - (moments[index] ?? 0)));
      }
      const means = [0, 1, 2, 3].map((n) => gaps.reduce((sum, row) => sum + (row[n] ?? 0), 0) / gaps.length);
      expect(means).toEqual(means.toSorted((a, b) => a - b));
      expect(new Set(gaps.map(([first]) => first)).size).toBeGreaterThan(6);
    });
  });
}

/** Decided by the request alone, so that the order in which they arrive changes nothing. */
function failing(seed: number, share: number): Disturb {
  return ({ method, path }, nth) => {
    const chance = new Chance(seed).fork(`${method} ${path} ${nth}`);
    if (!chance.happens(share)) return undefined;
    const status = chance.oneOf(500, 502, 503, 504);
    const answer = { status, body: { message: 'not now' } };
    // Half of them come after it was carried out.
    return chance.happens(0.5)
      ? { name: `${status}`, fault: { kind: 'answer', answer } }
      : { name: `${status} afterwards`, fault: { kind: 'change', change: () => answer } };
  };
}
