import type { Order, Result } from '../../model/order.ts';
import type { Fault } from '../failed-write.ts';

/**
 * Lets one order through until it has shown that the system does what it is believed to do; then the others side by side.
 * Where it shows the contrary, none of the others is sent.
 */
export class FirstProof {
  #queue: Promise<unknown> = Promise.resolve();
  #isProven = false;
  #refuted: Fault | undefined;

  async run(order: Order, work: () => Promise<Result>): Promise<Result> {
    if (this.#isProven) return await work();
    const turn = this.#queue.then(() => this.#first(order, work));
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }

  async #first(order: Order, work: () => Promise<Result>): Promise<Result> {
    if (this.#refuted !== undefined) return { key: order.key, outcome: 'not-sent', error: this.#refuted };
    const result = await work();
    if (result.outcome === 'applied') this.#isProven = true;
    else if (result.error?.fate === 'stalled') this.#refuted = result.error;
    return result;
  }
}
