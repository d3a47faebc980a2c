import { isoInstant } from '../../model/effects.ts';
import type { Workspace } from '../../compose/workspace.ts';
import { Invalid, Stalled, SyncError } from '../../model/error.ts';
import type { RunSummary } from '../../model/run.ts';
import { heldList } from '../../reconcile/held-list.ts';
import type { Store, StoredHeld } from '../../store/store.ts';
import { approvalOf } from '../approval-of.ts';
import { classesOf } from '../classes.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { table, type Output } from '../output.ts';
import { releaseText } from '../render/held-text.ts';
import { personLines, shownPerson, type Classes } from '../render/person.ts';

interface Options {
  readonly sync: string | undefined;
  readonly run?: string;
  readonly limit: string;
}

/** Runs, newest first; or everybody that one run changed, held or failed. */
export async function run(options: Options, context: CliContext): Promise<ExitCode> {
  return options.run === undefined
    ? await listRuns(options, context)
    : await listPeople(options.run, context);
}

async function listRuns({ sync, limit }: Options, { out, workspace }: CliContext): Promise<ExitCode> {
  const store = await (await workspace()).store();
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1)
    throw new Stalled('BadOption', '--limit takes a whole number from 1 on');
  const runs = await store.runs({ ...(sync === undefined ? {} : { sync }), limit: count });
  if (out.format === 'json') {
    out.print(JSON.stringify(runs, null, 2));
    return Exit.settled;
  }
  const rows = runs.map((one) => [
    one.id,
    one.sync,
    isoInstant(one.startedAt),
    one.trigger,
    one.summary?.result ?? 'running, or cut off',
    one.summary?.message ?? '',
  ]);
  out.print(
    rows.length === 0
      ? `no runs${sync === undefined ? '' : ` of ${sync}`} yet`
      : table([['RUN', 'SYNC', 'STARTED', 'WOKEN BY', 'RESULT', 'MESSAGE'], ...rows]),
  );
  return Exit.settled;
}

async function listPeople(id: string, { out, workspace, global }: CliContext): Promise<ExitCode> {
  const opened = await workspace();
  const store = await opened.store();
  const people = await store.people(id);
  const runs = await store.runs({ limit: 10_000 });
  const about = runs.find((one) => one.id === id);
  if (about === undefined && people.length === 0) {
    throw new Stalled('NoSuchRun', `no run ${id} in the store; rosterd runs lists them`);
  }
  const classes = await classesFor(about?.sync ?? '', opened, out);
  const shown = people.map((person) => shownPerson(person, classes, global.show));
  const held = await heldIn(about, opened, store);
  if (out.format === 'json') {
    out.print(JSON.stringify({ run: about ?? null, held, people: shown }, null, 2));
    return Exit.settled;
  }
  const lines = shown.flatMap(personLines);
  if (held !== null) lines.push(...heldLines(held));
  for (const sentence of about?.summary?.watch ?? []) lines.push(`Look: ${sentence}`);
  out.print(lines.length === 0 ? 'nobody was changed, held or failed' : lines.join('\n'));
  return Exit.settled;
}

/** What a run held, as it stands now: later runs may have released it, or hold something else. */
interface HeldInRun {
  readonly digest: string;
  readonly count: number;
  readonly since: string | null;
  readonly state: StoredHeld['state'] | 'forgotten';
  /** The command that releases it; `null` where none does any more. */
  readonly release: string | null;
}

async function heldIn(
  about: { readonly sync: string; readonly summary?: RunSummary } | undefined,
  workspace: Workspace,
  store: Store,
): Promise<HeldInRun | null> {
  const digest = about?.summary?.heldDigest ?? null;
  if (about?.summary === undefined || digest === null) return null;
  const { held: count } = about.summary;
  const stored = await store.heldByDigest(digest, about.sync);
  if (stored === undefined) return { digest, count, since: null, state: 'forgotten', release: null };
  const approval = await approvalOf(about.sync, workspace);
  const { release } = heldList(stored.set, stored.since, approval, 0);
  const { state } = stored;
  return {
    digest,
    count,
    since: isoInstant(stored.since),
    state,
    release: state === 'open' ? release : null,
  };
}

function heldLines({ digest, count, since, state, release }: HeldInRun): readonly string[] {
  const fate = {
    open: `still held since ${since ?? ''}`,
    superseded: 'not held as it was any more; rosterd status says what is',
    used: 'approved and dealt with',
    forgotten: 'no longer in the store',
  }[state];
  return [
    `${count} held under digest ${digest}: ${fate}`,
    ...(state === 'open' ? [`  ${releaseText({ release, since })}`] : []),
  ];
}

/** The past stays readable while the specs are at fault; then nothing is known of classes, and every value is masked. */
async function classesFor(sync: string, workspace: Workspace, out: Output): Promise<Classes> {
  try {
    return classesOf(sync, (await workspace.loadSpecs()).specs, workspace);
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof SyncError)) throw error;
    out.say(`every value is masked, since the specs cannot be read: ${error.message}`);
    return { source: new Map(), target: new Map() };
  }
}
