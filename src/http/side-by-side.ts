/**
 * Carries out orders side by side, and hands over results as they come: never more than `room()` taken and not answered. The next order is
 * taken only when there is room for it, and one at a time, so that the caller can record it just before.
 *
 * `apply` answers for its order; when it rejects, the connection as a whole is gone: no further order is taken, the
 * results of those in flight are still handed over, then the generator rejects with the first error.
 */
export async function* applySideBySide<T, R>(
  orders: AsyncIterable<T> | Iterable<T>,
  room: () => number,
  apply: (order: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator =
    Symbol.asyncIterator in orders ? orders[Symbol.asyncIterator]() : orders[Symbol.iterator]();
  const lane = new Lane<T, R>(iterator, apply);
  try {
    for (;;) {
      lane.fill(room());
      const result = lane.take();
      if (result !== undefined) yield result.value;
      else if (lane.idle) break;
      else await lane.changed();
    }
    if (lane.failure !== undefined) throw lane.failure.error;
  } finally {
    lane.stop();
    // What was sent is waited for even when nobody reads the results any more.
    while (lane.inFlight > 0) await lane.changed();
    await iterator.return?.();
  }
}

class Lane<T, R> {
  readonly #iterator: AsyncIterator<T> | Iterator<T>;
  readonly #apply: (order: T) => Promise<R>;
  readonly #finished: R[] = [];
  #change = Promise.withResolvers<void>();
  #ended = false;
  #stopped = false;
  #pulling = false;
  inFlight = 0;
  failure: { readonly error: unknown } | undefined;

  constructor(iterator: AsyncIterator<T> | Iterator<T>, apply: (order: T) => Promise<R>) {
    this.#iterator = iterator;
    this.#apply = apply;
  }

  /** Nothing runs and nothing more will come. */
  get idle(): boolean {
    return (
      !this.#pulling &&
      this.inFlight === 0 &&
      this.#finished.length === 0 &&
      (this.#ended || this.failure !== undefined)
    );
  }

  /** An order that is still being taken is not carried out. */
  stop(): void {
    this.#stopped = true;
  }

  take(): { readonly value: R } | undefined {
    return this.#finished.length === 0 ? undefined : { value: this.#finished.shift() as R };
  }

  async changed(): Promise<void> {
    await this.#change.promise;
    this.#change = Promise.withResolvers();
  }

  fill(room: number): void {
    if (this.#pulling || this.#ended || this.failure !== undefined) return;
    if (this.inFlight + this.#finished.length >= Math.max(1, room)) return;
    this.#pulling = true;
    void this.#pull();
  }

  async #pull(): Promise<void> {
    try {
      const next = await this.#iterator.next();
      if (next.done === true) this.#ended = true;
      else if (this.failure === undefined && !this.#stopped) void this.#carryOut(next.value);
    } catch (error) {
      this.failure ??= { error };
    }
    this.#pulling = false;
    this.#change.resolve();
  }

  async #carryOut(order: T): Promise<void> {
    this.inFlight += 1;
    try {
      this.#finished.push(await this.#apply(order));
    } catch (error) {
      this.failure ??= { error };
    }
    this.inFlight -= 1;
    this.#change.resolve();
  }
}
