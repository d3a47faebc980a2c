import { Stalled, SyncError } from '../../model/error.ts';
import { announcedDays } from '../../plan/today.ts';
import { zonesOf } from '../../plan/zones.ts';
import { look } from '../../reconcile/look.ts';
import { planInputOf } from '../../reconcile/planning.ts';
import type { CompiledSpecs, CompiledSync } from '../../spec/compiled.ts';
import { chooseSyncs, tellSuspended } from '../choose.ts';
import type { CliContext } from '../context.ts';
import { Exit, exitOfError, gravest, type ExitCode } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { upcomingMarkdown, upcomingReport, upcomingText, type UpcomingReport } from '../render/upcoming.ts';

interface Options {
  readonly days: string;
  readonly sync?: string;
}

interface Failed {
  readonly sync: string;
  readonly direction: string;
  readonly error: { readonly reason: string; readonly message: string };
}

const dayMs = 86_400_000;

/** Looks at both systems anew and says what dates will bring to whom. It has nothing to write with. */
export async function run({ days: asked, sync }: Options, context: CliContext): Promise<ExitCode> {
  const { out, workspace, clock } = context;
  const days = daysOf(asked);
  const { specs } = await (await workspace()).loadSpecs();
  const names = sync === undefined ? [] : [sync];
  tellSuspended(specs, names, clock.now(), out);
  const reports: (UpcomingReport | Failed)[] = [];
  const codes: ExitCode[] = [];
  for (const one of chooseSyncs(specs, names, clock.now())) {
    const { report, code } = await reportOf(one, specs, days, context);
    reports.push(report);
    codes.push(code);
    if (out.format !== 'json') out.print(render(report, out.format));
  }
  const code = gravest(codes);
  if (out.format === 'json') out.print(JSON.stringify({ exitCode: code, syncs: reports }, null, 2));
  return code;
}

function daysOf(asked: string): number {
  const days = Number(asked);
  if (Number.isInteger(days) && days >= 1 && days <= announcedDays) return days;
  throw new Stalled('NoSuchDays', `--days ${asked}: write a whole number from 1 to ${announcedDays}`);
}

async function reportOf(
  sync: CompiledSync,
  specs: CompiledSpecs,
  days: number,
  { out, workspace, signal, clock }: CliContext,
): Promise<{ report: UpcomingReport | Failed; code: ExitCode }> {
  const opened = await workspace();
  try {
    const pass = await opened.openPass(sync, specs, 'cli', showProgress(out, sync));
    try {
      const { readings, memory, plan } = await look(pass.deps, signal);
      const until = clock.now() + days * dayMs;
      const upcoming = plan.upcoming.filter(({ at }) => at <= until);
      const people = upcoming.map(({ personId }) => personId);
      const zones = zonesOf(planInputOf({ ...readings, memory }, pass.deps), people);
      return { report: upcomingReport(sync, upcoming, zones, days), code: Exit.settled };
    } finally {
      await pass.close();
    }
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const { reason, message } = error;
    out.say(`${sync.name}: ${message} [${reason}]`);
    const { name, direction } = sync;
    return { report: { sync: name, direction, error: { reason, message } }, code: exitOfError(error) };
  }
}

function render(report: UpcomingReport | Failed, format: CliContext['out']['format']): string {
  if ('error' in report)
    return `${report.sync}: ${report.direction}\n  not looked at: ${report.error.message}`;
  return format === 'markdown' ? upcomingMarkdown(report) : upcomingText(report);
}
