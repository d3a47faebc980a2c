import { isoInstant } from '../model/effects.ts';
import type { Change } from '../model/change.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { RunRecord, Trigger } from '../model/run.ts';
import { contentOf } from '../plan/digest.ts';
import type { Escrow } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import { isOfLeaver } from './may-write.ts';

const hourMs = 60 * 60_000;

/** Until the next try, by how many refusals there were in a row. The last for ever: a daily pass tries every time. */
const waitsMs = [hourMs / 4, hourMs, 3 * hourMs, 12 * hourMs] as const;

/** A person who asks for a pass has done something about it, or wants to know. */
const asked: ReadonlySet<Trigger> = new Set(['cli', 'request']);

/** What is needed to judge whether a change waits. */
export interface EscrowView {
  /** In the store before this pass. */
  readonly entries: readonly Escrow[];
  /** Digest of the sync: another mapping may have mended it. */
  readonly mapping: string;
  readonly hash: KeyedHash;
  /** The start of the pass, so that a schedule is not late by how long a pass takes. */
  readonly now: number;
}

export function escrowView(
  entries: readonly Escrow[],
  now: number,
  { sync, hash }: Pick<PassDeps, 'sync' | 'hash'>,
): EscrowView {
  return { entries, mapping: sync.digest, hash, now };
}

/**
 * Changes that the target has refused for one person: each is left alone until its moment, for longer each time, or
 * until it is another change. Taking access away from somebody who has left is never put off.
 */
export class Escrows {
  readonly #view: EscrowView;
  readonly #asked: boolean;
  readonly #known: ReadonlyMap<string, Escrow>;

  constructor(view: EscrowView, trigger: RunRecord['trigger']) {
    this.#view = view;
    this.#asked = asked.has(trigger);
    this.#known = new Map(view.entries.map((entry) => [entry.change, entry]));
  }

  /** Why the change is not sent now. */
  obstacle(change: Change): { readonly reason: string; readonly message: string } | undefined {
    const entry = this.#asked ? undefined : waiting(change, this.#known, this.#view);
    return entry === undefined ? undefined : { reason: 'InEscrow', message: escrowText(entry) };
  }

  /** The entry that follows from a refusal. */
  after(change: Change, reason: string): Escrow | undefined {
    if (isOfLeaver(change)) return undefined;
    const fingerprint = fingerprintOf(change, this.#view);
    const before = this.#known.get(change.id);
    const attempts = before?.fingerprint === fingerprint ? before.attempts + 1 : 1;
    const wait = waitsMs[attempts - 1] ?? waitsMs[waitsMs.length - 1] ?? 0;
    const { id, personId } = change;
    return { change: id, personId, reason, attempts, fingerprint, notBefore: this.#view.now + wait };
  }
}

/** The changes among these that a pass of its own accord would not send now. */
export function inEscrow(changes: readonly Change[], view: EscrowView): readonly Escrow[] {
  if (view.entries.length === 0) return [];
  const known = new Map(view.entries.map((entry) => [entry.change, entry]));
  return changes.map((change) => waiting(change, known, view)).filter((entry) => entry !== undefined);
}

/** `refused 3 times, the last time Taken; tried again from 2026-11-20T10:00:00Z on, …` */
export function escrowText({ attempts, reason, notBefore }: Escrow): string {
  const times = attempts === 1 ? 'refused once' : `refused ${attempts} times, the last time`;
  return `${times}: ${reason}; tried again from ${isoInstant(notBefore)} on, or at once when the record or the spec changes or a person asks for a pass`;
}

/** Entries that say nothing any more: done, not planned any more, or another change by now. */
export function overcome(
  view: EscrowView,
  planned: readonly Change[],
  released: readonly Change[],
  succeeded: ReadonlySet<string>,
  refused: ReadonlySet<string>,
): readonly string[] {
  if (view.entries.length === 0) return [];
  const known = new Set(planned.map(({ id }) => id));
  const sent = new Map(released.map((change) => [change.id, change]));
  const isOver = ({ change: id, fingerprint }: Escrow): boolean => {
    if (refused.has(id)) return false;
    const change = sent.get(id);
    const another = change !== undefined && fingerprintOf(change, view) !== fingerprint;
    return !known.has(id) || succeeded.has(id) || another;
  };
  return view.entries.filter(isOver).map(({ change }) => change);
}

function waiting(change: Change, known: ReadonlyMap<string, Escrow>, view: EscrowView): Escrow | undefined {
  const entry = known.get(change.id);
  if (entry === undefined || entry.notBefore <= view.now || isOfLeaver(change)) return undefined;
  // Further away than the longest wait: it was set by a clock that ran ahead.
  if (entry.notBefore > view.now + Math.max(...waitsMs)) return undefined;
  return fingerprintOf(change, view) === entry.fingerprint ? entry : undefined;
}

function fingerprintOf(change: Change, { hash, mapping }: EscrowView): string {
  return hash('escrow', `${mapping} ${contentOf(change, undefined, hash)}`);
}
