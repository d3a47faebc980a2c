import type { OpenPass } from '../../compose/workspace.ts';
import { SyncError } from '../../model/error.ts';
import { escrowView, inEscrow } from '../../reconcile/escrow.ts';
import { look, type Look } from '../../reconcile/look.ts';
import { watchOf } from '../../reconcile/watch.ts';
import type { CompiledSpecs, CompiledSync } from '../../spec/compiled.ts';
import type { CliContext } from '../context.ts';
import { Exit, exitOfError, forCi, gravest, type ExitCode } from '../exit.ts';
import { idleApprovalsIn, tellIdleApprovals } from '../idle-approvals.ts';
import { showProgress } from '../progress.ts';
import { planMarkdown } from '../render/plan-markdown.ts';
import { planReport, type PlanReport } from '../render/plan-report.ts';
import { planText } from '../render/plan-text.ts';
import { chooseSyncs, scopeOf, tellSuspended } from '../choose.ts';

interface Options {
  readonly syncs: readonly string[];
  readonly ci: boolean;
  /** Only these people, by their ids in the source. */
  readonly person?: readonly string[] | undefined;
}

/** Looks at both systems and says what would change. It has nothing to write with. */
export async function run({ syncs, ci, person }: Options, context: CliContext): Promise<ExitCode> {
  const { out, workspace } = context;
  const { specs } = await (await workspace()).loadSpecs();
  const chosen = chooseSyncs(specs, syncs, context.clock.now());
  tellSuspended(specs, syncs, context.clock.now(), out);
  const idle = await idleApprovalsIn(specs, chosen, context);
  tellIdleApprovals(idle, out);
  const reports: (PlanReport | FailedPlan)[] = [];
  const codes: ExitCode[] = [];
  for (const sync of chosen) {
    const { report, code } = await planOne(sync, specs, person, context);
    reports.push(report);
    codes.push(code);
    if (out.format !== 'json') out.print(render(report, context));
  }
  const code = ci ? forCi(gravest(codes)) : gravest(codes);
  if (out.format === 'json') {
    out.print(JSON.stringify({ exitCode: code, plans: reports, idleApprovals: idle }, null, 2));
  }
  return code;
}

interface FailedPlan {
  readonly sync: string;
  readonly direction: string;
  readonly error: { readonly reason: string; readonly message: string };
}

async function planOne(
  sync: CompiledSync,
  specs: CompiledSpecs,
  person: readonly string[] | undefined,
  { out, workspace, signal, global, clock }: CliContext,
): Promise<{ report: PlanReport | FailedPlan; code: ExitCode }> {
  const opened = await workspace();
  let pass: OpenPass | undefined;
  try {
    const progress = showProgress(out, sync);
    pass = await opened.openPass(sync, specs, 'cli', progress, [], scopeOf(person));
    const seen = await look(pass.deps, signal);
    tellNarrowed(sync.name, person, seen, out);
    const { plan, judgement, memory } = seen;
    const stored = await pass.deps.store.held(sync.name);
    const since = stored?.set.digest === judgement.held.digest ? stored.since : null;
    const view = escrowView(memory.escrow, clock.now(), pass.deps);
    const escrow = inEscrow(judgement.released, view);
    const report = planReport(
      sync,
      specs.revision.id,
      plan,
      { ...judgement, heldSince: since, watch: watchOf(seen, pass.deps), escrow },
      global.show,
    );
    return { report, code: codeOf(report) };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const { reason, message } = error;
    out.say(`${sync.name}: ${message} [${reason}]`);
    return {
      report: { sync: sync.name, direction: sync.direction, error: { reason, message } },
      code: exitOfError(error),
    };
  } finally {
    await pass?.close();
  }
}

/** Who asked for one person must not take what follows for them alone, nor silence for an answer. */
function tellNarrowed(
  sync: string,
  person: Options['person'],
  { only, readings }: Look,
  out: CliContext['out'],
): void {
  if (person === undefined) return;
  if (only === undefined) out.say(`${sync}: more than these people had to be looked at; this is everybody`);
  else if (readings.people.size < only.size) {
    const missing = [...only].filter((id) => readings.people.position(id) < 0);
    out.say(
      `${sync}: not in the source: ${missing.join(', ')}; whether they are gone is for a pass over everybody`,
    );
  }
}

function codeOf({ changes, links, handOvers, held, breaches, stopped }: PlanReport): ExitCode {
  if (held !== null || stopped !== null || breaches.length > 0) return Exit.held;
  return changes.length + links.length + handOvers.length > 0 ? Exit.planned : Exit.settled;
}

function render(report: PlanReport | FailedPlan, { out }: CliContext): string {
  if ('error' in report) return `${report.sync}: ${report.direction}\n  not planned: ${report.error.message}`;
  return out.format === 'markdown' ? planMarkdown(report) : planText(report, out.colour);
}
