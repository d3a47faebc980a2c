import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { syncFolder, writeDurably, writeSynced } from '../effects/durable-file.ts';
import { checkPath, type SpecFiles } from './spec-files.ts';
import type { Checkout } from './revision-source.ts';

/** Revisions on disk, each in a folder of its own that never changes once it is there. */
export interface Revisions {
  /** The checkout of a revision that is already on disk. */
  readonly find: (revision: Checkout['revision']) => Promise<Checkout | undefined>;
  /** Puts a revision on disk: whole or, after a crash, not at all. */
  readonly write: (revision: Checkout['revision'], files: SpecFiles) => Promise<Checkout>;
  readonly lastGood: () => Promise<Checkout | undefined>;
  /** Remembers it durably, then removes revisions that nobody uses any more. */
  readonly markGood: (checkout: Checkout) => Promise<void>;
  /** An empty folder on the same disk, gone when `use` has ended. */
  readonly scratch: <T>(use: (folder: string) => Promise<T>) => Promise<T>;
}

/**
 * Opens `<data>/revisions` and `<data>/last-good.json`. `origin` names where the revisions come from; a last good one
 * from elsewhere is none.
 */
export function openRevisions(data: string, origin: string): Revisions {
  const root = join(data, 'revisions');
  const lastGoodFile = join(data, 'last-good.json');
  const inUse: string[] = [];

  async function find(revision: Checkout['revision']): Promise<Checkout | undefined> {
    const folder = join(root, revision.id);
    return (await isFolder(folder)) ? { revision, folder } : undefined;
  }

  async function scratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(root, { recursive: true });
    const folder = await mkdtemp(join(root, '.new-'));
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function write(revision: Checkout['revision'], files: SpecFiles): Promise<Checkout> {
    const known = await find(revision);
    if (known !== undefined) return known;
    const folder = join(root, revision.id);
    await scratch(async (temporary) => {
      const whole = join(temporary, 'whole');
      await writeFiles(whole, files);
      // A command may have written the same revision in the meantime.
      await rename(whole, folder).catch(async (error: unknown) => {
        if (!(await isFolder(folder))) throw error;
      });
      await syncFolder(root);
    });
    return { revision, folder };
  }

  async function lastGood(): Promise<Checkout | undefined> {
    const text = await readFile(lastGoodFile, 'utf8').catch(() => undefined);
    const remembered = text === undefined ? undefined : parseLastGood(text);
    const checkout = remembered?.origin === origin ? await find(remembered.revision) : undefined;
    if (checkout !== undefined) keep(checkout);
    return checkout;
  }

  async function markGood(checkout: Checkout): Promise<void> {
    await writeDurably(lastGoodFile, JSON.stringify({ origin, revision: checkout.revision }));
    keep(checkout);
    await removeOthers(root, inUse, (await stat(lastGoodFile)).mtimeMs);
  }

  /** A pass may still run on an earlier one: a first load takes hours, and people go on merging meanwhile. */
  function keep({ revision }: Checkout): void {
    if (inUse.at(-1) !== revision.id) inUse.push(revision.id);
    inUse.splice(0, inUse.length - keptAtMost);
  }

  return { find, write, lastGood, markGood, scratch };
}

/** With 10 MB at the most for each. */
const keptAtMost = 20;

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

async function writeFiles(folder: string, files: SpecFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, bytes] of files) {
    checkPath(path);
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeSynced(file, bytes, 0o600);
  }
}

function parseLastGood(text: string): { origin: string; revision: Checkout['revision'] } | undefined {
  try {
    const { origin, revision } = JSON.parse(text) as { origin?: string; revision?: Checkout['revision'] };
    if (
      origin === undefined ||
      revision === undefined ||
      !/^[0-9a-f]{40,64}(-[0-9a-f]+)?$/.test(revision.id)
    ) {
      return undefined;
    }
    return { origin, revision: { kind: revision.kind, id: revision.id } };
  } catch {
    return undefined;
  }
}

/** Half-written ones of a crash (`.new-…`) go when they are an hour old: a command may be at work on a younger one. */
async function removeOthers(root: string, wanted: readonly string[], now: number): Promise<void> {
  const old = (await readdir(root)).filter((name) => !wanted.includes(name));
  await Promise.all(
    old.map(async (name) => {
      const path = join(root, name);
      const begun = name.startsWith('.') ? await stat(path).catch(() => undefined) : undefined;
      if (begun !== undefined && now - begun.mtimeMs < 3_600_000) return;
      await rm(path, { recursive: true, force: true });
    }),
  );
}
