import type { IdleApproval } from '../model/hold.ts';
import { idleApprovalsOf } from '../reconcile/idle-approvals.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { CliContext } from './context.ts';
import type { Output } from './output.ts';

/** Approvals in Git of these syncs that release nothing any more: easily taken for a hold that came back. */
export async function idleApprovalsIn(
  specs: CompiledSpecs,
  syncs: readonly CompiledSync[],
  { workspace, clock }: CliContext,
): Promise<readonly IdleApproval[]> {
  if (specs.approvals.length === 0) return [];
  const store = await (await workspace()).store();
  const now = clock.now();
  const idle = await Promise.all(
    syncs.map(async (sync) => await idleApprovalsOf(sync, specs.approvals, { store, now })),
  );
  return idle.flat();
}

export function tellIdleApprovals(idle: readonly IdleApproval[], out: Output): void {
  for (const { file, line, message } of idle) out.say(`${file}:${line}: ${message}`);
}
