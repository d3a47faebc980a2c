import type { JsonObject } from '../../../../src/connectors/json.ts';
import type { VendorAnswer, VendorRequest } from '../../loopback.ts';
import type { Company } from '../employees.ts';
import { sections } from '../refusal.ts';
import type { TokensV2 } from './auth.ts';
import { paged, type ListRules } from './paging.ts';
import { problem } from './problem.ts';
import { employmentFrom, personOf, referred, visibleOf } from './record.ts';

/** What a company has in v2 alone. Tests change it as they like. */
export interface CompanyV2 {
  readonly tokens: TokensV2;
  /** Employments of those who have other than the one that their record of v1 gives, newest first. */
  readonly employments: Map<number, readonly JsonObject[]>;
  /** The most recent first. */
  readonly legalEntities: JsonObject[];
  /** Lists in beta that this company has. */
  readonly betas: Set<string>;
  /** Fewer persons in a page than were asked for. */
  readonly mostPerPage: number | undefined;
}

/** Answers one request to `/v2/...`. */
export function answerV2(company: Company, v2: CompanyV2, request: VendorRequest, url: string): VendorAnswer {
  const { path, method } = request;
  if (path === '/v2/auth/token') return v2.tokens.issue(request);
  const [, first = '', id, part, ...more] = path.slice(1).split('/');
  const scope = scopes[first];
  if (scope === undefined || more.length > 0) return noEndpoint(path);
  const allowed = v2.tokens.check(request, part === 'employments' ? employmentScope : scope);
  if (allowed !== undefined) return allowed;
  if (method !== 'GET') return problem(404, 'only reads are simulated', 'Not found.', sections.generations);
  if (first === 'persons') return answerPersons(company, v2, request, { id, part, url });
  if (part !== undefined) return noEndpoint(path);
  return answerCompany(company, v2, request, { first, id, url });
}

const employmentScope = 'personio:employments:read';

/** Those of workplaces and cost centers are our model. */
const scopes: Readonly<Record<string, string>> = {
  persons: 'personio:persons:read',
  'org-units': 'personio:org-units:read',
  'legal-entities': 'personio:legal-entities:read',
  workplaces: 'personio:org-units:read',
  'cost-centers': 'personio:org-units:read',
};

export const allScopes = [...new Set([...Object.values(scopes), employmentScope])];

const personFilters = ['id', 'email', 'first_name', 'last_name', 'preferred_name', 'status'];
const momentFilters = ['created_at', 'updated_at'].flatMap((name) => [name, `${name}.gt`, `${name}.lt`]);

function answerPersons(
  company: Company,
  v2: CompanyV2,
  request: VendorRequest,
  { id, part, url }: { id: string | undefined; part: string | undefined; url: string },
): VendorAnswer {
  const wrong = momentFilters.find((name) => isNoMoment(request.query.get(name)));
  if (wrong !== undefined)
    return problem(400, `${wrong} is no moment`, 'Provided request parameters are invalid.');
  const employmentsOf = (number: number) => {
    const employee = company.employees.get(number);
    return v2.employments.get(number) ?? (employee === undefined ? [] : [employmentFrom(employee)]);
  };
  const person = (number: number) =>
    personOf(
      company.employees.get(number) ?? new Map(),
      employmentsOf(number),
      company.attributes,
      company.readable,
    );
  if (id === undefined) {
    const rules: ListRules = {
      filters: [...personFilters, ...momentFilters],
      usual: 10,
      most: 50,
      mostPerPage: v2.mostPerPage,
    };
    const all = () => [...company.employees.keys()].map(person).filter((one) => matches(one, request.query));
    return paged(request, rules, all, url);
  }
  const number = Number(id);
  if (!company.employees.has(number))
    return problem(404, 'nobody has this id', 'There is no resource for the specified id.');
  if (part === undefined) return { status: 200, body: person(number) };
  if (part !== 'employments') return noEndpoint(request.path);
  const rules: ListRules = {
    filters: ['id', 'updated_at', 'updated_at.gt', 'updated_at.lt'],
    usual: 10,
    most: 50,
  };
  return paged(
    request,
    rules,
    () => employmentsOf(number).map((one) => visibleOf(one, company.readable)),
    url,
  );
}

function answerCompany(
  { employees }: Company,
  v2: CompanyV2,
  request: VendorRequest,
  { first, id, url }: { first: string; id: string | undefined; url: string },
): VendorAnswer {
  const type = request.query.get('type');
  if (first === 'org-units' && type !== 'department' && type !== 'team') {
    return problem(400, 'type is required', 'Provided request parameters are invalid.');
  }
  const all = (): readonly JsonObject[] => {
    if (first === 'legal-entities') return v2.legalEntities;
    if (first === 'cost-centers') return [{ id: '9', name: 'CC 100' }];
    return referred(employees.values(), first === 'workplaces' ? 'office' : (type ?? ''));
  };
  const isBeta = first !== 'legal-entities' && (first !== 'org-units' || id === undefined);
  // What a company does not have is told as if nobody had it (forum 69370b47).
  if (isBeta && (request.headers['beta'] !== 'true' || !v2.betas.has(first))) return noEndpoint(request.path);
  if (id !== undefined) {
    const one = all().find((item) => item['id'] === id);
    return one === undefined
      ? problem(404, 'no such id', 'There is no resource for the specified id.')
      : { status: 200, body: one };
  }
  const filters =
    first === 'org-units' ? ['type', 'sort', 'include_parent_chain'] : ['id', 'name', 'sort', 'country'];
  return paged(request, { filters, usual: 20, most: 100 }, all, url);
}

function matches(person: JsonObject, query: URLSearchParams): boolean {
  const status = query.get('status');
  if (status !== null && person['status'] !== status) return false;
  const isOne = ['id', 'email'].every((name) => {
    const wanted = query.get(name)?.split(',');
    const value = person[name];
    return wanted === undefined || (typeof value === 'string' && wanted.includes(value));
  });
  const since = query.get('updated_at.gt');
  const updated = person['updated_at'];
  return isOne && (since === null || (typeof updated === 'string' && updated > since));
}

function isNoMoment(text: string | null): boolean {
  return text !== null && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(text);
}

function noEndpoint(path: string): VendorAnswer {
  return problem(404, 'no such endpoint', `The endpoint with ${path} was not found.`, sections.generations);
}
