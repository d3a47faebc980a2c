import { isAbsolute, relative } from 'node:path';

import { watch as watchFiles } from 'chokidar';

import type { Clock } from '../model/effects.ts';
import { messageOf, Stalled } from '../model/error.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { readFolder } from './folder-digest.ts';
import { poll } from './git-source.ts';
import { openRevisions } from './revisions.ts';
import type { Checkout, RevisionSource } from './revision-source.ts';
import { digestOf, isHidden } from './spec-files.ts';

interface FolderSourceOptions {
  readonly folder: string;
  /** Looks again this often even when no event came: network disks and some volumes send none. */
  readonly pollMs: number;
  /** Folder of our own: `revisions/` and `last-good.json` are kept in it. */
  readonly data: string;
  readonly clock: Clock;
  readonly telemetry: Pick<Telemetry, 'log'>;
}

/** Editors and `git pull` write many files in one go. */
const quietMs = 250;

/**
 * Specs from a plain folder, or a Kubernetes volume. What was read is kept as a copy, so that it stays the same while it
 * is in use and outlives the folder. Throws `Stalled` when the data folder would be taken for specs.
 */
export function createFolderSource(options: FolderSourceOptions): RevisionSource {
  const { folder, clock } = options;
  checkApart(options);
  const revisions = openRevisions(options.data, folder);

  async function fetch(signal: AbortSignal): Promise<Checkout> {
    signal.throwIfAborted();
    const files = await readFolder(folder);
    return await revisions.write({ kind: 'folder', id: digestOf(files) }, files);
  }

  async function watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    const watcher = watchFiles(folder, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (path) => isIgnored(path, options.data),
    });
    let waiting = false;
    const settle = async (): Promise<void> => {
      if (waiting) return;
      waiting = true;
      await clock.sleep(quietMs, signal).catch(() => undefined);
      waiting = false;
      if (!signal.aborted) onChange();
    };
    watcher.on('all', () => void settle());
    watcher.on('error', (error) => {
      options.telemetry.log.warn(
        { folder, error: messageOf(error) },
        'specs folder is not watched, only polled',
      );
    });
    await poll(options.pollMs, clock, onChange, signal);
    await watcher.close();
  }

  return { fetch, lastGood: revisions.lastGood, markGood: revisions.markGood, watch };
}

function checkApart({ folder, data }: FolderSourceOptions): void {
  if (!isWithin(folder, data) || isHidden(relative(folder, data))) return;
  throw new Stalled(
    'DataInsideSpecs',
    `the data folder ${data} lies among the specs; put it outside of ${folder}`,
  );
}

/** What we write ourselves below the specs (the store, copies of revisions) is no news about them. */
export function isIgnored(path: string, data: string): boolean {
  return /[/\\]\.git([/\\]|$)/.test(path) || isWithin(data, path);
}

function isWithin(folder: string, inner: string): boolean {
  const path = relative(folder, inner);
  return !isAbsolute(path) && path !== '..' && !path.startsWith('../');
}
