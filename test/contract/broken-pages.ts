import { describe, expect, test } from 'vitest';
import { Stalled, SyncError, Waiting } from '../../src/model/error.ts';
import type { Fault, VendorAnswer } from '../vendors/loopback.ts';
import { idsOf, withSystem, type Bench } from './bench.ts';
import { canary, type ContractSubject } from './subject.ts';

/** What an HTTP system can do to a list half-way: every page or a rejection, with the fate that fits. */
export function describeBrokenPages<Config>(subject: ContractSubject<Config>): void {
  describe('pages that break', () => {
    const pages = subject.onePage === true ? [1] : [1, 2, 3];
    const later = Math.min(2, pages.length);
    for (const page of pages) {
      test.each(breakages)(`page ${String(page)} $name for good: no reading, and we wait`, ({ fault }) =>
        withSystem(subject, async (bench) => {
          await bench.system.put(subject.people);
          failPages(bench, fault, page, Number.POSITIVE_INFINITY);
          expect(await bench.read()).toBeInstanceOf(Waiting);
        }),
      );
      test.each(breakages)(`page ${String(page)} $name once: everybody or no reading`, ({ fault }) =>
        withSystem(subject, async (bench) => {
          const ids = await bench.system.put(subject.people);
          failPages(bench, fault, page, 1);
          const outcome = await bench.read();
          if (!(outcome instanceof SyncError)) expect(idsOf(outcome)).toEqual(ids.toSorted());
        }),
      );
    }

    test.each(statuses)('$status for good: $fate', ({ status, fate }) =>
      withSystem(subject, async (bench) => {
        await bench.system.put(subject.people);
        failPages(bench, { kind: 'answer', answer: refusal(status) }, later, Number.POSITIVE_INFINITY);
        const outcome = await bench.read();
        expect(outcome).toBeInstanceOf(fate === 'stalled' ? Stalled : Waiting);
        expect((outcome as SyncError).message).toContain(bench.context.connection);
      }),
    );

    test.each(tooFast)('429 with $name once: waited for, then everybody', ({ headers, atLeastMs }) =>
      withSystem(subject, async (bench) => {
        const ids = await bench.system.put(subject.people);
        failPages(bench, { kind: 'answer', answer: { ...refusal(429), headers } }, later, 1);
        const before = bench.context.clock.now();
        expect(idsOf(await bench.read())).toEqual(ids.toSorted());
        expect(bench.context.clock.now() - before).toBeGreaterThanOrEqual(atLeastMs);
      }),
    );

    test('429 for an hour: we wait, and say until when', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(subject.people);
        const answer = { ...refusal(429), headers: { 'retry-after': '3600' } };
        failPages(bench, { kind: 'answer', answer }, later, Number.POSITIVE_INFINITY);
        const outcome = await bench.read();
        expect(outcome).toBeInstanceOf(Waiting);
        expect((outcome as Waiting).retryAfterMs).toBeGreaterThan(3_500_000);
      }));

    test('nothing is written by reading, looking up and probing', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(subject.people);
        await bench.read();
        const signal = new AbortController().signal;
        const [attribute] = subject.findable;
        if (attribute !== undefined) await bench.reader.find(bench.want, [{ attribute, value: 'x' }], signal);
        await bench.reader.probe(signal);
        expect(writesOf(bench)).toEqual([]);
      }));

    if (subject.tokens === 'expire') {
      test('a token that expires in the middle is renewed, and the read goes on', () =>
        withSystem(subject, async (bench) => {
          const { expireToken } = bench.system;
          if (expireToken === undefined) throw new Error(`${subject.name} cannot expire a token`);
          const ids = await bench.system.put(subject.people);
          const reading = bench.reader.read(bench.want, new AbortController().signal);
          const rows: string[] = [];
          for (let step = await reading.next(); step.done !== true; step = await reading.next()) {
            if (rows.length === 0) expireToken();
            rows.push(...step.value.map((row) => row.id));
          }
          expect(rows.toSorted()).toEqual(ids.toSorted());
        }));
    }
  });
}

const breakages: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: 'loses the connection', fault: { kind: 'reset' } },
  { name: 'loses the answer', fault: { kind: 'lost' } },
  { name: 'is cut in its body', fault: { kind: 'cut' } },
  { name: 'is a web page with 200', fault: { kind: 'html' } },
  { name: 'is empty with 200', fault: { kind: 'answer', answer: { status: 200 } } },
  { name: 'answers 500', fault: { kind: 'answer', answer: refusal(500) } },
  { name: 'answers 503', fault: { kind: 'answer', answer: refusal(503) } },
];

const statuses = [
  { status: 401, fate: 'stalled' },
  { status: 403, fate: 'stalled' },
  { status: 404, fate: 'stalled' },
  { status: 409, fate: 'stalled' },
  { status: 422, fate: 'stalled' },
  { status: 429, fate: 'waiting' },
  { status: 500, fate: 'waiting' },
] as const;

/** The contract's clock starts on 2026-11-20 at 08:00 UTC. */
export const tooFast = [
  { name: 'seconds', headers: { 'retry-after': '7' }, atLeastMs: 7000 },
  { name: 'a date', headers: { 'retry-after': 'Fri, 20 Nov 2026 08:00:09 GMT' }, atLeastMs: 9000 },
  { name: 'garbage', headers: { 'retry-after': 'soon' }, atLeastMs: 1 },
  { name: 'a negative number', headers: { 'retry-after': '-5' }, atLeastMs: 1 },
  { name: 'nothing', headers: {}, atLeastMs: 1 },
] as const;

/** A refusal that repeats what we sent, as many systems do: none of it may come up in an error. */
export function refusal(status: number): VendorAnswer {
  const words = `${canary}@example.org with token ${canary} was refused`;
  return { status, body: { detail: words, message: words, error: { message: words } } };
}

export function writesOf(bench: Bench): readonly { readonly method: string; readonly path: string }[] {
  const { server } = bench.system;
  return server === undefined ? [] : server.loopback.log.filter((request) => server.isWrite(request));
}

function failPages(bench: Bench, fault: Fault, page: number, times: number): void {
  const { server } = bench.system;
  if (server === undefined) throw new Error('an http subject needs `server`');
  server.loopback.fail((request) => server.isPage(request), fault, { skip: page - 1, times });
}
