import type { Key } from '../../model/row.ts';
import { isObject, type JsonObject } from '../json.ts';
import { filledPath, fitsPath } from './address.ts';
import type { RestClient } from './client.ts';
import { stepsOf, valueAt, withValue } from './path.ts';
import type { Field } from './rows.ts';
import type { RestConfig } from './schema.ts';
import type { FindConfig, ListConfig, SingleConfig } from './schema/requests.ts';
import { walk } from './walk.ts';
import { wrong } from './values.ts';

/** What a look-up needs: the system, and how it was declared. */
export interface Looking {
  readonly client: RestClient;
  readonly config: RestConfig;
}

/**
 * The records that the system gives for a key, to be compared once more: systems compare more loosely than we do, and one
 * that does not know the parameter gives everybody. `undefined` where this key is not one that it can be asked for.
 */
export async function recordsFor(
  looking: Looking,
  how: FindConfig,
  field: Field,
  { value }: Key,
  signal: AbortSignal,
): Promise<readonly JsonObject[] | undefined> {
  const sent = field.form.written(value);
  // A value that is none of the attribute's type is nobody's.
  if (sent === wrong || sent === null || typeof sent === 'object') return [];
  if ('parameter' in how) return await narrowedList(looking, how, sent, signal);
  if (!fitsPath(String(sent))) return String(sent) === '' ? [] : undefined;
  const record = await singleRecord(looking, how, String(sent), signal);
  return record === undefined ? [] : [record];
}

/** One record by its path; `undefined` where the system says that there is none. */
export async function singleRecord(
  { client }: Pick<Looking, 'client'>,
  { path, query, record, missing }: Pick<SingleConfig, 'path' | 'query' | 'record' | 'missing'>,
  value: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const answer = await client.read(
    {
      method: 'GET',
      path: filledPath(path, value),
      template: path,
      query,
      statuses: [200],
      accept: missing,
    },
    signal,
  );
  if (answer.status !== 200) return undefined;
  const found = valueAt(answer.body, stepsOf(record));
  if (isObject(found)) return found;
  // `{ "data": null }` says that there is nobody; an empty body says nothing.
  if (found === null && isObject(answer.body)) return undefined;
  throw client.unexpected(`no record where ${path} was asked for`);
}

async function narrowedList(
  { client, config }: Looking,
  { parameter, in: where, list = config.list }: Extract<FindConfig, { parameter: string }>,
  value: string | number | boolean,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const narrowed = {
    client,
    baseUrl: config.baseUrl,
    id: config.record.id,
    config: withParameter(list, parameter, where, value),
  };
  const records: JsonObject[] = [];
  for await (const page of walk(narrowed, signal)) records.push(...page);
  return records;
}

function withParameter(
  list: ListConfig,
  parameter: string,
  where: 'query' | 'body',
  value: string | number | boolean,
): ListConfig {
  if (where === 'query') return { ...list, query: { ...list.query, [parameter]: value } };
  const body = withValue(list.body ?? {}, parameter, value);
  return { ...list, body: body as NonNullable<ListConfig['body']> };
}
