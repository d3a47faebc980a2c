import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from '../effects/durable-file.ts';
import { Waiting } from '../model/error.ts';

/** How a command on the same machine reaches the running daemon. */
interface Door {
  readonly url: string;
  /** Of role operator, made anew at every start. */
  readonly token: string;
  readonly pid: number;
}

/** Writes `<data>/daemon.json`, readable by its owner only. */
export async function openDoor(data: string, door: Door): Promise<void> {
  await writeDurably(fileIn(data), `${JSON.stringify(door)}\n`, 0o600);
}

export async function closeDoor(data: string): Promise<void> {
  await rm(fileIn(data), { force: true });
}

/** Rejects with `Waiting` (`DaemonNotRunning`) when no daemon has its data in this folder. */
export async function findDoor(data: string): Promise<Door> {
  const text = await readFile(fileIn(data), 'utf8').catch(() => undefined);
  const door = text === undefined ? undefined : parse(text);
  if (door !== undefined) return door;
  throw new Waiting(
    'DaemonNotRunning',
    `no daemon runs with the data folder ${data}; start it with: rosterd daemon --data ${data}`,
  );
}

function fileIn(data: string): string {
  return join(data, 'daemon.json');
}

function parse(text: string): Door | undefined {
  try {
    const { url, token, pid } = JSON.parse(text) as Partial<Door>;
    return url === undefined || token === undefined || pid === undefined ? undefined : { url, token, pid };
  } catch {
    return undefined;
  }
}
