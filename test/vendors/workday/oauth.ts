import { createHash } from 'node:crypto';
import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { sections } from './refusal.ts';

export interface ApiClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the integration system user. */
  readonly refreshToken: string;
  /** "Non-Expiring Refresh Tokens" is an option of the tenant; without it each use replaces the token (our model). */
  readonly rotates: boolean;
}

/** About an hour (section 2). */
const lifeMs = 3_600_000;

/** The token endpoint of section 2: a client in Basic, a form, `refresh_token` or a code from the consent page. */
export class OAuth {
  readonly #client: ApiClient;
  readonly #now: () => number;
  readonly #codes = new Map<string, { readonly redirectUri: string; readonly challenge: string }>();
  readonly #tokens = new Map<string, number>();
  #refresh: string;
  #made = 0;

  constructor(client: ApiClient, now: () => number) {
    this.#client = client;
    this.#now = now;
    this.#refresh = client.refreshToken;
  }

  get refreshToken(): string {
    return this.#refresh;
  }

  /** Somebody makes a new refresh token in Workday: the old one is worth nothing. */
  regenerate(): string {
    this.#refresh = this.#make('refresh');
    return this.#refresh;
  }

  revoke(): void {
    this.#tokens.clear();
  }

  takes(authorization: string | undefined): boolean {
    const until = this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    return until !== undefined && until > this.#now();
  }

  /** What the consent page sends the browser back with, once somebody has said yes. */
  consent(page: URL): URLSearchParams {
    const asked = page.searchParams;
    if (asked.get('response_type') !== 'code' || asked.get('client_id') !== this.#client.clientId) {
      return new URLSearchParams({ error: 'unauthorized_client' });
    }
    const code = this.#make('code');
    this.#codes.set(code, {
      redirectUri: asked.get('redirect_uri') ?? '',
      challenge: asked.get('code_challenge') ?? '',
    });
    return new URLSearchParams({ code, state: asked.get('state') ?? '' });
  }

  issue({ method, headers, form }: VendorRequest): VendorAnswer {
    const { clientId, clientSecret, rotates } = this.#client;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (method !== 'POST' || form === undefined) return refuse(400, 'invalid_request');
    if (headers['authorization'] !== basic) return refuse(401, 'invalid_client');
    const grant = form.get('grant_type');
    if (grant !== 'refresh_token' && grant !== 'authorization_code')
      return refuse(400, 'unsupported_grant_type');
    const isGood =
      grant === 'refresh_token' ? form.get('refresh_token') === this.#refresh : this.#redeems(form);
    if (!isGood) return refuse(400, 'invalid_grant');
    const token = this.#make('access');
    this.#tokens.set(token, this.#now() + lifeMs);
    const body = { access_token: token, token_type: 'Bearer', expires_in: lifeMs / 1000 };
    const gives = rotates || grant === 'authorization_code';
    return { status: 200, body: gives ? { ...body, refresh_token: this.regenerate() } : body };
  }

  /** RFC 7636 section 4.6. A code is good once. */
  #redeems(form: URLSearchParams): boolean {
    const code = form.get('code') ?? '';
    const issued = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return issued?.redirectUri === form.get('redirect_uri') && issued.challenge === challenge;
  }

  #make(kind: string): string {
    this.#made += 1;
    return `${kind}-${createHash('sha256')
      .update(`${this.#client.clientSecret} ${String(this.#made)}`)
      .digest('hex')
      .slice(0, 24)}`;
  }
}

function refuse(status: number, error: string): VendorAnswer {
  return { status, headers: { 'x-refused-by': `${sections.authentication}: ${error}` }, body: { error } };
}
