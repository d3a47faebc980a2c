import type { Person } from '../../people/people.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import { getWorkers } from './get-workers.ts';
import { OAuth } from './oauth.ts';
import { refuse, sections } from './refusal.ts';
import { runReport, type Report } from './report.ts';
import { domains, fields, workerOf, type Worker } from './workers.ts';

export interface WorkdayOptions {
  readonly people?: readonly Person[];
  readonly tenant?: string;
  /** The integration system user. */
  readonly username: string;
  readonly password: string;
  readonly client?: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
    readonly rotates?: boolean;
  };
  /** Field by XML alias; every field under its own name when left out. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly prompts?: readonly string[];
  /** Ms since 1970. */
  readonly now?: () => number;
  readonly port?: number;
}

/** A Workday tenant on loopback: a report as a web service, Get_Workers, and the token endpoint. */
export interface Workday {
  readonly url: string;
  readonly tenant: string;
  readonly loopback: Loopback;
  readonly oauth: OAuth;
  readonly report: Report;
  /** By employee id, in the order of the list. */
  readonly workers: Map<string, Worker>;
  /** What the security group of the integration system user may see. */
  readonly domains: Set<string>;
  hire(person: Person): Worker;
  close(): Promise<void>;
}

/** Section 10 of vendors/workday.md asks for it, without WQL. Nothing here is written. */
export async function startWorkday(options: WorkdayOptions): Promise<Workday> {
  const { tenant = 'acme', username, password, now = Date.now } = options;
  const enteredAt = new WeakMap<Worker, number>();
  const workers = new Map<string, Worker>();
  const granted = new Set(domains);
  const report: Report = {
    owner: 'hr_reports',
    name: 'Rosterd_Workers',
    columns: new Map(
      Object.entries(options.columns ?? Object.fromEntries(Object.keys(fields).map((one) => [one, one]))),
    ),
    prompts: new Set(options.prompts),
    enabled: true,
    sharedWith: new Set([username]),
  };
  const {
    clientId = 'client',
    clientSecret = 'secret',
    refreshToken = 'refresh',
    rotates = false,
  } = options.client ?? {};
  const oauth = new OAuth({ clientId, clientSecret, refreshToken, rotates }, now);
  const soap = {
    name: tenant,
    username,
    password,
    domains: granted,
    entries: () => [...workers.values()].map((worker) => ({ worker, enteredAt: enteredAt.get(worker) ?? 0 })),
    now,
  };
  const today = () => new Date(now()).toISOString().slice(0, 10);
  const handle = (request: VendorRequest): VendorAnswer => {
    const [ccx, kind, ...rest] = request.path.split('/').slice(1);
    if (ccx !== 'ccx') return refuse(404, sections.report, 'no such path');
    if (kind === 'oauth2' && rest.join('/') === `${tenant}/token`) return oauth.issue(request);
    if (kind !== 'service') return refuse(404, sections.report, 'no such path');
    if (rest[0] === 'customreport2' && rest.length === 4) {
      if (!mayRun(request)) return refuse(401, sections.authentication, 'wrong or no credentials');
      const isIt = rest[1] === tenant && rest[2] === report.owner && rest[3] === report.name;
      return runReport(isIt ? report : undefined, username, [...workers.values()], granted, today(), request);
    }
    const [name, service, version] = rest;
    if (name === tenant && service === 'Human_Resources' && /^v\d\d\.\d$/.test(version ?? '')) {
      return getWorkers(soap, version ?? '', request);
    }
    return refuse(404, sections.soap, 'no such service');
  };
  const mayRun = ({ headers }: VendorRequest): boolean => {
    const names = [username, `${username}@${tenant}`].map((one) => `${one}:${password}`);
    const basics = names.map((pair) => `Basic ${Buffer.from(pair).toString('base64')}`);
    return basics.includes(headers['authorization'] ?? '') || oauth.takes(headers['authorization']);
  };
  const hire = (person: Person): Worker => {
    const worker = workerOf(person);
    workers.set(worker.get('Employee_ID') ?? '', worker);
    enteredAt.set(worker, now());
    return worker;
  };
  (options.people ?? []).forEach(hire);
  const loopback = await Loopback.start(handle, options.port);
  return {
    url: loopback.url,
    tenant,
    loopback,
    oauth,
    report,
    workers,
    domains: granted,
    hire,
    close: () => loopback.close(),
  };
}
