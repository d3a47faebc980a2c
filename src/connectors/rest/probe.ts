import { RefusedStatus } from '../../http/errors.ts';
import { textOf } from '../json.ts';
import type { Probe } from '../connector.ts';
import { placeOf } from './address.ts';
import type { RestClient } from './client.ts';
import { countAt, type Page } from './paging/page.ts';
import { styleOf } from './paging/style.ts';
import { stepsOf, valueAt } from './path.ts';
import type { Field } from './rows.ts';
import type { RestConfig } from './schema.ts';
import { findsListed } from './tried-look-up.ts';
import { Unsaid } from './unsaid.ts';
import { fetchPage } from './walk.ts';

/**
 * What `connection test` says: whether the list can be read, what nobody on its first page has, whether look-ups find somebody
 * of it, and what else is refused.
 */
export async function probeSystem(
  client: RestClient,
  config: RestConfig,
  fields: ReadonlyMap<string, Field>,
  signal: AbortSignal,
): Promise<Probe> {
  const account = await accountOf(client, config, signal);
  const missing: string[] = [];
  const page = await firstPage(client, config, missing, signal);
  if (page !== undefined) missing.push(...emptyPaths(page, fields), ...unsaidOn(page, config));
  for (const { path, query, needs } of config.probe) {
    const said = await refusal(() =>
      client.read({ method: 'GET', path, query, statuses: [200, 204] }, signal),
    );
    if (said !== undefined) missing.push(`${path} is refused (${said}); it needs ${needs}`);
  }
  if (page !== undefined) missing.push(...(await lookUpsThatFail(client, config, fields, page, signal)));
  const cost = page === undefined ? undefined : costOf(page, config);
  return {
    account,
    fields: [...fields.values()].map(({ spec }) => spec),
    missing: missing.map((sentence) => `connection ${client.connection}: ${sentence}`),
    ...(cost === undefined ? {} : { cost }),
  };
}

/** What the system calls the account, where a request is declared for it; else where it is reached. */
export async function accountOf(
  client: RestClient,
  config: RestConfig,
  signal: AbortSignal,
): Promise<string> {
  const { account, baseUrl } = config;
  if (account === undefined) return placeOf(baseUrl);
  const { path, query, value } = account;
  const { body } = await client.read({ method: 'GET', path, query, statuses: [200] }, signal);
  const word = textOf(valueAt(body, stepsOf(value)));
  if (word === undefined || word === null || word === '') {
    throw client.unexpected(`nothing at "${value}" where ${path} was asked for the account`);
  }
  return word;
}

async function firstPage(
  client: RestClient,
  config: RestConfig,
  missing: string[],
  signal: AbortSignal,
): Promise<Page | undefined> {
  const { baseUrl, list, record } = config;
  let page: Page | undefined;
  const said = await refusal(async () => {
    page = await fetchPage({ client, baseUrl, config: list, id: record.id }, styleOf(list).first, signal);
  });
  if (said === undefined) return page;
  missing.push(
    `the list ${list.path} cannot be read (${said}); give the credential the right to read it, or correct list.path`,
  );
  return undefined;
}

/** The status that refuses a request, unless it is the credential itself that is refused. */
async function refusal(ask: () => Promise<unknown>): Promise<number | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (error instanceof RefusedStatus && error.status !== 401) return error.status;
    throw error;
  }
}

/** Attributes of which no record of the page has anything: most likely a path that is mistyped. */
function emptyPaths({ records }: Page, fields: ReadonlyMap<string, Field>): readonly string[] {
  if (records.length === 0) return [];
  return [...fields.values()]
    .filter(({ spec, path, config }) => {
      if (spec.writeOnly === true || config.from === 'single') return false;
      const steps = stepsOf(path);
      return records.every((record) => valueAt(record, steps) === undefined);
    })
    .map(
      ({ spec, path }) =>
        `none of the first ${records.length} records has anything at "${path}" (attribute "${spec.name}"); correct the path, or give the credential the right to read it`,
    );
}

async function lookUpsThatFail(
  client: RestClient,
  config: RestConfig,
  fields: ReadonlyMap<string, Field>,
  { records }: Page,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const sentences: string[] = [];
  for (const [name, how] of Object.entries(config.find)) {
    const field = fields.get(name);
    if (field === undefined) continue;
    let isFound: boolean | undefined;
    const said = await refusal(async () => {
      isFound = await findsListed({ client, config }, { how, field }, records, signal);
    });
    if (said !== undefined) {
      sentences.push(`the look-up find.${name} is refused (${said}); correct it, or leave it out`);
    } else if (isFound === false) {
      sentences.push(
        `the look-up find.${name} does not find somebody whom the list has; correct it, or leave it out, as whoever is not found is made again`,
      );
    }
  }
  return sentences;
}

function unsaidOn({ records }: Page, config: RestConfig): readonly string[] {
  const unsaid = new Unsaid(config);
  unsaid.take(records);
  return unsaid.faults;
}

function costOf(page: Page, { list }: RestConfig): Probe['cost'] {
  const { paging } = list;
  if (paging.kind === 'none') return { requests: 1 };
  const total = paging.total === undefined ? undefined : countAt(page, paging.total);
  const size = page.records.length;
  return total === undefined || size === 0 ? undefined : { requests: Math.max(1, Math.ceil(total / size)) };
}
