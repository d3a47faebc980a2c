import type { Order, Result } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { failedWrite, halfDone, rejected, type Failure, type Fault } from '../failed-write.ts';
import { idOf, isObject } from '../json.ts';
import type { TalentHrClient } from './client.ts';
import { wholeDirectory } from './directory.ts';
import type { Languages } from './languages.ts';
import type { Names } from './names.ts';
import { hireBody, type Payload } from './payload.ts';
import { isRefusal, refused, wrong } from './refusals.ts';
import type { Config } from './schema.ts';
import { todayIn } from './today.ts';

/** What a write needs besides its order. */
export interface Company {
  readonly client: TalentHrClient;
  readonly context: ConnectorContext<Config>;
  readonly names: Names;
  languages(signal: AbortSignal): Promise<Languages>;
}

/** Hires one person, and then says what a hire does not take. */
export async function hire(
  company: Company,
  order: Order,
  payload: Payload,
  signal: AbortSignal,
): Promise<Result> {
  const { client, context } = company;
  const { key } = order;
  const ids = await idsOf(company, payload, signal);
  if ('fault' in ids) return { key, outcome: 'not-sent', error: ids.fault };
  let accountId: string | undefined;
  try {
    const body = hireBody(payload, ids.known, context.config);
    const answer = await client.write('POST', 'employees/hire', body, 'once', signal);
    if (isRefusal(answer)) return { key, ...refused(order, answer) };
    const data = isObject(answer.body) ? answer.body['data'] : undefined;
    accountId = isObject(data) ? idOf(data['id']) : undefined;
  } catch (error) {
    return { key, ...failedWrite(error, 'once', signal) };
  }
  if (accountId === undefined) {
    const message = 'TalentHR answered a hire without the id of the employee; it is looked up';
    return { key, outcome: 'unknown', error: wrong('AnswerLost', message) };
  }
  const failure = await putSome(company, { ...order, accountId }, payload, signal);
  if (failure !== undefined) return { key, ...halfDone(accountId, failure, 'the employee was hired') };
  return { key, outcome: 'applied', accountId, sent: payload.sent };
}

/** Updates one person; what the order does not say stays as it is. Also completes somebody who was hired before. */
export async function update(
  company: Company,
  order: Order,
  payload: Payload,
  signal: AbortSignal,
): Promise<Result> {
  const accountId = order.accountId ?? '';
  const failure = await putSome(company, order, payload, signal);
  if (failure === undefined) return { key: order.key, outcome: 'applied', accountId, sent: payload.sent };
  return { key: order.key, accountId, ...failure };
}

/**
 * Terminates one person as of today. Offered only where the config allows it: the path is known, its body is a guess.
 * A refusal of somebody who is terminated already is what was wanted.
 */
export async function terminate(
  company: Company,
  order: Order,
  payload: Payload,
  signal: AbortSignal,
): Promise<Result> {
  const { client, context } = company;
  const { key } = order;
  const accountId = order.accountId ?? '';
  if (!context.config.allowTerminate) {
    const message =
      'terminating is off for this connection; set `allowTerminate: true`, or terminate in TalentHR';
    return { key, ...rejected('NotSupported', message) };
  }
  const failure = await putSome(company, order, payload, signal);
  if (failure !== undefined) return { key, accountId, ...failure };
  try {
    const today = todayIn(context);
    await context.details.forget([accountId]);
    const path = `employees/${accountId}/terminate`;
    const answer = await client.write('POST', path, { effective_date: today }, 'repeatable', signal);
    const isDone =
      !isRefusal(answer) || (answer.status !== 404 && (await isOver(company, accountId, today, signal)));
    return isDone
      ? { key, outcome: 'applied', accountId, sent: payload.sent }
      : { key, ...refused(order, answer) };
  } catch (error) {
    return { key, accountId, ...failedWrite(error, 'repeatable', signal) };
  }
}

/** The id is none that TalentHR gives. */
export function loseNobody(order: Order): Failure {
  return refused(order, { status: 404, body: null });
}

async function idsOf(
  { names, context }: Company,
  payload: Payload,
  signal: AbortSignal,
): Promise<{ readonly known: Readonly<Record<string, number>> } | { readonly fault: Fault }> {
  const { employmentStatus } = context.config.hire;
  const isSaid = payload.names.some(({ list }) => list === 'employment-statuses');
  const wanted = [...payload.names];
  if (!isSaid && employmentStatus !== undefined) {
    wanted.push({ key: 'employment_status_id', list: 'employment-statuses', name: employmentStatus });
  }
  const known: Record<string, number> = {};
  for (const { key, list, name } of wanted) {
    const id = await names.idOf(list, name, signal);
    if (typeof id !== 'number') return { fault: id };
    known[key] = id;
  }
  return { known };
}

/** One update, or none where there is nothing to say. */
async function putSome(
  company: Company,
  order: Order,
  payload: Payload,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const accountId = order.accountId ?? '';
  let languages: readonly number[] | Fault | undefined;
  try {
    languages = await languagesOf(company, accountId, payload, signal);
  } catch (error) {
    return failedWrite(error, 'read', signal);
  }
  if (languages !== undefined && 'fate' in languages) return { outcome: 'not-sent', error: languages };
  const body = { ...payload.put, ...(languages === undefined ? {} : { hr_languages: languages }) };
  if (Object.keys(body).length === 0) return undefined;
  try {
    // Before the request: when we die in the middle, nobody believes the old values.
    await company.context.details.forget([accountId]);
    const answer = await company.client.write('PUT', `employees/${accountId}`, body, 'repeatable', signal);
    return isRefusal(answer) ? refused(order, answer) : undefined;
  } catch (error) {
    return failedWrite(error, 'repeatable', signal);
  }
}

/** The wanted language first; others that the person speaks stay behind it. */
async function languagesOf(
  company: Company,
  accountId: string,
  { language }: Payload,
  signal: AbortSignal,
): Promise<readonly number[] | Fault | undefined> {
  if (language === undefined) return undefined;
  const id = (await company.languages(signal)).idOf(language);
  if (id === undefined) {
    return wrong('UnknownName', 'TalentHR does not have this language; map one of `GET /languages`');
  }
  const record = await company.client.getOne(`employees/${accountId}`, signal);
  const held = isObject(record) && Array.isArray(record['hr_languages']) ? record['hr_languages'] : [];
  const others = (held as readonly Json[])
    .map((one) => Number(idOf(isObject(one) ? one['id'] : one)))
    .filter((one) => Number.isSafeInteger(one) && one !== id);
  return [id, ...others];
}

async function isOver(
  { client }: Company,
  accountId: string,
  today: string,
  signal: AbortSignal,
): Promise<boolean> {
  const row = (await wholeDirectory(client, undefined, signal)).find((one) => idOf(one['id']) === accountId);
  const date = row?.['termination_date'];
  return typeof date === 'string' && date !== '' && date.slice(0, 10) <= today;
}
