import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canary } from '../../contract/subject.ts';
import { SftpVendor } from '../../vendors/sftp/server.ts';

/** A list somewhere, and what of a connection leads there. */
export interface ListPlace {
  readonly config: object;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where a local list lies. */
  readonly file: string;
  write(content: string | Buffer): Promise<void>;
  read(): Promise<Buffer>;
  remove(): Promise<void>;
  stop(): Promise<void>;
}

export async function localPlace(): Promise<ListPlace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-csv-'));
  const file = path.join(folder, 'people.csv');
  return {
    config: { file: 'people.csv' },
    secrets: {},
    file,
    write: (content) => writeFile(file, content),
    read: () => readFile(file),
    remove: () => rm(file),
    stop: () => rm(folder, { recursive: true }),
  };
}

export async function sftpPlace(): Promise<ListPlace & { readonly server: SftpVendor }> {
  const server = await SftpVendor.start({ password: canary });
  const remote = '/in/people.csv';
  return {
    server,
    config: sftpConfig(server, remote),
    secrets: { password: canary },
    file: '',
    write: (content) => {
      // A second later than whatever was there.
      server.disk.now += 1000;
      server.disk.put(remote, content);
      return Promise.resolve();
    },
    read: () => Promise.resolve(server.disk.files.get(remote)?.bytes ?? Buffer.alloc(0)),
    remove: () => Promise.resolve(void server.disk.files.delete(remote)),
    stop: () => server.close(),
  };
}

export function sftpConfig(server: SftpVendor, remote: string, more: object = {}): object {
  const { port, fingerprint } = server;
  return { sftp: { host: '127.0.0.1', port, user: 'rosterd', path: remote, hostKey: fingerprint, ...more } };
}
