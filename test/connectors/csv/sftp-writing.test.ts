import { describe, expect, test } from 'vitest';
import type { Order } from '../../../src/model/order.ts';
import type { Disk } from '../../vendors/sftp/disk.ts';
import { remote, remoteList } from './remote-list.ts';

const before = 'id,name,counts\n1,Ada,yes\n2,Grace,yes\n';
const after = 'id,name,counts\n1,Ada L.,yes\n2,Grace,yes\n';
/** As long as `before`. */
const theirs = 'id,name,counts\n1,Eve,yes\n2,Grace,yes\n';

/** More than fits into one packet. */
const long = `${before}${Array.from({ length: 2000 }, (_, id) => `9${String(id)},Kanarie Kanarie Kanarie,yes\n`).join('')}`;

const update: Partial<Order> = { kind: 'update', accountId: '1', set: { name: 'Ada L.' } };
const create: Partial<Order> = { kind: 'create', set: { id: '7', name: 'Kit' }, identity: { id: '7' } };

describe('a list on a server is replaced as a whole', () => {
  test('under its name, with its rights, and nothing is left beside it', async () => {
    const { apply, text, names, disk } = await remoteList({ content: before });
    disk.put(remote, before, 0o664);

    expect(await apply([update])).toMatchObject([{ outcome: 'applied', accountId: '1' }]);

    expect(text()).toBe(after);
    expect(names()).toEqual(['staff.csv']);
    expect(disk.files.get(remote)?.mode).toBe(0o664);
  });

  test('is made where it is not there yet, also by a server that cannot replace', async () => {
    for (const posixRename of [true, false]) {
      const { apply, text, names } = await remoteList({ posixRename });
      expect(await apply([create])).toMatchObject([{ outcome: 'applied', accountId: '7' }]);
      expect(text()).toBe('id,name,counts\n7,Kit,true\n');
      expect(names()).toEqual(['staff.csv']);
    }
  });

  test('goes on from what we left, in the session that is there or in another', async () => {
    const { apply, text, server } = await remoteList({ content: before });
    await apply([update]);
    server.dropEverybody();
    await new Promise((resolve) => setImmediate(resolve));

    const [result] = await apply([{ ...update, accountId: '2', set: { name: 'G.' } }]);
    // A session that ended unseen is one try that was not sent.
    if (result?.outcome !== 'applied') await apply([{ ...update, accountId: '2', set: { name: 'G.' } }]);

    expect(text()).toBe(after.replace('Grace', 'G.'));
  });

  test('by a file beside in another folder, where the receiver takes whatever comes', async () => {
    const { apply, disk, server } = await remoteList({ content: before, sftp: { staging: '/parts' } });
    disk.folders.add('/parts');
    await apply([update]);
    const made = server.log.filter(({ operation }) => operation === 'open').map(({ path }) => path);
    expect(made.filter((path) => path !== remote)).toEqual([
      expect.stringMatching(/^\/parts\/\.staff\.csv\./),
    ]);
    expect(disk.list('/parts')).toEqual([]);
  });

  test('with a marker that is gone before, and made when it is complete', async () => {
    const { apply, server, names } = await remoteList({ content: before, sftp: { marker: '.done' } });
    server.disk.put(`${remote}.done`, 'old');
    server.fail('replace', {
      kind: 'meanwhile',
      happens: (disk) => expect(disk.text(`${remote}.done`)).toBeUndefined(),
    });

    expect(await apply([update])).toMatchObject([{ outcome: 'applied' }]);

    expect(names().toSorted()).toEqual(['staff.csv', 'staff.csv.done']);
  });

  test('and what a break has left beside it an hour ago is cleared, what is newer is left', async () => {
    const { apply, disk, names } = await remoteList({ content: before });
    disk.put('/in/.staff.csv.old-try.rosterd', 'half');
    disk.put('/in/of-somebody-else.rosterd', 'theirs');
    disk.put('/in/.of-somebody-else', 'theirs');
    disk.now += 3_599_000;
    disk.put('/in/.staff.csv.other.rosterd', 'theirs, half');
    disk.now += 2000;

    await apply([update]);

    expect(names().toSorted()).toEqual([
      '.of-somebody-else',
      '.staff.csv.other.rosterd',
      'of-somebody-else.rosterd',
      'staff.csv',
    ]);
  });
});

describe('a server that cannot put a file in the place of another', () => {
  const posixRename = false;

  test('keeps the old one, and the way out is named', async () => {
    const { apply, text, names, reader } = await remoteList({ content: before, posixRename });

    const [result] = await apply([update]);

    expect(result).toMatchObject({
      outcome: 'not-sent',
      error: { fate: 'stalled', reason: 'CannotReplace' },
    });
    expect(result?.error?.message).toContain('set replace: aside');
    // Before anything is written, too.
    const { missing } = await reader.probe(new AbortController().signal);
    expect(missing.join()).toContain('set replace: aside');
    expect(text()).toBe(before);
    expect(names()).toEqual(['staff.csv']);
  });

  test('has the old one put aside where the config says so', async () => {
    const { apply, text, names } = await remoteList({
      content: before,
      posixRename,
      sftp: { replace: 'aside' },
    });
    expect(await apply([update])).toMatchObject([{ outcome: 'applied' }]);
    expect(text()).toBe(after);
    expect(names()).toEqual(['staff.csv']);
  });

  test('has one put aside where a break has left another there', async () => {
    const { apply, disk, text, names } = await remoteList({
      content: before,
      posixRename,
      sftp: { replace: 'aside' },
    });
    disk.put('/in/.staff.csv.old', 'id,name\n');
    expect(await apply([update])).toMatchObject([{ outcome: 'applied' }]);
    expect(text()).toBe(after);
    expect(names()).toEqual(['staff.csv']);
  });

  test('gets the old one back when the new one is refused', async () => {
    const list = await remoteList({ content: before, posixRename, sftp: { replace: 'aside' } });
    // The first is refused as the name is taken; the second puts aside.
    list.server.fail(
      ({ operation, path }) => operation === 'rename' && path === remote,
      { kind: 'status', status: 3 },
      { skip: 1 },
    );

    expect(await list.apply([update])).toMatchObject([{ outcome: 'not-sent', error: { fate: 'stalled' } }]);

    expect(list.text()).toBe(before);
    expect(list.names()).toEqual(['staff.csv']);
  });

  test('whose connection breaks in between still has the list, for us, and gets the next one', async () => {
    const list = await remoteList({ content: before, posixRename, sftp: { replace: 'aside' } });
    list.server.fail(
      ({ operation, path }) => operation === 'rename' && path === remote,
      { kind: 'reset' },
      { skip: 1 },
    );
    expect(await list.apply([update])).toMatchObject([{ outcome: 'unknown' }]);
    expect(list.text()).toBeUndefined();

    expect((await list.read()).rows).toHaveLength(2);
    expect(await list.resolve(update)).toBe('not-done');
    expect(await list.apply([update])).toMatchObject([{ outcome: 'applied' }]);

    expect(list.text()).toBe(after);
    expect(list.names().filter((name) => name.endsWith('.old'))).toEqual([]);
  });
});

describe('what goes wrong while a list is written', () => {
  test.each([
    { name: 'the disk is full', cause: ({ disk }: { disk: Disk }) => void (disk.quota = 1.8 * long.length) },
    { name: 'the folder cannot be written', cause: ({ disk }: { disk: Disk }) => disk.readOnly.add('/in') },
  ])('$name: nothing is replaced, and nothing is left', async ({ cause }) => {
    const list = await remoteList({ content: long });
    cause(list);

    expect(await list.apply([update])).toMatchObject([{ outcome: 'not-sent' }]);

    expect(list.text()).toBe(long);
    expect(list.names()).toEqual(['staff.csv']);
  });

  test.each([
    { operation: 'open', skip: 1, outcome: 'not-sent', became: 'not-done', text: before },
    { operation: 'write', skip: 0, outcome: 'not-sent', became: 'not-done', text: before },
    { operation: 'replace', skip: 0, outcome: 'unknown', became: 'not-done', text: before },
  ] as const)('the server breaks off before $operation: $outcome, then $became', async (row) => {
    const list = await remoteList({ content: before });
    list.server.fail(row.operation, { kind: 'reset' }, { skip: row.skip });

    expect(await list.apply([update])).toMatchObject([
      { outcome: row.outcome, error: { fate: expect.not.stringMatching('stalled') as string } },
    ]);

    expect(list.text()).toBe(row.text);
    expect(await list.resolve(update)).toBe(row.became);
  });

  test('the answer is lost after it was replaced: unknown, and by looking it is done', async () => {
    const list = await remoteList({ content: before });
    list.server.fail('replace', { kind: 'lost' });

    expect(await list.apply([update, create])).toMatchObject([
      { outcome: 'unknown' },
      { outcome: 'unknown' },
    ]);

    expect(await list.resolve(update)).toBe('done');
    expect(await list.resolve(create)).toBe('done');
  });

  test.each([
    {
      name: 'by a list of the same length in the same second',
      change: (disk: Disk) => disk.put(remote, theirs),
      left: theirs,
    },
    { name: 'by nothing', change: (disk: Disk) => disk.remove(remote), left: undefined },
  ])('somebody replaces it $name: theirs stays, and ours waits', async ({ change, left }) => {
    const list = await remoteList({ content: before });
    list.server.fail('write', { kind: 'meanwhile', happens: change });

    expect(await list.apply([update])).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'FileChanged', fate: 'waiting' } },
    ]);

    expect(list.text()).toBe(left);
  });

  test('somebody makes it while we do: theirs stays', async () => {
    const list = await remoteList();
    list.server.fail('write', { kind: 'meanwhile', happens: (disk) => disk.put(remote, theirs) });
    expect(await list.apply([create])).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'FileChanged' } },
    ]);
    expect(list.text()).toBe(theirs);
  });

  test('it is gone or another right after: only looking tells', async () => {
    const taken = await remoteList({ content: before });
    taken.disk.takes = (path) => path === remote;
    expect(await taken.apply([update])).toMatchObject([
      { outcome: 'unknown', error: { reason: 'FileTaken' } },
    ]);

    const changed = await remoteList({ content: before });
    changed.server.fail(({ operation }) => operation === 'stat' && changed.text() === after, {
      kind: 'meanwhile',
      happens: (disk) => disk.put(remote, `${after}3,Eve,yes\n`),
    });
    expect(await changed.apply([update])).toMatchObject([
      { outcome: 'unknown', error: { reason: 'FileChanged' } },
    ]);
    expect(await changed.resolve(update)).toBe('done');
  });

  test('it arrives by half: it is not put in its place', async () => {
    const list = await remoteList({ content: before });
    list.server.fail('fstat', {
      kind: 'meanwhile',
      happens: (disk) => {
        for (const [path, file] of disk.files) if (path !== remote) file.bytes = file.bytes.subarray(0, 9);
      },
    });
    expect(await list.apply([update])).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'UploadCut' } },
    ]);
    expect(list.text()).toBe(before);
    expect(list.names()).toEqual(['staff.csv']);
  });

  test('the pass is called off: the list is as it was', async () => {
    const list = await remoteList({ content: before });
    const stop = new AbortController();
    list.server.fail('write', { kind: 'meanwhile', happens: () => stop.abort(new Error('called off')) });
    expect(await list.apply([update], stop.signal)).toMatchObject([
      { outcome: 'not-sent', error: { reason: 'Stopped' } },
    ]);
    expect(list.text()).toBe(before);
  });
});
