import type { VendorAnswer, VendorRequest } from '../loopback.ts';

export interface Client {
  readonly id: string;
  readonly secret: string;
}

export interface Grants {
  /** Of the user directory: client credentials. */
  readonly directory: Client;
  /** For the REST API: a person's login and password. */
  readonly api?: Client & { readonly username: string; readonly password: string };
  readonly now: () => number;
}

/** Who may use what: a token of the directory's client is for SCIM, a person's for the REST API (our model). */
export type Scope = 'scim' | 'rest';

/** `/api/oauth/token`: form or query, the client by Basic; tokens live an hour. */
export class Tokens {
  readonly #grants: Grants;
  readonly #live = new Map<string, { readonly scope: Scope; readonly until: number }>();
  #made = 0;

  constructor(grants: Grants) {
    this.#grants = grants;
  }

  /** Whether the request carries a token that is good for this. */
  allows({ headers }: VendorRequest, scope: Scope): boolean {
    const live = this.#live.get(/^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? '');
    return live !== undefined && live.scope === scope && live.until > this.#grants.now();
  }

  expireAll(): void {
    this.#live.clear();
  }

  grant({ method, headers, form, query }: VendorRequest): VendorAnswer {
    if (method !== 'POST') return { status: 405 };
    const { directory, api } = this.#grants;
    const fields = form ?? query;
    const [id, secret] = clientIn(headers['authorization'] ?? '');
    const isDirectory = id === directory.id && secret === directory.secret;
    const isApi = api !== undefined && id === api.id && secret === api.secret;
    if (!isDirectory && !isApi) return { status: 401, body: { error: 'invalid_client' } };
    const type = fields.get('grant_type');
    if (type === 'client_credentials' && isDirectory) return this.#issue('scim', 3600);
    if (type === 'password' && isApi) {
      const isPerson = fields.get('username') === api.username && fields.get('password') === api.password;
      return isPerson ? this.#issue('rest', 3599) : { status: 400, body: { error: 'invalid_grant' } };
    }
    const known = type === 'client_credentials' || type === 'password';
    return { status: 400, body: { error: known ? 'unauthorized_client' : 'unsupported_grant_type' } };
  }

  #issue(scope: Scope, seconds: number): VendorAnswer {
    this.#made += 1;
    const text = `${this.#grants.directory.secret}-${scope}-${String(this.#made)}`;
    this.#live.set(text, { scope, until: this.#grants.now() + seconds * 1000 });
    const body = { access_token: text, token_type: 'Bearer', expires_in: seconds, scope: 'read write' };
    return { status: 200, body };
  }
}

function clientIn(header: string): readonly string[] {
  const encoded = /^Basic (.+)$/.exec(header)?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decodeURIComponent);
}
