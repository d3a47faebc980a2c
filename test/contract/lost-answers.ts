import { describe, expect, test } from 'vitest';
import type { Order, Resolution } from '../../src/model/order.ts';
import type { Fault } from '../vendors/loopback.ts';
import { account, intentOf, withSystem, type Bench } from './bench.ts';
import { refusal, tooFast, writesOf } from './broken-pages.ts';
import type { ContractSubject, TargetSubject } from './subject.ts';
import { created, expectReadsBack } from './writing.ts';

/** Writes whose answer is lost or a refusal: the right fate for each, and one account in the end. */
export function describeLostAnswers<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  const kinds = (['create', 'update', 'disable', 'enable', 'delete'] as const).filter(
    (kind) => target.abilities[kind],
  );
  const isOnce = (kind: Order['kind']) => kind === 'create' && target.wholeFile !== true;

  describe('answers to writes', () => {
    if (target.abilities.create) describeLostCreates(subject, target);

    describe.each(kinds)('%s', (kind) => {
      test.each(losses)('the answer is lost ($name): looking tells what became of it', ({ fault }) =>
        withSystem(subject, async (bench) => {
          const order = await prepared(bench, target, kind);
          failWrites(bench, fault, Number.POSITIVE_INFINITY);
          const { results, gone } = await bench.apply([order]);
          const said = results[0]?.outcome ?? 'unknown';
          if (said === 'applied') {
            // An answer without a body cannot be cut; and a writer may have looked by itself.
            expect(fault.kind === 'cut' || target.looks?.includes(kind) === true).toBe(true);
            expect((await truth(bench, order)).state).toBe('done');
            return;
          }
          if (isOnce(kind) && gone === undefined) expect(said).toBe('unknown');
          bench.system.server?.loopback.heal();
          const before = writesOf(bench).length;
          const resolution = await bench.reader.resolve(intentOf(bench, order), new AbortController().signal);
          expect(writesOf(bench)).toHaveLength(before);
          expect(resolution).toEqual(await truth(bench, order));
          await settle(bench, order, resolution);
        }),
      );

      test('the answer is lost once: one account, as ordered', () =>
        withSystem(subject, async (bench) => {
          const order = await prepared(bench, target, kind);
          failWrites(bench, { kind: 'lost' }, 1);
          const { results } = await bench.apply([order]);
          const resolution: Resolution =
            results[0]?.outcome === 'applied'
              ? { state: 'done', accountId: results[0].accountId ?? '' }
              : await bench.reader.resolve(intentOf(bench, order), new AbortController().signal);
          await settle(bench, order, resolution);
        }));

      test.each([401, 403])('%i stops the pass until a person acts', (status) =>
        withSystem(subject, async (bench) => {
          const order = await prepared(bench, target, kind);
          failWrites(bench, { kind: 'answer', answer: refusal(status) }, Number.POSITIVE_INFINITY);
          const { results, gone } = await bench.apply([order]);
          expect(gone?.fate ?? results[0]?.error?.fate).toBe('stalled');
          expect(results[0]?.outcome).not.toBe('applied');
        }),
      );

      // A file that meets another one on its way waits for it; that says nothing of anybody in it.
      test.each(target.wholeFile === true ? [422] : [409, 422])('%i is this person’s error', (status) =>
        withSystem(subject, async (bench) => {
          const order = await prepared(bench, target, kind);
          failWrites(bench, { kind: 'answer', answer: refusal(status) }, Number.POSITIVE_INFINITY);
          const { results, gone } = await bench.apply([order]);
          expect(gone).toBeUndefined();
          expect(results[0]).toMatchObject({ outcome: 'rejected', error: { fate: 'person' } });
        }),
      );

      test('500 for good: not called done, and looking tells what became of it', () =>
        withSystem(subject, async (bench) => {
          const order = await prepared(bench, target, kind);
          failWrites(bench, { kind: 'answer', answer: refusal(500) }, Number.POSITIVE_INFINITY);
          const { results, gone } = await bench.apply([order]);
          // One lost answer to a create says nothing of the next order; all else was tried five times.
          const alone = isOnce(kind) && gone === undefined;
          expect(gone?.fate ?? results[0]?.error?.fate).toBe(alone ? 'person' : 'waiting');
          if (alone) expect(results[0]?.outcome).toBe('unknown');
          bench.system.server?.loopback.heal();
          const resolution = await bench.reader.resolve(intentOf(bench, order), new AbortController().signal);
          expect(resolution).toEqual(await truth(bench, order));
        }));

      test.each(tooFast)('429 with $name once: waited for, then carried out', ({ headers, atLeastMs }) =>
        withSystem(subject, async (bench) => {
          const order = await prepared(bench, target, kind);
          const started = bench.context.clock.now() - Date.parse('2026-11-20T08:00:00Z');
          failWrites(bench, { kind: 'answer', answer: { ...refusal(429), headers } }, 1);
          const { results } = await bench.apply([order]);
          expect(results[0]?.error?.reason).toBeUndefined();
          expect(results[0]?.outcome).toBe('applied');
          const passed = bench.context.clock.now() - Date.parse('2026-11-20T08:00:00Z') - started;
          expect(passed).toBeGreaterThanOrEqual(Math.min(atLeastMs, Math.max(1, atLeastMs - started)));
          await settle(bench, order, { state: 'done', accountId: results[0]?.accountId ?? '' });
        }),
      );
    });
  });
}

/** A create that may be sent once only says nothing of the others; a file is sent again, and with it everybody in it. */
function describeLostCreates<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  const ordersFor = (bench: Bench, count: number) =>
    Array.from({ length: count }, (_, n) => bench.order({ kind: 'create', ...target.account(n + 1) }));

  if (target.wholeFile === true) {
    test('one lost answer holds nobody up; when no answer comes, nothing is called done', () =>
      withSystem(subject, async (bench) => {
        const orders = ordersFor(bench, 6);
        failWrites(bench, { kind: 'lost' }, 1);
        const { results: first } = await bench.apply(orders.slice(0, 3));
        expect(first.map((result) => result.outcome)).toEqual(['applied', 'applied', 'applied']);
        failWrites(bench, { kind: 'answer', answer: refusal(500) }, Number.POSITIVE_INFINITY);
        const { results } = await bench.apply(orders.slice(3));
        expect(results.map((result) => result.error?.fate)).toEqual(['waiting', 'waiting', 'waiting']);
        expect(results.filter((result) => result.outcome === 'applied')).toEqual([]);
      }));
    return;
  }

  test('one lost answer to a create holds up nobody else; as many as other requests are tried say that the system is away', () =>
    withSystem(subject, async (bench) => {
      const orders = ordersFor(bench, 12);
      failWrites(bench, { kind: 'lost' }, 1);
      const [first, ...others] = (await bench.apply(orders.slice(0, 3))).results;
      const held = [first, ...others].filter((result) => result?.outcome !== 'applied');
      expect(held.map((result) => result?.error?.fate)).toEqual(['person']);
      failWrites(bench, { kind: 'answer', answer: refusal(500) }, Number.POSITIVE_INFINITY);
      const { results, gone } = await bench.apply(orders.slice(3));
      const said = results.filter((result) => result.error?.fate === 'person');
      expect(said).toHaveLength(4);
      expect(gone?.fate ?? results.at(-1)?.error?.fate).toBe('waiting');
    }));
}

const losses: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: 'after it was carried out', fault: { kind: 'lost' } },
  { name: 'before it was carried out', fault: { kind: 'reset' } },
  { name: 'cut in its body', fault: { kind: 'cut' } },
];

function failWrites(bench: Bench, fault: Fault, times: number): void {
  const { server } = bench.system;
  if (server === undefined) throw new Error('an http subject needs `server`');
  server.loopback.fail((request) => server.isWrite(request), fault, { times });
}

/** An order that can be carried out now; for all but a create, on an account made for it. */
async function prepared(bench: Bench, to: TargetSubject, kind: Order['kind']): Promise<Order> {
  const { set, identity } = to.account(1);
  if (kind === 'create') return bench.order({ kind, set, identity });
  const accountId = await created(bench, to);
  if (kind === 'enable') await bench.apply([bench.order({ kind: 'disable', accountId, identity })]);
  const changes = kind === 'update' ? (to.updates[0]?.set ?? {}) : {};
  return bench.order({ kind, accountId, identity, set: changes });
}

/** Whether disabling is deleting here. */
function isForGood({ reader }: Bench, { kind }: Order): boolean {
  return kind === 'disable' && reader.shape.disabling === 'deletes';
}

/** What really became of an order, seen from the system. */
async function truth(bench: Bench, order: Order): Promise<Resolution> {
  const state = await bench.system.state();
  if (order.kind === 'create') return done([...state.keys()][0]);
  const id = order.accountId ?? '';
  if (order.kind === 'delete' || isForGood(bench, order)) return done(state.has(id) ? undefined : id);
  const now = await account(bench, id, Object.keys(order.set));
  if (order.kind === 'enable') return done(now?.active === true ? id : undefined);
  if (order.kind === 'disable') return done(now?.active === false ? id : undefined);
  try {
    await expectReadsBack(bench, id, order.set);
    return done(id);
  } catch {
    return done(undefined);
  }
}

/** Sends again what was not done; in the end there is one account (none after a delete), as ordered. */
async function settle(bench: Bench, order: Order, resolution: Resolution): Promise<void> {
  expect(resolution.state).not.toBe('unknown');
  if (resolution.state === 'not-done') {
    const { results } = await bench.apply([{ ...order, key: `${order.key}-again` }]);
    expect(results[0]?.outcome).toBe('applied');
  }
  const nobody = order.kind === 'delete' || isForGood(bench, order);
  expect((await bench.system.state()).size).toBe(nobody ? 0 : 1);
  expect((await truth(bench, order)).state).toBe('done');
}

function done(id: string | undefined): Resolution {
  return id === undefined ? { state: 'not-done' } : { state: 'done', accountId: id };
}
