import type { Upcoming, UpcomingKind } from '../../model/upcoming.ts';
import type { CompiledSync } from '../../spec/compiled.ts';
import { table } from '../output.ts';
import { printable } from './mask.ts';
import { cell } from './plan-markdown.ts';

/** What dates will bring the people of one sync, as plain data: what `--output json` prints. It holds no value of a person. */
export interface UpcomingReport {
  readonly sync: string;
  readonly direction: string;
  readonly mode: string;
  readonly days: number;
  readonly upcoming: readonly ReportedUpcoming[];
}

interface ReportedUpcoming {
  readonly personId: string;
  readonly accountId: string | null;
  readonly kind: UpcomingKind;
  /** An instant in UTC. */
  readonly at: string;
  /** The same by the clock in `zone`: `2026-11-27 00:00`. */
  readonly local: string;
  /** The person's; UTC where it is not known. */
  readonly zone: string;
  readonly reason: string;
}

export function upcomingReport(
  { name, direction, mode }: CompiledSync,
  upcoming: readonly Upcoming[],
  zones: ReadonlyMap<string, string>,
  days: number,
): UpcomingReport {
  const listed = upcoming.map(({ personId, accountId, kind, at, reason }) => {
    const zone = zones.get(personId) ?? 'UTC';
    return {
      personId,
      accountId,
      kind,
      at: Temporal.Instant.fromEpochMilliseconds(at).toString(),
      local: localTime(at, zone),
      zone,
      reason,
    };
  });
  return { sync: name, direction, mode, days, upcoming: listed };
}

function localTime(at: number, zone: string): string {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return there.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

export function upcomingText({ sync, direction, mode, days, upcoming }: UpcomingReport): string {
  const head = `${sync}: ${direction}  mode ${mode}`;
  if (upcoming.length === 0) return `${head}\n  no date brings anything in the next ${days} days`;
  const rows = upcoming.map((one) => [
    `  ${one.local} ${one.zone}`,
    one.at,
    one.kind,
    printable(one.personId),
    printable(whose(one)),
    printable(one.reason),
  ]);
  const titles = ['  WHEN', 'UTC', 'WHAT', 'PERSON', 'ACCOUNT', 'WHY'];
  return [head, table([titles, ...rows]), `  ${count(upcoming, days)}${remark(mode)}`].join('\n');
}

export function upcomingMarkdown({ sync, direction, mode, days, upcoming }: UpcomingReport): string {
  const lines = [`### ${cell(sync)}: ${cell(direction)}`, '', `**${count(upcoming, days)}**${remark(mode)}`];
  if (upcoming.length === 0) return lines.join('\n');
  const rows = upcoming.map((one) => {
    const cells = [`${one.local} ${one.zone}`, one.at, one.kind, one.personId, whose(one), one.reason];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return [
    ...lines,
    '',
    '| when | UTC | what | person | account | why |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function whose({ accountId }: ReportedUpcoming): string {
  return accountId ?? '-';
}

function count({ length }: UpcomingReport['upcoming'], days: number): string {
  return `${length} in the next ${days} days`;
}

function remark(mode: string): string {
  return mode === 'observe' ? '; mode observe writes none of it' : '';
}
