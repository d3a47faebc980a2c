import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Sealer } from '../../../src/store/seal.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { setClock, testSealer } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

/** A folder of this test alone, gone when it ends. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function openTestStore(file?: string): Promise<OpenedStore & { readonly file: string }> {
  const path = file ?? join(await testFolder(), 'store.sqlite');
  const clock = setClock();
  const opened = new Set<Store>();
  const open = async (sealer: Sealer = testSealer()) => {
    const store = await openSqliteStore({ file: path, sealer, clock });
    opened.add(store);
    return store;
  };
  const close = async (store: Store) => {
    if (opened.delete(store)) await store.close();
  };
  const store = await open();
  onTestFinished(async () => {
    for (const one of opened) await close(one);
  });
  return {
    store,
    clock,
    file: path,
    reopen: async (sealer) => {
      await close(store);
      return open(sealer);
    },
  };
}
