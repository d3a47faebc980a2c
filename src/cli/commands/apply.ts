import { deliverMail } from '../../compose/mail.ts';
import { SyncError } from '../../model/error.ts';
import type { Outcome } from '../../model/run.ts';
import { heldList } from '../../reconcile/held-list.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import type { CompiledSpecs, CompiledSync } from '../../spec/compiled.ts';
import type { CliContext } from '../context.ts';
import { chooseSyncsToWrite, scopeOf, tellSuspended } from '../choose.ts';
import { exitOfError, exitOfResult, gravest, type ExitCode } from '../exit.ts';
import { idleApprovalsIn, tellIdleApprovals } from '../idle-approvals.ts';
import { showProgress } from '../progress.ts';
import { outcomeText } from '../render/outcome-text.ts';

/** One pass of each sync. What is held stays held; everything else is written. */
export async function run(
  { syncs, person }: { readonly syncs: readonly string[]; readonly person?: readonly string[] | undefined },
  context: CliContext,
): Promise<ExitCode> {
  const { out, workspace, signal, clock } = context;
  const opened = await workspace();
  const { specs } = await opened.loadSpecs();
  const outcomes: object[] = [];
  const codes: ExitCode[] = [];
  const chosen = chooseSyncsToWrite(specs, syncs, clock.now());
  tellSuspended(specs, syncs, clock.now(), out);
  for (const sync of chosen) {
    try {
      const outcome = await passOf(sync, specs, person, context);
      outcomes.push(plain(outcome, sync));
      codes.push(exitOfResult(outcome.summary));
      if (out.format !== 'json') out.print(outcomeText(outcome, sync));
    } catch (error) {
      // A secret that is missing is one sync's trouble.
      if (!(error instanceof SyncError)) throw error;
      const { reason, message } = error;
      outcomes.push({ sync: sync.name, error: { reason, message } });
      codes.push(exitOfError(error));
      out.say(`${sync.name}: ${message} [${reason}]`);
    }
    if (signal.aborted) break;
  }
  await deliverMail(opened, signal);
  // After the passes: what they used up is told at once.
  tellIdleApprovals(await idleApprovalsIn(specs, chosen, context), out);
  const code = gravest(codes);
  if (out.format === 'json') out.print(JSON.stringify({ exitCode: code, outcomes }, null, 2));
  return code;
}

/** Rejects with what kept the pass from beginning. */
async function passOf(
  sync: CompiledSync,
  specs: CompiledSpecs,
  person: readonly string[] | undefined,
  { out, workspace, signal }: CliContext,
): Promise<Outcome> {
  const progress = showProgress(out, sync);
  const pass = await (await workspace()).openPass(sync, specs, 'cli', progress, [], scopeOf(person));
  try {
    return await reconcile(pass.deps, signal);
  } finally {
    await pass.close();
  }
}

/** Without people's values: `runs` shows them, masked. */
function plain({ run: record, summary, held }: Outcome, sync: CompiledSync): object {
  return {
    run: record,
    summary,
    held: heldList({ sync: record.sync, digest: summary.heldDigest ?? '', items: held }, null, sync.approval)
      .items,
  };
}
