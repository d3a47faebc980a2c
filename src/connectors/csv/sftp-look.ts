import { Stalled } from '../../model/error.ts';
import type { Clock } from '../../model/effects.ts';
import { asideOf } from '../sftp/put-in-place.ts';
import type { SftpConfig } from '../sftp/schema.ts';
import type { FileFacts, SftpSession, Task } from '../sftp/session.ts';
import { broken, where, type Place } from './place.ts';

/** A file as it was at one look. */
export interface Look {
  readonly path: string;
  readonly facts: FileFacts;
  /** When the marker beside it was made, where one is asked for. */
  readonly markedMs: number | undefined;
}

/** Which file is looked at, and what shows that it is complete. */
export interface Looking {
  readonly config: Pick<SftpConfig, 'path' | 'replace' | 'settleSeconds'>;
  readonly place: Place;
  /** What must be beside it; `undefined` where none is waited for. */
  readonly marker: string | undefined;
  readonly clock: Clock;
}

/** `undefined` where there is none. Throws `Waiting` where it has no marker that it should have. */
export async function lookAt(session: SftpSession, looking: Looking, task: Task): Promise<Look | undefined> {
  const { config, place, marker } = looking;
  const { path, replace } = config;
  const paths = replace === 'aside' ? [path, asideOf(path)] : [path];
  for (const one of paths) {
    const facts = await session.look(one, task);
    if (facts === undefined) continue;
    if (facts.isFolder) {
      const message = `${where(place)} is a folder; set config.sftp.path to a file`;
      throw new Stalled('NotAFile', message, { connection: place.connection });
    }
    const markedMs =
      marker === undefined ? undefined : await markedAt(session, { facts, path: one, marker }, place, task);
    return { path: one, facts, markedMs };
  }
  return undefined;
}

/** Throws `Waiting` where there is no file that is complete. */
export async function settledLook(session: SftpSession, looking: Looking, task: Task): Promise<Look> {
  const { config, place, clock, marker } = looking;
  const first = await thereNow(session, looking, task);
  if (marker === undefined) await clock.sleep(config.settleSeconds * 1000, task.signal);
  const second = await thereNow(session, looking, task);
  if (isSame(first, second)) return second;
  throw broken(place, 'FileChanged', 'is still being written');
}

export function isSame(one: Look, other: Look): boolean {
  const isSamePlace = one.path === other.path && one.markedMs === other.markedMs;
  return isSamePlace && stampOf(one.facts) === stampOf(other.facts);
}

export function stampOf({ size, modifiedMs }: FileFacts): string {
  return `${String(size)} ${String(modifiedMs)}`;
}

async function thereNow(session: SftpSession, looking: Looking, task: Task): Promise<Look> {
  const found = await lookAt(session, looking, task);
  if (found !== undefined) return found;
  const what = 'is not on the server; check config.sftp.path, or who puts it there';
  throw broken(looking.place, 'FileMissing', what);
}

/** A marker from before the file was last written belongs to an earlier one. */
async function markedAt(
  session: SftpSession,
  { facts, path, marker }: Pick<Look, 'facts' | 'path'> & { readonly marker: string },
  place: Place,
  task: Task,
): Promise<number> {
  const found = await session.look(path + marker, task);
  if (found !== undefined && found.modifiedMs >= facts.modifiedMs) return found.modifiedMs;
  const what = `has no marker "${marker}" that is as new as it is: it is not complete yet`;
  throw broken(place, 'NotMarked', what);
}
