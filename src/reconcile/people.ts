import type { Change, Drift, Verdict } from '../model/change.ts';
import { notConverging } from '../model/drift.ts';
import type { HeldItem } from '../model/hold.ts';
import type { Reading } from '../model/reading.ts';
import type { PersonRecord, RunRecord } from '../model/run.ts';
import type { Value } from '../model/value.ts';
import type { Applied } from './applied.ts';
import type { PassDeps } from './deps.ts';
import type { Look } from './look.ts';

const batchSize = 500;

/** The most people whose values the target does not keep that a run lists: it is so in every run, and plans list all. */
const mostStuck = 500;

/**
 * Keeps the full trace of everybody who is held, failed or needs attention, beside those whose change was tried
 * (`Traces`): the record as read, as mapped, as sent. Everybody else is only counted; `explain` computes them anew.
 */
export async function recordEverybody(
  run: RunRecord,
  seen: Look,
  released: readonly Change[],
  applied: Applied,
  { store, clock }: PassDeps,
): Promise<void> {
  const at = clock.now();
  const people = seen.readings.people;
  let batch: PersonRecord[] = [];
  for (const record of records(seen, released, applied, at, people)) {
    batch.push(record);
    if (batch.length < batchSize) continue;
    await store.recordPeople(run.id, batch);
    batch = [];
  }
  if (batch.length > 0) await store.recordPeople(run.id, batch);
}

function* records(
  { plan, judgement }: Look,
  released: readonly Change[],
  applied: Applied,
  at: number,
  people: Reading,
): Generator<PersonRecord> {
  const tried = new Set(applied.done.map(({ change }) => change.id));
  for (const change of released) {
    if (!tried.has(change.id)) yield ofChange(change, 'not-sent', change.reason, people, at);
  }
  if (applied.done.length === 0 && released.length === 0) {
    for (const change of judgement.released) yield ofChange(change, 'planned', change.reason, people, at);
  }
  for (const item of judgement.held.items) yield ofHeld(item, people, at);
  for (const verdict of plan.verdicts) if (verdict.attention) yield ofVerdict(verdict, people, at);
  const stuck = Map.groupBy(notConverging(plan.drift), ({ personId }) => personId);
  for (const drift of [...stuck.values()].slice(0, mostStuck)) yield* ofStuck(drift, people, at);
}

function* ofStuck(drift: readonly Drift[], people: Reading, at: number): Generator<PersonRecord> {
  const [first] = drift;
  if (first === undefined) return;
  const { personId, accountId } = first;
  const reason = `does not converge: ${drift.map(({ attribute }) => attribute).join(', ')}`;
  yield ofVerdict({ personId, accountId, situation: 'linked', reason, attention: true }, people, at);
}

function ofHeld(
  { change, message, reason, class: of, attribute }: HeldItem,
  people: Reading,
  at: number,
): PersonRecord {
  const hold = { reason, class: of ?? null, attribute: attribute ?? null };
  return { ...ofChange(change, 'held', message, people, at), hold };
}

/** One change of a person, as it is kept. */
export function ofChange(
  change: Change,
  outcome: PersonRecord['outcome'],
  reason: string,
  people: Reading,
  at: number,
): PersonRecord {
  const mapped: Record<string, Value> = { ...change.identity };
  for (const { name, after } of change.attributes) if ('value' in after) mapped[name] = after.value;
  return {
    personId: change.personId,
    accountId: change.accountId,
    situation: change.situation,
    kind: change.kind,
    outcome,
    reason,
    read: recordOf(people, change.personId),
    mapped,
    sent: null,
    error: null,
    at,
  };
}

function ofVerdict(
  { personId, accountId, situation, reason, candidates }: Verdict,
  people: Reading,
  at: number,
): PersonRecord {
  const failed = situation === 'failed';
  return {
    personId,
    accountId,
    situation,
    kind: null,
    outcome: failed ? 'failed' : 'reported',
    reason,
    read: personId === null ? null : recordOf(people, personId),
    mapped: null,
    sent: null,
    error: failed ? { reason: 'Failed', message: reason } : null,
    ...(candidates === undefined ? {} : { candidates }),
    at,
  };
}

/** The source's record by attribute, what is absent left out; null when the source does not have the person. */
export function recordOf(reading: Reading, id: string): Readonly<Record<string, Value>> | null {
  const position = reading.position(id);
  if (position < 0) return null;
  const { values } = reading.row(position);
  const record: Record<string, Value> = {};
  for (const [index, name] of reading.attributes.entries()) {
    const value = values[index];
    if (value !== undefined) record[name] = value;
  }
  return record;
}
