import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../model/error.ts';
import type { SpecFile } from './folder.ts';

/** The absolute path of a file outside the specs folder, where the operator allows it; throws a sentence otherwise. */
export type OutsideFile = (reference: FileReference) => string;

/** A file below the folder that an environment variable names. */
interface FileReference {
  readonly env: string;
  readonly path: string;
}

/** Where a file is looked for that a spec names. */
export interface Beside {
  /** The file of the spec that names it: a plain path is relative to its folder. */
  readonly beside: string;
  /** Absolute path of the specs folder. */
  readonly folder: string;
  readonly outside: OutsideFile | undefined;
  /** Bytes. */
  readonly largest: number;
  readonly fault: (fault: { readonly code: 'too-large' | 'unreadable'; readonly message: string }) => void;
}

/** A file that a spec names, within the specs folder or where the operator allows; `undefined` when it can't be read. */
export async function readFileBeside(
  file: string | FileReference,
  { beside, folder, outside, largest, fault }: Beside,
): Promise<SpecFile | undefined> {
  const shown = shownPath(file, beside);
  try {
    const absolute =
      typeof file === 'string' ? await insideFolder(folder, shown) : allowedFile(file, outside);
    const handle = await open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size } = await handle.stat();
      if (size <= largest) return { path: shown, bytes: await handle.readFile() };
      fault({ code: 'too-large', message: `${shown} has ${size} bytes; at most ${largest} are read` });
    } finally {
      await handle.close();
    }
  } catch (error) {
    const missing = (error as { readonly code?: unknown }).code === 'ENOENT';
    const message = missing ? `${shown} is not there` : sentenceOf(error, shown);
    fault({ code: 'unreadable', message });
  }
  return undefined;
}

function shownPath(file: string | FileReference, beside: string): string {
  if (typeof file === 'object') return `${file.env}/${file.path}`;
  return path.isAbsolute(file) ? file : path.posix.join(path.posix.dirname(beside), file);
}

/** A path below the specs folder whose every part is what it seems: no `..`, no symbolic link. */
async function insideFolder(folder: string, relative: string): Promise<string> {
  const root = await realpath(folder);
  const absolute = path.join(root, relative);
  const isOutside = path.isAbsolute(relative) || relative.split('/').some((part) => part.startsWith('.'));
  if (isOutside || (await realpath(absolute)) !== absolute) {
    throw new RangeError(`${relative} is not a plain file inside the specs folder`);
  }
  return absolute;
}

function allowedFile(file: FileReference, outside: OutsideFile | undefined): string {
  if (outside !== undefined) return outside(file);
  throw new RangeError(`files by environment (${file.env}) need the operator's configuration; give --config`);
}

/** Errors of the system carry absolute paths, which say nothing to who wrote the spec. */
function sentenceOf(error: unknown, shown: string): string {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code)
    ? `${shown} can't be read: ${code}`
    : messageOf(error);
}
