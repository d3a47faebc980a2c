/** Something asked for once for each key, when it is first needed; asked for again after a failure. */
export class Remembered<K extends string, T> {
  readonly #ask: (key: K, signal: AbortSignal) => Promise<T>;
  readonly #known = new Map<K, Promise<T>>();

  constructor(ask: (key: K, signal: AbortSignal) => Promise<T>) {
    this.#ask = ask;
  }

  async get(key: K, signal: AbortSignal): Promise<T> {
    const known = this.#known.get(key) ?? this.#ask(key, signal);
    this.#known.set(key, known);
    try {
      return await known;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }

  forget(key: K): void {
    this.#known.delete(key);
  }
}
