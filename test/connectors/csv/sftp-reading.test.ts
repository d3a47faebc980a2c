import { describe, expect, test } from 'vitest';
import { remote, remoteList, type RemoteOptions } from './remote-list.ts';

const two = 'id,name\n1,Ada\n2,Grace\n';
const source: RemoteOptions = { content: two, table: {} };

/** Another list of the same length, in the same second. */
const other = 'id,name\n3,Kit\n4,Katia\n';

describe('a list on a server', () => {
  test('is read whole, however long it is, and is as old as the server says', async () => {
    const name = 'Kanarie '.repeat(100);
    const people = Array.from({ length: 1000 }, (_, id) => `${String(id)},${name}${String(id)}\n`);
    const { read } = await remoteList({ content: `id,name\n${people.join('')}`, table: {} });

    const { rows, receipt } = await read();

    expect(rows).toHaveLength(1000);
    expect(rows.at(-1)?.values).toEqual(['999', `${name}999`]);
    expect(receipt).toMatchObject({ records: 1000, asOf: '2026-11-20T08:00:00.000Z' });
  });

  test('is read whole from a server that gives little at a time', async () => {
    const list = await remoteList(source);
    list.disk.mostAtOnce = 5;
    expect((await list.read()).rows.map(({ id }) => id)).toEqual(['1', '2']);
  });

  test('is read again after the server has ended the session', async () => {
    const { read, server } = await remoteList(source);
    await read();
    server.dropEverybody();
    await new Promise((resolve) => setImmediate(resolve));

    const again = await read().catch(async () => await read());

    expect(again.rows).toHaveLength(2);
    expect(server.logins).toBe(2);
  });
});

describe('what is no list yet is not read', () => {
  test.each<RemoteOptions & { readonly name: string; readonly says: RegExp }>([
    {
      name: 'one that grows between two looks',
      settling: ({ disk }) => disk.put(remote, `${two}3,Kit\n`),
      says: /is still being written/,
    },
    {
      name: 'one that another takes the place of',
      settling: ({ disk }) => {
        disk.now += 1000;
        disk.put(remote, two);
      },
      says: /is still being written/,
    },
    {
      name: 'one that is taken away',
      settling: ({ disk }) => disk.remove(remote),
      says: /is not on the server/,
    },
    {
      name: 'one whose upload broke off within its last line',
      content: `${two}3,K`,
      says: /ends within a line/,
    },
    { name: 'one without its marker', sftp: { marker: '.done' }, says: /has no marker ".done"/ },
    { name: 'a folder', sftp: { path: '/in' }, says: /is a folder/ },
    { name: 'one that is not there', sftp: { path: '/in/x.csv' }, says: /is not on the server/ },
  ])('$name', async ({ says, ...options }) => {
    const { read } = await remoteList({ ...source, ...options });
    await expect(read()).rejects.toThrow(says);
  });

  test.each<RemoteOptions>([{ sftp: { lastLineEnds: false } }, { sftp: { marker: '.done' } }])(
    'the last line may lack its end with $sftp',
    async (options) => {
      const { read, disk } = await remoteList({ ...source, ...options, content: two.trimEnd() });
      disk.put(`${remote}.done`, '');
      expect((await read()).rows).toHaveLength(2);
    },
  );

  test('one whose marker is of an earlier one, until there is one as new as it is', async () => {
    const { read, disk } = await remoteList({ ...source, sftp: { marker: '.done' } });
    disk.put(`${remote}.done`, '');
    disk.now += 1000;
    disk.put(remote, two);
    await expect(read()).rejects.toMatchObject({ reason: 'NotMarked', fate: 'waiting' });

    disk.put(`${remote}.done`, '');

    expect((await read()).rows).toHaveLength(2);
  });

  test.each([
    { name: 'one that changes while it is read', becomes: `${two}3,Kit\n` },
    { name: 'one that is the same in length and time, and holds something else', becomes: other },
  ])('$name', async ({ becomes }) => {
    const { read, server } = await remoteList(source);
    server.fail('read', { kind: 'meanwhile', happens: (disk) => disk.put(remote, becomes) });
    await expect(read()).rejects.toMatchObject({ reason: 'FileChanged', fate: 'waiting' });
  });

  test('one of which the server tells neither size nor time', async () => {
    const { read, disk } = await remoteList(source);
    disk.tellsFacts = false;
    await expect(read()).rejects.toMatchObject({ reason: 'NotSupported', fate: 'stalled' });
  });

  test('one that becomes shorter while it is read', async () => {
    const { read, server } = await remoteList(source);
    server.fail('read', {
      kind: 'meanwhile',
      happens: ({ files }) => {
        const file = files.get(remote);
        if (file !== undefined) file.bytes = file.bytes.subarray(0, 14);
      },
    });
    await expect(read()).rejects.toMatchObject({ reason: 'FileChanged' });
  });

  test.each([
    { name: 'refuses to look', operation: 'stat', status: 4, fate: 'waiting' },
    { name: 'lets nobody look', operation: 'stat', status: 3, fate: 'stalled' },
    { name: 'refuses to open', operation: 'open', status: 4, fate: 'waiting' },
    { name: 'lets nobody open', operation: 'open', status: 3, fate: 'stalled' },
    { name: 'refuses to go on', operation: 'read', status: 5, fate: 'waiting' },
  ] as const)(
    'a server that $name: $fate, also where the list may be new',
    async ({ operation, status, fate }) => {
      const { read, server } = await remoteList({ content: two });
      server.fail(operation, { kind: 'status', status });
      await expect(read()).rejects.toMatchObject({
        fate,
        message: expect.stringContaining(remote) as string,
      });
    },
  );

  test.each([
    { operation: 'stat', kind: 'reset' },
    { operation: 'stat', kind: 'garbage' },
    { operation: 'open', kind: 'reset' },
    { operation: 'read', kind: 'reset' },
    { operation: 'read', kind: 'garbage' },
  ] as const)(
    'one whose server breaks off ($kind) at $operation, and then whole',
    async ({ operation, kind }) => {
      const { read, server } = await remoteList(source);
      server.fail(operation, { kind });

      await expect(read()).rejects.toMatchObject({ fate: 'waiting', reason: 'Unreachable' });

      expect((await read()).rows).toHaveLength(2);
    },
  );
});

describe('a test of the connection', () => {
  test('says that a server was not reached, and not that something is missing of its file', async () => {
    const { server, reader } = await remoteList(source);
    await server.close();
    await expect(reader.probe(new AbortController().signal)).rejects.toMatchObject({ reason: 'Unreachable' });
  });

  test('says what is missing where the server was reached', async () => {
    const { reader } = await remoteList({ table: {} });
    const { missing } = await reader.probe(new AbortController().signal);
    expect(missing).toEqual([expect.stringContaining(`${remote} is not on the server`)]);
  });
});

test('a break is told as what could not be done', async () => {
  const { server, read } = await remoteList(source);
  server.fail('read', { kind: 'reset' });
  await expect(read()).rejects.toThrow(`${remote} cannot be opened: the SFTP server went away`);
});
