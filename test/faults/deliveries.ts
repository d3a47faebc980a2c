import { describe, expect, test } from 'vitest';
import type { Fault, VendorRequest } from '../vendors/loopback.ts';
import { oneOf } from './extent.ts';
import { isPage } from './listings.ts';
import type { Disturbance } from './proxy.ts';
import { after, creates, told, wrongInTheEnd, wrongNow } from './story.ts';
import type { World } from './world.ts';

const gone = (status: number): Fault => ({
  kind: 'change',
  change: () => ({ status, body: { message: 'the gateway gave up' } }),
});

const page: Fault = {
  kind: 'change',
  change: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<title>Sign in</title>' }),
};

/** What becomes of a write on its way, each by itself. */
const ways: readonly Disturbance[] = [
  { name: 'is reset before it arrives', fault: { kind: 'reset' } },
  { name: 'is carried out, and the connection is reset', fault: { kind: 'lost' } },
  { name: 'is carried out, and answered with 504', fault: gone(504) },
  { name: 'is carried out, and answered with 502', fault: gone(502) },
  { name: 'is carried out, and its answer breaks off', fault: { kind: 'cut' } },
  { name: 'is carried out, and its answer is a web page', fault: page },
  { name: 'is handed over twice', delivery: 'twice' },
  { name: 'is handed over twice, and the first answer comes back', delivery: 'twice, first answer' },
  { name: 'arrives after what was sent later', delivery: 'overtaken' },
  { name: 'gets no answer, and arrives when the pass is over', delivery: 'later' },
];

/** The kinds of write that the story needs of each target. */
const kinds = {
  scim: ['POST Users', 'PATCH Users'],
  talentlms: ['POST users', 'POST branch-users', 'POST batch', 'PATCH users'],
} as const;

export function describeDeliveries(world: () => World, target: keyof typeof kinds): void {
  describe.each(kinds[target].map((kind, index) => ({ kind, index })))('a $kind', ({ kind, index: nth }) => {
    test.each(oneOf(kinds[target].length, ways, nth))('that $name', async (way) => {
      const w = world();
      await w.restore();
      w.hr(after);
      let met = 0;
      w.toTarget.disturb = (request) => {
        if (kindOf(request) !== kind || met > 0) return undefined;
        met += 1;
        return way;
      };
      const outcome = await w.pass();
      expect(met).toBe(1);
      expect(told(outcome)).not.toContain('rejected');
      // Nothing that may have arrived is sent again before somebody has looked.
      expect(new Set(creates(w)).size).toBe(creates(w).length);
      if (way.delivery === 'overtaken') expect(await wrongNow(w)).toEqual([]);
      if (way.delivery !== 'later') {
        expect(await wrongInTheEnd(w, outcome)).toEqual([]);
        return;
      }
      // The worst that late can be: when it was looked for, not found, and sent again.
      await w.pass();
      expect(await w.toTarget.deliverLate()).toBe(1);
      expect(await wrongInTheEnd(w, outcome)).toEqual([]);
    });
  });

  test('a create that arrives after a pass that looked for it, and could read no list, is its person’s', async () => {
    const w = world();
    await w.restore();
    w.hr(after);
    delayCreateOfKarim(w);
    await w.pass();
    w.toTarget.disturb = (request) =>
      isPage(request) && ![...request.query.keys()].some((name) => name.startsWith('filter'))
        ? { name: 'a web page', fault: page }
        : undefined;
    expect(told(await w.pass())).toMatch(/^waiting/);
    expect(await w.toTarget.deliverLate()).toBe(1);
    expect(await wrongInTheEnd(w, await w.pass())).toEqual([]);
  });

  test('a create that arrives when its person has another address makes an account that nobody takes for theirs', async () => {
    const w = world();
    await w.restore();
    w.hr(after);
    delayCreateOfKarim(w);
    await w.pass();
    const renamed = after.map((one) =>
      one.id === '2001' ? { ...one, email: 'karim.neumann@example.test' } : one,
    );
    w.hr(renamed);
    await w.pass();
    expect(await w.toTarget.deliverLate()).toBe(1);
    const { summary } = await w.pass();
    expect(told({ summary })).toMatch(/^settled/);
    const theirs = w.target.accounts().filter(({ first }) => first === 'Karim');
    expect(theirs.map(({ email, status }) => [email, status])).toEqual([
      ['karim.neumann@example.test', 'active'],
      ['karim.stein@example.test', 'active'],
    ]);
    // TalentLMS puts it into no branch, so that it is none of what the sync looks at.
    expect(summary.people.orphan).toBe(target === 'scim' ? 1 : 0);
  });

  test('everything that can be is handed over twice, and in another order', async () => {
    const w = world();
    await w.restore();
    w.hr(after);
    for (const proxy of w.proxies) {
      proxy.disturb = (_request, nth) => ({
        name: 'a middlebox that repeats',
        delivery: nth % 2 === 0 ? 'twice, first answer' : 'overtaken',
      });
    }
    const outcome = await w.pass();
    expect(told(outcome)).toMatch(/^applied/);
    expect(await wrongInTheEnd(w, outcome)).toEqual([]);
  });
}

function kindOf({ method, path }: VendorRequest): string {
  return `${method} ${/\/(Users|users|branch-users|batch)(?:\/|$)/.exec(path)?.[1] ?? ''}`;
}

/** The first create of Karim's account is taken by the network, and waits for `deliverLate`. */
function delayCreateOfKarim({ toTarget, target }: World): void {
  let met = 0;
  toTarget.disturb = (request) =>
    target.isCreate(request) && request.text.includes('karim') && (met += 1) === 1
      ? { name: 'later', delivery: 'later' }
      : undefined;
}
