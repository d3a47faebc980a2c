import { isoInstant } from '../../model/effects.ts';
import { escrowText } from '../../reconcile/escrow.ts';
import type { Escrow } from '../../store/store.ts';
import { printable } from './mask.ts';

/** A change that the target refused, and until when it is left alone. */
export interface ReportedEscrow extends Pick<Escrow, 'change' | 'personId' | 'reason' | 'attempts'> {
  /** An instant. */
  readonly notBefore: string;
  /** For people: how often it was refused, and when it is tried again. */
  readonly message: string;
}

export function reportedEscrow(entries: readonly Escrow[]): readonly ReportedEscrow[] {
  return entries.map((entry) => {
    const { change, personId, reason, attempts, notBefore } = entry;
    return {
      change,
      personId,
      reason,
      attempts,
      notBefore: isoInstant(notBefore),
      message: escrowText(entry),
    };
  });
}

/** Who waits after a refusal, the first `most` of them. */
export function escrowLines(waiting: readonly ReportedEscrow[], most: number): readonly string[] {
  const lines = waiting
    .slice(0, most)
    .map(({ change, message }) => `  ! ${printable(change)} waits: ${message}`);
  return waiting.length > most ? [...lines, `  … and ${waiting.length - most} more that wait`] : lines;
}
