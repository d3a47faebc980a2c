import { statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const memory = '/dev/shm';

/**
 * Stores, repositories and processes of the tests work in a folder in memory where there is room for it: durability
 * asks the disk to wait for each commit, which costs as much as everything else together. What SIGKILL leaves
 * behind is the same in both; only a power cut would tell them apart.
 */
function folderInMemory(): Record<string, string> {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 2 ** 30 ? { TMPDIR: memory } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/system/**'],
    env: folderInMemory(),
    // One more than there are cores on the smallest machine: the tests often wait for sockets and child processes.
    maxWorkers: 3,
    // Files share the modules that they load: a process for each of them costs more than the tests in it.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
