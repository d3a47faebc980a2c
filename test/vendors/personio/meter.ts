/** Counts requests in windows that slide, as the vendor does: more than `requests` in `perMs` is refused. */
export class Meter {
  readonly #requests: number;
  readonly #perMs: number;
  #starts: number[] = [];

  constructor(requests: number, perMs: number) {
    this.#requests = requests;
    this.#perMs = perMs;
  }

  /** False when the request is one too many; such a request counts as none. */
  take(now: number): boolean {
    const first = this.#starts.findIndex((start) => start > now - this.#perMs);
    this.#starts = first === -1 ? [] : this.#starts.slice(first);
    if (this.#starts.length >= this.#requests) return false;
    this.#starts.push(now);
    return true;
  }
}
