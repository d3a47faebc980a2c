import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { locationOf } from '../../../src/connectors/csv/locations.ts';
import type { Order } from '../../../src/model/order.ts';
import { remoteList } from './remote-list.ts';

const never = new AbortController().signal;

const create: Partial<Order> = { kind: 'create', set: { id: '7', name: 'Kit' }, identity: { id: '7' } };
const list = 'id,name\n7,Kit\n';
const dropped = '/in/staff-20261120T080000000Z.csv';

/** A list on this machine, copies of which go to a server. */
async function delivered(more: object = {}, drop = '/in/staff-{time}.csv') {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-csv-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'staff.csv');
  const write = { create: true, deliver: { path: drop, ...more } };
  const opened = await remoteList({ files: () => file, table: { file: 'staff.csv', write } });
  return { ...opened, file, kept: () => readFile(file, 'utf8').catch(() => undefined) };
}

describe('a list of which copies are delivered', () => {
  test('says what was delivered last, and each copy has a name of its own', async () => {
    const { apply, disk, kept, reader, read } = await delivered();

    expect(await apply([create])).toMatchObject([{ outcome: 'delivered', accountId: '7' }]);

    expect(reader.shape.delivers).toBe(true);
    expect(disk.text(dropped)).toBe(list);
    expect(await kept()).toBe(list);
    expect((await read()).rows).toMatchObject([{ id: '7' }]);
  });

  test('a receiver that takes the copy away at once is right only where the config says so', async () => {
    const strict = await delivered();
    strict.disk.takes = () => true;
    expect(await strict.apply([create])).toMatchObject([
      { outcome: 'unknown', error: { reason: 'FileTaken', fate: 'waiting' } },
    ]);
    expect(await strict.resolve(create)).toBe('not-done');

    const taken = await delivered({ takenAway: true });
    taken.disk.takes = () => true;
    expect(await taken.apply([create])).toMatchObject([{ outcome: 'delivered' }]);
    expect(taken.disk.taken.map(({ bytes }) => bytes.toString())).toEqual([list]);
    expect(await taken.kept()).toBe(list);
  });

  test('what was not delivered does not count', async () => {
    const { apply, disk, kept } = await delivered();
    disk.readOnly.add('/in');
    expect(await apply([create])).toMatchObject([{ outcome: 'not-sent', error: { fate: 'stalled' } }]);
    expect(await kept()).toBeUndefined();
  });

  test('what may have been delivered is delivered again', async () => {
    const { apply, server, kept, resolve, disk } = await delivered();
    server.fail('replace', { kind: 'lost' });
    expect(await apply([create])).toMatchObject([{ outcome: 'unknown' }]);
    expect(disk.text(dropped)).toBe(list);
    expect(await kept()).toBeUndefined();

    expect(await resolve(create)).toBe('not-done');
    expect(await apply([create])).toMatchObject([{ outcome: 'delivered' }]);
  });

  test('a copy of a list that somebody has changed since is not made', async () => {
    const { context, disk, file, kept } = await delivered();
    const location = locationOf(context, true);
    onTestFinished(() => location.close());
    const stamp = await location.stamp(never);
    writeFileSync(file, 'id,name\n8,Eve\n');
    expect(await location.replace(Buffer.from(list), stamp, never)).toMatchObject({
      failed: { reason: 'FileChanged' },
      unknown: false,
    });
    expect(disk.list('/in')).toEqual([]);
    expect(await kept()).toBe('id,name\n8,Eve\n');
  });

  test('somebody edits the list while it is delivered: theirs stays, and only looking tells', async () => {
    const { apply, server, file, kept } = await delivered();
    server.fail('replace', { kind: 'meanwhile', happens: () => writeFileSync(file, 'id,name\n8,Eve\n') });
    server.fail('stat', { kind: 'meanwhile', happens: () => writeFileSync(file, 'id,name\n8,Eve\n') });

    expect(await apply([create])).toMatchObject([{ outcome: 'unknown', error: { reason: 'FileChanged' } }]);

    expect(await kept()).toBe('id,name\n8,Eve\n');
  });
});
