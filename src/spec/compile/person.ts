import type { Expression } from '../../expression/expression.ts';
import type { ValueType } from '../../model/value.ts';
import { isTimeZone } from '../../model/time-zone.ts';
import type { Clause, DateRule, StatusRule } from '../compiled.ts';
import type { SpecDocument } from '../documents.ts';
import { suggest } from '../suggestion.ts';
import type { Path, YamlDocument } from '../yaml/yaml-document.ts';
import { compileExpression } from './expression-place.ts';
import type { CompileInput } from './input.ts';
import { refer } from './references.ts';
import type { Sides } from './sides.ts';

/** The clauses of `who`, those of the Filters it names in their place. */
export function compileWho(sync: SpecDocument<'Sync'>, sides: Sides, input: CompileInput): readonly Clause[] {
  const clause = (id: string, text: string, yaml: YamlDocument, path: Path): readonly Clause[] => {
    const expression = compileExpression(text, 'bool', { yaml, path }, sides.compiler, sides.findings);
    return expression === undefined ? [] : [{ id, expression, place: yaml.place(path) }];
  };
  return sync.content.spec.who.flatMap((item, index) => {
    const path = ['spec', 'who', index];
    if (typeof item === 'string') return clause(`who[${index}]`, item, sync.yaml, path);
    const from = { yaml: sync.yaml, path: [...path, 'filter'] };
    const filter = refer('Filter', item.filter, from, input.documents, input.findings);
    return (filter?.content.spec.who ?? []).flatMap((text, at) =>
      filter === undefined ? [] : clause(`${filter.name}.who[${at}]`, text, filter.yaml, ['spec', 'who', at]),
    );
  });
}

/** Which values mean that somebody is here, away or has left. */
export function compileStatus({ yaml, content }: SpecDocument<'Sync'>, sides: Sides): StatusRule | undefined {
  const { status } = content.spec;
  if (status === undefined) return undefined;
  const seen = new Map<string, string>();
  for (const group of ['here', 'away', 'left'] as const) {
    for (const [index, value] of status[group].entries()) {
      const first = seen.get(value);
      const at = yaml.place(['spec', 'status', group, index]);
      if (first !== undefined) sides.findings.error('spec/status', at, `"${value}" is in "${first}" already`);
      seen.set(value, group);
    }
  }
  const path = ['spec', 'status', 'value'];
  const value = compileExpression(status.value, 'text', { yaml, path }, sides.compiler, sides.findings);
  if (value === undefined) return undefined;
  compareWithVendor(value, seen, yaml, sides);
  return { value, here: new Set(status.here), away: new Set(status.away), left: new Set(status.left) };
}

/** Where the status is the vendor's own, with every value documented, the lists can be checked against it. */
function compareWithVendor(
  value: Expression,
  listed: ReadonlyMap<string, string>,
  yaml: YamlDocument,
  { source, findings }: Sides,
): void {
  const attribute = /^source\.([\w.]+)$/.exec(value.text)?.[1];
  const values = attribute === undefined ? undefined : source.get(attribute)?.values;
  if (values === undefined) return;
  for (const [one, group] of listed) {
    if (values.includes(one)) continue;
    const message = `the source never gives "${one}" as ${attribute}`;
    findings.warning('spec/status', yaml.place(['spec', 'status', group]), message, suggest(one, values));
  }
  const missing = values.filter((one) => !listed.has(one));
  if (missing.length === 0) return;
  const message = `people with the status ${missing.join(', ')} are errors, as no list names it`;
  findings.warning('spec/status', yaml.keyPlace(['spec', 'status']), message);
}

export function compileDates({ yaml, content }: SpecDocument<'Sync'>, sides: Sides): DateRule {
  const { starts, lastDay, timezone = 'UTC' } = content.spec.dates;
  const compile = (key: string, text: string | undefined, type: ValueType) =>
    text === undefined
      ? undefined
      : compileExpression(text, type, { yaml, path: ['spec', 'dates', key] }, sides.compiler, sides.findings);
  const name = zoneNameIn(timezone);
  let zone: DateRule['timezone'] | undefined;
  // `Europe/Berlin` is a zone and no division; what the runtime does not know is taken as an expression.
  if (isTimeZone(timezone)) zone = { constant: timezone };
  else if (name === undefined || isTimeZone(name)) zone = compile('timezone', timezone, 'text');
  else {
    const hint = suggest(name, Intl.supportedValuesOf('timeZone')) ?? 'write one such as Europe/Berlin';
    const message = `"${name}" is no time zone of the IANA list`;
    sides.findings.error('spec/value', yaml.place(['spec', 'dates', 'timezone']), message, hint);
  }
  return {
    starts: compile('starts', starts, 'date'),
    lastDay: compile('lastDay', lastDay, 'date'),
    timezone: zone ?? { constant: 'UTC' },
  };
}

/** The one zone that a text means, right or wrong: what is written like one, or an expression of a text alone. */
function zoneNameIn(text: string): string | undefined {
  return (
    /^(["'])(?<quoted>[^"']*)\1$/.exec(text)?.groups?.['quoted'] ??
    /^[A-Z]\w*(?:\/[A-Z][\w+-]*)+$/.exec(text)?.[0]
  );
}
