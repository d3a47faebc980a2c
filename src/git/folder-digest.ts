import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { messageOf, Stalled, Waiting } from '../model/error.ts';
import {
  checkPath,
  createMeter,
  digestOf,
  isHidden,
  isTaken,
  limits,
  refuseLink,
  type SpecFiles,
} from './spec-files.ts';

/**
 * The revision of a plain folder: a digest over the sorted relative paths and contents of its files, hidden ones left
 * out. Rejects with `Stalled` for symbolic links and for more than 10 MB, with `Waiting` when it can't be read.
 */
export async function folderDigest(folder: string): Promise<string> {
  return digestOf(await readFolder(folder));
}

/**
 * Reads a folder whole. The folder itself may be a symbolic link, and it may be a Kubernetes volume: there `..data`
 * leads to the files of one moment, and is exchanged as a whole.
 */
export async function readFolder(folder: string): Promise<SpecFiles> {
  let failure: unknown;
  // An exchanged volume takes its old files away while they are read: the second try finds the new ones.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      return await readWhole(await baseOf(folder));
    } catch (error) {
      if (error instanceof Stalled) throw error;
      failure = error;
    }
  }
  throw new Waiting('SpecsUnreadable', `the specs folder ${folder} cannot be read: ${messageOf(failure)}`, {
    cause: failure,
  });
}

async function baseOf(folder: string): Promise<string> {
  const real = await realpath(folder);
  const data = join(real, '..data');
  const isVolume = await lstat(data).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
  if (!isVolume) return real;
  const base = await realpath(data);
  if (!base.startsWith(`${real}/`)) refuseLink(data);
  return base;
}

async function readWhole(base: string): Promise<SpecFiles> {
  const files = new Map<string, Uint8Array>();
  const count = createMeter();
  const open = [''];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entries = await readdir(join(base, at), { withFileTypes: true });
    for (const entry of entries) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (isHidden(entry.name)) continue;
      checkPath(path);
      if (entry.isSymbolicLink()) refuseLink(path);
      if (entry.isDirectory()) open.push(path);
      if (!entry.isFile() || !isTaken(path)) continue;
      const { size } = await lstat(join(base, path));
      // A large table is a connection's data, which is read where it lies; it is no Lookup.
      if (path.endsWith('.csv') && size > limits.fileBytes) continue;
      count(path, size);
      files.set(path, await readFile(join(base, path)));
    }
  }
  return files;
}
