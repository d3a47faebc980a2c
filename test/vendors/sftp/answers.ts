import ssh2, { type SFTPWrapper } from 'ssh2';
import type { Disk, Stored } from './disk.ts';
import { renameNames } from './extension.ts';

const { STATUS_CODE } = ssh2.utils.sftp;

export type Operation =
  | 'stat'
  | 'open'
  | 'fstat'
  | 'read'
  | 'write'
  | 'close'
  | 'rename'
  | 'replace'
  | 'remove'
  | 'list'
  | 'chmod';

interface Handle {
  readonly path: string;
  readonly file?: Stored;
  isListed?: true;
}

/** Goes before each request is carried out: it may answer by itself, and then does not call `work`. */
export type Gate = (operation: Operation, id: number, path: string, work: () => void) => void;

/** Answers the requests of one session from the disk. */
export function answerFrom(disk: Disk, sftp: SFTPWrapper, gate: Gate, posixRename: boolean): void {
  const handles = new Map<string, Handle>();
  const open = (id: number, handle: Handle) => {
    const name = String(handles.size + 1);
    handles.set(name, handle);
    sftp.handle(id, Buffer.from(name));
  };
  const of = (name: Buffer): Handle => handles.get(name.toString()) ?? { path: '' };
  const look = (id: number, path: string, file: Stored | undefined) => {
    if (file !== undefined)
      sftp.attrs(id, disk.tellsFacts ? attributesOf(file) : ({} as ReturnType<typeof attributesOf>));
    else if (disk.folders.has(path)) sftp.attrs(id, folderAttributes);
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  };
  sftp.on('STAT', (id, path) => gate('stat', id, path, () => look(id, path, disk.files.get(path))));
  sftp.on('FSTAT', (id, name) => gate('fstat', id, of(name).path, () => look(id, '', of(name).file)));
  sftp.on('OPEN', (id, path, flags, { mode }) =>
    gate('open', id, path, () => {
      const file = disk.open(path, flags, mode);
      if (typeof file === 'number') sftp.status(id, file);
      else open(id, { path, file });
    }),
  );
  sftp.on('READ', (id, name, offset, length) =>
    gate('read', id, of(name).path, () => {
      const bytes =
        of(name).file?.bytes.subarray(offset, offset + Math.min(length, disk.mostAtOnce)) ?? Buffer.alloc(0);
      if (bytes.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, bytes);
    }),
  );
  sftp.on('WRITE', (id, name, offset, data) =>
    gate('write', id, of(name).path, () => {
      const { file } = of(name);
      sftp.status(id, file === undefined ? STATUS_CODE.FAILURE : disk.write(file, offset, data));
    }),
  );
  sftp.on('FSETSTAT', (id, name, { mode }) =>
    gate('chmod', id, of(name).path, () => {
      const { file } = of(name);
      if (file !== undefined && mode !== undefined) file.mode = mode & 0o777;
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on('CLOSE', (id, name) => gate('close', id, of(name).path, () => sftp.status(id, STATUS_CODE.OK)));
  sftp.on('REMOVE', (id, path) => gate('remove', id, path, () => sftp.status(id, disk.remove(path))));
  sftp.on('RENAME', (id, from, to) =>
    gate('rename', id, to, () => sftp.status(id, disk.rename(from, to, false))),
  );
  sftp.on('EXTENDED', (id, extension, data) => {
    const names = posixRename ? renameNames(extension, data) : undefined;
    if (names === undefined) sftp.status(id, STATUS_CODE.OP_UNSUPPORTED);
    else gate('replace', id, names.to, () => sftp.status(id, disk.rename(names.from, names.to, true)));
  });
  sftp.on('OPENDIR', (id, path) => {
    const folder = path.replace(/\/$/, '');
    gate('list', id, folder, () => {
      if (disk.folders.has(folder)) open(id, { path: folder });
      else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    });
  });
  sftp.on('READDIR', (id, name) => {
    const handle = of(name);
    if (handle.isListed) {
      sftp.status(id, STATUS_CODE.EOF);
      return;
    }
    handle.isListed = true;
    const entries = disk.list(handle.path);
    sftp.name(
      id,
      entries.map(([filename, file]) => ({ filename, longname: filename, attrs: attributesOf(file) })),
    );
  });
}

function attributesOf({ bytes, modifiedMs, mode }: Stored) {
  const seconds = modifiedMs / 1000;
  return { mode: 0o100000 | mode, uid: 1000, gid: 1000, size: bytes.length, atime: seconds, mtime: seconds };
}

const folderAttributes = { mode: 0o040755, uid: 1000, gid: 1000, size: 0, atime: 0, mtime: 0 };
