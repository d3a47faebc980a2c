import type { Clock } from '../model/effects.ts';
import type { Auth, HttpClient } from './client.ts';
import { secretRefused } from './failure.ts';
import { Tokens, type HeldToken } from './tokens.ts';

/** The authorisation header of one connection; its secrets are revealed for its own host only. */
export class Authorization {
  readonly #auth: Auth;
  readonly #host: string;
  readonly #connection: string;
  readonly #tokens: Tokens | undefined;

  constructor(
    auth: Auth,
    host: string,
    deps: { readonly clock: Clock; readonly connection: string },
    plain: HttpClient,
  ) {
    this.#auth = auth;
    this.#host = host;
    this.#connection = deps.connection;
    this.#tokens =
      auth.kind === 'token'
        ? new Tokens(deps.clock, (signal) => this.#binding(() => auth.fetch(plain, host, signal)))
        : undefined;
  }

  async token(signal: AbortSignal): Promise<HeldToken | undefined> {
    return await this.#tokens?.get(signal);
  }

  async newer(refused: HeldToken, signal: AbortSignal): Promise<HeldToken | undefined> {
    return await this.#tokens?.newer(refused, signal);
  }

  /** Throws `Stalled` where the operator does not allow a secret for this host. */
  async header(token: HeldToken | undefined): Promise<Record<string, string>> {
    const auth = this.#auth;
    if (auth.kind === 'none') return {};
    if (auth.kind === 'token') return { authorization: `${auth.prefix ?? 'Bearer '}${token?.text ?? ''}` };
    return await this.#binding(async () => secretHeader(auth, this.#host));
  }

  async close(): Promise<void> {
    await this.#tokens?.close();
  }

  async #binding<T>(useSecret: () => Promise<T>): Promise<T> {
    try {
      return await useSecret();
    } catch (error) {
      throw error instanceof RangeError ? secretRefused(this.#connection, error.message) : error;
    }
  }
}

function secretHeader(
  auth: Extract<Auth, { kind: 'header' | 'basic' }>,
  host: string,
): Record<string, string> {
  if (auth.kind === 'header') {
    return { [auth.name.toLowerCase()]: `${auth.prefix ?? ''}${auth.secret.reveal(host)}` };
  }
  const pair = `${auth.user.reveal(host)}:${auth.password?.reveal(host) ?? ''}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}
