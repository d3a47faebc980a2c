import { createHash } from 'node:crypto';

import { Stalled } from '../model/error.ts';

/** Files of a specs folder at one revision: relative path with `/`, and bytes. */
export type SpecFiles = ReadonlyMap<string, Uint8Array>;

/** One file may have 1 MB, all together 10 MB, and there may be 10,000. */
export const limits = { fileBytes: 1_000_000, treeBytes: 10_000_000, files: 10_000 };

/** Files and folders whose name begins with a dot are no specs. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..');
}

/** Specs and the tables and texts beside them. Anything else in the folder is neither copied nor part of a revision. */
export function isTaken(path: string): boolean {
  return !isHidden(path) && /\.(?:ya?ml|csv|md)$/.test(path);
}

/** Throws `Stalled` for a path that could lead out of the folder or hide something in a listing. */
export function checkPath(path: string): void {
  const bad = path.split('/').some((part) => part === '' || part === '.' || part === '..');
  if (bad || /[\p{Cc}\\\ufffd]/u.test(path)) {
    throw new Stalled(
      'SpecsPathRefused',
      `the specs hold a file with an unsafe name (${JSON.stringify(path)}); rename it`,
    );
  }
}

/** Counts files as they are found and throws `Stalled` (`SpecsTooLarge`) at the first that is too much. */
export function createMeter(): (path: string, bytes: number) => void {
  let files = 0;
  let total = 0;
  return (path, bytes) => {
    files += 1;
    total += bytes;
    if (bytes > limits.fileBytes)
      throw tooLarge(`${path} has ${bytes} bytes; a file may have ${limits.fileBytes}`);
    if (total > limits.treeBytes) throw tooLarge(`the specs have more than ${limits.treeBytes} bytes`);
    if (files > limits.files) throw tooLarge(`the specs have more than ${limits.files} files`);
  };
}

/** Refuses symbolic links: what they lead to is not part of the revision. */
export function refuseLink(path: string): never {
  throw new Stalled(
    'SymbolicLink',
    `${path} is a symbolic link; the specs folder may hold only files and folders`,
  );
}

/** SHA-256 (hex) over sorted paths, sizes and bytes. Two folders have the same one only if they hold the same files. */
export function digestOf(files: SpecFiles): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].toSorted()) {
    const bytes = files.get(path) ?? new Uint8Array();
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function tooLarge(fact: string): Stalled {
  return new Stalled('SpecsTooLarge', `${fact}; keep other files outside the specs folder`);
}
