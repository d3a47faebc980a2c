import { isoInstant } from '../../model/effects.ts';
import type { PersonRecord } from '../../model/run.ts';
import type { DataClass, Value } from '../../model/value.ts';
import { candidateLines } from './candidates.ts';
import { holdWords } from './held-text.ts';
import { printable, show, type Shown } from './mask.ts';

/** Classes of the attributes of one sync, by which its records are masked; what is not listed counts as sensitive. */
export interface Classes {
  readonly source: ReadonlyMap<string, DataClass>;
  readonly target: ReadonlyMap<string, DataClass>;
}

/** One person of a run, masked. */
export function shownPerson(person: PersonRecord, classes: Classes, shown: Shown): PersonRecord {
  return {
    ...person,
    read: maskAll(person.read, classes.source, shown),
    mapped: maskAll(person.mapped, classes.target, shown),
    sent: maskAll(person.sent, classes.target, shown),
  };
}

export function maskAll(
  values: Readonly<Record<string, Value>> | null,
  classes: ReadonlyMap<string, DataClass>,
  shown: Shown,
): Readonly<Record<string, Value>> | null {
  if (values === null) return null;
  const entries = Object.entries(values).map(([name, value]): [string, Value] => [
    name,
    show(value, classes.get(name) ?? 'sensitive', shown) ?? null,
  ]);
  return Object.fromEntries(entries);
}

export function personLines(person: PersonRecord): readonly string[] {
  const { personId, accountId, kind, situation, outcome, reason, error } = person;
  const { hold } = person;
  const part = hold?.attribute == null ? '' : ` ${hold.attribute}`;
  const words = hold === undefined ? '' : ` ${holdWords(hold.reason, hold.class)}`;
  const head = `${printable(personId ?? '-')} → ${printable(accountId ?? '-')}  ${kind ?? situation}${part}: ${outcome} (${reason})${words}  ${isoInstant(person.at)}`;
  return [
    head,
    ...(error === null ? [] : [`    error: ${error.message} [${error.reason}]`]),
    ...candidateLines(person.candidates ?? [], null).map((line) => `    ${line}`),
    ...valueLines('read', person.read),
    ...valueLines('mapped', person.mapped),
    ...valueLines('sent', person.sent),
  ];
}

function valueLines(title: string, values: Readonly<Record<string, Value>> | null): readonly string[] {
  if (values === null || Object.keys(values).length === 0) return [];
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${printable(value)}`);
  return [`    ${title}: ${pairs.join('  ')}`];
}
