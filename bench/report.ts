import { cpus, totalmem } from 'node:os';
import { growthOf, measures, ratioOf, spreadOf, type Measure, type Pair, type Spread } from './figures.ts';

const titles: Readonly<Record<Measure, string>> = { wallMs: 'wall s', cpuMs: 'CPU s', peakMb: 'peak MB' };

/** The machine, a line for each measure of each pair, and how costs grow from the smallest to the largest size. */
export function tableOf(pairs: readonly Pair[]): string {
  const head = ['people', 'what', 'measure', 'rosterd min/median/max', 'floor', 'min/median/max', 'ratio'];
  const rows = pairs.flatMap((pair) => measures.map((measure) => rowOf(pair, measure)));
  return [machine(), '', ...aligned([head, ...rows]), '', ...growthLines(pairs)].join('\n');
}

/** The same for programs: every run, and the ratios by measure. */
export function jsonOf(pairs: readonly Pair[]): string {
  const figures = pairs.map((pair) => ({
    ...pair,
    ratios: Object.fromEntries(measures.map((measure) => [measure, ratioOf(pair, measure)])),
  }));
  const growth = growths(pairs).map(({ smaller, larger }) => ({
    what: larger.what,
    from: smaller.people,
    to: larger.people,
    perPerson: Object.fromEntries(measures.map((measure) => [measure, growthOf(smaller, larger, measure)])),
  }));
  return JSON.stringify({ machine: machine(), figures, growth }, null, 2);
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory} GiB, ${process.platform}`;
}

function rowOf(pair: Pair, measure: Measure): readonly string[] {
  const judged = pair.judged === measure ? ' <' : '';
  return [
    pair.people.toLocaleString('en'),
    pair.what,
    titles[measure],
    amounts(spreadOf(pair.rosterd, measure), measure),
    pair.floor,
    amounts(spreadOf(pair.floorRuns, measure), measure),
    `${ratioText(ratioOf(pair, measure))}${judged}`,
  ];
}

function amounts({ min, median, max }: Spread, measure: Measure): string {
  return [min, median, max]
    .map((value) => (measure === 'peakMb' ? value.toFixed(0) : (value / 1_000).toFixed(2)))
    .join(' / ');
}

function ratioText({ min, median, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`;
}

function growths(pairs: readonly Pair[]): readonly { smaller: Pair; larger: Pair }[] {
  return [...Map.groupBy(pairs, ({ what }) => what).values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => a.people - b.people);
    const [smaller, larger] = [sorted[0], sorted.at(-1)];
    return smaller === undefined || larger === undefined || smaller === larger ? [] : [{ smaller, larger }];
  });
}

function growthLines(pairs: readonly Pair[]): readonly string[] {
  return growths(pairs).map(({ smaller, larger }) => {
    const each = measures.map(
      (measure) => `${titles[measure]} ${growthOf(smaller, larger, measure).toFixed(2)}`,
    );
    return `rosterd per person, ${larger.people.toLocaleString('en')} against ${smaller.people.toLocaleString('en')}, ${larger.what}: ${each.join(', ')} (1 is linear)`;
  });
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
