import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { Refusal } from './refusal.ts';
import type { Tenant } from './tenant.ts';

interface Session {
  readonly token: string;
  readonly until: number;
}

/** The Vault: the state of the connection, what can be mapped, and sessions for a browser. */
export class Vault {
  readonly #tenant: Tenant;
  readonly #now: () => number;
  readonly sessions: Session[] = [];

  constructor(tenant: Tenant, now: () => number) {
    this.#tenant = tenant;
    this.#now = now;
  }

  answer({ method, path }: VendorRequest, url: string): VendorAnswer {
    if (method === 'POST' && path === '/vault/sessions') return this.#open(url);
    const [, service, rest = ''] = /^\/vault\/connections\/hris\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    if (service !== this.#tenant.connection['service_id'])
      throw new Refusal(404, 'IntegrationNotFoundError', 'The integration could not be found');
    if (rest === '') return ok(this.#tenant.connection);
    if (rest === '/employees/custom-fields') return ok(this.#customFields());
    if (rest === '/employees/custom-mappings')
      return ok(this.#tenant.mappings.map(({ key, label }) => ({ id: `hris+employees+${key}`, key, label })));
    throw new Refusal(404, 'EntityNotFoundError', 'no such path');
  }

  /** What a person does behind the link (our model of the hosted page): they authorise, and the connection can be called. */
  finish(token: string | null): VendorAnswer {
    const session = this.sessions.find((one) => one.token === token);
    if (session === undefined || this.#now() >= session.until)
      return { status: 401, body: 'Session expired' };
    this.authorise();
    return { status: 200, headers: { 'content-type': 'text/html' }, body: 'You can close this page' };
  }

  authorise(): void {
    const before = this.#tenant.connection['updated_at'];
    Object.assign(this.#tenant.connection, {
      state: 'callable',
      health: 'ok',
      enabled: true,
      updated_at: Math.max(this.#now(), Number(before) + 1),
    });
  }

  #open(url: string): VendorAnswer {
    const token = `session-${this.sessions.length + 1}`;
    this.sessions.push({ token, until: this.#now() + 3_600_000 });
    return ok({ session_uri: `${url}/hosted-vault?session=${token}`, session_token: token });
  }

  /** "Derived from a sampled employee record": the first one. */
  #customFields() {
    const [first] = [...this.#tenant.employees.values()];
    const sampled = (first?.['custom_fields'] ?? []) as readonly { readonly id: string }[];
    const others = this.#tenant.customFields.filter(({ id }) => sampled.every((one) => one.id !== id));
    return [...sampled, ...others].map((one) => ({ ...one, finder: `$['${one.id}']` }));
  }
}

function ok(data: unknown): VendorAnswer {
  return { status: 200, body: { status_code: 200, status: 'OK', data } };
}
