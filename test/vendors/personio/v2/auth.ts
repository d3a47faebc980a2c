import { createHash } from 'node:crypto';
import type { VendorAnswer, VendorRequest } from '../../loopback.ts';
import { sections } from '../refusal.ts';
import { problem } from './problem.ts';

const dayMs = 86_400_000;

/** Tokens of v2, as section 2 describes them: by OAuth2 client credentials, sent as a form and nothing else. */
export class TokensV2 {
  readonly #credentials: { readonly clientId: string; readonly clientSecret: string };
  readonly #now: () => number;
  /** Scopes of the credentials; a token has all of them. */
  readonly scopes: Set<string>;
  #minted = 0;
  #token: { readonly text: string; readonly until: number } | undefined;

  constructor(
    credentials: { readonly clientId: string; readonly clientSecret: string },
    scopes: readonly string[],
    now: () => number,
  ) {
    this.#credentials = credentials;
    this.#now = now;
    this.scopes = new Set(scopes);
  }

  /** The token in use is refused from now on. */
  revoke(): void {
    this.#token = undefined;
  }

  issue({ method, form, query }: VendorRequest): VendorAnswer {
    if (method !== 'POST') return problem(404, 'a token is asked for by POST', 'Not found.', sections.auth);
    if (form === undefined || query.size > 0) {
      return refuse('invalid_request', 'The content type of the request must be a form.');
    }
    const { clientId, clientSecret } = this.#credentials;
    if (form.get('grant_type') === null || form.get('client_id') === null) {
      return refuse('invalid_request', 'The request has missing or invalid required parameters.');
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return refuse('unsupported_grant_type', 'The grant type is not supported.');
    }
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return refuse('unauthorized_client', 'The credentials were not correct.');
    }
    const wanted = form.get('scope')?.split(' ') ?? [];
    if (wanted.some((scope) => !this.scopes.has(scope))) {
      return refuse('invalid_scope', 'The requested scope is invalid.');
    }
    if (this.#token === undefined || this.#token.until <= this.#now()) {
      this.#minted += 1;
      const text = createHash('sha256').update(`v2 ${clientId} ${this.#minted}`).digest('hex').slice(0, 40);
      this.#token = { text: `papi-${text}`, until: this.#now() + dayMs };
    }
    return {
      status: 200,
      body: {
        access_token: this.#token.text,
        expires_in: Math.floor((this.#token.until - this.#now()) / 1000),
        token_type: 'Bearer',
        scope: [...this.scopes].join(' '),
      },
    };
  }

  /** Why the request may not go on; `undefined` when it may. */
  check({ headers }: VendorRequest, scope: string): VendorAnswer | undefined {
    const token = this.#token;
    const isValid =
      token !== undefined && token.until > this.#now() && headers['authorization'] === `Bearer ${token.text}`;
    if (!isValid) return problem(401, 'no valid token', 'The token is invalid.', sections.auth);
    if (this.scopes.has(scope)) return undefined;
    // That the answer names the scope is our model.
    return problem(403, `the token lacks ${scope}`, `Missing scope ${scope}`, sections.auth);
  }
}

function refuse(error: string, description: string): VendorAnswer {
  return {
    status: 400,
    headers: { 'content-type': 'application/problem+json', 'x-refused-by': `${sections.auth}: ${error}` },
    body: {
      timestamp: '2026-03-01T14:07:17Z',
      trace_id: 'baaaaaad-c0de-fade-baad-c000000000de',
      error,
      error_description: description,
      error_uri: `https://developer.personio.de/reference/errors#credentials.oauth2.${error}`,
      meta: {},
    },
  };
}
