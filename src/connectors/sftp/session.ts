import type SftpClient from 'ssh2-sftp-client';
import { deadline } from '../../http/deadline.ts';
import { noAnswer, SftpRefusal, status, type SftpPlace } from './refusals.ts';

type Wrapper = Awaited<ReturnType<SftpClient['connect']>>;

type Done<Answer> = (error: Error | null | undefined, answer?: Answer) => void;

/** What is asked of a server: where, in words for messages, and until when. */
export interface Task {
  readonly place: SftpPlace;
  /** Half a sentence: `was read`. */
  readonly what: string;
  readonly signal: AbortSignal;
}

/** What a server tells of a file. Version 3 of SFTP has seconds, and no number that stays with a file. */
export interface FileFacts {
  readonly size: number;
  readonly modifiedMs: number;
  /** Rights, where the server tells them. */
  readonly mode: number | undefined;
  readonly isFolder: boolean;
}

export type Handle = Buffer;

/** How long a server may take for one answer. */
const answerMs = 60_000;

/**
 * One login. The library's own calls are used below its promises, which take several refusals for `no such file`; here
 * each keeps its status (`SftpRefusal`). An answer that does not come, or makes no sense, ends the session, and is
 * `LostAnswer` where a file was to get another name, else `Waiting`.
 */
export class SftpSession {
  readonly #client: SftpClient;
  readonly #sftp: Wrapper;
  #isOpen = true;

  constructor(client: SftpClient, sftp: Wrapper) {
    this.#client = client;
    this.#sftp = sftp;
    const end = () => void (this.#isOpen = false);
    for (const event of ['close', 'end', 'error']) client.on(event, end);
    // Packets that make no sense: without a listener they would end the process.
    sftp.on('error', end);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the server has told that it knows posix-rename@openssh.com. The library keeps that to itself. */
  get offersReplace(): boolean {
    const { _extensions: told } = this.#sftp as unknown as {
      readonly _extensions?: Readonly<Record<string, unknown>>;
    };
    return told === undefined || Object.hasOwn(told, 'posix-rename@openssh.com');
  }

  /** `undefined` where there is no such file. */
  async look(path: string, task: Task): Promise<FileFacts | undefined> {
    try {
      return factsOf(await this.#safe(task, (sftp, done: Done<Stats>) => sftp.stat(path, done)));
    } catch (error) {
      if (error instanceof SftpRefusal && error.status === status.noSuchFile) return undefined;
      throw error;
    }
  }

  async facts(handle: Handle, task: Task): Promise<FileFacts> {
    return factsOf(await this.#safe(task, (sftp, done: Done<Stats>) => sftp.fstat(handle, done)));
  }

  async open(path: string, task: Task): Promise<Handle> {
    return await this.#safe(task, (sftp, done: Done<Handle>) => sftp.open(path, 'r', done));
  }

  /** How many bytes came; 0 at the end of the file. */
  async read(handle: Handle, into: Buffer, position: number, task: Task): Promise<number> {
    try {
      return await this.#safe(task, (sftp, done: Done<number>) =>
        sftp.read(handle, into, 0, into.length, position, done),
      );
    } catch (error) {
      if (error instanceof SftpRefusal && error.status === status.eof) return 0;
      throw error;
    }
  }

  async names(folder: string, task: Task): Promise<readonly string[]> {
    const list = await this.#safe(task, (sftp, done: Done<readonly { readonly filename: string }[]>) =>
      sftp.readdir(folder, done),
    );
    return list.map(({ filename }) => filename);
  }

  /** Of a file that must not be there yet, or may be. */
  async make(
    path: string,
    how: { readonly mayBeThere: boolean; readonly mode?: number },
    task: Task,
  ): Promise<Handle> {
    const attributes = how.mode === undefined ? {} : { mode: how.mode };
    const flags = how.mayBeThere ? 'w' : 'wx';
    return await this.#safe(task, (sftp, done: Done<Handle>) => sftp.open(path, flags, attributes, done));
  }

  async write(handle: Handle, bytes: Buffer, position: number, task: Task): Promise<void> {
    await this.#safe(task, (sftp, done) => sftp.write(handle, bytes, 0, bytes.length, position, done));
  }

  async setMode(handle: Handle, mode: number, task: Task): Promise<void> {
    await this.#safe(task, (sftp, done) => sftp.fchmod(handle, mode, done));
  }

  /** The extension fsync@openssh.com. */
  async sync(handle: Handle, task: Task): Promise<void> {
    await this.#safe(
      task,
      offered((sftp, done) => sftp.ext_openssh_fsync(handle, done)),
    );
  }

  async close(handle: Handle, task: Task): Promise<void> {
    await this.#safe(task, (sftp, done) => sftp.close(handle, done));
  }

  /** Of version 3: refused where the new name is taken. */
  async rename(from: string, to: string, task: Task): Promise<void> {
    await this.#move(task, (sftp, done) => sftp.rename(from, to, done));
  }

  /** The extension posix-rename@openssh.com: takes the place of what has the new name, as a whole. */
  async replace(from: string, to: string, task: Task): Promise<void> {
    await this.#move(
      task,
      offered((sftp, done) => sftp.ext_openssh_rename(from, to, done)),
    );
  }

  async remove(path: string, task: Task): Promise<void> {
    await this.#safe(task, (sftp, done) => sftp.unlink(path, done));
  }

  async end(): Promise<void> {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    // A server that is gone already says nothing more.
    if (wasOpen) await this.#client.end().catch(() => {});
  }

  /** What may be cut off at any moment: it reads, or it writes what is in nobody's place yet. */
  async #safe<Answer>(task: Task, call: Call<Answer>): Promise<Answer> {
    return await this.#ask(task, call, false);
  }

  /** What changes which file has a name. */
  async #move(task: Task, call: Call<void>): Promise<void> {
    await this.#ask(task, call, true);
  }

  async #ask<Answer>({ place, what, signal }: Task, call: Call<Answer>, isMove: boolean): Promise<Answer> {
    signal.throwIfAborted();
    if (!this.#isOpen) throw noAnswer(place, what, undefined, false);
    using limit = deadline(isMove ? 'once' : 'read', answerMs, signal);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        limit.signal.addEventListener('abort', () => reject(limit.signal.reason as Error), { once: true });
        call(this.#sftp, (error, answer) => {
          if (error === undefined || error === null) resolve(answer as Answer);
          else reject(error);
        });
      });
    } catch (error) {
      if (error instanceof SftpRefusal) throw error;
      const { code } = error as { readonly code?: unknown };
      if (typeof code === 'number') throw new SftpRefusal(code);
      void this.end();
      if (signal.aborted && !isMove) throw signal.reason;
      throw noAnswer(place, what, error, isMove);
    }
  }
}

type Call<Answer> = (sftp: Wrapper, done: Done<Answer>) => void;

interface Stats {
  readonly size?: number;
  readonly mtime?: number;
  readonly mode?: number;
  isDirectory(): boolean;
}

/** The library throws at once where the server has not told that it knows an extension. */
function offered(call: Call<void>): Call<void> {
  return (sftp, done) => {
    try {
      call(sftp, done);
    } catch {
      done(new SftpRefusal(status.unsupported));
    }
  };
}

/** A server that leaves size and time out is refused: an upload in progress could not be told from a file. */
function factsOf(stats: Stats): FileFacts {
  const { size, mtime, mode } = stats;
  if (size === undefined || mtime === undefined) throw new SftpRefusal(status.unsupported);
  return {
    size,
    modifiedMs: mtime * 1000,
    mode: mode === undefined ? undefined : mode & 0o777,
    isFolder: stats.isDirectory(),
  };
}
