import type { Plan } from '../../model/change.ts';
import { printable } from './mask.ts';

/** An account that another sync goes on with: given in the store, with the pass, and written to by the other sync only. */
export interface ReportedHandOver {
  readonly personId: string;
  readonly accountId: string;
  /** The sync that is given it, and whose it is there. */
  readonly to: { readonly sync: string; readonly personId: string };
}

export function reportedHandOvers({ memory }: Plan): readonly ReportedHandOver[] {
  return memory.flatMap((update): readonly ReportedHandOver[] => {
    if (update.kind !== 'handed-over') return [];
    const { sync, personId, accountId } = update.to;
    return [{ personId: update.personId, accountId, to: { sync, personId } }];
  });
}

/** `hand over ada, account 17, to person B-7 of sync contractors`. */
export function handOverText({ personId, accountId, to }: ReportedHandOver): string {
  return `hand over ${printable(personId)}, account ${printable(accountId)}, to person ${printable(to.personId)} of sync ${to.sync}`;
}

/** The first `most` of them. */
export function handOverLines(all: readonly ReportedHandOver[], most: number): readonly string[] {
  const lines = all.slice(0, most).map((one) => `  > ${handOverText(one)}`);
  return all.length > most ? [...lines, `  … and ${all.length - most} more to hand over`] : lines;
}
