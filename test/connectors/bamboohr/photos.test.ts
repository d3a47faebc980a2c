import { configSchema } from '../../../src/connectors/bamboohr/schema.ts';
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { bamboohr } from '../../../src/connectors/bamboohr/connector.ts';
import type { Order, Result } from '../../../src/model/order.ts';
import type { Picture } from '../../../src/model/picture.ts';
import { testContext } from '../../contract/context.ts';
import { startBamboo } from '../../vendors/bamboohr/server.ts';
import { png, repacked } from '../../vendors/images.ts';

const signal = new AbortController().signal;
const digest = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function office() {
  const server = await startBamboo({ apiKey: 'invented' });
  const context = testContext({
    config: configSchema.parse({ companyDomain: 'example', baseUrl: server.url }),
    secrets: { apiKey: 'invented' },
  });
  const reader = bamboohr.openReader(context);
  const writer = bamboohr.openWriter?.(context);
  onTestFinished(async () => void (await Promise.all([reader.close(), writer?.close(), server.close()])));
  const ada = server.company.hire({ firstName: 'Ada', lastName: 'Example' });
  const read = async () => {
    const values: unknown[] = [];
    for await (const rows of reader.read({ attributes: ['photo'] }, signal))
      values.push(...rows.map((row) => row.values[0]));
    return values;
  };
  const send = async (picture: Picture): Promise<Result | undefined> => {
    const order: Order = {
      key: 'k',
      kind: 'update',
      personId: 'ada',
      accountId: ada,
      set: { photo: digest(picture.bytes) },
      pictures: { photo: () => Promise.resolve(picture) },
      identity: {},
      scope: {},
    };
    for await (const result of writer?.apply(one(order), signal) ?? []) return result;
    return undefined;
  };
  const asked = () => server.loopback.log.splice(0).filter(({ path }) => path.includes('/photo')).length;
  return { ...server, ada, reader, read, send, asked };
}

async function* one(order: Order): AsyncGenerator<Order> {
  yield order;
}

test('a photo is told by the digest of the size that is read, once, and nobody’s is null', async () => {
  const { company, ada, read, asked } = await office();
  expect(await read()).toEqual([null]);
  company.photos.set(ada, png(1));
  company.touch(ada);
  expect(await read()).toEqual([digest(repacked(png(1)))]);
  asked();
  await read();
  expect(asked()).toBe(0);
});

test('a photo that the key may not see is absent', async () => {
  const { company, read } = await office();
  company.hidden.add('photo');
  expect(await read()).toEqual([undefined]);
});

test('the content comes under its own type, whatever BambooHR calls it', async () => {
  const { company, ada, reader, read } = await office();
  company.photos.set(ada, png(1));
  const [told] = (await read()) as readonly string[];
  const wanted = { id: ada, attribute: 'photo', digest: told ?? '' };
  expect((await reader.picture?.(wanted, signal))?.mediaType).toBe('image/png');
  company.photos.delete(ada);
  await expect(reader.picture?.(wanted, signal)).rejects.toMatchObject({ reason: 'PictureChanged' });
});

test('a photo arrives as it was sent, and what was refused says so', async () => {
  const { company, ada, send } = await office();
  const bytes = Buffer.from(png(1));
  expect(await send({ bytes, mediaType: 'image/png' })).toMatchObject({
    outcome: 'applied',
    accountId: ada,
    sent: { photo: digest(bytes) },
  });
  expect(company.photos.get(ada)).toEqual(bytes);
  expect(await send({ bytes: png(1, 100), mediaType: 'image/png' })).toMatchObject({
    outcome: 'rejected',
    error: { reason: 'PictureRefused', fate: 'person' },
  });
  expect(await send({ bytes: Buffer.from('GIF89a'), mediaType: 'image/gif' })).toMatchObject({
    outcome: 'rejected',
    error: { reason: 'PictureUnusable', fate: 'person' },
  });
  company.hidden.add('photo');
  expect(await send({ bytes, mediaType: 'image/png' })).toMatchObject({
    outcome: 'rejected',
    error: { reason: 'PermissionDenied', fate: 'person' },
  });
  expect(company.photos.get(ada)).toEqual(bytes);
});
