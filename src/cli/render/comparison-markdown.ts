import type { ChangeKind } from '../../model/change.ts';
import type { ComparisonReport } from './comparison-report.ts';
import { movedText, sentenceOf } from './comparison-text.ts';
import { printable } from './mask.ts';
import { cell, row, section } from './plan-markdown.ts';
import { short } from './plan-text.ts';

/** By this line a bot finds the comment that it wrote before. */
export const commentMark = '<!-- rosterd: what this change would do -->';

/** Forges refuse a comment of more than 65,536 characters; some count bytes. */
const longestComment = 60_000;
const mostRows = [100, 50, 20, 5, 0];

/**
 * The comment for a pull request: one line that says it all, then each sync, folded, in the order of their names. Never
 * longer than `longest`: rows are left out first, and counted, then whole syncs.
 */
export function comparisonMarkdown(reports: readonly ComparisonReport[], longest = longestComment): string {
  const head = [commentMark, `**${sentenceOf(reports)}**`];
  const told = reports.filter(({ state }) => state !== 'unchanged');
  for (const rows of mostRows) {
    const comment = [...head, ...told.flatMap((report) => ['', ...syncLines(report, rows)])].join('\n');
    if (comment.length <= longest) return comment;
  }
  const lines = [...head];
  let left = told.length;
  for (const report of told) {
    const more = ['', `- ${cell(report.sync)}: ${cell(sentenceOf([report]))}`];
    if ([...lines, ...more].join('\n').length > longest - 100) break;
    lines.push(...more);
    left -= 1;
  }
  return [...lines, ...(left === 0 ? [] : ['', `… and ${grouped(left)} more syncs`])].join('\n');
}

function syncLines(report: ComparisonReport, rows: number): readonly string[] {
  const { sync, direction, because, calledOff, anyway, moved, revision, base } = report;
  const lines = [
    `### ${cell(sync)}: ${cell(direction)}`,
    '',
    `${cell(sentenceOf([report]))} At \`${short(revision)}\`, compared with \`${short(base)}\`.`,
  ];
  if (report.readTwice !== null)
    lines.push(
      '',
      `> Read twice, because ${cell(report.readTwice)}: what changed in between is counted as well.`,
    );
  if (report.stopped !== null) lines.push('', `> Nothing would be written: ${cell(report.stopped)}`);
  for (const breach of report.breaches) lines.push('', `> Over a limit: ${cell(breach)}`);
  for (const sentence of report.watch) lines.push('', `> Look: ${cell(sentence)}`);
  if (report.held !== null)
    lines.push('', `> ${grouped(report.held.count)} would be held under digest \`${report.held.digest}\`.`);
  lines.push(...attributeLines(because));
  for (const kind of kinds) {
    const changes = because.changes.filter((change) => change.kind === kind);
    if (changes.length > 0)
      lines.push('', ...section(`${grouped(changes.length)} to ${kind}`, changes.map(row), rows));
  }
  if (calledOff.changes.length > 0)
    lines.push(
      '',
      ...section(`${grouped(calledOff.changes.length)} called off`, calledOff.changes.map(row), rows),
    );
  if (moved.length > 0) {
    const people = moved.map(
      (one) => `| ${cell(one.personId ?? '')} | ${cell(one.accountId ?? '')} | ${cell(movedText(one))} | |`,
    );
    lines.push('', ...section(`${grouped(moved.length)} stand elsewhere`, people, rows));
  }
  if (anyway.changes.length > 0)
    lines.push(
      '',
      ...section(`${grouped(anyway.changes.length)} waiting anyway`, anyway.changes.map(row), rows),
    );
  return lines;
}

const kinds: readonly ChangeKind[] = ['create', 'adopt', 'update', 'enable', 'disable', 'delete'];

/** Which expression gives what to how many: of a wrong mapping this is all that a reviewer must see. */
function attributeLines({ attributes }: ComparisonReport['because']): readonly string[] {
  if (attributes.length === 0) return [];
  return [
    '',
    '| attribute | people | of them emptied | by |',
    '|---|---|---|---|',
    ...attributes.map(
      ({ name, people, cleared, expression }) =>
        `| ${cell(name)} | ${grouped(people)} | ${grouped(cleared)} | ${cell(printable(expression))} |`,
    ),
  ];
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
