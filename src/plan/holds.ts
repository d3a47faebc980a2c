import type { Change } from '../model/change.ts';
import type { HeldItem } from '../model/hold.ts';
import type { Approved } from './approvals.ts';

/** Why something is held. */
export type Hold = Omit<HeldItem, 'change' | 'attribute'>;

/** The holds on one plan: on whole changes or on single attributes, the first reason found stays. */
export class Holds {
  readonly #changes: readonly Change[];
  readonly #approved: Approved;
  readonly #whole = new Map<string, Hold>();
  readonly #parts = new Map<string, Map<string, Hold>>();

  constructor(changes: readonly Change[], approved: Approved) {
    this.#changes = changes;
    this.#approved = approved;
  }

  approves(change: Change): boolean {
    return this.#approved.has(change.id);
  }

  approvesAttribute(change: Change, attribute: string): boolean {
    return this.#approved.size > 0 && this.#approved.has(`${change.id}#${attribute}`);
  }

  isHeld(change: Change): boolean {
    return this.#whole.has(change.id);
  }

  /** Not what an approval has released, be it one attribute of an update. */
  hold(change: Change, hold: Hold): void {
    if (this.approves(change) || this.isHeld(change)) return;
    const partly = change.attributes.some(({ name }) => this.approvesAttribute(change, name));
    if (!partly || change.kind !== 'update') this.#whole.set(change.id, hold);
    else for (const { name } of change.attributes) this.holdAttribute(change, name, hold);
  }

  /** Also what an approval has released: nothing can be released that cannot be done. */
  holdRegardless(change: Change, hold: Hold): void {
    if (!this.isHeld(change)) this.#whole.set(change.id, hold);
  }

  holdAttribute(change: Change, attribute: string, hold: Hold): void {
    if (this.isHeld(change) || this.approves(change) || this.approvesAttribute(change, attribute)) return;
    const parts = this.#parts.get(change.id) ?? new Map<string, Hold>();
    if (!parts.has(attribute)) parts.set(attribute, hold);
    this.#parts.set(change.id, parts);
  }

  /** The change without what is held of it; `undefined` when nothing is left to do. */
  rest(change: Change): Change | undefined {
    if (this.isHeld(change)) return undefined;
    const parts = this.#parts.get(change.id);
    if (parts === undefined) return change;
    const attributes = change.attributes.filter(({ name }) => !parts.has(name));
    return change.kind === 'update' && attributes.length === 0 ? undefined : { ...change, attributes };
  }

  isTouched(change: Change): boolean {
    return this.isHeld(change) || this.#parts.has(change.id);
  }

  items(): readonly HeldItem[] {
    return this.#changes.flatMap((change): HeldItem[] => {
      const whole = this.#whole.get(change.id);
      if (whole !== undefined) return [{ change, ...whole }];
      const parts = this.#parts.get(change.id) ?? new Map<string, Hold>();
      return [...parts].map(([attribute, hold]) => ({ change, attribute, ...hold }));
    });
  }
}
