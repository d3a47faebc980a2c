import { createHash, type Hash } from 'node:crypto';
import { Stalled, type Waiting } from '../../model/error.ts';
import type { ConnectorContext } from '../connector.ts';
import { contentOf, digestOf } from '../sftp/content.ts';
import { asideOf } from '../sftp/put-in-place.ts';
import { faultOf, SftpRefusal } from '../sftp/refusals.ts';
import type { SftpConfig } from '../sftp/schema.ts';
import { SftpServer } from '../sftp/server.ts';
import type { FileFacts, SftpSession, Task } from '../sftp/session.ts';
import { upload } from '../sftp/upload.ts';
import type { FileLocation, FoundFile, Published } from './location.ts';
import { broken, where, type Place } from './place.ts';

/** A file as it was at one look. */
interface Look {
  readonly path: string;
  readonly facts: FileFacts;
  /** When the marker beside it was made, where one is asked for. */
  readonly markedMs: number | undefined;
}

/**
 * A file on an SFTP server. Version 3 of the protocol tells a file's size and the second of its last change, and nothing
 * by which a file that took another's place is told: what counts is compared by digest.
 */
export class SftpFile implements FileLocation {
  readonly place: Place;
  readonly #config: SftpConfig;
  readonly #context: ConnectorContext;
  readonly #isToBeWritten: boolean;
  readonly #server: SftpServer;
  /** What was last read to its end, or written. */
  #known: { readonly stamp: string; readonly digest: string } | undefined;

  /** Where it is to be written, the marker is ours, for others to wait for. */
  constructor(config: SftpConfig, context: ConnectorContext, isToBeWritten: boolean) {
    this.place = { connection: context.connection, file: config.path };
    this.#config = config;
    this.#context = context;
    this.#isToBeWritten = isToBeWritten;
    this.#server = new SftpServer(config, context);
  }

  async stamp(signal: AbortSignal): Promise<string> {
    return await this.#with(signal, 'cannot be looked at', async (session, task) => {
      const found = await this.#look(session, task);
      return found === undefined ? 'none' : stampOf(found.facts);
    });
  }

  async open(signal: AbortSignal): Promise<FoundFile> {
    return await this.#with(signal, 'cannot be opened', async (session, task) => {
      const look = await this.#settled(session, task);
      const handle = await session.open(look.path, task);
      const hash = createHash('sha256');
      return {
        size: look.facts.size,
        modifiedMs: look.facts.modifiedMs,
        bytes: (until) =>
          this.#bytes(contentOf(session, handle, look.facts.size, { ...task, signal: until }), look, hash),
        checkUnchanged: async (until) =>
          await this.#checkUnchanged(look, hash.copy().digest('base64'), until),
        // A handle ends with its session at the latest.
        close: async () => await session.close(handle, task).catch(() => {}),
      };
    });
  }

  async replace(bytes: Uint8Array, stamp: string, signal: AbortSignal): Promise<Published> {
    return await this.#with(signal, 'cannot be written', async (session, task) => {
      const before = await this.#look(session, task);
      const order = {
        path: this.#config.path,
        bytes,
        id: this.#context.random.id(),
        ...(before?.facts.mode === undefined ? {} : { mode: before.facts.mode }),
        mayReplace: async () => await this.#isStill(stamp, session, task),
      };
      const uploaded = await upload(session, this.#config, order, task);
      if (uploaded === 'kept') {
        const failed = broken(
          this.place,
          'FileChanged',
          'was changed by somebody else while it was to be written',
        );
        return { failed, unknown: false };
      }
      if (uploaded === 'gone') return { failed: this.#gone(), unknown: true };
      if ('failed' in uploaded) return uploaded;
      // What a break between two renames had left there was the list until now.
      if (before !== undefined && before.path !== order.path)
        await session.remove(before.path, task).catch(() => {});
      this.#known = { stamp: stampOf(uploaded.facts), digest: sha256(bytes) };
      return { stamp: this.#known.stamp };
    });
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  /** Throws `Waiting` where there is no file that is complete. */
  async #settled(session: SftpSession, task: Task): Promise<Look> {
    const first = await this.#thereNow(session, task);
    if (first.markedMs === undefined) {
      await this.#context.clock.sleep(this.#config.settleSeconds * 1000, task.signal);
    }
    const second = await this.#thereNow(session, task);
    if (isSame(first, second)) return second;
    throw broken(this.place, 'FileChanged', 'is still being written');
  }

  async #thereNow(session: SftpSession, task: Task): Promise<Look> {
    const found = await this.#look(session, task);
    if (found !== undefined) return found;
    throw broken(
      this.place,
      'FileMissing',
      'is not on the server; check config.sftp.path, or who puts it there',
    );
  }

  async #look(session: SftpSession, task: Task): Promise<Look | undefined> {
    const { path, replace, marker } = this.#config;
    const paths = replace === 'aside' ? [path, asideOf(path)] : [path];
    for (const one of paths) {
      const facts = await session.look(one, task);
      if (facts === undefined) continue;
      if (facts.isFolder) throw this.#stalled('NotAFile', 'is a folder; set config.sftp.path to a file');
      const isMarked = marker !== undefined && !this.#isToBeWritten;
      return {
        path: one,
        facts,
        markedMs: isMarked ? await this.#marked(session, facts, one + marker, task) : undefined,
      };
    }
    return undefined;
  }

  /** A marker from before the file was last written belongs to an earlier one. */
  async #marked(session: SftpSession, file: FileFacts, path: string, task: Task): Promise<number> {
    const marker = await session.look(path, task);
    if (marker !== undefined && marker.modifiedMs >= file.modifiedMs) return marker.modifiedMs;
    const what = `has no marker "${this.#config.marker ?? ''}" that is as new as it is: it is not complete yet`;
    throw broken(this.place, 'NotMarked', what);
  }

  async *#bytes(content: AsyncIterable<Buffer>, { facts }: Look, hash: Hash): AsyncGenerator<Buffer> {
    let length = 0;
    try {
      for await (const block of content) {
        length += block.length;
        hash.update(block);
        yield block;
      }
    } catch (error) {
      throw this.#faultOf(error, 'cannot be read to its end');
    }
    if (length < facts.size) throw broken(this.place, 'FileChanged', 'became shorter while it was read');
    this.#known = { stamp: stampOf(facts), digest: hash.copy().digest('base64') };
  }

  /** One that has its old size and time again may hold something else: it is read a second time. */
  async #checkUnchanged(look: Look, digest: string, signal: AbortSignal): Promise<void> {
    await this.#with(signal, 'cannot be read', async (session, task) => {
      const now = await this.#look(session, task);
      const isAsItWas =
        now !== undefined &&
        isSame(look, now) &&
        (await digestOf(session, now.path, now.facts.size, task)) === digest;
      if (!isAsItWas) throw broken(this.place, 'FileChanged', 'changed while it was read');
    });
  }

  async #isStill(stamp: string, session: SftpSession, task: Task): Promise<boolean> {
    const now = await this.#look(session, task);
    if (now === undefined) return stamp === 'none';
    if (stampOf(now.facts) !== stamp || this.#known?.stamp !== stamp) return false;
    return (await digestOf(session, now.path, now.facts.size, task)) === this.#known.digest;
  }

  #gone(): Waiting {
    const what =
      'is not there any more right after it was written: somebody takes it away. A list that does not stay is no target; deliver copies of one that does (write.deliver)';
    return broken(this.place, 'FileTaken', what);
  }

  #stalled(reason: string, what: string): Stalled {
    const { connection } = this.place;
    return new Stalled(reason, `${where(this.place)} ${what}`, { connection });
  }

  async #with<Result>(
    signal: AbortSignal,
    what: string,
    work: (session: SftpSession, task: Task) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work(await this.#server.session(signal), { place: this.place, what, signal });
    } catch (error) {
      throw this.#faultOf(error, what);
    }
  }

  #faultOf(error: unknown, what: string): unknown {
    return error instanceof SftpRefusal ? faultOf(error, this.place, what) : error;
  }
}

function stampOf({ size, modifiedMs }: FileFacts): string {
  return `${String(size)} ${String(modifiedMs)}`;
}

function isSame(one: Look, other: Look): boolean {
  const isSamePlace = one.path === other.path && one.markedMs === other.markedMs;
  return isSamePlace && stampOf(one.facts) === stampOf(other.facts);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
