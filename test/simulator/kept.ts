import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Random } from '../../src/model/effects.ts';
import { createSealer } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { createMemoryStore } from './memory/store.ts';

/** Where a simulated installation keeps what it remembers: an SQLite file, or maps that keep the same contract. */
export type StoreKind = 'file' | 'memory';

/** 32 bytes, as every simulated installation has them. */
export const installationKey = new Uint8Array(32).fill(7);

/** A store that outlasts the processes that open it, until it is lost. */
export interface Kept {
  open(): Promise<Store>;
  /** All that lies on the disk, as text in which each byte is a letter. */
  raw(): string;
  lose(): Promise<void>;
  clear(): Promise<void>;
}

export function keep(kind: StoreKind, clock: Clock, random: Random): Kept {
  return kind === 'file' ? keepInFile(clock, random) : keepInMemory(clock);
}

function keepInMemory(clock: Clock): Kept {
  let store = createMemoryStore(clock);
  return {
    open: async () => store,
    raw: () => '',
    lose: async () => {
      store = createMemoryStore(clock);
    },
    clear: async () => undefined,
  };
}

/** In memory-backed files where the machine has them: what a disk adds is shown by the crash tests, and is half the time. */
const disk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

function keepInFile(clock: Clock, random: Random): Kept {
  const folder = mkdtempSync(join(disk, 'rosterd-simulated-'));
  const sealer = createSealer({ keyId: 'k1', key: installationKey, random });
  const files = () => readdirSync(folder).map((name) => join(folder, name));
  return {
    open: () => openSqliteStore({ file: join(folder, 'store.db'), sealer, clock }),
    raw: () =>
      files()
        .map((file) => readFileSync(file, 'latin1'))
        .join('\n'),
    lose: async () => {
      for (const file of files()) await rm(file);
    },
    clear: () => rm(folder, { recursive: true }),
  };
}
