import { Stalled, Waiting } from '../model/error.ts';
import type { Git } from './git-command.ts';
import { checkPath, createMeter, isHidden, isTaken, refuseLink, type SpecFiles } from './spec-files.ts';

/**
 * The files below a folder of a commit, read from git's objects: no checkout, so no link is followed and no filter of
 * the repository runs. Rejects with `Stalled` for symbolic links, submodules, unsafe names and too much.
 */
export async function readTree(git: Git, commit: string, folder: string): Promise<SpecFiles> {
  const entries = await listFiles(git, commit, folder);
  if (entries.length === 0) return new Map();
  const ids = [...new Set(entries.map(({ id }) => id))];
  const contents = splitBatch(await git.objects(ids));
  const files = new Map<string, Uint8Array>();
  for (const { path, id } of entries) {
    const bytes = contents.get(id);
    if (bytes === undefined)
      throw new Waiting('SpecsUnreachable', `the specs repository did not send ${path}`);
    files.set(path, bytes);
  }
  return files;
}

interface Entry {
  readonly path: string;
  readonly id: string;
}

async function listFiles(git: Git, commit: string, folder: string): Promise<Entry[]> {
  const tree = folder === '' ? `${commit}^{tree}` : await folderTree(git, commit, folder);
  const count = createMeter();
  const entries: Entry[] = [];
  for (const line of (await git.text(['ls-tree', '-r', '-l', '-z', '--full-tree', tree])).split('\0')) {
    const [, mode, id = '', size, path = ''] = /^(\d+) \w+ ([0-9a-f]+) +(\S+)\t([^]*)$/.exec(line) ?? [];
    if (mode === undefined || isHidden(path)) continue;
    checkPath(path);
    if (mode === '120000') refuseLink(path);
    if (mode === '160000')
      throw new Stalled('Submodule', `${path} is a submodule; the specs must be in one repository`);
    if (!isTaken(path)) continue;
    count(path, Number(size));
    entries.push({ path, id });
  }
  return entries;
}

async function folderTree(git: Git, commit: string, folder: string): Promise<string> {
  const line = await git.text(['ls-tree', '-d', '--full-tree', commit, '--', folder]);
  const id = /^040000 tree ([0-9a-f]+)\t/.exec(line)?.[1];
  if (id !== undefined) return id;
  throw new Stalled(
    'SpecsFolderMissing',
    `commit ${commit.slice(0, 12)} has no folder ${folder}; correct the path or add it`,
  );
}

/** `<id> blob <size>\n<bytes>\n`, again and again. */
function splitBatch(batch: Buffer): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < batch.length;) {
    const end = batch.indexOf(10, at);
    const [id = '', type, size] = batch.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(id, batch.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
