import type { HttpRequest } from '../../http/client.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import type { ConnectorContext } from '../connector.ts';
import { failedWrite, halfDone } from '../failed-write.ts';
import { idOf, isObject, textOf, type JsonObject } from '../json.ts';
import { lookUpIn, orAlreadyThere } from './already-there.ts';
import type { Step } from './batches.ts';
import { refusals, type TalentLmsClient } from './client.ts';
import type { CustomPart } from './custom-fields.ts';
import { dateFrom } from './dates.ts';
import { messageIn, refused } from './refusals.ts';
import { dataOf } from './envelope.ts';
import { receivedFrom, type Payload } from './payload.ts';
import { isProtectedType } from './schema.ts';
import { findIdByLogin } from './search.ts';

type Outcome = Step<CustomPart, Result>;

/** Writes what POST, PATCH and DELETE take; custom fields are handed on. */
export class CoreWriter {
  readonly #client: TalentLmsClient;
  readonly #context: Pick<ConnectorContext, 'clock' | 'details'>;

  constructor(client: TalentLmsClient, context: Pick<ConnectorContext, 'clock' | 'details'>) {
    this.#client = client;
    this.#context = context;
  }

  /** Does not reject once something may have been written. */
  async write(
    order: Order,
    payload: Payload,
    branch: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (order.kind === 'create' && order.accountId === null) {
      return this.#create(order, payload, branch, signal);
    }
    const accountId = order.accountId ?? '';
    if (!/^\d+$/.test(accountId)) {
      return { result: { key: order.key, ...refused(order, { status: 404, body: null }) } };
    }
    if (order.kind === 'create') return this.#complete(order, accountId, payload, branch, signal);
    if (order.kind === 'delete') return this.#delete(order, accountId, signal);
    const isPlainUpdate = order.kind === 'update' && Object.keys(payload.core).length === 0;
    if (isPlainUpdate) return onwards(order, accountId, payload, undefined);
    return this.#patch(order, accountId, payload, signal);
  }

  async #create(
    order: Order,
    payload: Payload,
    branch: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { key } = order;
    let accountId: string | undefined;
    let answered: JsonObject = {};
    try {
      // A boolean here, a word in PATCH.
      const body = { json: { ...payload.core, status: order.active !== false } };
      const answer = await this.#send({ method: 'POST', path: 'users', body, effect: 'once' }, signal);
      if (isRefusal(answer.status)) {
        const refusal = refused(order, answer);
        const lookUp = lookUpIn(this.#client);
        const found = await orAlreadyThere(lookUp, payload.core, order.active, refusal, signal);
        return { result: { key, ...found } };
      }
      const data = dataOf(answer.body);
      answered = isObject(data) ? data : {};
      accountId = idOf(answered['id']) ?? idOf(data);
    } catch (error) {
      return { result: { key, ...failedWrite(error, 'once', signal) } };
    }
    try {
      accountId ??= await findIdByLogin(this.#client, textOf(payload.core['login']) ?? '', signal);
      if (accountId === undefined) throw this.#client.unexpected('a create without an id');
    } catch (error) {
      return { result: { key, ...failedWrite(error, 'repeatable', signal), outcome: 'unknown' } };
    }
    return this.#complete(order, accountId, payload, branch, signal, receivedFrom(answered));
  }

  /** What a create sends after its POST; also for an account that an earlier try made. */
  async #complete(
    order: Order,
    accountId: string,
    payload: Payload,
    branch: string | undefined,
    signal: AbortSignal,
    received?: Readonly<Record<string, Value>>,
  ): Promise<Outcome> {
    const done = 'the account was created';
    const left = (failure: Pick<Result, 'outcome' | 'error'>): Outcome => ({
      result: { key: order.key, ...halfDone(accountId, failure, done) },
    });
    try {
      const refusal = branch === undefined ? undefined : await this.#join(order, accountId, branch, signal);
      if (refusal !== undefined) return left(refusal);
    } catch (error) {
      return left(failedWrite(error, 'repeatable', signal));
    }
    return onwards(order, accountId, payload, done, received);
  }

  /** Puts a new account into the branch; being there already is what was wanted. */
  async #join(
    order: Order,
    accountId: string,
    branch: string,
    signal: AbortSignal,
  ): Promise<Pick<Result, 'outcome' | 'error'> | undefined> {
    const body = { json: { branch_id: Number(branch), user_id: Number(accountId) } };
    const request = { method: 'POST', path: 'branch-users', body, effect: 'repeatable' } as const;
    const answer = await this.#send(request, signal);
    if (!isRefusal(answer.status)) return undefined;
    return /already a member/i.test(String(messageIn(answer.body))) ? undefined : refused(order, answer);
  }

  /** PATCH asks for the status in every body, so that the account is looked at first, unless the order says it. */
  async #patch(order: Order, accountId: string, payload: Payload, signal: AbortSignal): Promise<Outcome> {
    const { key, kind } = order;
    const now = kind === 'disable' ? {} : await this.#look(accountId, signal);
    if (now === undefined) return { result: { key, ...refused(order, { status: 404, body: null }) } };
    if (isObject(now['user_type']) && isProtectedType(now['user_type']['name'])) {
      const message = 'the account became an administrator after it was read; it is not touched';
      return {
        result: { key, outcome: 'not-sent', error: { reason: 'Protected', message, fate: 'person' } },
      };
    }
    const status = kind === 'update' ? (textOf(now['status']) ?? 'active') : statusFor(kind);
    const body = { json: { ...this.#pastDeactivation(kind, now), ...payload.core, status } };
    try {
      await this.#context.details.forget([accountId]);
      const path = `users/${accountId}`;
      const request = { method: 'PATCH', path, body, effect: 'repeatable', expect: 'none' } as const;
      const answer = await this.#send(request, signal);
      if (isRefusal(answer.status)) return { result: { key, ...refused(order, answer) } };
    } catch (error) {
      return { result: { key, accountId, ...failedWrite(error, 'repeatable', signal) } };
    }
    return onwards(order, accountId, payload, 'the core fields were written');
  }

  async #delete(order: Order, accountId: string, signal: AbortSignal): Promise<Outcome> {
    const { key } = order;
    try {
      await this.#context.details.forget([accountId]);
      const request = { method: 'DELETE', path: `users/${accountId}`, effect: 'repeatable' } as const;
      const answer = await this.#send(request, signal);
      const isGone = answer.status === 404;
      if (isRefusal(answer.status) && !isGone) return { result: { key, ...refused(order, answer) } };
      return { result: { key, outcome: 'applied', accountId, sent: {} } };
    } catch (error) {
      return { result: { key, accountId, ...failedWrite(error, 'repeatable', signal) } };
    }
  }

  async #look(accountId: string, signal: AbortSignal): Promise<JsonObject | undefined> {
    const { status, body } = await this.#client.get(`users/${accountId}`, signal, [404]);
    if (status === 404) return undefined;
    const data = dataOf(body);
    if (!isObject(data) || idOf(data['id']) !== accountId) {
      throw this.#client.unexpected('a user without its id');
    }
    return data;
  }

  /** An account that is enabled again with a deactivation date in the past would be switched off at once. */
  #pastDeactivation(kind: Order['kind'], now: JsonObject): JsonObject {
    const date = dateFrom(textOf(now['deactivation_date']) ?? '');
    if (kind !== 'enable' || date === undefined) return {};
    const today = new Date(this.#context.clock.now()).toISOString().slice(0, 10);
    return date <= today ? { deactivation_date: null } : {};
  }

  #send(request: HttpRequest, signal: AbortSignal): ReturnType<TalentLmsClient['request']> {
    return this.#client.request({ ...request, accept: refusals }, signal);
  }
}

/** The order is done but for its custom fields, or done. */
function onwards(
  order: Order,
  accountId: string,
  { custom, sent }: Payload,
  done: string | undefined,
  received?: Readonly<Record<string, Value>>,
): Outcome {
  const told = received === undefined ? {} : { received };
  if (Object.keys(custom).length > 0) return { part: { order, accountId, custom, sent, done, ...told } };
  return { result: { key: order.key, outcome: 'applied', accountId, sent, ...told } };
}

function statusFor(kind: 'enable' | 'disable' | 'create' | 'delete'): string {
  return kind === 'enable' || kind === 'create' ? 'active' : 'inactive';
}

function isRefusal(status: number): boolean {
  return (refusals as readonly number[]).includes(status);
}
