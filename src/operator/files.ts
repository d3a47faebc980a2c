import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { Stalled } from '../model/error.ts';
import type { OperatorConfig } from './config.ts';
import type { Env } from './secrets.ts';

/** A file by its path, or below the folder that a variable holds. */
type FileReference = string | { readonly env: string; readonly path: string };

/** What of the operator's configuration says which files may be read. */
interface Readable {
  readonly files: Pick<OperatorConfig['files'], 'folders'>;
}

/**
 * Which files may be read: the real path of a file in one of the operator's folders, or in the specs folder itself, hidden
 * ones left out.
 * Relative paths are below the specs folder; `{ env, path }` is below the folder that a listed variable holds. Throws
 * `Stalled` for any other, symbolic links followed.
 */
export function fileAccess(config: Readable, env: Env, specsFolder: string): (file: FileReference) => string {
  const byVariable = lookupFile(config, env);
  return (file) => {
    if (typeof file === 'object') return byVariable(file);
    const roots = config.files.folders.map((folder) => folderOf(folder, env));
    const real = realPath(path.resolve(specsFolder, file), file);
    if (isSpec(real, specsFolder)) return real;
    if (roots.some((root) => root !== undefined && isInside(real, root))) return real;
    const message = `the operator's configuration does not let ${file} be read; add its folder under files.folders`;
    throw new Stalled('FileNotAllowed', message);
  };
}

/**
 * Which files may be written: those in a folder that the operator lists under `files.write`, symbolic links followed; the
 * file itself may be yet to be made. The specs folder is none of them by itself. Throws `Stalled` for any other.
 */
export function fileToWrite(
  config: { readonly files: Pick<OperatorConfig['files'], 'write'> },
  env: Env,
  specsFolder: string,
): (file: FileReference) => string {
  return (file) => {
    const shown = typeof file === 'string' ? file : `${file.env}/${file.path}`;
    const folder = typeof file === 'string' ? specsFolder : folderOf({ env: file.env }, env);
    if (folder === undefined) {
      throw new Stalled('FileMissing', `the environment variable ${shown.split('/', 1)[0] ?? ''} is not set`);
    }
    const absolute = path.resolve(folder, typeof file === 'string' ? file : file.path);
    const parent = realPath(path.dirname(absolute), `the folder of ${shown}`);
    const real = existing(absolute) ?? path.join(parent, path.basename(absolute));
    const roots = config.files.write.map((root) => folderOf(root, env));
    if (roots.some((root) => root !== undefined && isInside(real, root))) return real;
    const message = `the operator's configuration does not let ${shown} be written; add its folder under files.write`;
    throw new Stalled('FileNotAllowed', message);
  };
}

/** Its real path, where there is such a file; a link that leads nowhere is no file that could be made. */
function existing(absolute: string): string | undefined {
  return lstatSync(absolute, { throwIfNoEntry: false }) === undefined
    ? undefined
    : realPath(absolute, path.basename(absolute));
}

/** The real path of `{ env, path }`, where the operator lists that variable under `files.folders`. Throws `Stalled`. */
export function lookupFile(
  config: Readable,
  env: Env,
): (reference: Exclude<FileReference, string>) => string {
  return ({ env: name, path: below }) => {
    const listed = config.files.folders.some((folder) => typeof folder === 'object' && folder.env === name);
    if (!listed) {
      const message = `the operator's configuration does not let files be read from env:${name}; add { env: ${name} } under files.folders`;
      throw new Stalled('FileNotAllowed', message);
    }
    const root = folderOf({ env: name }, env);
    if (root === undefined) throw new Stalled('FileMissing', `the environment variable ${name} is not set`);
    const real = realPath(path.resolve(root, below), `${name}/${below}`);
    if (isInside(real, root)) return real;
    throw new Stalled('FileNotAllowed', `${below} lies outside the folder that ${name} names`);
  };
}

function folderOf(folder: string | { readonly env: string }, env: Env): string | undefined {
  if (typeof folder === 'string') return folder;
  const value = Object.hasOwn(env, folder.env) ? env[folder.env] : undefined;
  return value === undefined || value === '' ? undefined : path.resolve(value);
}

function realPath(absolute: string, shown: string): string {
  try {
    return realpathSync(absolute);
  } catch (error) {
    throw new Stalled('FileMissing', `${shown} is not there`, { cause: error });
  }
}

/** Hidden files are no specs: beside them lie `.git`, and the store with its key where the data folder is there. */
function isSpec(real: string, specsFolder: string): boolean {
  if (!isInside(real, specsFolder)) return false;
  const below = path.relative(realpathSync(specsFolder), real);
  return below.split(path.sep).every((part) => !part.startsWith('.'));
}

function isInside(real: string, root: string): boolean {
  try {
    return real.startsWith(realpathSync(root) + path.sep);
  } catch {
    return false;
  }
}
