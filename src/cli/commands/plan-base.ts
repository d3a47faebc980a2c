import type { LoadedSpecs, OpenPass } from '../../compose/workspace.ts';
import { Invalid, SyncError } from '../../model/error.ts';
import { look, type Look } from '../../reconcile/look.ts';
import { lookTwice } from '../../reconcile/look-twice.ts';
import { watchOf } from '../../reconcile/watch.ts';
import type { CompiledSpecs } from '../../spec/compiled.ts';
import { saysTheSame } from '../../spec/same-rules.ts';
import type { CliContext } from '../context.ts';
import { Exit, exitOfError, forCi, gravest, type ExitCode } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { comparisonMarkdown } from '../render/comparison-markdown.ts';
import {
  comparisonReport,
  unchangedReport,
  type ComparisonReport,
  type Side,
} from '../render/comparison-report.ts';
import { comparisonText } from '../render/comparison-text.ts';
import { chooseSyncs } from '../choose.ts';

interface Options {
  readonly syncs: readonly string[];
  readonly ci: boolean;
  /** What git takes for a commit; compared with is where this branch and it parted. */
  readonly base: string;
}

interface Failed {
  readonly sync: string;
  readonly direction: string;
  readonly error: { readonly reason: string; readonly message: string };
}

/** Says what this branch would change, apart from what is waiting anyway. It has nothing to write with. */
export async function run({ syncs, ci, base }: Options, context: CliContext): Promise<ExitCode> {
  const { out, workspace, signal, clock } = context;
  const opened = await workspace();
  const newer = await opened.loadSpecs();
  const older = await earlier(base, context);
  const names = [...new Set([...newer.specs.syncs.keys(), ...older.specs.syncs.keys()])].toSorted();
  const chosen =
    syncs.length === 0 ? names : chooseSyncs(newer.specs, syncs, clock.now()).map(({ name }) => name);
  const reports: ComparisonReport[] = [];
  const failed: Failed[] = [];
  const codes: ExitCode[] = [];
  for (const name of chosen) {
    try {
      const report = await compareOne(name, older, newer, context);
      reports.push(report);
      codes.push(codeOf(report));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      signal.throwIfAborted();
      const direction = newer.specs.syncs.get(name)?.direction ?? '';
      failed.push({ sync: name, direction, error: { reason: error.reason, message: error.message } });
      codes.push(exitOfError(error));
      out.say(`${name}: ${error.message} [${error.reason}]`);
    }
  }
  const code = ci ? forCi(gravest(codes)) : gravest(codes);
  print(reports, failed, code, context);
  return code;
}

/** An earlier revision that is not valid was never in force: then everything is this branch's doing. */
async function earlier(base: string, { out, workspace, signal }: CliContext): Promise<LoadedSpecs> {
  const opened = await workspace();
  try {
    return await opened.loadEarlier(base, signal);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    out.say(
      `the specs at ${base} are not valid, so that nothing of them can be planned; all of this is compared with nothing`,
    );
    const { specs, ...rest } = await opened.loadSpecs();
    const nothing: CompiledSpecs = { ...specs, syncs: new Map(), revision: { kind: 'commit', id: base } };
    return { ...rest, specs: nothing };
  }
}

async function compareOne(
  name: string,
  older: LoadedSpecs,
  newer: LoadedSpecs,
  context: CliContext,
): Promise<ComparisonReport> {
  const { workspace, signal, global, out } = context;
  const [before, after] = [older.specs.syncs.get(name), newer.specs.syncs.get(name)];
  const sync = after ?? before;
  if (sync === undefined) throw new RangeError(`no sync is named ${name}`);
  const compared = { sync, revision: newer.specs.revision.id, base: older.specs.revision.id };
  if (saysTheSame(name, older.specs, newer.specs)) return unchangedReport(compared);
  const opened = await workspace();
  const progress = showProgress(out, sync);
  const passes: OpenPass[] = [];
  const open = async (specs: CompiledSpecs, one: typeof sync): Promise<OpenPass> => {
    const pass = await opened.openPass(one, specs, 'cli', progress);
    passes.push(pass);
    return pass;
  };
  try {
    const oldPass = before === undefined ? undefined : await open(older.specs, before);
    const newPass = after === undefined ? undefined : await open(newer.specs, after);
    if (oldPass !== undefined && newPass !== undefined) {
      const looks = await lookTwice(oldPass.deps, newPass.deps, signal);
      const sides = { older: sideOf(looks.older, oldPass), newer: sideOf(looks.newer, newPass) };
      const { readTwice } = looks;
      return comparisonReport(
        { ...compared, ...sides, ...(readTwice === undefined ? {} : { readTwice }) },
        global.show,
      );
    }
    // A sync that is new; of one that is gone nobody is touched, so that nothing of it is planned.
    if (newPass === undefined) return { ...unchangedReport(compared), state: 'removed' };
    return comparisonReport(
      { ...compared, newer: sideOf(await look(newPass.deps, signal), newPass) },
      global.show,
    );
  } finally {
    for (const pass of passes) await pass.close();
  }
}

function sideOf(seen: Look, { deps }: OpenPass): Side {
  return { plan: seen.plan, judgement: seen.judgement, watch: watchOf(seen, deps) };
}

/** Held is what this branch has held: what waits for an approval anyway is no fault of it. */
function codeOf({ because, calledOff, breaches, stopped, state }: ComparisonReport): ExitCode {
  const isHeld = because.changes.some(({ held }) => held.length > 0);
  if (isHeld || breaches.length > 0 || stopped !== null) return Exit.held;
  const isPlanned = because.changes.length + calledOff.changes.length > 0 || state === 'removed';
  return isPlanned ? Exit.planned : Exit.settled;
}

function print(
  reports: readonly ComparisonReport[],
  failed: readonly Failed[],
  exitCode: ExitCode,
  { out }: CliContext,
): void {
  if (out.format === 'json') {
    out.print(JSON.stringify({ exitCode, comparisons: reports, failed }, null, 2));
    return;
  }
  if (out.format === 'markdown') out.print(comparisonMarkdown(reports));
  else for (const report of reports) out.print(comparisonText(report));
  for (const { sync, direction, error } of failed)
    out.print(`${sync}: ${direction}\n  not planned: ${error.message}`);
}
