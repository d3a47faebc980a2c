import { createHmac } from 'node:crypto';
import type { Json } from '../../../src/model/value.ts';
import type { Person } from '../../people/people.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../loopback.ts';
import {
  accountItem,
  details,
  fieldMappings,
  issues,
  listAccounts,
  remoteFields,
  scopes,
  syncStatus,
} from './accounts.ts';
import { checkByDocument } from './document.ts';
import { listEmployees, oneEmployee } from './employees.ts';
import { Limits } from './limits.ts';
import { LinkedAccount } from './linked-account.ts';
import { createLink, type OpenLink } from './links.ts';
import { Refusal, sections } from './refusal.ts';

export interface MergeOptions {
  readonly apiKey: string;
  /** Of the account that is linked from the start; without it, nobody has linked anything. */
  readonly accountToken?: string;
  readonly originId?: string;
  /** People of that account's HR system, already copied by Merge. */
  readonly people?: readonly Person[];
  readonly webhookKey?: string;
  /** Requests a minute for each linked account, and the lockout after 20 failures in 10 seconds. Default off. */
  readonly perMinute?: number;
  /** Whether the key is one for tests, whose accounts are listed only when asked for. */
  readonly isTest?: boolean;
  /** Paths that this plan does not have: 403. */
  readonly without?: readonly string[];
  /** Ms since 1970. */
  readonly now?: () => number;
  readonly port?: number;
}

/** Merge's HRIS API on loopback. */
export interface Merge {
  /** For `baseUrl`. */
  readonly url: string;
  readonly loopback: Loopback;
  readonly accounts: LinkedAccount[];
  /** The account that is linked from the start, or the first that was linked. */
  readonly account: LinkedAccount;
  /** Pages that wait for somebody. */
  readonly links: ReadonlyMap<string, OpenLink>;
  /**
   * What somebody does who opens the page of a set-up link and lets Merge into the HR system: an account that is there
   * already is linked again, with the same token and ids. Throws when the page is not there any more.
   */
  finishLink(url: string, people?: readonly Person[]): LinkedAccount;
  /** A webhook as Merge sends it, signed. */
  webhook(event: string, data: Json, account?: LinkedAccount): SignedWebhook;
  close(): Promise<void>;
}

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** As vendors/merge.md, "Honest simulator", asks for it; reads and links, nothing of an HR system is written. */
export async function startMerge(options: MergeOptions): Promise<Merge> {
  const { now = Date.now, people = [] } = options;
  const accounts: LinkedAccount[] = [];
  const links = new Map<string, OpenLink>();
  const limits = options.perMinute === undefined ? undefined : new Limits(options.perMinute);
  const loopback = await Loopback.start((request) => {
    if (limits?.admits(now()) === false) return tooMany();
    const answer = judged(() => route(options, accounts, links, loopback.url, request));
    if (answer.status >= 400) limits?.failed(now());
    return answer;
  }, options.port);
  const link = (originId: string, accountToken: string, integration: string, hired: readonly Person[]) => {
    const account = new LinkedAccount({ originId, accountToken, integration, now });
    for (const person of hired) account.hire(person);
    accounts.push(account);
    return account;
  };
  if (options.accountToken !== undefined) {
    link(options.originId ?? 'example', options.accountToken, 'bamboohr', people).copy();
  }
  return {
    url: `${loopback.url}/api`,
    loopback,
    accounts,
    links,
    get account() {
      const [first] = accounts;
      if (first === undefined) throw new Error('nobody has linked an HR system');
      return first;
    },
    finishLink(url, hired = []) {
      const open = links.get(url);
      if (open === undefined || open.expiresAt <= now()) throw new Error('this link is not there any more');
      links.delete(url);
      const known = accounts.find(({ originId }) => originId === open.originId);
      if (known === undefined) {
        return link(open.originId, `token of ${open.originId}`, open.integration ?? 'bamboohr', hired);
      }
      known.status = 'COMPLETE';
      known.completedAt = known.stamp();
      return known;
    },
    webhook(event, data, account = accounts[0]) {
      if (account === undefined) throw new Error('nobody has linked an HR system');
      const hook = { id: 'hook-1', event, target: 'https://example.org/hooks/hr' };
      const body = JSON.stringify({ hook, linked_account: accountItem(account), data });
      const hmac = createHmac('sha256', options.webhookKey ?? '').update(body);
      return { headers: { 'x-merge-webhook-signature': withPadding(hmac.digest('base64url')) }, body };
    },
    close: () => loopback.close(),
  };
}

function route(
  options: MergeOptions,
  accounts: readonly LinkedAccount[],
  links: Map<string, OpenLink>,
  base: string,
  request: VendorRequest,
): VendorAnswer {
  const { method, headers } = request;
  if (headers['authorization'] !== `Bearer ${options.apiKey}`) {
    throw new Refusal(401, sections.auth, 'Authentication credentials were not provided.');
  }
  const path = request.path.replace(/^\/api\/hris\/v1\//, '');
  if (options.without?.includes(path) === true)
    throw new Refusal(403, sections.model, 'Not part of this plan.');
  const account = accounts.find(({ accountToken }) => accountToken === headers['x-account-token']);
  if (account === undefined && !ofOrganisation.has(path)) {
    throw new Refusal(401, sections.auth, 'Invalid account token.');
  }
  checkByDocument(request);
  if (method === 'POST' && path === 'link-token') {
    return createLink(request, links, base, (options.now ?? Date.now)());
  }
  if (method !== 'GET') throw new Refusal(405, sections.model, `Method "${method}" not allowed.`);
  if (path === 'linked-accounts') return listAccounts(accounts, options.isTest === true, request);
  if (path === 'issues') return issues(accounts, request);
  if (account === undefined) throw new Refusal(404, sections.reading, 'Not found.');
  return ofAccount(account, path, request);
}

/** Asked for with the key alone. */
const ofOrganisation = new Set(['link-token', 'linked-accounts', 'issues']);

function ofAccount(account: LinkedAccount, path: string, request: VendorRequest): VendorAnswer {
  const [, id] = /^employees\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) return oneEmployee(account, id, request);
  if (path === 'employees') return listEmployees(account, request);
  if (path === 'account-details') return details(account);
  if (path === 'sync-status') return syncStatus(account, request);
  if (path === 'linked-account-scopes') return scopes(account);
  if (path === 'field-mappings') return fieldMappings();
  if (path === 'remote-fields') return remoteFields();
  throw new Refusal(404, sections.reading, 'Not found.');
}

function judged(answer: () => VendorAnswer): VendorAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    throw error;
  }
}

function tooMany(): VendorAnswer {
  const refused = new Refusal(429, sections.limits, 'Request was throttled.').answer();
  return { ...refused, headers: { ...refused.headers, 'retry-after': '5' } };
}

function withPadding(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
