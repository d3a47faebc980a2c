import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../../src/model/value.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { resourceTypes, schemaList, serviceProviderConfig } from './discovery.ts';
import { answer, createUser, listUsers, oneUser, type Service } from './endpoints.ts';
import type { ScimProfile } from './profile.ts';
import { Refusal } from './refusal.ts';
import { normalizeResource, textOf, type Resource } from './resource.ts';
import { Users } from './users.ts';

export interface ScimOptions {
  readonly token: string;
  /** Bodies as a POST would send them; `id` is kept where one is given. */
  readonly users?: Iterable<Readonly<Record<string, Json>>>;
  readonly profile?: ScimProfile;
  /** The most that a page holds; a larger `count` is cut to it. Default 1,000. */
  readonly pageSize?: number;
  readonly port?: number;
  /** Every answer takes at least this long. */
  readonly delayMs?: number;
}

export interface ScimServer {
  /** Of the service: `http://127.0.0.1:PORT/scim/v2`. */
  readonly url: string;
  readonly loopback: Loopback;
  /** Every user by id, parsed anew on each call. */
  users(): ReadonlyMap<string, Json>;
  readonly size: number;
  add(user: Readonly<Record<string, Json>>): string;
  remove(id: string): void;
  /** The token that is taken from now on. */
  useToken(token: string): void;
  stop(): Promise<void>;
}

const base = '/scim/v2';

/** A strict SCIM 2.0 server (RFC 7643, RFC 7644) over a Map, on loopback. Each refusal names the section it comes from. */
export async function startScim(options: ScimOptions): Promise<ScimServer> {
  const profile = options.profile ?? {};
  const pageSize = options.pageSize ?? 1000;
  let { token } = options;
  let service: Service | undefined;
  const loopback = await Loopback.start(async (request) => {
    if (options.delayMs !== undefined) await delay(options.delayMs);
    try {
      checkHead(request, token);
      if (service === undefined) throw new Refusal(404, 'RFC 7644 §3.2', 'not started yet');
      return route(request, service);
    } catch (error) {
      if (error instanceof Refusal) return error.answer(profile.numericStatus ?? false);
      throw error;
    }
  }, options.port);
  const users = new Users(`${loopback.url}${base}/Users`);
  const add = (user: Readonly<Record<string, Json>>): string => {
    const { id, ...rest } = user;
    return textOf(users.create(normalizeResource(rest), id === undefined ? undefined : textOf(id))['id']);
  };
  for (const user of options.users ?? []) add(user);
  service = { users, profile, pageSize };
  return {
    url: `${loopback.url}${base}`,
    loopback,
    users: () => users.all(),
    get size() {
      return users.size;
    },
    add,
    remove: (id) => users.delete(id),
    useToken: (next) => {
      token = next;
    },
    stop: () => loopback.close(),
  };
}

function checkHead({ method, headers }: VendorRequest, token: string): void {
  if (headers['authorization'] !== `Bearer ${token}`) {
    throw new Refusal(401, 'RFC 7644 §2', 'a valid bearer token is needed');
  }
  if (!/application\/(?:scim\+)?json|\*\/\*/.test(headers['accept'] ?? '')) {
    throw new Refusal(406, 'RFC 7644 §8.1', 'Accept must allow application/scim+json');
  }
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  if (hasBody && !/^application\/scim\+json\b/.test(headers['content-type'] ?? '')) {
    throw new Refusal(415, 'RFC 7644 §8.1', 'Content-Type must be application/scim+json');
  }
}

function route(request: VendorRequest, service: Service): VendorAnswer {
  const { method, path, query } = request;
  const [root = '', id, ...more] = path.startsWith(`${base}/`) ? path.slice(base.length + 1).split('/') : [];
  if (more.length > 0 || path.endsWith('/')) throw new Refusal(404, 'RFC 7644 §3.2', 'no such endpoint');
  if (root === 'Users' && id === undefined) {
    if (method === 'GET') return listUsers(query, service);
    if (method === 'POST') return createUser(request, service);
    throw new Refusal(405, 'RFC 7644 §3.2', 'Users takes GET and POST');
  }
  if (root === 'Users' && id !== undefined) return oneUser(request, id, service);
  if (method !== 'GET' && root !== 'Me') throw new Refusal(405, 'RFC 7644 §4', 'discovery takes GET only');
  if (root === 'ServiceProviderConfig' && id === undefined) {
    const config = serviceProviderConfig(service.pageSize) as Resource;
    return answer(
      200,
      service.profile.noPatch === true ? { ...config, patch: { supported: false } } : config,
    );
  }
  if (root === 'ResourceTypes' && id === undefined) return answer(200, resourceTypes());
  if (root === 'Schemas' && id === undefined) return answer(200, schemaList());
  if (root === 'Me') throw new Refusal(501, 'RFC 7644 §3.11', 'Me is not offered');
  throw new Refusal(404, 'RFC 7644 §3.2', 'no such endpoint');
}
