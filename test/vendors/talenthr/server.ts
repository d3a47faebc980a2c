import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import {
  getCustomFields,
  getEmployee,
  isSmallList,
  listDirectory,
  listFilters,
  listNames,
} from './reading.ts';
import { answerRefusal, Refusal, sections } from './refusal.ts';
import {
  addEmployee,
  addName,
  type SeedEmployee,
  type TalentHr,
  type VendorCustomField,
  type VendorState,
} from './state.ts';
import { createName, hireEmployee, terminateEmployee, updateEmployee } from './writing.ts';

export interface TalentHrOptions {
  readonly apiKey: string;
  readonly employees?: readonly SeedEmployee[];
  readonly customFields?: readonly VendorCustomField[];
  /** Requests a minute; the documented 2,000 when left out. */
  readonly perMinute?: number;
  /** Ms since 1970. */
  readonly now?: () => number;
  readonly port?: number;
}

/**
 * TalentHR's public API on loopback, as `vendors/talenthr.md` asks for it. There is no change feed, and nothing of a
 * person says when it changed. What the notes mark as uncertain is chosen here and marked.
 */
export async function startTalentHr(options: TalentHrOptions): Promise<TalentHr> {
  const state: VendorState = {
    employees: new Map(),
    lists: {
      departments: [],
      divisions: [],
      locations: [],
      'job-titles': [],
      'employment-statuses': [],
    },
    customFields: [...(options.customFields ?? [])],
    now: options.now ?? Date.now,
    nextId: 1,
    headId: null,
    mails: [],
    onboardings: [],
    largestPage: 500,
    hidesTerminated: false,
    withheld: new Set(),
    softErrors: 0,
  };
  addName(state, 'employment-statuses', 'Full-Time');
  addName(state, 'employment-statuses', 'Part-Time');
  for (const seed of options.employees ?? []) addEmployee(state, seed);
  const meter = { start: 0, used: 0 };
  const loopback = await Loopback.start((request) => {
    try {
      checkHeaders(options.apiKey, request);
      count(meter, options.perMinute ?? 2_000, state.now());
      return answer(server, request);
    } catch (error) {
      if (error instanceof Refusal) return answerRefusal(error);
      throw error;
    }
  }, options.port);
  const server: TalentHr = Object.assign(state, {
    url: `${loopback.url}/v1`,
    loopback,
    requests: (from = 0) => loopback.log.slice(from),
    addEmployee: (seed: SeedEmployee) => addEmployee(state, seed),
    byEmail(email: string) {
      for (const one of state.employees.values()) if (one.email === email) return one;
      throw new Error(`nobody has the address ${email}`);
    },
    close: () => loopback.close(),
  });
  return server;
}

function answer(state: VendorState, request: VendorRequest): VendorAnswer {
  const { method, path, query } = request;
  const [, version, root = '', id, part, ...rest] = path.split('/');
  if (version !== 'v1' || rest.length > 0) throw new Refusal(404, sections.base, 'The route does not exist.');
  const known =
    root === 'directory' && id === undefined ? ['limit', 'offset', 'filter', 'sort', 'order'] : [];
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal(400, sections.envelope, `${unknown} is not documented here.`);
  if (state.withheld.has(part ?? root))
    throw new Refusal(403, sections.envelope, 'You are not allowed to do this.');
  const isRead = method === 'GET';
  if (isRead && state.softErrors > 0) {
    state.softErrors -= 1;
    return { status: 200, body: { success: false, error: { message: 'Server error. Please try again.' } } };
  }
  const route = `${method} ${root}${id === undefined ? '' : '/{id}'}${part === undefined ? '' : `/${part}`}`;
  if (route === 'GET directory') return listDirectory(state, request);
  if (route === 'GET directory/{id}' && id === 'filters') return listFilters(state);
  if (route === 'GET employees/{id}') return getEmployee(state, id ?? '');
  if (route === 'GET employees/{id}/custom-fields') return getCustomFields(state, id ?? '');
  if (route === 'POST employees/{id}' && id === 'hire') return hireEmployee(state, request);
  if (route === 'PUT employees/{id}') return updateEmployee(state, request, id ?? '');
  if (route === 'POST employees/{id}/terminate') return terminateEmployee(state, request, id ?? '');
  if (isRead && id === undefined) return listNames(state, root);
  if (method === 'POST' && id === undefined && isSmallList(root)) return createName(state, request, root);
  throw new Refusal(404, sections.simulator, 'The route does not exist.');
}

/** The key is the user, the password is ignored. */
function checkHeaders(apiKey: string, { headers, text }: VendorRequest): void {
  const [scheme, pair = ''] = (headers['authorization'] ?? '').split(' ');
  const [user] = Buffer.from(pair, 'base64').toString('utf8').split(':');
  if (scheme !== 'Basic' || user !== apiKey) throw new Refusal(401, sections.base, 'The API key is invalid.');
  if (!(headers['accept'] ?? '').includes('application/json')) {
    throw new Refusal(400, sections.base, 'The header Accept: application/json is missing.');
  }
  if (text !== '' && !(headers['content-type'] ?? '').includes('application/json')) {
    throw new Refusal(400, sections.base, 'The body must be JSON.');
  }
}

/** Windows of a minute, each beginning with its first request. */
function count(meter: { start: number; used: number }, perMinute: number, now: number): void {
  if (meter.used === 0 || now - meter.start >= 60_000) Object.assign(meter, { start: now, used: 0 });
  if (meter.used >= perMinute) throw new Refusal(429, sections.base, 'Too many requests.');
  meter.used += 1;
}
