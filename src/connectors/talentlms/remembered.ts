/** Something asked for once for each key, when it is first needed; asked for again after a failure. */
export class Remembered<T> {
  readonly #ask: (key: string, signal: AbortSignal) => Promise<T>;
  readonly #known = new Map<string, Promise<T>>();

  constructor(ask: (key: string, signal: AbortSignal) => Promise<T>) {
    this.#ask = ask;
  }

  async get(key: string, signal: AbortSignal): Promise<T> {
    const known = this.#known.get(key) ?? this.#ask(key, signal);
    this.#known.set(key, known);
    try {
      return await known;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }
}
