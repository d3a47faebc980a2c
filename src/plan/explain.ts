import type { Candidate, Change, DriftReason, Plan, Situation } from '../model/change.ts';
import type { LinkChange } from '../model/link-change.ts';
import type { Upcoming } from '../model/upcoming.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Reading } from '../model/reading.ts';
import type { Row } from '../model/row.ts';
import type { DataClass, Value } from '../model/value.ts';
import { isNothing, sameValue } from '../model/value.ts';
import type { MappedAttribute, Place } from '../spec/compiled.ts';
import type { PlanInput } from './input.ts';
import { derivedValue } from './generate.ts';
import { mapAttribute } from './map.ts';
import type { Mapped } from './map.ts';
import { People } from './person.ts';
import { canonicalOf } from './prepared.ts';
import { withReferences } from './via.ts';

/** Why one person stands where they stand: every value with its reason, computed anew from what both systems hold. */
export interface Explanation {
  readonly personId: string;
  /** The source's record, what is absent left out; null when the source does not have this person. */
  readonly read: Readonly<Record<string, Value>> | null;
  readonly standing: { readonly fact: string; readonly reason: string } | null;
  readonly clauses: readonly ExplainedClause[];
  readonly link: Pick<LinkRecord, 'accountId' | 'state' | 'ended' | 'endedAt' | 'absentReads'> | null;
  readonly account: {
    readonly id: string;
    readonly active: boolean;
    readonly values: Readonly<Record<string, Value>>;
  } | null;
  readonly situation: Situation;
  readonly reason: string;
  /** Accounts that the verdict may be about, where a person must say which. */
  readonly candidates: readonly Candidate[];
  readonly attributes: readonly ExplainedAttribute[];
  /** What this plan would do. */
  readonly changes: readonly Change[];
  /** What dates will bring, if nothing else changes. */
  readonly upcoming: readonly Upcoming[];
  /** What Links documents change of this person's links. */
  readonly links: readonly LinkChange[];
}

export interface ExplainedClause {
  readonly id: string;
  readonly text: string;
  readonly place: Place;
  readonly result: 'true' | 'false' | 'undecided' | 'error';
  readonly reason: string;
}

export interface ExplainedAttribute {
  readonly name: string;
  readonly text: string;
  readonly policy: string;
  readonly place: Place;
  readonly class: DataClass;
  readonly outcome: 'value' | 'keep' | 'secret' | 'person' | 'candidates' | 'fault';
  /** For `value`; for `person` the id of that person; for `candidates` those tried, the one taken last. */
  readonly value: Value | undefined;
  readonly reason: string;
  readonly current: Value | undefined;
  /** Why a difference is left alone; null where there is none. */
  readonly drift: DriftReason | null;
}

/** Explains one person of a plan made from the same input. Pure. */
export function explainPerson(unbound: PlanInput, plan: Plan, personId: string): Explanation {
  const input = withReferences(unbound);
  const position = input.people.position(personId);
  const row = position < 0 ? undefined : input.people.row(position);
  const changes = plan.changes.filter((change) => change.personId === personId);
  const verdict = plan.verdicts.find((one) => one.personId === personId);
  const link = input.memory.links.get(personId);
  const accountId =
    link?.accountId ?? verdict?.accountId ?? changes.find((one) => one.accountId !== null)?.accountId;
  const account = accountOf(input.accounts, accountId ?? undefined);
  const situation =
    verdict?.situation ?? changes[0]?.situation ?? (link === undefined ? 'unmatched' : 'linked');
  return {
    personId,
    read: row === undefined ? null : record(input.people.attributes, row),
    ...explainRow(input, row, account, driftOf(plan, personId), changes),
    link: link === undefined ? null : pick(link),
    account:
      account === undefined
        ? null
        : {
            id: account.id,
            active: account.active !== false,
            values: record(input.accounts.attributes, account),
          },
    situation,
    reason: verdict?.reason ?? changes[0]?.reason ?? '',
    candidates: verdict?.candidates ?? [],
    changes,
    upcoming: plan.upcoming.filter((one) => one.personId === personId),
    links: (plan.links ?? []).filter((change) => change.personId === personId),
  };
}

function driftOf({ drift }: Plan, personId: string): ReadonlyMap<string, DriftReason> {
  const own = drift.filter((one) => one.personId === personId);
  return new Map(own.map(({ attribute, reason }) => [attribute, reason]));
}

function explainRow(
  input: PlanInput,
  row: Row | undefined,
  account: Row | undefined,
  drift: ReadonlyMap<string, DriftReason>,
  changes: readonly Change[],
) {
  if (row === undefined) return { standing: null, clauses: [], attributes: [] };
  const { sync } = input;
  const { view, standing } = new People(input).look(row);
  const clauses = sync.who.map(({ id, expression, place }): ExplainedClause => {
    const found = expression.evaluate(view);
    const at = { id, text: expression.text, place };
    if (found.kind === 'error') return { ...at, result: 'error', reason: found.message };
    if (found.kind === 'absent')
      return { ...at, result: 'undecided', reason: `absent: ${found.attributes.join(', ')}` };
    if (found.value === null) return { ...at, result: 'undecided', reason: 'absent: its result' };
    return { ...at, result: found.value === true ? 'true' : 'false', reason: '' };
  });
  const columns = new Map(input.accounts.attributes.map((name, index) => [name, index]));
  const attributes = [...sync.identity, ...sync.attributes].map((mapped): ExplainedAttribute => {
    const column = columns.get(mapped.name);
    const current = column === undefined ? undefined : account?.values[column];
    const context = { input, personId: row.id, current, changes };
    return {
      ...written(mapped),
      ...outcomeOf(mapAttribute(mapped, view), mapped, context),
      current,
      drift: drift.get(mapped.name) ?? null,
    };
  });
  return { standing: { fact: standing.fact, reason: standing.reason }, clauses, attributes };
}

function written({ name, text, policy, place, class: of }: MappedAttribute) {
  return { name, text, policy, place, class: of };
}

/** What a value depends on beside the record. */
interface Context {
  readonly input: PlanInput;
  readonly personId: string;
  readonly current: Value | undefined;
  readonly changes: readonly Change[];
}

function outcomeOf(
  found: Mapped,
  mapped: MappedAttribute,
  { input, personId, current, changes }: Context,
): Pick<ExplainedAttribute, 'outcome' | 'value' | 'reason'> {
  if (found.kind === 'value') return { outcome: 'value', value: found.value, reason: '' };
  if (found.kind === 'person') return { outcome: 'person', value: found.person, reason: '' };
  if (found.kind === 'fault') return { outcome: 'fault', value: undefined, reason: found.reason };
  if (found.kind === 'derived') {
    const whose = { from: input.sync.from, personId, attribute: mapped.name };
    return { outcome: 'value', value: derivedValue(found.what, whose, input.hash), reason: '' };
  }
  if (found.kind === 'candidates') {
    const after = changes
      .flatMap(({ attributes }) => attributes)
      .find(({ name }) => name === mapped.name)?.after;
    const taken = after !== undefined && 'value' in after ? after.value : current;
    return { outcome: 'candidates', value: triedOf(input, mapped, found.candidates, taken), reason: '' };
  }
  return { outcome: found.kind, value: undefined, reason: '' };
}

/** The candidates up to the one that was taken; with a counter the number that was taken stands behind them all. */
function triedOf(
  input: PlanInput,
  { name, result }: MappedAttribute,
  candidates: readonly string[],
  taken: Value | undefined,
): readonly string[] {
  if (isNothing(taken)) return candidates;
  const canonical = canonicalOf(input, name);
  const at = candidates.findIndex((one) => sameValue(canonical(one), canonical(taken)));
  if (at >= 0) return candidates.slice(0, at + 1);
  return result.kind === 'unique' && result.counter ? [...candidates, String(taken)] : candidates;
}

function accountOf(accounts: Reading, id: string | undefined): Row | undefined {
  const position = id === undefined ? -1 : accounts.position(id);
  return position < 0 ? undefined : accounts.row(position);
}

function record(attributes: readonly string[], { values }: Row): Readonly<Record<string, Value>> {
  const found: Record<string, Value> = {};
  for (const [index, name] of attributes.entries()) {
    const value = values[index];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function pick({ accountId, state, ended, endedAt, absentReads }: LinkRecord) {
  return { accountId, state, endedAt, absentReads, ...(ended === undefined ? {} : { ended }) };
}
