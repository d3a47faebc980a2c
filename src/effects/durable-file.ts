import { mkdir, open, rename, rm } from 'node:fs/promises';
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
 * one complete beside; where it says no, everything is left as it is. Says whether it was put there.
 */
export async function replaceDurably(
  file: string,
  content: Uint8Array,
  mode: number,
  mayReplace: () => Promise<boolean>,
): Promise<boolean> {
  const temporary = join(dirname(file), `.${basename(file)}.new`);
  await rm(temporary, { force: true });
  try {
    await writeSynced(temporary, content, mode);
    if (!(await mayReplace())) return false;
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(file));
  return true;
}

/** Writes a new file and has it on disk when it resolves. Rejects when the file exists. */
export async function writeSynced(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(content);
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
