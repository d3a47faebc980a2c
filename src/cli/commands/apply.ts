import type { Outcome } from '../../model/run.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import type { CliContext } from '../context.ts';
import { chooseSyncs } from '../choose.ts';
import { exitOfResult, gravest, type ExitCode } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { outcomeText } from '../render/outcome-text.ts';

/** One pass of each sync. What is held stays held; everything else is written. */
export async function run(
  { syncs }: { readonly syncs: readonly string[] },
  context: CliContext,
): Promise<ExitCode> {
  const { out, workspace, signal } = context;
  const opened = await workspace();
  const { specs } = await opened.loadSpecs();
  const outcomes: Outcome[] = [];
  for (const sync of chooseSyncs(specs, syncs)) {
    const pass = await opened.openPass(sync, specs, 'cli', showProgress(out, sync.name));
    try {
      const outcome = await reconcile(pass.deps, signal);
      outcomes.push(outcome);
      if (out.format !== 'json') out.print(outcomeText(outcome, sync.direction));
    } finally {
      await pass.close();
    }
    if (signal.aborted) break;
  }
  const code = gravest(outcomes.map(({ summary }) => exitOfResult(summary)));
  if (out.format === 'json')
    out.print(JSON.stringify({ exitCode: code, outcomes: outcomes.map(plain) }, null, 2));
  return code;
}

/** Without people's values: `runs` shows them, masked. */
function plain({ run: record, summary, held }: Outcome): object {
  return {
    run: record,
    summary,
    held: held.map(({ change, attribute, reason, message }) => ({
      change: change.id,
      attribute: attribute ?? null,
      reason,
      message,
    })),
  };
}
