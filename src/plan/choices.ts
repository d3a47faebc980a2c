import type { Value } from '../model/value.ts';
import { AccountIndex } from './accounts.ts';
import { changeOf } from './attribute-change.ts';
import { hasCounter, numbered } from './held-candidate.ts';
import { differing } from './diff.ts';
import type { PendingChoice } from './difference.ts';
import type { Draft } from './draft.ts';
import { becomeUpdate, withdraw } from './draft.ts';
import { compareText } from './order.ts';
import type { Pass } from './pass.ts';
import { keyOf } from './prepared.ts';
import { leave } from './unwritten.ts';

type Choosing = Pick<Pass, 'input' | 'drafts' | 'comparing' | 'drift' | 'memory' | 'prepared'>;

/** Numbers that a counter goes up to. */
const highest = 10_000;

/**
 * Gives everybody who needs one the first of their candidates that nobody has: no account of the target, in use or not
 * and in scope or not, and nobody in this plan. In order of the person's id, so that every plan gives the same.
 */
export function settleChoices(pass: Choosing): void {
  const choosing = [...pass.drafts.values()].filter(({ pending }) => pending.some(isChoice));
  if (choosing.length === 0) return;
  const taken = new Taken(pass);
  for (const person of choosing.toSorted((a, b) => compareText(a.personId, b.personId))) {
    for (const choice of person.pending.filter(isChoice)) choose(pass, person, choice, taken);
    person.pending = person.pending.filter((one) => !isChoice(one));
    becomeUpdate(person);
  }
}

function isChoice(pending: Draft['pending'][number]): pending is PendingChoice {
  return pending.kind === 'choice';
}

function choose(pass: Choosing, person: Draft, choice: PendingChoice, taken: Taken): void {
  const { attribute, candidates, before, link } = choice;
  const { remembered } = pass.comparing;
  remembered.turnTo(link);
  const { name } = attribute;
  // What we gave before and somebody changed by hand comes back, and not another one.
  const earlier = remembered.knows(name)
    ? candidates.find((one) => !remembered.differs(name, one) && !taken.has(choice, one, person))
    : undefined;
  const chosen = earlier ?? taken.firstFree(choice, person);
  if (chosen === undefined) return withdraw(person, 'unique', allTaken(choice));
  if (person.kind === 'create') {
    taken.add(choice, chosen);
    person.attributes.push(changeOf(attribute, undefined, { value: chosen }, 'data'));
    return;
  }
  const change = differing({ remembered }, attribute, chosen, before, false);
  if (typeof change === 'string') return leave(pass, person, choice, change);
  taken.add(choice, chosen);
  person.attributes.push(change);
}

function allTaken({ attribute, candidates }: PendingChoice): string {
  const tried = candidates.length + (hasCounter(attribute) ? highest - 1 : 0);
  const whose = tried === 1 ? 'the only candidate is' : `all ${tried} candidates are`;
  return `attribute "${attribute.name}": ${whose} taken by other accounts`;
}

/** Who has which value, in the form in which the target compares. */
class Taken {
  readonly #index: AccountIndex;
  /** Given to somebody in this plan. */
  readonly #given = new Set<string>();
  /** The first number behind a text that may be free: those before it are all taken. */
  readonly #next = new Map<string, number>();

  constructor({ input, prepared }: Choosing) {
    const chosen = prepared.filter(({ mapped }) => mapped.result.kind === 'unique');
    this.#index = new AccountIndex(
      input,
      chosen.map(({ name }) => [name]),
    );
  }

  firstFree(choice: PendingChoice, person: Draft): string | undefined {
    const { attribute, candidates } = choice;
    const free = candidates.find((one) => !this.has(choice, one, person));
    if (free !== undefined || !hasCounter(attribute)) return free;
    const last = candidates.at(-1) ?? '';
    const key = this.#keyOf(choice, last);
    for (let number = this.#next.get(key) ?? 2; number <= highest; number += 1) {
      const counted = numbered(last, number);
      this.#next.set(key, number);
      if (!this.has(choice, counted, person)) return counted;
    }
    return undefined;
  }

  has(choice: PendingChoice, value: Value, { position }: Draft): boolean {
    if (this.#given.has(this.#keyOf(choice, value))) return true;
    const slot = this.#index.slot([choice.attribute.name]);
    return this.#index.holders(slot, [value]).some((holder) => holder !== position);
  }

  add(choice: PendingChoice, value: Value): void {
    this.#given.add(this.#keyOf(choice, value));
  }

  #keyOf({ attribute }: PendingChoice, value: Value): string {
    return `${attribute.name}\n${keyOf(attribute.canonical(value))}`;
  }
}
