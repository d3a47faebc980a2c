import { inspect } from 'node:util';

/**
 * A credential. It prints as `***` wherever it ends up; only `reveal` gives the text, and only for a host that the
 * operator's configuration allows it for.
 */
export class Secret {
  readonly #text: string;
  readonly #hosts: readonly string[];
  /** What the spec calls it (`env:PERSONIO_CLIENT_ID`), for messages. */
  readonly reference: string;

  constructor(reference: string, text: string, hosts: readonly string[]) {
    this.reference = reference;
    this.#text = text;
    this.#hosts = hosts;
  }

  /** True when the secret may be sent to this host (`host` or `host:port`). */
  allows(host: string): boolean {
    const bare = host.replace(/:\d+$/, '');
    return this.#hosts.some((allowed) => allowed === host || allowed === bare);
  }

  /** The text, for sending to `host`. Throws a `RangeError` naming the reference where that is not allowed. */
  reveal(host: string): string {
    if (!this.allows(host)) throw new RangeError(`${this.reference} may not be sent to ${host}`);
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}
