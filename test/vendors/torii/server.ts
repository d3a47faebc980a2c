import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { Meter } from '../personio/meter.ts';
import { listAppUsers } from './app-users.ts';
import { checkByDocument } from './document.ts';
import { listFields, listPeople, onePerson } from './people.ts';
import { answerRefusal, Refusal, sections } from './refusal.ts';
import { createLogin, listLogins, oneLogin } from './scim.ts';
import { newId, type AppUser, type LoginUser, type Person, type Torii, type ToriiState } from './state.ts';
import { fileAddress, finishSync, putStored, registerFile, startSync, uploadFile } from './sync.ts';

export interface ToriiOptions {
  readonly apiKey: string;
  readonly scimKey: string;
  /** Ms since 1970. */
  readonly now?: () => number;
  readonly organisation?: ToriiState['organisation'];
  /** Accounts of applications by id, with the application's id and the name that people gave it. */
  readonly accounts?: readonly { readonly id: number; readonly idApp: number; readonly name: string }[];
  readonly fields?: ToriiState['fields'];
}

/**
 * Torii's API 1.0 on loopback, as `vendors/torii.md` asks for it, every request held against Torii's own document. What
 * the documents leave open is chosen in `ToriiState`, by its harsher reading, and marked as our model.
 */
export async function startTorii(options: ToriiOptions): Promise<Torii> {
  const state = openState(options);
  const meters = new Map<string, Meter>();
  const loopback: Loopback = await Loopback.start((request) => {
    try {
      if (request.path.startsWith('/bucket/')) return putStored(request, state);
      const route = routeOf(request);
      checkHeaders(options, request);
      const most = perMinute[route] ?? 200;
      const meter = meters.get(route) ?? new Meter(most, 60_000);
      meters.set(route, meter);
      if (!meter.take(state.now())) throw new Refusal(429, sections.errors, 'Rate limit exceeded');
      return answer(route, request, state, loopback.url);
    } catch (error) {
      if (error instanceof Refusal) return answerRefusal(error);
      throw error;
    }
  });
  return Object.assign(state, {
    url: `${loopback.url}/v1.0`,
    loopback,
    ...additions(state),
    usersOf(idAppAccount: number) {
      finishSync(state);
      const active = state.appUsers.filter(
        (one) => one.idAppAccount === idAppAccount && one.status === 'active',
      );
      return new Map(active.map((one) => [one.email, one]));
    },
    close: () => loopback.close(),
  });
}

/** By the vendor's document, for each endpoint; 200 where it says nothing else. */
const perMinute: Readonly<Record<string, number>> = {
  'GET /orgs/my': 100,
  'GET /users': 100,
  'GET /users/fields': 100,
  'GET /users/{id}': 800,
  'GET /apps/{id}/users': 600,
  'GET /scim/v2/Users/{id}': 400,
};

function routeOf({ method, path }: VendorRequest): string {
  return `${method} ${path.replace(/^\/v1\.0/, '').replaceAll(/\/\d+(?=\/|$)/g, '/{id}')}`;
}

function answer(route: string, request: VendorRequest, state: ToriiState, origin: string): VendorAnswer {
  checkByDocument(request);
  const parts = request.path.split('/').slice(2);
  if (state.withheld.has(parts[0] ?? '')) throw new Refusal(403, sections.base, 'Insufficient scope');
  if (route === 'GET /orgs/my')
    return {
      status: 200,
      body: { org: { ...state.organisation, creationTime: '2021-05-01T08:00:00.000Z' } },
    };
  if (route === 'GET /users') return listPeople(request, state);
  if (route === 'GET /users/fields') return listFields(state);
  if (/^(?:GET|PUT) \/users\/\{id\}$/.test(route)) return onePerson(request, parts[1] ?? '', state);
  if (route === 'GET /apps/{id}/users') return listAppUsers(request, parts[1] ?? '', state);
  if (route === 'POST /files/upload') return uploadFile(request, state);
  if (route === 'GET /files/url') return fileAddress(request, origin);
  if (route === 'POST /files') return registerFile(request, state);
  if (route === 'PUT /services/sync/custom') return startSync(request, state);
  if (route === 'GET /scim/v2/Users') return listLogins(request, state);
  if (route === 'POST /scim/v2/Users') return createLogin(request, state);
  if (/^(?:GET|PUT|PATCH|DELETE) \/scim\/v2\/Users\/\{id\}$/.test(route))
    return oneLogin(request, parts[3] ?? '', state);
  throw new Refusal(404, sections.simulator, 'not simulated');
}

/** Two kinds of key, each for its own paths. */
function checkHeaders({ apiKey, scimKey }: ToriiOptions, { path, headers }: VendorRequest): void {
  const key = path.startsWith('/v1.0/scim/') ? scimKey : apiKey;
  if (headers['authorization'] !== `Bearer ${key}`) throw new Refusal(401, sections.base, 'Invalid API key');
  if (headers['x-api-version'] !== '1.0')
    throw new Refusal(400, sections.base, 'X-API-Version is always to be sent');
}

function openState(options: ToriiOptions): ToriiState {
  const accounts = options.accounts ?? [{ id: 456, idApp: 31, name: 'Staff' }];
  return {
    organisation: options.organisation ?? { id: 1000, companyName: 'Acme', domain: 'example.org' },
    people: new Map(),
    fields: [...(options.fields ?? [])],
    logins: new Map(),
    roles: ['Admin', 'Read Only', 'Employee', 'IT'],
    accounts: new Map(accounts.map(({ id, idApp, name }) => [id, { idApp, name }])),
    appUsers: [],
    licenses: new Map(),
    files: new Map(),
    stored: new Map(),
    now: options.now ?? Date.now,
    sync: undefined,
    syncMs: 5_000,
    absent: 'removed',
    invalid: 'refused',
    showsLicenses: true,
    withheld: new Set(),
    largestPage: 1000,
    nextId: 20_000,
  };
}

function additions(state: ToriiState): Pick<Torii, 'addPerson' | 'addLogin' | 'addAppUser'> {
  return {
    addPerson(seed) {
      const usual = { firstName: 'Noor', lastName: 'Jansen', role: 'Employee', activeAppsCount: 1 };
      const life = {
        lifecycleStatus: 'active',
        isDeletedInIdentitySources: false,
        isExternal: false,
      } as const;
      const person: Person = { id: newId(state), fields: new Map(), ...usual, ...life, ...seed };
      state.people.set(person.id, person);
      return person;
    },
    addLogin(seed) {
      const usual = { created: '2026-02-03T09:14:00.000Z', name: {}, userType: 'Employee', active: true };
      const login: LoginUser = { id: newId(state), ...usual, ...seed };
      state.logins.set(login.id, login);
      return login;
    },
    addAppUser(seed) {
      const user: AppUser = {
        idExternalUser: null,
        firstName: null,
        lastName: null,
        status: 'active',
        externalStatus: null,
        role: null,
        lastVisitTime: null,
        licenses: [],
        score: newId(state),
        ...seed,
      };
      state.appUsers.push(user);
      return user;
    },
  };
}
