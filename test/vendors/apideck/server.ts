import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { coverage } from './coverage.ts';
import { checkByDocument } from './document.ts';
import { listEmployees, listUnits, oneEmployee } from './lists.ts';
import { Refusal } from './refusal.ts';
import { Tenant } from './tenant.ts';
import { Vault } from './vault.ts';

/** One application of Apideck with one consumer, connected to one HR system. */
export interface Application {
  readonly apiKey: string;
  readonly applicationId: string;
  readonly consumerId: string;
  readonly serviceId: string;
  /** The day it is there (ms); it stands still where it is left out. */
  readonly now?: () => number;
}

export interface Apideck {
  readonly url: string;
  readonly loopback: Loopback;
  readonly tenant: Tenant;
  readonly vault: Vault;
  close(): Promise<void>;
}

/**
 * Apideck on loopback, after the "Honest simulator" of vendors/apideck.md: headers, envelope, cursors, a switchboard for
 * what differs between HR systems, the Vault. Requests are held against the vendor's documents.
 */
export async function startApideck(application: Application, port = 0): Promise<Apideck> {
  const { now = () => Date.parse('2026-11-20T08:00:00Z') } = application;
  const tenant = new Tenant(application.serviceId);
  const vault = new Vault(tenant, now);
  const loopback = await Loopback.start((request) => {
    try {
      if (request.path === '/hosted-vault') return vault.finish(request.query.get('session'));
      checkApplication(request, application);
      checkByDocument(request);
      return metered(answer(request, tenant, vault, application, loopback.url), tenant, now());
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }, port);
  return { url: loopback.url, loopback, tenant, vault, close: () => loopback.close() };
}

function answer(
  request: VendorRequest,
  tenant: Tenant,
  vault: Vault,
  { serviceId }: Application,
  url: string,
): VendorAnswer {
  const { method, path } = request;
  if (path.startsWith('/vault/')) return vault.answer(request, url);
  if (path === `/connector/connectors/${serviceId}/resources/employees`) return coverage(tenant);
  if (method !== 'GET' || !path.startsWith('/hris/'))
    throw new Refusal(404, 'EntityNotFoundError', 'no such route');
  checkCallable(request, tenant, serviceId);
  if (path === '/hris/employees') return listEmployees(request, tenant, serviceId);
  if (path === '/hris/departments') return listUnits('departments', request, tenant, serviceId);
  if (path === '/hris/companies') return listUnits('companies', request, tenant, serviceId);
  const [, id] = /^\/hris\/employees\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined) throw new Refusal(404, 'EntityNotFoundError', 'no such route');
  return oneEmployee(decodeURIComponent(id), request, tenant, serviceId);
}

function checkApplication(
  { headers }: VendorRequest,
  { apiKey, applicationId, consumerId }: Application,
): void {
  if (headers['authorization'] !== `Bearer ${apiKey}` || headers['x-apideck-app-id'] !== applicationId)
    throw new Refusal(401, 'UnauthorizedError', 'Unauthorized Request');
  if (headers['x-apideck-consumer-id'] !== consumerId)
    throw new Refusal(404, 'ConnectionNotFoundError', 'A valid connection could not be found');
}

/** Which status goes with which state is our model, but for 422 (vendors/apideck.md). */
function checkCallable({ headers }: VendorRequest, { connection }: Tenant, serviceId: string): void {
  const asked = headers['x-apideck-service-id'];
  if (asked !== undefined && asked !== serviceId)
    throw new Refusal(404, 'ConnectorNotFoundError', 'The connector could not be found');
  if (connection['state'] === 'invalid')
    throw new Refusal(401, 'ConnectorCredentialsError', 'The connector has not been authorized');
  if (connection['state'] !== 'callable' || connection['enabled'] !== true)
    throw new Refusal(422, 'InvalidStateError', 'The connection is not callable');
}

/** Limits of the HR system, as "Unified Rate Limits" passes them on. */
function metered(given: VendorAnswer, { behaviour }: Tenant, now: number): VendorAnswer {
  const { quota } = behaviour;
  if (quota === undefined) return given;
  if (quota.left <= 0 && now >= quota.resetAt) return given;
  const headers = {
    'x-downstream-ratelimit-limit': '100',
    'x-downstream-ratelimit-remaining': String(Math.max(0, quota.left - 1)),
    'x-downstream-ratelimit-reset': String(Math.ceil(quota.resetAt / 1000)),
  };
  if (quota.left <= 0) throw new Refusal(429, 'ConnectorRateLimitError', 'Too many requests', { headers });
  quota.left -= 1;
  return { ...given, headers: { ...given.headers, ...headers } };
}
