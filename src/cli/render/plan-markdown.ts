import { candidateLines } from './candidates.ts';
import { handOverText } from './hand-overs.ts';
import { releaseText } from './held-text.ts';
import { linkChangeText } from './link-change.ts';
import { changedText, printable } from './mask.ts';
import type { PlanReport } from './plan-report.ts';
import type { ReportedChange } from './reported-change.ts';
import { short, totals } from './plan-text.ts';
import { notConvergingMeans } from './stuck-text.ts';

/** The most changes of one kind that a comment lists. */
const longest = 100;

/** A plan for a pull request: the summary first, then a folded section for each kind of change. */
export function planMarkdown(report: PlanReport): string {
  const lines = [
    `### ${cell(report.sync)}: ${cell(report.direction)}`,
    '',
    `**${totals(report)}** at \`${short(report.revision)}\``,
  ];
  if (report.stopped !== null) lines.push('', `> Nothing is written: ${cell(report.stopped)}`);
  for (const breach of report.breaches) lines.push('', `> Over a limit: ${cell(breach)}`);
  for (const sentence of report.watch) lines.push('', `> Look: ${cell(sentence)}`);
  if (report.held !== null)
    lines.push(
      '',
      `> ${report.held.count} held under digest \`${report.held.digest}\`; ${releaseText(report.held)}`,
    );
  for (const kind of ['create', 'adopt', 'update', 'enable', 'disable', 'delete'] as const) {
    const changes = report.changes.filter((change) => change.kind === kind);
    if (changes.length > 0) lines.push('', ...section(`${changes.length} to ${kind}`, changes.map(row)));
  }
  if (report.links.length > 0) {
    const rows = report.links.map(
      (change) =>
        `| ${cell(change.personId)} | ${cell(change.accountId)} | ${cell(linkChangeText(change))} | |`,
    );
    lines.push('', ...section(`${rows.length} changes of who is who`, rows));
  }
  if (report.handOvers.length > 0) {
    const rows = report.handOvers.map(
      (one) => `| ${cell(one.personId)} | ${cell(one.accountId)} | ${cell(handOverText(one))} | |`,
    );
    lines.push('', ...section(`${rows.length} to hand over to another sync`, rows));
  }
  if (report.escrow.length > 0) {
    const rows = report.escrow.map(
      ({ personId, change, message }) => `| ${cell(personId)} | | ${cell(change)}: ${cell(message)} | |`,
    );
    lines.push('', ...section(`${rows.length} left alone after a refusal`, rows));
  }
  if (report.attention.length > 0) {
    const rows = report.attention.map(
      ({ personId, accountId, situation, reason, candidates, settle }) =>
        `| ${cell(personId ?? '')} | ${cell(accountId ?? '')} | ${[`${situation}: ${reason}`, ...candidateLines(candidates, settle)].map(cell).join('<br>')} | |`,
    );
    lines.push('', ...section(`${report.attention.length} to look at`, rows));
  }
  const stuck = report.notConverging;
  if (stuck.length > 0) {
    const rows = stuck.map(
      ({ personId, accountId, attribute }) =>
        `| ${cell(personId)} | ${cell(accountId)} | does not converge | ${cell(attribute)} |`,
    );
    lines.push('', ...section(`${stuck.length} not converging`, rows), '', `> ${notConvergingMeans}`);
  }
  return lines.join('\n');
}

/** A folded table of people; rows beyond `most` are counted. */
export function section(title: string, rows: readonly string[], most = longest): readonly string[] {
  const more =
    rows.length > most ? [`| … | | and ${(rows.length - most).toLocaleString('en')} more | |`] : [];
  return [
    `<details><summary>${title}</summary>`,
    '',
    '| person | account | why | attributes |',
    '|---|---|---|---|',
    ...rows.slice(0, most),
    ...more,
    '',
    '</details>',
  ];
}

export function row({ kind, personId, accountId, reason, held, attributes }: ReportedChange): string {
  const why = held.length === 0 ? reason : `${reason} **held**: ${held[0]?.message ?? ''}`;
  const values = attributes.map(
    (attribute) =>
      `${cell(attribute.name)}: ${cell(kind === 'create' ? printable(attribute.after) : changedText(attribute))}`,
  );
  return `| ${cell(personId)} | ${cell(accountId ?? '')} | ${cell(why)} | ${values.join('<br>')} |`;
}

/** Text of a table's cell: nothing in it can become markup, a link or a mention. */
export function cell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~]/g, (sign) => `\\${sign}`)
    .replaceAll('@', '@\u200B')
    .replaceAll(/\s+/g, ' ');
}
