import type { Workspace } from '../compose/workspace.ts';
import { Invalid, SyncError } from '../model/error.ts';
import type { CompiledSync } from '../spec/compiled.ts';

/** When a sync asks for approval; `on-breach`, the default, while the specs cannot be read or do not have it. */
export async function approvalOf(sync: string, workspace: Workspace): Promise<CompiledSync['approval']> {
  try {
    return (await workspace.loadSpecs()).specs.syncs.get(sync)?.approval ?? 'on-breach';
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof SyncError)) throw error;
    return 'on-breach';
  }
}
