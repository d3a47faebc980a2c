import type { Draft } from './draft.ts';

/** Who stands for which account. Two people for one account are held out, both. */
export class Claims {
  /** By position in the target's reading. */
  readonly #first: (string | undefined)[];
  readonly #shared = new Map<number, Set<string>>();
  /** Leavers without a link, who give way to anybody who has not left. */
  readonly #leavers = new Map<number, Set<string>>();

  constructor(accounts: number) {
    this.#first = Array.from({ length: accounts });
  }

  claim(position: number, personId: string): void {
    const first = this.#first[position];
    if (first === undefined) {
      this.#first[position] = personId;
      return;
    }
    const people = this.#shared.get(position) ?? new Set([first]);
    this.#shared.set(position, people.add(personId));
  }

  /** As `claim`, for a person who has left and whose account is only found by matching. */
  claimForLeaver(position: number, personId: string): void {
    const people = this.#leavers.get(position) ?? new Set();
    this.#leavers.set(position, people.add(personId));
  }

  get awaitsBystanders(): boolean {
    return this.#leavers.size > 0;
  }

  /** Somebody who has not left matches the account, although nothing would be done for them. */
  standBy(position: number, contested: (personId: string) => void): void {
    for (const personId of this.#leavers.get(position) ?? []) contested(personId);
    this.#leavers.delete(position);
  }

  /** Leavers whose account somebody else stands for; then everybody who shares an account. */
  settle(contested: (personId: string) => void, shared: (personId: string, position: number) => void): void {
    for (const [position, people] of this.#leavers) {
      if (this.#first[position] !== undefined) for (const personId of people) contested(personId);
      else if (people.size > 1) for (const personId of people) shared(personId, position);
    }
    for (const [position, people] of this.#shared) for (const personId of people) shared(personId, position);
  }
}

/** Drafts by person, for those who have one. */
export type Drafts = Map<string, Draft>;
