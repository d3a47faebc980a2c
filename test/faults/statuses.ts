import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../vendors/loopback.ts';
import { isPage } from './listings.ts';
import type { Disturb, Disturbance } from './proxy.ts';
import { after, creates, misconduct, told, wrongInTheEnd, wrongNow } from './story.ts';
import type { Time } from './time.ts';
import { oneOf } from './extent.ts';
import type { World } from './world.ts';

const statuses = [408, 425, 429, 500, 502, 503, 504] as const;

/** Every form of `Retry-After`, and the wait that it names (ms); none where it says nothing that can be followed. */
const forms: readonly {
  readonly name: string;
  readonly header: (now: number) => string | undefined;
  readonly namesMs?: number;
}[] = [
  { name: 'seconds', header: () => '90', namesMs: 90_000 },
  { name: 'seconds with a fraction', header: () => '2.5', namesMs: 2_500 },
  { name: 'a date', header: (now) => new Date(now + 120_000).toUTCString(), namesMs: 120_000 },
  { name: 'a date in the past', header: (now) => new Date(now - 3_600_000).toUTCString() },
  { name: 'an hour', header: () => '3600', namesMs: 3_600_000 },
  { name: '0', header: () => '0' },
  { name: 'a negative number', header: () => '-30' },
  { name: 'garbage', header: () => 'in a moment' },
  { name: 'nothing', header: () => undefined },
];

const longestMs = 15 * 60_000;

const cases = statuses.flatMap((status) => forms.map((form) => ({ status, form })));

/** Statuses that ask for patience, at the first list of each side and at the first write of each kind. */
export function describeStatuses(world: () => World, pair: number): void {
  describe('a status that passes', () => {
    test.each(oneOf(13, cases, 2 * pair))(
      '$status that names $form.name, in place of a list',
      async ({ status, form }) => {
        const w = world();
        await prepared(w);
        for (const proxy of w.proxies) proxy.disturb = once(isPage, () => refusal(w.time, status, form));
        const outcome = await w.pass();
        if ((form.namesMs ?? 0) > longestMs) {
          await expectWaiting(w, outcome, form.namesMs ?? 0);
          expect(creates(w)).toEqual([]);
        } else {
          expect(told(outcome)).toMatch(/^applied/);
          expect(await wrongNow(w)).toEqual([]);
        }
        expect(await wrongInTheEnd(w, outcome)).toEqual([]);
      },
    );

    test.each(oneOf(13, cases, 2 * pair + 1))(
      '$status that names $form.name, in place of writes',
      async ({ status, form }) => {
        const w = world();
        await prepared(w);
        const kinds = new Set<string>();
        w.toTarget.disturb = (request) => {
          const kind = `${request.method} ${w.target.isCreate(request)}`;
          if (request.method === 'GET' || kinds.has(kind)) return undefined;
          kinds.add(kind);
          return refusal(w.time, status, form);
        };
        const outcome = await w.pass();
        const nothingDone =
          status === 429 || status === 425 || (status === 503 && form.namesMs !== undefined);
        if (nothingDone && (form.namesMs ?? 0) <= longestMs) {
          expect(told(outcome)).toMatch(/^applied/);
          expect(await wrongNow(w)).toEqual([]);
        }
        // What may have been done is not sent again in the same breath.
        if (!nothingDone) expect(new Set(creates(w)).size).toBe(creates(w).length);
        const failed = outcome.summary.changes.filter(({ outcome: how }) => how === 'rejected');
        expect(failed).toEqual([]);
        expect(await wrongInTheEnd(w, outcome)).toEqual([]);
        expect(w.target.accounts()).toHaveLength(after.length);
      },
    );
  });
}

async function prepared(w: World): Promise<void> {
  await w.restore();
  w.hr(after);
}

async function expectWaiting(
  w: World,
  outcome: Awaited<ReturnType<World['pass']>>,
  ms: number,
): Promise<void> {
  expect(outcome.summary).toMatchObject({ result: 'waiting', reason: 'RateLimited' });
  expect(outcome.retryAfterMs).toBeGreaterThan(ms - 60_000);
  expect(misconduct(w)).toEqual([]);
  // Somebody who cannot wait: a pass before its time asks the side that named one for nothing.
  const asked = w.proxies.map(({ arrivals }) => arrivals.length);
  const again = await w.pass(60_000);
  expect(again.summary).toMatchObject({ result: 'waiting', reason: 'RateLimited' });
  expect(misconduct(w)).toEqual([]);
  if (w.source.proxy === undefined) expect(w.proxies.map(({ arrivals }) => arrivals.length)).toEqual(asked);
}

/** The first request for which `which` holds. */
function once(which: (request: VendorRequest) => boolean, disturbance: () => Disturbance): Disturb {
  let done = false;
  return (request) => {
    if (done || !which(request)) return undefined;
    done = true;
    return disturbance();
  };
}

function refusal(time: Time, status: number, form: (typeof forms)[number]): Disturbance {
  const header = form.header(time.now());
  const headers = header === undefined ? {} : { 'retry-after': header };
  // A date has whole seconds.
  const namesMs =
    form.namesMs === undefined ? {} : { namesMs: form.namesMs - (form.name === 'a date' ? 999 : 0) };
  return {
    name: `${status} that names ${form.name}`,
    fault: { kind: 'answer', answer: { status, headers, body: { message: 'not now' } } },
    ...namesMs,
  };
}
