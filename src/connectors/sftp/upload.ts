import { LostAnswer } from '../../http/errors.ts';
import { SyncError, Waiting } from '../../model/error.ts';
import { writeContent } from './content.ts';
import { clearLeftovers, temporaryName } from './leftovers.ts';
import { putInPlace } from './put-in-place.ts';
import { faultOf, SftpRefusal, status } from './refusals.ts';
import type { SftpConfig } from './schema.ts';
import type { FileFacts, SftpSession, Task } from './session.ts';

/** A file that is to be on a server, as a whole or not at all. */
export interface Upload {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Rights of the file; the server's own choice where it is left out. */
  readonly mode?: number;
  /** Tells what is not complete yet from what others write: unique. */
  readonly id: string;
  /** Asked last of all, with the new file complete beside; where it says no, everything is left as it is. */
  mayReplace?(): Promise<boolean>;
}

export type Uploaded =
  /** In its place, in its full length. */
  | { readonly facts: FileFacts }
  /** It was put in its place, and is not there any more. */
  | 'gone'
  /** `mayReplace` said no. */
  | 'kept'
  /** `unknown`: it may be in its place already. */
  | { readonly failed: SyncError; readonly unknown: boolean };

/**
 * Writes beside, checks the size, and puts it in its place. A break at any moment leaves the old file or the new one in its
 * place, and at worst what is not complete beside it, which a later upload clears away. Rejects only when it was called off
 * before the file was put in its place.
 */
export async function upload(
  session: SftpSession,
  config: SftpConfig,
  order: Upload,
  task: Task,
): Promise<Uploaded> {
  const temporary = temporaryName(config, order);
  try {
    await writeBeside(session, temporary, order, task);
    if ((await order.mayReplace?.()) === false) {
      await session.remove(temporary, task);
      return 'kept';
    }
    if (config.marker !== undefined) await removeIfThere(session, order.path + config.marker, task);
    await putInPlace(session, { from: temporary, to: order.path }, config.replace, task);
  } catch (error) {
    const failed = failureOf(error, task, 'cannot be written now');
    // After a lost answer the session is over; whatever was refused left the new file beside.
    if (session.isOpen) await session.remove(temporary, task).catch(() => {});
    if (failed === undefined) throw error;
    return { failed, unknown: error instanceof LostAnswer };
  }
  try {
    return await checkInPlace(session, config, order, task);
  } catch (error) {
    const failed = failureOf(error, task, 'was written, and cannot be looked at');
    return { failed: failed ?? calledOff(task), unknown: true };
  }
}

async function writeBeside(
  session: SftpSession,
  temporary: string,
  { bytes, mode }: Upload,
  task: Task,
): Promise<void> {
  const how = mode === undefined ? { mayBeThere: false } : { mayBeThere: false, mode };
  const handle = await session.make(temporary, how, task);
  try {
    await writeContent(session, handle, bytes, task);
    // Whatever the server takes away from the rights of what is made; one that does not let them be set keeps its own.
    if (mode !== undefined) await unlessRefused(session.setMode(handle, mode, task));
    await unlessRefused(session.sync(handle, task));
    const { size } = await session.facts(handle, task);
    if (size !== bytes.length) {
      const { connection, file } = task.place;
      const message = `connection ${connection}: ${file} arrived with ${String(size)} of ${String(bytes.length)} bytes; it is tried again later`;
      throw new Waiting('UploadCut', message, { connection });
    }
  } catch (error) {
    await session.close(handle, task).catch(() => {});
    throw error;
  }
  // A server may notice only now that the disk is full.
  await session.close(handle, task);
}

async function checkInPlace(
  session: SftpSession,
  config: SftpConfig,
  { path, bytes }: Upload,
  task: Task,
): Promise<Uploaded> {
  const facts = await session.look(path, task);
  if (facts !== undefined && facts.size !== bytes.length) {
    const { connection, file } = task.place;
    const message = `connection ${connection}: ${file} is another right after it was written: somebody else writes it too; it is looked at later`;
    return { failed: new Waiting('FileChanged', message, { connection }), unknown: true };
  }
  if (config.marker !== undefined) {
    await session.close(await session.make(path + config.marker, { mayBeThere: true }, task), task);
  }
  if (facts === undefined) return 'gone';
  // A server that does not let us look around is left as it is.
  await clearLeftovers(session, config, { path, modifiedMs: facts.modifiedMs }, task).catch(() => {});
  return { facts };
}

async function removeIfThere(session: SftpSession, path: string, task: Task): Promise<void> {
  try {
    await session.remove(path, task);
  } catch (error) {
    if (!(error instanceof SftpRefusal) || error.status !== status.noSuchFile) throw error;
  }
}

async function unlessRefused(attempt: Promise<void>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof SftpRefusal)) throw error;
  }
}

/** `undefined` where it was called off. */
function failureOf(error: unknown, { place }: Task, what: string): SyncError | undefined {
  if (error instanceof SftpRefusal) return faultOf(error, place, what);
  return error instanceof SyncError ? error : undefined;
}

function calledOff({ place: { connection, file } }: Task): Waiting {
  const message = `connection ${connection}: the pass was called off right after ${file} was written`;
  return new Waiting('Stopped', message, { connection });
}
