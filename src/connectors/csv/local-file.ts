import { open, type FileHandle } from 'node:fs/promises';
import { Stalled } from '../../model/error.ts';
import type { ConnectorContext } from '../connector.ts';
import type { FileLocation, FoundFile, Published } from './location.ts';
import { broken, placeOf, where, type FileName, type Place } from './place.ts';
import { publish, stampOf } from './publish.ts';

/** A file of this machine, as far as the operator allows. */
export class LocalFile implements FileLocation {
  readonly place: Place;
  readonly #file: FileName;
  readonly #context: ConnectorContext;
  readonly #isToBeWritten: boolean;

  /** What is to be written must be allowed to be, also where it is only read: a plan says so before anything is tried. */
  constructor(file: FileName, context: ConnectorContext, isToBeWritten: boolean) {
    this.#file = file;
    this.#context = context;
    this.#isToBeWritten = isToBeWritten;
    this.place = placeOf(context.connection, file);
  }

  async stamp(): Promise<string> {
    return await stampOf(this.#path());
  }

  async open(): Promise<FoundFile> {
    const { place } = this;
    const handle = await openHandle(this.#path(), place);
    try {
      const stats = await handle.stat();
      if (!stats.isFile())
        throw new Stalled('NotAFile', `${where(place)} is not a file; set config.file to one`, place);
      return {
        size: stats.size,
        modifiedMs: stats.mtimeMs,
        bytes: (signal) => readChunks(handle, signal),
        checkUnchanged: async () => {
          const now = await handle.stat();
          if (now.size === stats.size && now.mtimeMs === stats.mtimeMs) return;
          throw broken(place, 'FileChanged', 'changed while it was read');
        },
        close: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async replace(bytes: Uint8Array, stamp: string): Promise<Published> {
    return await publish(this.#path(), bytes, stamp, this.place);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #path(): string {
    return this.#isToBeWritten ? this.#context.filesToWrite(this.#file) : this.#context.files(this.#file);
  }
}

async function openHandle(path: string, place: Place): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    const message = `${where(place)} cannot be opened (${code}); check config.file and the rights of the file`;
    throw new Stalled('FileUnreadable', message, place);
  }
}

const chunkBytes = 256 * 1024;

async function* readChunks(handle: FileHandle, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    signal.throwIfAborted();
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
