import { Stalled } from '../../model/error.ts';
import { SftpRefusal, status, type SftpPlace } from './refusals.ts';
import type { SftpConfig } from './schema.ts';
import type { SftpSession, Task } from './session.ts';

/** Where the old file lies while the new one takes its name, and the list with it: beside, under a name of its own. */
export function asideOf(path: string): string {
  const end = path.lastIndexOf('/') + 1;
  return `${path.slice(0, end)}.${path.slice(end)}.old`;
}

/**
 * Gives a complete file the name of the one that it replaces. In one step where the server has posix-rename@openssh.com;
 * version 3 of SFTP by itself refuses a name that is taken. Then the old one is put aside first, if the config allows that
 * there is none of this name for a moment: whoever reads as we do takes the one aside for the list as long as that lasts.
 */
export async function putInPlace(
  session: SftpSession,
  names: { readonly from: string; readonly to: string },
  replace: SftpConfig['replace'],
  task: Task,
): Promise<void> {
  const { from, to } = names;
  const atOnce = await refusalOf(session.replace(from, to, task));
  if (atOnce === undefined) return;
  if (atOnce.status !== status.unsupported) throw atOnce;
  const plain = await refusalOf(session.rename(from, to, task));
  if (plain === undefined) return;
  if ((await session.look(to, task)) === undefined) throw plain;
  if (replace === 'atomic') throw cannotReplace(task.place);
  const aside = asideOf(to);
  // What an earlier try has left there was replaced since.
  if ((await session.look(aside, task)) !== undefined) await session.remove(aside, task);
  await session.rename(to, aside, task);
  try {
    await session.rename(from, to, task);
  } catch (error) {
    if (error instanceof SftpRefusal) await session.rename(aside, to, task);
    throw error;
  }
  await session.remove(aside, task).catch(() => {});
}

async function refusalOf(attempt: Promise<void>): Promise<SftpRefusal | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (error instanceof SftpRefusal) return error;
    throw error;
  }
}

/** Of a server that knows only what version 3 of SFTP has. */
export function cannotReplace({ connection, file }: SftpPlace): Stalled {
  const message =
    `connection ${connection}: ${file} cannot be replaced in one step, as its SFTP server does not offer posix-rename@openssh.com; ` +
    'set replace: aside where nobody minds that there is none of this name for a moment';
  return new Stalled('CannotReplace', message, { connection });
}
