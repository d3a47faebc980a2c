import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { personio } from '../../../src/connectors/personio/connector.ts';
import { configSchema } from '../../../src/connectors/personio/schema.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { inventPeople } from '../../people/people.ts';
import { png } from '../../vendors/images.ts';
import { startPersonio } from '../../vendors/personio/server.ts';

const credentials = { clientId: 'us', clientSecret: 'hush' };
const signal = new AbortController().signal;
const digest = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function company(config: Record<string, unknown> = {}) {
  const people = inventPeople({ count: 3, seed: 4 });
  const server = await startPersonio({ people, ...credentials });
  const clock = fakeClock();
  const context = testContext({
    config: configSchema.parse({ baseUrl: server.url, ...config }),
    secrets: credentials,
    clock,
  });
  const reader = personio.openReader(context);
  onTestFinished(async () => void (await Promise.all([reader.close(), server.close()])));
  const read = async (...attributes: readonly string[]) => {
    const values: unknown[] = [];
    for await (const rows of reader.read({ attributes }, signal))
      values.push(...rows.map((row) => row.values[0]));
    return values;
  };
  const asked = () => server.loopback.log.splice(0).filter(({ path }) => path.includes('picture')).length;
  return { server, clock, context, reader, read, asked, numbers: people.map(({ number }) => number) };
}

test('a picture is told by the digest of its content, nobody’s is null, and an unchanged one costs nothing', async () => {
  const { server, read, asked, numbers } = await company();
  server.pictures.set(numbers[1] ?? 0, (width) => png(7, width));
  const told = [null, digest(png(7, 400)), null];
  expect(await read('profile_picture')).toEqual(told);
  expect(asked()).toBe(3);
  expect(await read('profile_picture')).toEqual(told);
  expect(asked()).toBe(0);
});

test('who does not want pictures asks for none', async () => {
  const { read, asked } = await company();
  await read('first_name');
  expect(asked()).toBe(0);
});

test('a record that has changed is asked again, and each once its time is over', async () => {
  const { server, read, asked, numbers, clock } = await company();
  await read('profile_picture');
  asked();
  server.pictures.set(numbers[0] ?? 0, (width) => png(1, width));
  server.employees.get(numbers[0] ?? 0)?.set('last_modified_at', '2026-11-19');
  expect((await read('profile_picture'))[0]).toBe(digest(png(1, 400)));
  expect(asked()).toBe(1);
  await clock.sleep(8 * 86_400_000);
  await read('profile_picture');
  expect(asked()).toBe(3);
});

test('pictures are read at the width that the connection says', async () => {
  const { server, read, numbers } = await company({ pictureWidth: 200 });
  server.pictures.set(numbers[0] ?? 0, (width) => png(1, width));
  expect((await read('profile_picture'))[0]).toBe(digest(png(1, 200)));
});

test('where the attribute may not be read it is absent, and nothing is asked', async () => {
  const { server, read, asked } = await company();
  server.readable.delete('profile_picture');
  expect(await read('profile_picture')).toEqual([undefined, undefined, undefined]);
  expect(asked()).toBe(0);
});

test('one person who is looked up has the digest, too', async () => {
  const { server, reader, numbers } = await company();
  const [first = 0] = numbers;
  server.pictures.set(first, (width) => png(1, width));
  const want = { attributes: ['profile_picture'] };
  const rows = await reader.find(want, [{ attribute: 'id', value: String(first) }], signal);
  expect(rows).toEqual([{ id: String(first), values: [digest(png(1, 400))] }]);
});

test.each<[string, Uint8Array, string]>([
  ['larger than 5 MB', Buffer.concat([png(1), Buffer.alloc(5 * 1024 * 1024)]), 'unusable:too-large'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unusable:no-image'],
  ['empty', Buffer.alloc(0), 'unusable:no-image'],
])('what is %s is told as what cannot be sent', async (_, content, told) => {
  const { server, read, numbers } = await company();
  server.pictures.set(numbers[0] ?? 0, () => content);
  expect((await read('profile_picture'))[0]).toBe(told);
});

test('the content is handed out for the digest that was told, and for no other', async () => {
  const { server, reader, read, asked, numbers } = await company();
  const [first = 0] = numbers;
  server.pictures.set(first, (width) => png(1, width));
  const [told] = (await read('profile_picture')) as readonly string[];
  const wanted = { id: String(first), attribute: 'profile_picture', digest: told ?? '' };
  expect(await reader.picture?.(wanted, signal)).toEqual({
    bytes: Buffer.from(png(1)),
    mediaType: 'image/png',
  });
  server.pictures.set(first, (width) => png(2, width));
  await expect(reader.picture?.(wanted, signal)).rejects.toMatchObject({ reason: 'PictureChanged' });
  asked();
  expect((await read('profile_picture'))[0]).toBe(digest(png(2)));
  expect(asked()).toBe(1);
});
