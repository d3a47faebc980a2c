import type { DriftReason } from '../../model/change.ts';
import { isoInstant } from '../../model/effects.ts';
import type { PersonRecord } from '../../model/run.ts';
import type { ExplainedAttribute, Explanation } from '../../plan/explain.ts';
import { candidateLines, settleCommand } from './candidates.ts';
import { linkChangeText } from './link-change.ts';
import { masked, printable, show, showElements, type Shown } from './mask.ts';
import { maskAll, personLines, type Classes } from './person.ts';

/** An explanation, masked by class. */
export function shownExplanation(explanation: Explanation, classes: Classes, shown: Shown): Explanation {
  const { read, account, attributes, changes } = explanation;
  return {
    ...explanation,
    read: maskAll(read, classes.source, shown),
    account:
      account === null ? null : { ...account, values: maskAll(account.values, classes.target, shown) ?? {} },
    attributes: attributes.map((one) => ({
      ...one,
      value: one.outcome === 'person' ? one.value : show(one.value, one.class, shown),
      current: show(one.current, one.class, shown),
    })),
    changes: changes.map((change) => ({
      ...change,
      identity: maskAll(change.identity, classes.target, shown) ?? {},
      attributes: change.attributes.map(({ before, after, list, ...rest }) => ({
        ...rest,
        ...(list === undefined
          ? {}
          : { list: { memory: '', ...(showElements({ list, ...rest }, shown) ?? list) } }),
        ...(before === undefined ? {} : { before: show(before, rest.class, shown) ?? null }),
        after: 'value' in after ? { value: show(after.value, rest.class, shown) ?? null } : after,
      })),
    })),
  };
}

/** For a person who asks "why": from what was read to what was sent. */
export function explanationText(
  sync: string,
  explanation: Explanation,
  history: readonly PersonRecord[],
): string {
  const { personId, situation, reason, read, standing, clauses, link, account, attributes, changes } =
    explanation;
  const { candidates } = explanation;
  const lines = [
    `${printable(personId)} in ${sync}: ${situation}${reason === '' ? '' : ` (${reason})`}`,
    ...candidateLines(candidates, settleCommand(sync, personId, candidates)).map((line) => `  ${line}`),
  ];
  lines.push(read === null ? '  read: the source does not have this person' : '  read:');
  for (const [name, value] of Object.entries(read ?? {})) lines.push(`    ${name} = ${printable(value)}`);
  if (standing !== null)
    lines.push(`  status: ${standing.fact}${standing.reason === '' ? '' : ` (${standing.reason})`}`);
  for (const { id, text, result, reason: why, place } of clauses) {
    lines.push(`  ${id}: ${result}${why === '' ? '' : ` (${why})`}   ${text}   ${place.file}:${place.line}`);
  }
  lines.push(
    link === null
      ? '  link: none'
      : `  link: account ${printable(link.accountId)}, ${link.state}${endedText(link)}`,
  );
  for (const change of explanation.links) lines.push(`  who is who: ${linkChangeText(change)}`);
  if (account !== null)
    lines.push(`  account: ${printable(account.id)}, ${account.active ? 'active' : 'inactive'}`);
  for (const attribute of attributes) lines.push(`    ${attributeLine(attribute)}`);
  lines.push(changes.length === 0 ? '  plan: nothing to do' : '  plan:');
  for (const change of changes) {
    lines.push(
      `    ${change.kind}: ${change.attributes.map(({ name, cause }) => `${name} [${cause}]`).join(', ') || change.reason}`,
    );
  }
  for (const { at, kind, reason: why } of explanation.upcoming) {
    lines.push(`  upcoming: ${kind} from ${isoInstant(at)} on (${why})`);
  }
  if (history.length > 0)
    lines.push('  earlier runs:', ...history.flatMap(personLines).map((line) => `    ${line}`));
  return lines.join('\n');
}

function endedText({ ended, endedAt }: NonNullable<Explanation['link']>): string {
  if (ended === undefined) return '';
  return ` (${ended}${endedAt === null ? '' : `, since ${isoInstant(endedAt)}`})`;
}

const leftAlone: Readonly<Record<DriftReason, string>> = {
  LeftAlone: 'left alone: policy',
  NotConverging: 'left alone: does not converge, was written and different again in three passes',
};

function attributeLine({
  name,
  outcome,
  value,
  reason,
  current,
  text,
  policy,
  place,
  drift,
}: ExplainedAttribute): string {
  const result = {
    value: printable(value),
    keep: '(kept as it is)',
    secret: masked,
    person: `account of ${printable(value)}`,
    candidates: `one of ${printable(value)}`,
    fault: `fault: ${reason}`,
  }[outcome];
  return `${name} = ${result}, now ${printable(current)}${drift === null ? '' : ` (${leftAlone[drift]})`}   ${policy}: ${text}   ${place.file}:${place.line}`;
}
