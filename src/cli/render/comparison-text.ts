import type { ChangeKind } from '../../model/change.ts';
import type { Moved } from '../../plan/compare.ts';
import type { ComparisonReport } from './comparison-report.ts';
import { printable } from './mask.ts';
import { details, headline, short } from './plan-text.ts';

/** The most changes of one list that text shows; JSON has all. */
const longest = 200;

/** What a change of one sync would do, as a reviewer reads it in a terminal. */
export function comparisonText(report: ComparisonReport): string {
  const { sync, direction, mode, revision, base, because, calledOff, anyway, moved } = report;
  const lines = [`${sync}: ${direction}  mode ${mode}, ${short(base)} → ${short(revision)}`];
  if (report.readTwice !== null)
    lines.push(`  Read twice, because ${report.readTwice}: what changed in between is counted as well`);
  lines.push(
    ...listLines('Because of this change', because),
    ...listLines('Called off by this change', calledOff),
  );
  if (moved.length > 0) {
    lines.push(`  Stand elsewhere: ${moved.length}`);
    lines.push(
      ...moved.slice(0, longest).map((one) => `    ${whose(one)}: ${movedText(one)}`),
      ...rest(moved.length),
    );
  }
  lines.push(...listLines('Waiting anyway', anyway));
  if (report.stopped !== null) lines.push(`  Nothing would be written: ${report.stopped}`);
  for (const breach of report.breaches) lines.push(`  Over a limit: ${breach}`);
  for (const sentence of report.watch) lines.push(`  Look: ${sentence}`);
  if (report.held !== null) lines.push(`  Would be held: ${report.held.count}, digest ${report.held.digest}`);
  lines.push(`  ${sentenceOf([report])}`);
  return lines.join('\n');
}

/** All of it in one sentence: `This change: 40 to update for 40 people (40 job_title emptied); 3 are waiting anyway.` */
export function sentenceOf(reports: readonly ComparisonReport[]): string {
  const because = reports.map((report) => report.because);
  const parts = [
    ...countsOf(because),
    ...clearedOf(because),
    ...counted(
      sum(reports, ({ calledOff }) => calledOff.changes.length),
      'called off',
    ),
    ...counted(
      sum(reports, ({ moved }) => moved.length),
      'people stand elsewhere',
    ),
    ...counted(
      sum(reports, ({ held }) => held?.count ?? 0),
      'would be held',
    ),
    ...reports.filter(({ state }) => state === 'added').map(({ sync }) => `${sync} is new`),
    ...reports.filter(({ state }) => state === 'removed').map(({ sync }) => `${sync} is removed`),
  ];
  const waiting = sum(reports, ({ anyway }) => anyway.changes.length);
  const told =
    parts.length === 0 ? 'This change does nothing to anybody' : `This change: ${parts.join('; ')}`;
  return `${told}${waiting === 0 ? '' : `; ${grouped(waiting)} waiting anyway`}.`;
}

export function movedText({ before, after, reason }: Moved): string {
  const why = reason === '' ? '' : ` (${reason})`;
  return `${before ?? 'linked'} → ${after ?? 'linked'}${why}`;
}

type List = ComparisonReport['because'];

function listLines(title: string, list: List): readonly string[] {
  if (list.changes.length === 0) return [];
  return [
    `  ${title}: ${countsOf([list]).join('; ')}`,
    ...list.changes.slice(0, longest).flatMap((change) => [headline(change), ...details(change)]),
    ...rest(list.changes.length),
  ];
}

function rest(count: number): readonly string[] {
  return count > longest ? [`  … and ${grouped(count - longest)} more (--output json lists all)`] : [];
}

function countsOf(lists: readonly List[]): readonly string[] {
  const kinds: readonly ChangeKind[] = ['create', 'adopt', 'update', 'enable', 'disable', 'delete'];
  return kinds.flatMap((kind) =>
    counted(
      sum(lists, ({ summary }) => summary[kind]),
      `to ${kind}`,
    ),
  );
}

/** What is emptied is what a slip in a mapping does, and what nobody wants to find among other updates. */
function clearedOf(lists: readonly List[]): readonly string[] {
  return lists
    .flatMap(({ attributes }) => attributes)
    .filter(({ cleared }) => cleared > 0)
    .map(({ name, cleared }) => `${printable(name)} emptied for ${grouped(cleared)}`);
}

function counted(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${grouped(count)} ${what}`];
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

function whose({ personId, accountId }: Moved): string {
  return printable(personId ?? `account ${accountId ?? ''}`);
}
