import { createHash, type Hash } from 'node:crypto';
import type { Waiting } from '../../model/error.ts';
import type { ConnectorContext } from '../connector.ts';
import { contentOf, digestOf } from '../sftp/content.ts';
import { cannotReplace } from '../sftp/put-in-place.ts';
import { faultOf, SftpRefusal } from '../sftp/refusals.ts';
import type { SftpConfig } from '../sftp/schema.ts';
import { SftpServer } from '../sftp/server.ts';
import type { SftpSession, Task } from '../sftp/session.ts';
import { upload } from '../sftp/upload.ts';
import type { FileLocation, FoundFile, Published } from './location.ts';
import { broken, type Place } from './place.ts';
import { isSame, lookAt, settledLook, stampOf, type Look, type Looking } from './sftp-look.ts';

/**
 * A file on an SFTP server. Version 3 of the protocol tells a file's size and the second of its last change, and nothing
 * by which a file that took another's place is told: what counts is compared by digest.
 */
export class SftpFile implements FileLocation {
  readonly place: Place;
  readonly #config: SftpConfig;
  readonly #context: ConnectorContext;
  readonly #isToBeWritten: boolean;
  readonly #looking: Looking;
  readonly #server: SftpServer;
  /** What was last read to its end, or written. */
  #known: { readonly stamp: string; readonly digest: string } | undefined;

  /** Where it is to be written, the marker is ours, for others to wait for. */
  constructor(config: SftpConfig, context: ConnectorContext, isToBeWritten: boolean) {
    this.place = { connection: context.connection, file: config.path };
    this.#config = config;
    this.#context = context;
    this.#isToBeWritten = isToBeWritten;
    const { marker } = config;
    const { clock } = context;
    this.#looking = { config, place: this.place, clock, marker: isToBeWritten ? undefined : marker };
    this.#server = new SftpServer(config, context);
  }

  async stamp(signal: AbortSignal): Promise<string> {
    return await this.#with(signal, 'cannot be looked at', async (session, task) => {
      const found = await lookAt(session, this.#looking, task);
      return found === undefined ? 'none' : stampOf(found.facts);
    });
  }

  async open(signal: AbortSignal): Promise<FoundFile> {
    return await this.#with(signal, 'cannot be opened', async (session, task) => {
      const look = await settledLook(session, this.#looking, task);
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
      const before = await lookAt(session, this.#looking, task);
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

  async lacking(signal: AbortSignal): Promise<readonly string[]> {
    if (!this.#isToBeWritten || this.#config.replace === 'aside') return [];
    const { offersReplace } = await this.#server.session(signal);
    return offersReplace ? [] : [cannotReplace(this.place).message];
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  async *#bytes(
    content: AsyncIterable<Buffer>,
    { facts, markedMs }: Look,
    hash: Hash,
  ): AsyncGenerator<Buffer> {
    let length = 0;
    let last: number | undefined;
    try {
      for await (const block of content) {
        length += block.length;
        last = block.at(-1);
        hash.update(block);
        yield block;
      }
    } catch (error) {
      throw this.#faultOf(error, 'cannot be read to its end');
    }
    if (length < facts.size) throw broken(this.place, 'FileChanged', 'became shorter while it was read');
    // An upload that broke off for good stays as it is: most of them end within a line.
    if (this.#config.lastLineEnds && markedMs === undefined && last !== lineFeed && last !== carriageReturn) {
      throw broken(
        this.place,
        'FileCut',
        'ends within a line: its upload may have broken off. Set lastLineEnds: false where the export leaves the last line end out',
      );
    }
    this.#known = { stamp: stampOf(facts), digest: hash.copy().digest('base64') };
  }

  /** One that has its old size and time again may hold something else: it is read a second time. */
  async #checkUnchanged(look: Look, digest: string, signal: AbortSignal): Promise<void> {
    await this.#with(signal, 'cannot be read', async (session, task) => {
      const now = await lookAt(session, this.#looking, task);
      const isAsItWas =
        now !== undefined &&
        isSame(look, now) &&
        (await digestOf(session, now.path, now.facts.size, task)) === digest;
      if (!isAsItWas) throw broken(this.place, 'FileChanged', 'changed while it was read');
    });
  }

  async #isStill(stamp: string, session: SftpSession, task: Task): Promise<boolean> {
    const now = await lookAt(session, this.#looking, task);
    if (now === undefined) return stamp === 'none';
    if (stampOf(now.facts) !== stamp || this.#known?.stamp !== stamp) return false;
    return (await digestOf(session, now.path, now.facts.size, task)) === this.#known.digest;
  }

  #gone(): Waiting {
    const what =
      'is not there any more right after it was written: somebody takes it away. A list that does not stay is no target; deliver copies of one that does (write.deliver)';
    return broken(this.place, 'FileTaken', what);
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

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
