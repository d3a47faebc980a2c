import { expect, test } from 'vitest';
import type { Writer } from '../../src/connectors/connector.ts';
import { Waiting } from '../../src/model/error.ts';
import type { Order, Result } from '../../src/model/order.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { listsOf, openHouse, syncOf } from './house.ts';

const columns = '{ user: {}, course: {}, progress: { type: decimal } }';
const list = (name: string, write: string) =>
  listsOf(
    name,
    `    file: { env: LISTS, path: ${name}.csv }
    id: [user, course]
    columns: ${columns}
${write}`,
  );

const specs =
  list('academy', '') +
  list('records', '    write: { create: true }\n') +
  syncOf(
    'learnt',
    '  entity: enrollment\n  direction: { from: academy, to: records }\n  identity: { user: source.user, course: source.course }\n  copy: [progress]\n',
  );

const head = 'user,course,progress\n';

test.each([
  { name: 'the new list was in its place', dies: 'after' },
  { name: 'the new list was not begun', dies: 'before' },
] as const)('a crash while a list is written makes no row twice and loses none: $name', async ({ dies }) => {
  const academy = `${head}ada,fire,10\ngrace,fire,20\n`;
  const house = await openHouse(specs, { academy });

  const crashed = await house.outcome('learnt', (deps) => withWriter(deps, (writer) => dying(writer, dies)));

  expect(crashed.summary.changes).toMatchObject([{ kind: 'create', outcome: 'unknown', count: 2 }]);
  await house.outcome('learnt');
  expect(await house.text('records')).toBe(academy);
  expect(await house.pass('learnt')).toBe('settled');
});

test('what somebody else adds to the list between two passes stays, and is nobody of ours', async () => {
  const house = await openHouse(specs, { academy: `${head}ada,fire,10\n` });
  await house.pass('learnt');
  await house.put('records', `${head}ada,fire,10\nlin,law,5\n`);
  await house.put('academy', `${head}ada,fire,30\n`);

  expect(await house.pass('learnt')).toBe('applied, update 1 applied');
  expect(await house.text('records')).toBe(`${head}ada,fire,30\nlin,law,5\n`);
});

function withWriter(deps: PassDeps, change: (writer: Writer) => Writer): PassDeps {
  const { target } = deps;
  return { ...deps, target: { ...target, openWriter: () => change(target.openWriter()) } };
}

/** Takes every order, and breaks without an answer: before anything is written, or once all of it is. */
function dying(writer: Writer, when: 'before' | 'after'): Writer {
  return {
    async *apply(orders, signal) {
      const taken: Order[] = [];
      const lost: Result[] = [];
      for await (const order of orders) taken.push(order);
      if (when === 'after') for await (const result of writer.apply(stream(taken), signal)) lost.push(result);
      if (taken.length > 0) throw new Waiting('MachineGone', 'the machine went away');
      yield* lost;
    },
    close: () => writer.close(),
  };
}

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
