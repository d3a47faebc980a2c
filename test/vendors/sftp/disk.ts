import ssh2 from 'ssh2';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** A file as it lies on a disk: who has it open keeps it, also when another takes its name. */
export interface Stored {
  bytes: Buffer;
  modifiedMs: number;
  mode: number;
}

/** The files of a server, in memory. What it refuses is answered with a status of the protocol, as servers do. */
export class Disk {
  readonly files = new Map<string, Stored>();
  readonly folders = new Set<string>(['/in']);
  /** Folders in which nothing can be made. */
  readonly readOnly = new Set<string>();
  /** Of the server's own clock (ms). */
  now = Date.parse('2026-11-20T08:00:00Z');
  /** Bytes that fit. */
  quota = Number.POSITIVE_INFINITY;
  /** Bytes that are given for one request, however many are asked for. */
  mostAtOnce = Number.POSITIVE_INFINITY;
  /** Whether size, time and rights of a file are told, each of which version 3 of SFTP leaves to the server. */
  tellsFacts = true;
  /** Files of these names are taken away by a receiver as soon as they are there. */
  takes: (path: string) => boolean = () => false;
  readonly taken: Stored[] = [];

  put(path: string, content: string | Buffer, mode = 0o640): Stored {
    const file = { bytes: Buffer.from(content), modifiedMs: this.#second(), mode };
    this.files.set(path, file);
    return file;
  }

  text(path: string): string | undefined {
    return this.files.get(path)?.bytes.toString('utf8');
  }

  /** A file that is opened, or the status with which that is refused. */
  open(path: string, flags: number, mode = 0o666): Stored | number {
    const there = this.files.get(path);
    if ((flags & OPEN_MODE.WRITE) === 0) return there ?? STATUS_CODE.NO_SUCH_FILE;
    if (!this.folders.has(folderOf(path))) return STATUS_CODE.NO_SUCH_FILE;
    if (this.readOnly.has(folderOf(path))) return STATUS_CODE.PERMISSION_DENIED;
    if (there !== undefined && (flags & OPEN_MODE.EXCL) !== 0) return STATUS_CODE.FAILURE;
    // The server takes rights away from what is made: its umask.
    return this.put(path, '', mode & 0o755);
  }

  write(file: Stored, offset: number, data: Buffer): number {
    const used = [...this.files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (used + data.length > this.quota) return STATUS_CODE.FAILURE;
    const bytes = Buffer.alloc(Math.max(file.bytes.length, offset + data.length));
    file.bytes.copy(bytes);
    data.copy(bytes, offset);
    file.bytes = bytes;
    file.modifiedMs = this.#second();
    return STATUS_CODE.OK;
  }

  remove(path: string): number {
    return this.files.delete(path) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE;
  }

  /** Version 3 of SFTP refuses a name that is taken; POSIX lets the one take the place of the other. */
  rename(from: string, to: string, replaces: boolean): number {
    const file = this.files.get(from);
    if (file === undefined) return STATUS_CODE.NO_SUCH_FILE;
    if (!replaces && this.files.has(to)) return STATUS_CODE.FAILURE;
    this.files.delete(from);
    this.files.set(to, file);
    if (this.takes(to)) {
      this.files.delete(to);
      this.taken.push(file);
    }
    return STATUS_CODE.OK;
  }

  /** Files in a folder: name and content. */
  list(folder: string): readonly (readonly [string, Stored])[] {
    const found = [...this.files].filter(([path]) => folderOf(path) === folder);
    return found.map(([path, file]) => [path.slice(folder.length + 1), file]);
  }

  /** In whole seconds, as SFTP tells it. */
  #second(): number {
    return Math.floor(this.now / 1000) * 1000;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
