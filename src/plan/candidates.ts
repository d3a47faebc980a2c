import type { Candidate, Verdict } from '../model/change.ts';
import { mostCandidates } from '../model/change.ts';
import type { Accounts } from './accounts.ts';
import type { Found } from './found.ts';

/** Lists accounts that may be somebody's, so that a person can say which it is. */
export class Candidates {
  readonly #accounts: Accounts;
  /** People who share a value share the list that the index has, and one answer for each rule. */
  readonly #shared = new Map<readonly number[], Map<string, readonly Candidate[]>>();

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** What to add to the verdict on somebody; nothing where no account is in question. */
  of({ by = 'link', candidates, position }: Found): Pick<Verdict, 'candidates'> {
    const positions = candidates.length === 0 && position >= 0 ? [position] : candidates;
    if (positions.length === 0) return {};
    if (positions.length === 1) return { candidates: this.#list(positions, by) };
    const known = this.#shared.get(positions) ?? new Map<string, readonly Candidate[]>();
    const listed = known.get(by) ?? this.#list(positions, by);
    this.#shared.set(positions, known.set(by, listed));
    return { candidates: listed };
  }

  #list(positions: readonly number[], by: string): readonly Candidate[] {
    return positions.slice(0, mostCandidates).map((position) => {
      const { id, active } = this.#accounts.reading.row(position);
      return { accountId: id, by, active: active !== false };
    });
  }
}

/** What people call an attribute in a sentence. */
export function calledFor(attributes: readonly string[]): string {
  return attributes
    .map((name) => (/(?:^|[._-])(?:work_?)?e?-?mail$/i.test(name) ? 'e-mail' : name))
    .join(' with ');
}
