import type { Candidate } from '../../model/change.ts';
import { printable } from './mask.ts';

/** The command by which a person says which account is somebody's; `null` where there is none to choose. */
export function settleCommand(
  sync: string,
  personId: string | null,
  candidates: readonly Candidate[],
): string | null {
  const [only] = candidates;
  if (personId === null || only === undefined) return null;
  const account = candidates.length === 1 ? word(only.accountId) : 'ACCOUNT';
  return `rosterd links adopt ${word(personId)} ${account} --sync ${sync}`;
}

/** The accounts in question, one line for each, and how to say which it is. */
export function candidateLines(candidates: readonly Candidate[], settle: string | null): readonly string[] {
  return [
    ...candidates.map(
      ({ accountId, by, active }) =>
        `candidate: account ${printable(accountId)}, by ${by}, ${active ? 'active' : 'deactivated'}`,
    ),
    ...(settle === null ? [] : [`to settle: ${settle}`]),
  ];
}

/** As one word of a shell. */
function word(text: string): string {
  const safe = printable(text);
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
