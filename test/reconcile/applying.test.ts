import { expect, test } from 'vitest';
import type { Writer } from '../../src/connectors/connector.ts';
import type { Order } from '../../src/model/order.ts';
import { Office } from './office.ts';
import { only, refusing } from './refusing.ts';

test('who is refused fails alone: the others are made, and the run says who and why', async () => {
  const office = await Office.open();
  office.hr({ ada: {}, ben: {}, cleo: {} });
  office.world.change = refusing(['ben']);
  expect(await office.ends()).toBe('failed-people PeopleFailed');
  expect(office.wrote()).toEqual(['create ada', 'create cleo']);
  expect((await office.outcomes()).toSorted()).toEqual([
    'create ada applied',
    'create ben rejected Refused',
    'create cleo applied',
  ]);
  office.world.change = (deps) => deps;
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['create ben']);
});

test('a reference to a manager who was refused is not sent, and follows once the manager is there', async () => {
  const office = await Office.open();
  office.hr({ ada: { manager: 'boss' }, boss: {} });
  office.world.change = refusing(['boss']);
  expect(await office.ends()).toBe('failed-people PeopleFailed');
  expect(office.wrote()).toEqual(['create ada']);
  expect(await office.outcomes()).toContain('update ada not-sent DependsOnFailed');
  office.world.change = (deps) => deps;
  await office.pass();
  expect(office.wrote()).toEqual(['create boss', 'update ada']);
  expect(office.accountOf('ada')?.values['manager']).toBe(office.accountOf('boss')?.id);
});

test('who takes the address that another gives up is written after them, also by a target that works side by side', async () => {
  const office = await Office.open();
  office.hr({ ada: {}, ben: {}, cleo: {} });
  await office.pass();
  office.wrote();
  office.hr({
    ada: { email: 'ben@example.test' },
    ben: { email: 'benjamin@example.test' },
  });
  office.world.change = ({ target, ...deps }) => ({
    ...deps,
    target: { ...target, openWriter: () => lastFirst(target.openWriter()) },
  });
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toEqual(['update ada', 'update ben']);
});

/** Takes all that it is given before it carries anything out, and begins with the last. */
function lastFirst(writer: Writer): Writer {
  return {
    async *apply(orders, signal) {
      const taken: Order[] = [];
      for await (const order of orders) taken.push(order);
      for (const order of taken.toReversed()) yield* writer.apply(only(order), signal);
    },
    close: () => writer.close(),
  };
}

test('asked to stop, the pass ends between two people, and the next one does the rest', async () => {
  const office = await Office.open();
  const people = Array.from({ length: 12 }, (_, index) => `p${index}`);
  office.hr(Object.fromEntries(people.map((id) => [id, {}])));
  const ends = await office.ends({ process: { kind: 'asked to stop', at: 9 } });
  expect(ends).toBe('stopped Stopped');
  const before = office.wrote();
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(people.length);
  expect(await office.world.store.openIntents('lms')).toEqual([]);
  expect(await office.ends()).toBe('applied');
  expect([...before, ...office.wrote()].toSorted()).toEqual(people.map((id) => `create ${id}`).toSorted());
});

test('a target that wants no more for an hour ends the pass, and names the time', async () => {
  const office = await Office.open();
  office.hr({ ada: {}, ben: {}, cleo: {} });
  const outcome = await office.pass({ write: { lost: 0, refused: 0, ends: { after: 1, how: 'throttled' } } });
  expect(outcome?.summary).toMatchObject({ result: 'waiting', reason: 'Throttled' });
  expect(outcome?.retryAfterMs).toBe(3_600_000);
  expect(office.wrote()).toHaveLength(1);
  expect(await office.ends()).toBe('applied');
  expect(office.wrote()).toHaveLength(2);
});

test('an answer that was lost is looked up, and nothing is sent twice', async () => {
  const office = await Office.open();
  office.hr({ ada: {}, ben: {} });
  expect(await office.ends({ write: { lost: 1, refused: 0 } })).toBe('failed-people PeopleFailed');
  expect(office.wrote()).toEqual(['create ada', 'create ben']);
  expect(await office.ends({ resolve: 'unknown' })).toMatch(/settled|failed-people/);
  expect(await office.ends()).toBe('settled');
  expect(office.wrote()).toEqual([]);
  expect((await office.world.store.links('staff')).map(({ personId }) => personId)).toEqual(['ada', 'ben']);
});
