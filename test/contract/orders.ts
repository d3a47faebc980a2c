import { expect, test } from 'vitest';
import { withSystem, type Bench } from './bench.ts';
import { writesOf } from './broken-pages.ts';
import type { ContractSubject, TargetSubject } from './subject.ts';

/** How a writer takes orders: only with room for them, none after it was called off, one result for each. */
export function describeOrders<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  const ordersFor = (bench: Bench, count: number) =>
    Array.from({ length: count }, (_, n) => bench.order({ kind: 'create', ...target.account(n + 1) }));

  test('orders are taken only when there is room for them, and each gets one result', () =>
    withSystem(subject, async (bench) => {
      const orders = ordersFor(bench, 3 * target.mostAtOnce);
      let taken = 0;
      let most = 0;
      const keys: string[] = [];
      async function* offer() {
        for (const order of orders) {
          taken += 1;
          most = Math.max(most, taken - keys.length);
          yield order;
        }
      }
      for await (const result of bench.writer().apply(offer(), new AbortController().signal)) {
        keys.push(result.key);
      }
      expect(keys.toSorted()).toEqual(orders.map((order) => order.key).toSorted());
      expect(most).toBeLessThanOrEqual(target.mostAtOnce);
      expect((await bench.system.state()).size).toBe(orders.length);
    }));

  test('an apply that is called off takes nothing more and says what it did', () =>
    withSystem(subject, async (bench) => {
      const orders = ordersFor(bench, 3 * target.mostAtOnce);
      const stop = new AbortController();
      let taken = 0;
      async function* offer() {
        for (const order of orders) {
          taken += 1;
          yield order;
        }
      }
      const results = [];
      try {
        for await (const result of bench.writer().apply(offer(), stop.signal)) {
          results.push(result);
          stop.abort(new Error('called off'));
        }
      } catch (error) {
        bench.note(error);
      }
      expect(taken).toBeLessThan(orders.length);
      const said = results.filter((result) => result.outcome === bench.success).length;
      const lost = taken - results.length + results.filter((result) => result.outcome === 'unknown').length;
      const made = (await bench.system.state()).size;
      expect(made).toBeGreaterThanOrEqual(said);
      expect(made).toBeLessThanOrEqual(said + lost);
    }));

  if (subject.transport === 'http') {
    test('nothing is written before an order is taken', () =>
      withSystem(subject, async (bench) => {
        await bench.system.put(2);
        await bench.apply([]);
        expect(writesOf(bench)).toEqual([]);
      }));
  }
}
