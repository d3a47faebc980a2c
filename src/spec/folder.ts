import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../model/error.ts';
import type { Findings } from './findings.ts';
import { fileStart } from './yaml/parse.ts';

/** One file of the specs folder: path relative to it, with forward slashes. */
export interface SpecFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Limits that hold before anything is parsed: bytes of a file, bytes of all, count of files. */
export const folderLimits = { fileBytes: 1_048_576, treeBytes: 10_485_760, files: 2_000 } as const;

/**
 * Every `.yaml` and `.yml` file below the folder, sorted by path. Dot files and dot folders (`.git`) are left out, and
 * so is the operator's `rosterd.config.yaml`. A symbolic link is a fault: where a spec comes from must be visible in Git.
 */
export async function readSpecFiles(folder: string, findings: Findings): Promise<readonly SpecFile[]> {
  const paths = await specPaths(folder, '', findings);
  if (paths.length > folderLimits.files) {
    const message = `${paths.length} spec files; at most ${folderLimits.files} are read`;
    findings.error('spec/too-large', fileStart('.'), message);
    return [];
  }
  const files: SpecFile[] = [];
  let total = 0;
  for (const one of paths) {
    const bytes = await readFile(folder, one, findings);
    if (bytes === undefined) continue;
    total += bytes.length;
    if (total > folderLimits.treeBytes) {
      findings.error('spec/too-large', fileStart(one), 'the specs take more than 10 MB together');
      return [];
    }
    files.push({ path: one, bytes });
  }
  return files;
}

/** Digest of a folder's content: sha-256 over paths and contents, in the order of paths. */
export function folderDigest(files: readonly SpecFile[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${Buffer.byteLength(file.path)}:${file.path}:${file.bytes.length}:`);
    hash.update(file.bytes);
  }
  return `sha256:${hash.digest('hex')}`;
}

async function specPaths(folder: string, below: string, findings: Findings): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await entriesOf(folder, below, findings)) {
    const one = below === '' ? entry.name : `${below}/${entry.name}`;
    const isSpec = /\.ya?ml$/.test(entry.name) && entry.name !== 'rosterd.config.yaml';
    if (entry.name.startsWith('.')) continue;
    if (entry.isSymbolicLink()) {
      const message = 'is a symbolic link, which specs may not contain';
      findings.error('spec/symbolic-link', fileStart(one), message, 'put the file itself here');
    } else if (entry.isDirectory() && entry.name !== 'node_modules') {
      paths.push(...(await specPaths(folder, one, findings)));
    } else if (entry.isFile() && isSpec) {
      paths.push(one);
    }
  }
  return paths;
}

async function entriesOf(folder: string, below: string, findings: Findings): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const place = fileStart(below === '' ? '.' : below);
    findings.error('spec/unreadable', place, `the folder can't be read: ${reasonOf(error)}`);
    return [];
  }
}

async function readFile(folder: string, one: string, findings: Findings): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(path.join(folder, one), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size } = await handle.stat();
      if (size <= folderLimits.fileBytes) return await handle.readFile();
      const message = `the file has ${size} bytes; at most ${folderLimits.fileBytes} are read`;
      findings.error('spec/too-large', fileStart(one), message, 'split it');
    } finally {
      await handle.close();
    }
  } catch (error) {
    findings.error('spec/unreadable', fileStart(one), `the file can't be read: ${reasonOf(error)}`);
  }
  return undefined;
}

/** The system's word (`ENOENT`) without the path, which belongs to this machine. */
function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' ? code : messageOf(error);
}
