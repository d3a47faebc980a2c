import { changeKinds } from '../model/change.ts';
import type { Facts } from './facts.ts';
import type { Row } from './situations.ts';
import { laterFindings } from './findings.ts';
import { modePermits } from './permit.ts';
import { factNames } from './facts.ts';
import { decisionTable } from './situations.ts';

/** Between these lines `docs/lifecycle.md` is written by `documented`. */
const marks = {
  begin: '<!-- generated from src/plan/situations.ts: begin -->',
  end: '<!-- generated from src/plan/situations.ts: end -->',
} as const;

/** The page with its tables made anew; what a person wrote around them stays. Throws when the page lacks the marks. */
export function documented(page: string): string {
  const begin = page.indexOf(marks.begin);
  const end = page.indexOf(marks.end);
  if (begin < 0 || end < begin) throw new Error(`the page must hold "${marks.begin}" and "${marks.end}"`);
  return `${page.slice(0, begin + marks.begin.length)}\n\n${tables()}\n\n${page.slice(end)}`;
}

function tables(): string {
  return [
    '### Decision table',
    'The first line whose conditions all hold decides. A condition that is not named holds for every value.',
    table(['', 'when', 'situation', 'what is done', 'asks for attention'], decisionTable.map(line)),
    '### What is found out afterwards',
    table(
      ['when', 'situation'],
      Object.values(laterFindings).map(({ when, situation }) => [when, code(situation)]),
    ),
    '### What each mode lets happen',
    table(
      ['mode', ...deedNames],
      Object.entries(modePermits).map(([mode, permits]) => [
        code(mode),
        ...deedNames.map((deed) => (permits.has(deed) ? 'yes' : '')),
      ]),
    ),
    '`observe` plans like `full`, so that the plan shows what would happen, and writes nothing.',
  ].join('\n\n');
}

const deedNames = changeKinds;

const deedWords: Readonly<Record<Row['deed'], string>> = {
  nothing: 'nothing',
  create: 'create an account',
  createDisabled: 'create an account that is disabled',
  adopt: 'link the account and bring its attributes in line',
  adoptAndEnable: 'link the account, bring its attributes in line, then enable it',
  align: 'bring the attributes in line where they differ',
  alignAndEnable: 'enable the account and bring its attributes in line',
  reuse: 'link the former account again, enable it and bring its attributes in line',
  disable: 'disable the account',
  linkAndDisable: 'link and disable the account, in one change',
  delete: 'delete the account',
};

const accountWords: Readonly<Record<Facts['account'], string>> = {
  linked: 'linked and there',
  missingOnce: 'linked and gone for the first time',
  missing: 'linked and gone from two readings',
  ended: 'given up by us earlier',
  endedAway: 'disabled by us because of an absence',
  one: 'not linked, exactly one matches',
  none: 'none matches',
  unsought: 'not linked and not looked for',
  inactive: 'only a deactivated one matches',
  released: 'given up by a Links document',
  awaited: 'decided by a Links document, in a partial pass',
  several: 'several match',
  taken: "the match carries another person's identity, or cannot be had as a Links document says",
  recycled: 'one matches by a value that belonged to another person of ours lately',
  shared: 'several people stand for it',
  foreign: 'another sync’s, another person’s, or outside the scope',
  protected: 'protected',
  doubtful: 'linked, its record is faulty',
  doubtfulMatch: 'the record of the match is faulty',
};

const statusWords: Readonly<Record<Facts['status'], string>> = {
  here: 'here',
  soon: 'here, starts within `createBefore`',
  later: 'here, starts later',
  away: 'away',
  left: 'left',
  undecided: 'undecided (absent)',
  failed: 'faulty or not listed',
  absent: 'not in the source',
};

const scopeWords: Readonly<Record<Facts['scope'], string>> = {
  in: 'in',
  out: 'out: a clause is false',
  undecided: 'undecided: a clause depends on something absent',
  failed: 'a clause fails',
};

function line(row: Row, index: number): string[] {
  const conditions = factNames.flatMap((name) => {
    const said = sayings(row, name);
    return said.length === 0 ? [] : [`${factWords[name]}: ${said.join(' *or* ')}`];
  });
  for (const [choice, value] of Object.entries(row.when.policy ?? {}))
    conditions.push(code(`then.${choice}: ${value}`));
  const when = conditions.length === 0 ? 'otherwise' : conditions.join(' · ');
  return [String(index + 1), when, code(row.situation), deedWords[row.deed], row.attention ? 'yes' : ''];
}

const factWords: Readonly<Record<keyof Facts, string>> = {
  account: 'account',
  usable: 'account is active',
  status: 'status',
  scope: 'scope',
  grace: 'grace (`vanished.after` or `left.deleteAfter`)',
};

function sayings({ when }: Row, name: keyof Facts): readonly string[] {
  if (name === 'account') return when.account?.map((fact) => accountWords[fact]) ?? [];
  if (name === 'status') return when.status?.map((fact) => statusWords[fact]) ?? [];
  if (name === 'scope') return when.scope?.map((fact) => scopeWords[fact]) ?? [];
  if (name === 'usable') return when.usable?.map((fact) => (fact ? 'yes' : 'no')) ?? [];
  return when.grace?.map((fact) => (fact === 'over' ? 'passed' : 'still running')) ?? [];
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const rows = [head, head.map(() => '---'), ...lines];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
