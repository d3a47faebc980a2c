import type { Person } from '../../people/people.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { openDocument } from '../openapi.ts';
import { customAttributes, standardAttributes, type Employee, type PersonioAttribute } from './attributes.ts';
import { Tokens } from './auth.ts';
import { listAttributes, listEmployees, oneEmployee, onePicture, type Company } from './employees.ts';
import { Meter } from './meter.ts';
import { employeeOf } from './record.ts';
import { german, refuse, sections } from './refusal.ts';
import { TokensV2 } from './v2/auth.ts';
import { allScopes, answerV2, type CompanyV2 } from './v2/routes.ts';

export interface PersonioOptions {
  readonly people?: readonly Person[];
  readonly clientId: string;
  readonly clientSecret: string;
  /** Keys that the credential may read; default all. */
  readonly readable?: readonly string[];
  /** Custom fields of the company. */
  readonly custom?: readonly PersonioAttribute[];
  readonly zone?: string;
  /** Documented limits: 300 a minute and 15 a second for employees, 60 a minute for tokens. Default off. */
  readonly limits?: boolean;
  /** `Retry-After` of a 429; whether Personio sends one is not documented. */
  readonly retryAfter?: string;
  readonly wrongCredentialsStatus?: 403 | 200;
  /** Attributes are refused without a partner's header, as some credentials report. */
  readonly partnerRequired?: boolean;
  /** Ms since 1970. */
  readonly now?: () => number;
  readonly port?: number;
  readonly v2?: {
    /** Scopes of the credentials in v2; default all. */
    readonly scopes?: readonly string[];
    /** Lists in beta that the company has (`org-units`, `workplaces`, `cost-centers`); default all. */
    readonly betas?: readonly string[];
    readonly mostPerPage?: number;
  };
}

/** Personio APIs v1 and v2 of one company on loopback. */
export interface Personio extends Company {
  readonly url: string;
  readonly loopback: Loopback;
  readonly tokens: Tokens;
  readonly v2: CompanyV2;
  /** The next this many reads of employees answer 200 with `success: false`. */
  softErrors: number;
  hire(person: Person): Employee;
  /** What a termination looks like after its date: still in the list, inactive. */
  leave(id: number, lastDay: string): void;
  rename(id: number, firstName: string, lastName: string): void;
  /** Deleted in Personio: gone from the list without a word. */
  vanish(id: number): void;
  close(): Promise<void>;
}

/**
 * Personio as section 9 of vendors/personio.md asks for it. Reads only: nothing here is written. Each request to v1 is
 * held against the OpenAPI documents where they are there; of v2 none with paths is published.
 */
export async function startPersonio(options: PersonioOptions): Promise<Personio> {
  const { now = Date.now } = options;
  const attributes = [...standardAttributes, ...(options.custom ?? customAttributes)];
  const company: Company = {
    employees: new Map((options.people ?? []).map((person) => [person.number, employeeOf(person)])),
    pictures: new Map(),
    attributes,
    readable: new Set(options.readable ?? attributes.map(({ key }) => key)),
    zone: options.zone ?? 'Europe/Berlin',
  };
  const tokens = new Tokens({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    wrongStatus: options.wrongCredentialsStatus ?? 403,
    now,
  });
  const v2 = companyV2(options, now);
  const limits = { minute: new Meter(300, 60_000), burst: new Meter(15, 1000), auth: new Meter(60, 60_000) };
  const loopback = await Loopback.start((request) => {
    const isAuth = request.path === '/v1/auth' || request.path === '/v2/auth/token';
    const meters = isAuth ? [limits.auth] : [limits.minute, limits.burst];
    if (options.limits === true && !meters.every((meter) => meter.take(now()))) {
      return tooMany(options.retryAfter);
    }
    // That the limits of v1 are those of v2 is our model: Personio publishes none.
    if (request.path.startsWith('/v2/')) return answerV2(server, v2, request, loopback.url);
    return undocumented(request) ?? (isAuth ? tokens.issue(request) : answer(server, options, request));
  }, options.port);
  const server: Personio = {
    ...company,
    url: loopback.url,
    loopback,
    tokens,
    v2,
    softErrors: 0,
    ...changes(company),
    close: () => loopback.close(),
  };
  return server;
}

function companyV2({ clientId, clientSecret, v2 = {} }: PersonioOptions, now: () => number): CompanyV2 {
  return {
    tokens: new TokensV2({ clientId, clientSecret }, v2.scopes ?? allScopes, now),
    employments: new Map(),
    legalEntities: [
      { id: '171', name: 'Example Services GmbH', country: 'DE' },
      { id: '170', name: 'Example GmbH', country: 'DE' },
    ],
    betas: new Set(v2.betas ?? ['org-units', 'workplaces', 'cost-centers']),
    mostPerPage: v2.mostPerPage,
  };
}

function changes({ employees }: Company): Pick<Personio, 'hire' | 'leave' | 'rename' | 'vanish'> {
  const known = (id: number): Employee => {
    const employee = employees.get(id);
    if (employee === undefined) throw new Error(`nobody has the id ${id}`);
    return employee;
  };
  return {
    hire(person) {
      const employee = employeeOf(person);
      employees.set(person.number, employee);
      return employee;
    },
    leave(id, lastDay) {
      const employee = known(id).set('status', 'inactive');
      for (const key of ['termination_date', 'last_working_day', 'last_modified_at'])
        employee.set(key, lastDay);
    },
    rename(id, firstName, lastName) {
      known(id).set('first_name', firstName).set('last_name', lastName);
    },
    vanish(id) {
      known(id);
      employees.delete(id);
    },
  };
}

function answer(server: Personio, options: PersonioOptions, request: VendorRequest): VendorAnswer {
  const allowed = server.tokens.check(request);
  if ('status' in allowed) return allowed;
  const answered = route(server, options, request);
  return { ...answered, headers: { ...answered.headers, authorization: allowed.authorization } };
}

function route(server: Personio, options: PersonioOptions, request: VendorRequest): VendorAnswer {
  const picture = /^\/v1\/company\/employees\/(\d+)\/profile-picture\/(\d+)$/.exec(request.path);
  if (picture !== null && request.method === 'GET')
    return onePicture(server, Number(picture[1]), Number(picture[2]));
  const found = /^\/v1\/company\/employees(?:\/([^/]+))?$/.exec(request.path);
  if (found === null) return refuse(404, sections.generations, 'no such path in v1', german);
  if (request.method !== 'GET') return refuse(405, sections.reading, 'only reads are simulated', german);
  const [, id] = found;
  if (id === 'attributes' || id === 'custom-attributes') {
    const isPartner = request.headers['x-personio-partner-id'] !== undefined;
    if (options.partnerRequired === true && !isPartner) {
      return refuse(403, sections.generations, 'X-Personio-Partner-ID is missing', german);
    }
    return listAttributes(server, request);
  }
  if (server.softErrors > 0) {
    server.softErrors -= 1;
    return { status: 200, body: { success: false, error: { code: 500, message: german } } };
  }
  if (id === undefined) return listEmployees(server, request);
  if (!/^\d+$/.test(id)) return refuse(404, sections.reading, 'an id is a number', german);
  return oneEmployee(server, id, request);
}

function undocumented(request: VendorRequest): VendorAnswer | undefined {
  if (request.path === '/v1/auth') {
    if (request.method !== 'POST') return refuse(405, sections.auth, 'a token is asked for by POST', german);
    if (request.json === undefined && request.form === undefined) {
      return refuse(400, sections.auth, 'credentials go as JSON or as a form', german);
    }
    if (request.query.size > 0)
      return refuse(400, sections.auth, 'credentials do not go in the query', german);
  }
  const file = request.path === '/v1/auth' ? 'personio-v1-auth.yaml' : 'personio-v1-personnel.yaml';
  const [violation] = openDocument(file)?.check(request) ?? [];
  // Which refusal the vendor would choose is decided by the rules above and in `route`; this one only adds.
  if (violation === undefined || /no such path| has no /.test(violation)) return undefined;
  return refuse(400, sections.document, violation, german);
}

function tooMany(retryAfter: string | undefined): VendorAnswer {
  const refused = refuse(429, sections.limits, 'too many requests', 'Too Many Attempts.');
  return retryAfter === undefined
    ? refused
    : { ...refused, headers: { ...refused.headers, 'retry-after': retryAfter } };
}
