import { styleText } from 'node:util';
import type { ChangeKind } from '../../model/change.ts';
import { nounOf } from '../../model/entity.ts';
import { candidateLines } from './candidates.ts';
import { escrowLines } from './escrow-text.ts';
import { handOverLines } from './hand-overs.ts';
import { holdWords, releaseText } from './held-text.ts';
import { linkChangeLines } from './link-change.ts';
import { changedText, printable } from './mask.ts';
import type { PlanReport } from './plan-report.ts';
import type { ReportedChange } from './reported-change.ts';
import { stuckLines } from './stuck-text.ts';

const signs: Readonly<Record<ChangeKind, string>> = {
  create: '+',
  adopt: '=',
  update: '~',
  enable: '^',
  disable: '-',
  delete: 'x',
};
const colours = {
  create: 'green',
  adopt: 'cyan',
  update: 'yellow',
  enable: 'green',
  disable: 'red',
  delete: 'red',
} as const;

/** The most changes that text lists; JSON lists all. */
const longest = 200;

/** A plan as a reviewer reads it: by sync, people first, totals last, held ones with their reason. */
export function planText(report: PlanReport, colour: boolean): string {
  const paint = (style: (typeof colours)[ChangeKind] | 'bold' | 'dim', text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines = [
    paint('bold', `${report.sync}: ${report.direction}`) +
      paint('dim', `  mode ${report.mode}, revision ${short(report.revision)}`),
  ];
  lines.push(...linkChangeLines(report.links, longest), ...handOverLines(report.handOvers, longest));
  for (const change of report.changes.slice(0, longest)) {
    lines.push(paint(colours[change.kind], headline(change)), ...details(change));
  }
  if (report.changes.length > longest) {
    lines.push(`  … and ${report.changes.length - longest} more changes (--output json lists all)`);
  }
  for (const one of report.attention.slice(0, longest)) {
    const { personId, accountId, situation, reason, candidates, settle } = one;
    // Some records have neither: a row without an id.
    const whose = personId ?? (accountId === null ? undefined : `account ${accountId}`);
    lines.push(`  ! ${whose === undefined ? '' : `${printable(whose)}: `}${situation} (${reason})`);
    lines.push(...candidateLines(candidates, settle).map((line) => `      ${line}`));
  }
  if (report.attention.length > longest)
    lines.push(`  … and ${report.attention.length - longest} more to look at`);
  lines.push(...stuckLines(report.notConverging, longest), ...escrowLines(report.escrow, longest));
  if (report.stopped !== null) lines.push(`  Nothing is written: ${report.stopped}`);
  for (const breach of report.breaches) lines.push(`  Over a limit: ${breach}`);
  for (const sentence of report.watch) lines.push(`  Look: ${sentence}`);
  if (report.upcoming.length > 0) lines.push(`  Due within a month: ${dueText(report)}`);
  lines.push(`  ${totals(report)}`);
  if (report.held !== null) {
    const { count, since, digest } = report.held;
    lines.push(`  Held: ${count}${since === null ? '' : ` since ${since}`}, digest ${digest}`);
    lines.push(`  ${releaseText(report.held)}`);
  }
  return lines.join('\n');
}

/** `2 to disable, 1 to create, the first at 2026-11-30T23:00:00.000Z`. */
function dueText({ upcoming }: PlanReport): string {
  const kinds = Map.groupBy(upcoming, ({ kind }) => kind);
  const counts = [...kinds].map(([kind, all]) => `${all.length} to ${kind}`).join(', ');
  return `${counts}, the first at ${upcoming[0]?.at ?? ''}`;
}

/** `3 to create, 1 to disable; 2 held; 4 need attention`, or that nothing is to be done. */
export function totals(report: PlanReport): string {
  const { entity, people, summary, held, links, handOvers, attention, drift, notConverging, escrow } = report;
  const kinds = (Object.keys(summary) as ChangeKind[]).filter((kind) => summary[kind] > 0);
  const parts = [
    kinds.length === 0 ? 'Nothing to do' : kinds.map((kind) => `${summary[kind]} to ${kind}`).join(', '),
    ...(links.length === 0 ? [] : [counted(links.length, 'change of who is who', 'changes of who is who')]),
    ...(handOvers.length === 0 ? [] : [`${handOvers.length} to hand over to another sync`]),
    ...(held === null ? [] : [`${held.count} held`]),
    // Those that wait for their person or course are no matter of attention, and are asked for all the same.
    ...(entity === 'person' || people.undecided === 0
      ? []
      : [`${people.undecided} ${nounOf(entity, people.undecided)} undecided`]),
    ...(drift === 0 ? [] : [`${drift} differences left alone`]),
    ...(notConverging.length === 0 ? [] : [`${notConverging.length} of them do not converge`]),
    ...(escrow.length === 0 ? [] : [`${escrow.length} left alone after a refusal`]),
    ...(attention.length === 0 ? [] : [`${attention.length} to look at`]),
  ];
  return parts.join('; ');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function headline({
  kind,
  personId,
  accountId,
  reason,
  active,
  welcomes,
  held,
}: ReportedChange): string {
  const whole = held.find(({ attribute }) => attribute === null);
  const account = accountId === null ? '' : ` → account ${printable(accountId)}`;
  const why = `${reason === '' ? '' : ` (${reason})`}${active === false ? ', disabled' : ''}${welcomes === true ? ', welcome mail' : ''}`;
  return `  ${whole === undefined ? signs[kind] : '!'} ${kind} ${printable(personId)}${account}${why}${whole === undefined ? '' : ` held: ${whole.message} ${holdWords(whole.reason, whole.class)}${waiting(whole)}`}`;
}

function waiting({ dependents }: ReportedChange['held'][number]): string {
  return dependents.length === 0 ? '' : `; ${printable(dependents)} wait for it`;
}

export function details({ kind, attributes, held }: ReportedChange): readonly string[] {
  return attributes.map((one) => {
    const { name, after, cause } = one;
    const holding = held.find(({ attribute }) => attribute === name);
    const change = kind === 'create' ? printable(after) : `${changedText(one)}  [${cause}]`;
    return `      ${name}: ${change}${holding === undefined ? '' : `  held: ${holding.message} ${holdWords(holding.reason, holding.class)}`}`;
  });
}

/** A commit or a folder's digest, as short as people call it. */
export function short(revision: string): string {
  return /^(?:sha256:)?([0-9a-f]{9})[0-9a-f]{31,55}$/.exec(revision)?.[1] ?? revision;
}
