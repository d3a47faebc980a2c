import { createHash } from 'node:crypto';

import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { refuse, sections } from './refusal.ts';

export interface AuthOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
  /** What wrong credentials get: documented nowhere, seen as 403; 200 with `success: false` cannot be excluded. */
  readonly wrongStatus: 403 | 200;
}

const dayMs = 86_400_000;

/** Tokens as section 2 describes them: stable for 24 h, the same for the same credentials, repeated in answers. */
export class Tokens {
  readonly #options: AuthOptions;
  #minted = 0;
  #token: { readonly text: string; readonly until: number } | undefined;
  /** How often a token was asked for. */
  asked = 0;

  constructor(options: AuthOptions) {
    this.#options = options;
  }

  /** The token in use is refused from now on; the next request for one gets another. */
  revoke(): void {
    this.#token = undefined;
  }

  issue(request: VendorRequest): VendorAnswer {
    this.asked += 1;
    const { json, form } = request;
    const given =
      form === undefined ? (json as Record<string, unknown> | undefined) : Object.fromEntries(form);
    const { clientId, clientSecret, wrongStatus, now } = this.#options;
    if (given?.client_id !== clientId || given.client_secret !== clientSecret) {
      const refused = refuse(403, sections.auth, 'wrong credentials', 'Wrong credentials');
      return { ...refused, status: wrongStatus };
    }
    if (this.#token === undefined || this.#token.until <= now()) {
      this.#minted += 1;
      const text = createHash('sha256').update(`${clientId} ${this.#minted}`).digest('hex').slice(0, 40);
      this.#token = { text: `papi-${text}`, until: now() + dayMs };
    }
    const expiresIn = Math.floor((this.#token.until - now()) / 1000);
    return {
      status: 200,
      body: {
        success: true,
        data: { token: this.#token.text, expires_in: expiresIn, scope: 'employees:read' },
      },
    };
  }

  /** Why the request may not go on, or the header that its answer carries. */
  check(request: VendorRequest): VendorAnswer | { readonly authorization: string } {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      return refuse(401, sections.auth, 'no Authorization header', 'The token is missing');
    }
    const token = this.#token;
    if (
      token === undefined ||
      token.until <= this.#options.now() ||
      authorization !== `Bearer ${token.text}`
    ) {
      return refuse(401, sections.auth, 'the token is not (or no longer) valid', 'The token is invalid');
    }
    return { authorization };
  }
}
