import type { Violation } from './claims.ts';
import { stuckBy, type Habit } from './forms.ts';
import type { LogEntry } from './trace.ts';

/** How often a value may be sent that the target does not keep. */
const enough = 3;

/** C5: a value that the target never shows is written a few times under one mapping, and not for ever. */
export class Sticking {
  readonly #attribute: string | undefined;
  /** By account: what was sent last, under which revision, how often. */
  readonly #sent = new Map<string, { readonly what: string; readonly times: number }>();

  constructor(habit: Habit) {
    this.#attribute = stuckBy(habit);
  }

  forget(): void {
    this.#sent.clear();
  }

  check({ pass, accountId, set, kind }: LogEntry): Violation | undefined {
    const name = this.#attribute;
    if (name === undefined || accountId === null || !(name in set) || kind === 'create') return undefined;
    const what = `${String(set[name])} ${pass.revision}`;
    const last = this.#sent.get(accountId);
    const times = last?.what === what ? last.times + 1 : 1;
    this.#sent.set(accountId, { what, times });
    if (times <= enough) return undefined;
    return {
      claim: 'C5',
      text: `the same ${name} was sent to ${accountId} ${times} times, and it never sticks`,
    };
  }
}
