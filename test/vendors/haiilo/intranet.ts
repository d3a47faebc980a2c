import type { Json } from '../../../src/model/value.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { Refusal } from '../scim/refusal.ts';
import { Directory, scim } from './directory.ts';
import { Tokens, type Grants } from './oauth.ts';
import { ourModel, type ScimUser } from './user.ts';

/**
 * Haiilo Home, Intranet (COYO): the SCIM user directory with its deprovision policy, OAuth tokens of an hour, and the calls
 * of the REST API that end accounts. Published: addresses, grants, profileField_ names, what userName is, what the policy
 * does, the REST calls. Everything else (paging, filters, PATCH, errors, where profile fields stand) is our model.
 */
export interface Intranet {
  readonly url: string;
  readonly loopback: Loopback;
  /** As the platform has them, by id. */
  readonly users: ReadonlyMap<string, ScimUser>;
  add(user: ScimUser): string;
  /** The deprovision policy of the directory, as an administrator sets it. */
  setPolicy(policy: 'deactivate' | 'delete'): void;
  expireTokens(): void;
  close(): Promise<void>;
}

export interface IntranetOptions extends Omit<Grants, 'now'> {
  readonly policy?: 'deactivate' | 'delete';
  /** Names behind profileField_ that the platform has. */
  readonly profileFields?: readonly string[];
  /** Where they stand: in the extension with this URN, or beside userName. */
  readonly profileFieldsUrn?: string;
  /** `/Schemas` is offered. */
  readonly describes?: boolean;
  /** The most that a page holds. */
  readonly pageSize?: number;
  readonly now?: () => number;
  readonly port?: number;
}

const base = '/api/scim/v2';

/** Attributes of RFC 7643 §4.1 and §4.3 that our model of the directory takes. */
const standard = new Set([
  'userName',
  'externalId',
  'active',
  'displayName',
  'title',
  'preferredLanguage',
  'locale',
  'timezone',
  'password',
  'name',
  'emails',
  'phoneNumbers',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
]);

export async function startIntranet(options: IntranetOptions): Promise<Intranet> {
  let { policy = 'deactivate' } = options;
  const { profileFields = [], profileFieldsUrn: urn } = options;
  const names = profileFields.map((name) => `profileField_${name}`);
  const tokens = new Tokens({ ...options, now: options.now ?? Date.now });
  const deprovisioned = (user: ScimUser) => (policy === 'delete' ? undefined : { ...user, active: false });
  const directory = new Directory({
    take([first = '', second = '']) {
      const isProfile = urn === undefined ? names.includes(first) : first === urn && names.includes(second);
      if (!isProfile && !standard.has(first)) {
        throw new Refusal(400, ourModel, 'an attribute that the directory does not know', 'invalidPath');
      }
    },
    filterable: ['userName', 'externalId'],
    pageSize: options.pageSize ?? 100,
    settle(next, before) {
      const isDeprovisioned = next['active'] === false && before !== undefined && before['active'] !== false;
      return isDeprovisioned ? deprovisioned(next) : next;
    },
    remove: deprovisioned,
  });
  const { users } = directory;
  const rest = (request: VendorRequest): VendorAnswer => answerRest(request, users, options);
  const loopback = await Loopback.start((request) => {
    const { path } = request;
    if (path === '/api/oauth/token') return tokens.grant(request);
    try {
      if (path.startsWith('/api/users')) {
        return tokens.allows(request, 'rest') ? rest(request) : { status: 401, body: springError(401) };
      }
      if (!tokens.allows(request, 'scim')) throw new Refusal(401, 'RFC 7644 §2', 'a token is needed');
      if (path === `${base}/Users` || path.startsWith(`${base}/Users/`)) {
        return directory.answer(request, path.slice(`${base}/Users`.length));
      }
      if (path === `${base}/Schemas` && options.describes === true) return scim(200, schemas(names, urn));
      throw new Refusal(404, 'RFC 7644 §3.2', 'no such endpoint');
    } catch (error) {
      if (error instanceof Refusal) return error.answer(false);
      throw error;
    }
  }, options.port);
  return {
    url: loopback.url,
    loopback,
    users,
    add: (user) => directory.add(user),
    setPolicy: (next) => {
      policy = next;
    },
    expireTokens: () => tokens.expireAll(),
    close: () => loopback.close(),
  };
}

/** `/api/users/me`, and of one user: look, activate, deactivate, delete ("API: Managing users"). */
function answerRest(
  { method, path }: VendorRequest,
  users: Map<string, ScimUser>,
  { api }: IntranetOptions,
): VendorAnswer {
  const [, id = '', deed] = path.slice('/api/'.length).split('/');
  if (method === 'GET' && id === 'me') {
    return { status: 200, body: { id: 'me-0', loginName: api?.username ?? '', status: 'ACTIVE' } };
  }
  const user = users.get(id);
  if (user === undefined) return { status: 404, body: springError(404) };
  if (method === 'GET' && deed === undefined) return { status: 200, body: restForm(id, user) };
  if (method === 'DELETE' && deed === undefined) {
    users.delete(id);
    return { status: 204 };
  }
  if (method !== 'PUT' || (deed !== 'activate' && deed !== 'deactivate')) {
    return { status: 405, body: springError(405) };
  }
  const next = { ...user, active: deed === 'activate' };
  users.set(id, next);
  return { status: 200, body: restForm(id, next) };
}

function restForm(id: string, user: ScimUser): Json {
  const active = user['active'] !== false;
  const loginName = user['userName'] ?? null;
  return { id, loginName, email: loginName, status: active ? 'ACTIVE' : 'INACTIVE', active };
}

/** Spring's way; not published. */
function springError(status: number): Json {
  return { status, errorStatus: 'NOT_ALLOWED', message: 'the request was refused' };
}

function schemas(names: readonly string[], urn: string | undefined): Json {
  const attributes = names.map((name) => ({
    name,
    type: 'string',
    multiValued: false,
    mutability: 'readWrite',
  }));
  const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
  const plain = { name: 'userName', type: 'string', multiValued: false };
  const own =
    urn === undefined
      ? [{ id: core, attributes: [plain, ...attributes] }]
      : [
          { id: core, attributes: [plain] },
          { id: urn, attributes },
        ];
  return { totalResults: own.length, Resources: own };
}
