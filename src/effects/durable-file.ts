import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a file that is either the old or the new one, also after a power cut. */
export async function writeDurably(file: string, text: string, mode = 0o600): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.new`;
  await rm(temporary, { force: true });
  await writeSynced(temporary, text, mode);
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

/**
 * Puts a file in the place of another as a whole, also after a power cut. `mayReplace` is asked last of all, with the new
 * one complete beside; where it says no, everything is left as it is. Says whether it was put there. Rejects with `EEXIST`
 * while another process does the same: of two, one is first, and the other finds what it left.
 */
export async function replaceDurably(
  file: string,
  content: Uint8Array,
  mode: number,
  mayReplace: () => Promise<boolean>,
): Promise<boolean> {
  const temporary = join(dirname(file), `.${basename(file)}.new`);
  await clearLeftover(temporary);
  const handle = await open(temporary, 'wx', mode);
  try {
    await fill(handle, content, mode);
    if (!(await mayReplace())) return false;
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
  return true;
}

/** A file that nobody has written to for so long is what a crash has left (ms). */
const leftoverMs = 60_000;

async function clearLeftover(temporary: string): Promise<void> {
  const found = await stat(temporary).catch(() => undefined);
  if (found !== undefined && Date.now() - found.mtimeMs > leftoverMs) await rm(temporary, { force: true });
}

/** Writes a new file and has it on disk when it resolves. Rejects when the file exists. */
export async function writeSynced(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  await fill(await open(file, 'wx', mode), content, mode);
}

/** Whatever the process takes away from the rights of what it makes, these are as they are to be. */
async function fill(handle: FileHandle, content: string | Uint8Array, mode: number): Promise<void> {
  try {
    await handle.writeFile(content);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Has names that were added or moved in a folder on disk when it resolves. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
