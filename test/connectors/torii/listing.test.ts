import { expect, test } from 'vitest';
import type { ToriiClient } from '../../../src/connectors/torii/client.ts';
import { everyUser } from '../../../src/connectors/torii/listing.ts';
import { unexpectedAnswer } from '../../../src/connectors/answers.ts';
import { textOf, type JsonObject } from '../../../src/connectors/json.ts';
import type { Json } from '../../../src/model/value.ts';

const signal = new AbortController().signal;
const list = {
  path: 'users',
  query: {},
  perMinute: 100,
  keyOf: (item: JsonObject) => textOf(item['id']) ?? '',
} as const;

/** A page of people with one letter each. */
const page = (ids: string, total: number, nextCursor?: string): Json => ({
  users: ids.split('').map((id) => ({ id })),
  total,
  ...(nextCursor === undefined ? {} : { nextCursor }),
});

async function read(pages: readonly Json[]): Promise<string> {
  let asked = 0;
  const client = {
    get: () => Promise.resolve(pages[asked++ % pages.length]),
    unexpected: (what: string) => unexpectedAnswer('torii', 'Torii', what),
  } as unknown as ToriiClient;
  const walk = everyUser(client, list, signal);
  const ids: string[] = [];
  for (;;) {
    const step = await walk.next();
    if (step.done === true) return `${ids.join('')}, ${step.value.pages} pages`;
    ids.push(...step.value.map(list.keyOf));
  }
}

test('pages are followed by their cursors to the total', async () => {
  expect(await read([page('ab', 3, 'x'), page('c', 3)])).toBe('abc, 2 pages');
  expect(await read([page('', 0)])).toBe(', 1 pages');
});

test.each<readonly [name: string, pages: readonly Json[], why: string]>([
  ['grew', [page('ab', 3, 'x'), page('c', 4)], 'changed while it was read'],
  ['lacks somebody', [page('ab', 4, 'x'), page('c', 4)], 'has a total that does not add up'],
  ['holds somebody twice', [page('ab', 3, 'x'), page('b', 3)], 'repeats what an earlier page held'],
  ['goes in a circle', [page('ab', 9, 'x'), page('cd', 9, 'x')], 'goes in a circle'],
  ['does not end', [page('ab', 3, 'x'), page('', 3, 'y')], 'goes on behind its end'],
  ['has more than its total', [page('abcd', 3, 'x')], 'goes on behind its end'],
  ['has no total', [{ users: [] }], 'has no users or no total'],
  ['has a cursor that is none', [{ users: [], total: 0, nextCursor: '' }], 'has no users or no total'],
])('a list that %s is none', async (_, pages, why) => {
  await expect(read(pages)).rejects.toMatchObject({
    fate: 'waiting',
    message: expect.stringContaining(`a list (users) that ${why}`) as string,
  });
});
