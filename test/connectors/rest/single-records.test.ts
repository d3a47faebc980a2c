import { describe, expect, test } from 'vitest';
import { rest } from '../../../src/connectors/rest/connector.ts';
import type { ConnectorContext } from '../../../src/connectors/connector.ts';
import type { RestConfig } from '../../../src/connectors/rest/schema.ts';
import type { HttpRequest } from '../../../src/http/client.ts';
import { SyncError } from '../../../src/model/error.ts';
import type { Order } from '../../../src/model/order.ts';
import type { Json } from '../../../src/model/value.ts';
import { never, openReader, readAll, scripted, smallest, type Answer } from './scripted.ts';

const config = {
  ...smallest,
  find: { name: { parameter: 'name' } },
  record: {
    id: 'id',
    single: { path: 'people/{id}', record: 'person', ignore: ['seen'] },
    attributes: {
      name: { write: 'always' },
      boss: { path: 'manager.id', from: 'single' },
      floor: { type: 'int', class: 'internal', from: 'single' },
    },
  },
  write: { update: { method: 'PATCH', path: 'people/{id}' } },
};

/** Two people; the list has their names, single records have the rest. */
function system() {
  const listed: Record<string, Json>[] = [
    { id: 'a', name: 'Ada', seen: 1 },
    { id: 'b', name: 'Bo', seen: 1 },
  ];
  const single: Record<string, Answer> = {
    a: { person: { id: 'a', manager: { id: 7 }, floor: 3 } },
    b: { person: { id: 'b', manager: null } },
  };
  const script = ({ method, path }: HttpRequest): Answer => {
    const [, id] = /^people\/(\w+)$/.exec(path) ?? [];
    if (method === 'PATCH') return null;
    return id === undefined ? listed : (single[id] ?? { answer: { status: 404 } });
  };
  const made = scripted(config, script);
  const asked = () => made.requests.filter(({ path }) => path !== 'people').map(({ path }) => path);
  return { ...made, listed, single, asked };
}

async function valuesOf(context: ConnectorContext<RestConfig>, attributes = ['name', 'boss', 'floor']) {
  const outcome = await readAll(context, attributes);
  if (outcome instanceof SyncError) throw outcome;
  return Object.fromEntries(outcome.rows.map(({ id, values }) => [id, values]));
}

describe('what the list lacks', () => {
  test('is asked for one by one, and not again while the list shows the same', async () => {
    const { context, asked, listed } = system();
    expect(await valuesOf(context)).toEqual({ a: ['Ada', '7', 3], b: ['Bo', null, undefined] });
    expect(asked().toSorted()).toEqual(['people/a', 'people/b']);
    for (const one of listed) one['seen'] = 2;
    expect(await valuesOf(context)).toEqual({ a: ['Ada', '7', 3], b: ['Bo', null, undefined] });
    expect(asked()).toHaveLength(2);
    listed[1] = { id: 'b', name: 'Bob', seen: 2 };
    expect(await valuesOf(context)).toMatchObject({ b: ['Bob', null, undefined] });
    expect(asked().slice(2)).toEqual(['people/b']);
  });

  test('is not asked for by a sync that does not want it', async () => {
    const { context, asked } = system();
    expect(await valuesOf(context, ['name'])).toEqual({ a: ['Ada'], b: ['Bo'] });
    expect(asked()).toEqual([]);
  });

  test('is asked for anew of whoever is looked up, and after we wrote to them', async () => {
    const { context, asked, single } = system();
    await valuesOf(context);
    const found = await openReader(context).find(
      { attributes: ['boss'] },
      [{ attribute: 'name', value: 'Ada' }],
      never,
    );
    expect(found.map(({ values }) => values)).toEqual([['7']]);
    expect(asked().slice(2)).toEqual(['people/a']);
    single['b'] = { person: { id: 'b', manager: { id: 8 } } };
    await write(context, { kind: 'update', accountId: 'b', set: { name: 'Bo' } });
    expect(await valuesOf(context)).toMatchObject({ b: ['Bo', '8', undefined] });
  });

  test('of somebody who is gone when asked for is that record’s error', async () => {
    const { context, single } = system();
    delete single['b'];
    expect(await readAll(context, ['boss'])).toMatchObject({
      rows: [{ id: 'a' }, { id: 'b', fault: 'the list has this record, and there is none with its id' }],
    });
    const found = await openReader(context).find(
      { attributes: ['boss'] },
      [{ attribute: 'name', value: 'Bo' }],
      never,
    );
    expect(found).toEqual([]);
  });

  test.each<readonly [name: string, answer: Answer, why: RegExp]>([
    [
      'another record',
      { person: { id: 'c', floor: 3 } },
      /another record than the one that people\/\{id\} was asked for/,
    ],
    ['no record', {}, /no record where people\/\{id\} was asked for/],
  ])('is not concluded from %s', async (_, answer, why) => {
    const { context, single } = system();
    single['b'] = answer;
    expect(await readAll(context, ['boss'])).toMatchObject({
      reason: 'UnexpectedAnswer',
      message: expect.stringMatching(why) as string,
    });
  });
});

async function write(
  context: ConnectorContext<RestConfig>,
  order: Pick<Order, 'kind' | 'accountId' | 'set'>,
): Promise<void> {
  const orders = (async function* one() {
    yield { key: 'k', personId: 'p', identity: {}, scope: {}, ...order };
  })();
  for await (const { outcome } of rest.openWriter?.(context).apply(orders, never) ?? [])
    expect(outcome).toBe('applied');
}
