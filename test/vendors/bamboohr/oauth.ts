import { createHash } from 'node:crypto';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';

/** The application of BambooHR's developer portal that may ask people for consent. */
export const application = { id: 'invented-app', secret: 'invented-app-secret' };

/**
 * BambooHR's OAuth pages ("Authentication"). Our model where the vendor says nothing: a code is good once and for its
 * challenge, a refresh token is replaced at each use. Whoever opens the page agrees.
 */
export class Consents {
  readonly #codes = new Map<
    string,
    { readonly challenge: string; readonly redirect: string; offline: boolean }
  >();
  #refresh: string | undefined;
  #access: string | undefined;
  #issued = 0;

  answer({ path, query, bytes, method }: VendorRequest): VendorAnswer | undefined {
    if (path === '/authorize.php' && method === 'GET') return this.#agree(query);
    if (path === '/token.php' && method === 'POST')
      return this.#token(new URLSearchParams(bytes.toString('utf8')));
    return undefined;
  }

  lets(authorization: string | undefined): boolean {
    return this.#access !== undefined && authorization === `Bearer ${this.#access}`;
  }

  /** The access token in use is not taken any more. */
  expire(): void {
    this.#access = undefined;
  }

  /** The person took the consent back. */
  revoke(): void {
    this.expire();
    this.#refresh = undefined;
  }

  #agree(query: URLSearchParams): VendorAnswer {
    const redirect = query.get('redirect_uri') ?? '';
    const isOurs = query.get('client_id') === application.id && query.get('request') === 'authorize';
    if (!isOurs || !URL.canParse(redirect)) return { status: 400, body: { error: 'invalid_request' } };
    const code = `code-${(this.#issued += 1)}`;
    const offline = (query.get('scope') ?? '').split(' ').includes('offline_access');
    this.#codes.set(code, { challenge: query.get('code_challenge') ?? '', redirect, offline });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { location: back.href } };
  }

  #token(form: URLSearchParams): VendorAnswer {
    const isOurs =
      form.get('client_id') === application.id && form.get('client_secret') === application.secret;
    if (!isOurs) return { status: 401, body: { error: 'invalid_client' } };
    if (form.get('grant_type') === 'refresh_token') {
      const isNewest = this.#refresh !== undefined && form.get('refresh_token') === this.#refresh;
      return isNewest ? this.#give(true) : { status: 400, body: { error: 'invalid_grant' } };
    }
    const code = form.get('code') ?? '';
    const given = this.#codes.get(code);
    this.#codes.delete(code);
    const digest = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (given?.challenge !== digest || given.redirect !== form.get('redirect_uri'))
      return { status: 400, body: { error: 'invalid_grant' } };
    return this.#give(given.offline);
  }

  #give(offline: boolean): VendorAnswer {
    this.#issued += 1;
    this.#access = `access-${this.#issued}`;
    this.#refresh = offline ? `refresh-${this.#issued}` : undefined;
    const refresh = offline ? { refresh_token: this.#refresh } : {};
    const body = { access_token: this.#access, token_type: 'Bearer', expires_in: 3600, ...refresh };
    return { status: 200, body };
  }
}
