import type { Reader } from '../connector.ts';
import type { HttpResponse } from '../../http/client.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Json, Value } from '../../model/value.ts';
import { isObject } from '../json.ts';
import { scimMedia } from './client.ts';
import { createBody, needsCurrent, patchBody } from './patch.ts';
import { anotherAccount, failed, inUse, noId, notSent, refusal, stillActive } from './refusals.ts';
import { accountsByIdentity, userPath } from './resolve.ts';
import type { Service } from './service.ts';
import { isActive, pick, rowMaker, writtenOf, type User } from './user.ts';

/** Statuses that speak of one order, not of the connection. */
const refusals = [400, 404, 405, 409, 412, 413, 422, 501];

/** The orders of one service: POST once, PATCH and DELETE repeatable, one request for each where it can be. */
export class ScimOrders {
  readonly #service: Service;
  readonly #reader: Pick<Reader, 'find' | 'shape'>;

  constructor(service: Service, reader: Pick<Reader, 'find' | 'shape'>) {
    this.#service = service;
    this.#reader = reader;
  }

  /** What came of one order. Never throws for that order's fault. */
  async carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return notSent(order);
    try {
      if (order.kind === 'create') return await this.#create(order, signal);
      if (order.kind === 'delete') return await this.#delete(order, signal);
      if (order.kind === 'enable' && this.#service.enablesBy === 'post')
        return await this.#reactivate(order, signal);
      return await this.#patch(order, signal);
    } catch (error) {
      return failed(order, error, signal);
    }
  }

  async #create(order: Order, signal: AbortSignal): Promise<Result> {
    const json = createBody(order.set, this.#service.fields, order.active !== false);
    const answer = await this.#send('POST', 'Users', json, signal);
    if (answer.status === 409) return inUse(order, await this.#isOurs(order, signal));
    if (answer.status >= 300) return refusal(order, answer);
    const id = isObject(answer.body) ? pick(answer.body, 'id') : undefined;
    if (typeof id !== 'string' || id === '') return noId(order);
    const isOpen = order.active === false && isObject(answer.body) && isActive(pick(answer.body, 'active'));
    if (isOpen && !(await this.#deactivates(id, signal))) return stillActive(order, id);
    return this.#applied(order, id, answer.body);
  }

  /**
   * Whether the account that is there already carries our identity. One that is nothing but the value in use proves
   * nothing: anybody who has it looks like ours, and is left to the next pass to adopt.
   */
  async #isOurs(order: Order, signal: AbortSignal): Promise<boolean> {
    const identity = Object.keys(order.identity);
    const isUnique = (name: string) => this.#service.fields.get(name)?.spec.unique === true;
    if (identity.length > 0 && identity.every(isUnique)) return false;
    return (await accountsByIdentity(this.#reader, order, signal)).length > 0;
  }

  /** Some services make everybody active, whatever the POST says. */
  async #deactivates(id: string, signal: AbortSignal): Promise<boolean> {
    const json = patchBody({}, this.#service.fields, {}, false);
    return (await this.#send('PATCH', userPath(id), json, signal)).status < 300;
  }

  async #patch(order: Order, signal: AbortSignal): Promise<Result> {
    const id = order.accountId ?? '';
    let current: User = {};
    const lists = needsCurrent(order.set, this.#service.fields);
    if (lists.length > 0) {
      const answer = await this.#look(id, signal);
      if (answer.status === 404 || !isObject(answer.body)) return refusal(order, answer);
      current = answer.body;
    }
    const active = order.kind === 'update' ? undefined : order.kind === 'enable';
    const json = patchBody(order.set, this.#service.fields, current, active);
    const answer = await this.#send('PATCH', userPath(id), json, signal);
    const isGone = answer.status === 404 && order.kind === 'disable';
    // An earlier try has arrived, where disabling deletes.
    if (isGone && this.#service.shape.disabling === 'deletes') return this.#applied(order, id, null);
    return answer.status >= 300 ? refusal(order, answer) : this.#applied(order, id, answer.body);
  }

  /**
   * Creates the user once more, as it is: the same account is active then. It may be sent twice, since no server has two
   * users of one userName; a refusal of one who is active already says that an earlier try has arrived.
   */
  async #reactivate(order: Order, signal: AbortSignal): Promise<Result> {
    const { fields } = this.#service;
    const id = order.accountId ?? '';
    const before = await this.#look(id, signal);
    if (before.status === 404 || !isObject(before.body)) return refusal(order, before);
    const json = createBody({ ...writtenOf(before.body, fields), ...order.set }, fields, true);
    const answer = await this.#send('POST', 'Users', json, signal, 'repeatable');
    const after = answer.status === 409 ? await this.#look(id, signal) : answer;
    const user = isObject(after.body) ? after.body : {};
    if (after.status >= 300 || !isActive(pick(user, 'active'))) return refusal(order, answer);
    return rowMaker([])(user).id === id ? this.#applied(order, id, user) : anotherAccount(order);
  }

  #look(id: string, signal: AbortSignal): Promise<HttpResponse> {
    const path = userPath(id);
    return this.#service.client.request({ method: 'GET', path, effect: 'read', accept: [404] }, signal);
  }

  /** A user who is gone is what was asked for (RFC 7644 §3.6: then 404). */
  async #delete(order: Order, signal: AbortSignal): Promise<Result> {
    const id = order.accountId ?? '';
    const answer = await this.#service.client.request(
      { method: 'DELETE', path: userPath(id), effect: 'repeatable', accept: refusals, expect: 'none' },
      signal,
    );
    return answer.status < 300 || answer.status === 404
      ? this.#applied(order, id, null)
      : refusal(order, answer);
  }

  #send(
    method: 'POST' | 'PATCH',
    path: string,
    json: Json,
    signal: AbortSignal,
    effect: 'once' | 'repeatable' = method === 'POST' ? 'once' : 'repeatable',
  ): Promise<HttpResponse> {
    return this.#service.client.request(
      { method, path, headers: scimMedia, body: { json }, effect, accept: refusals },
      signal,
    );
  }

  #applied(order: Order, accountId: string, body: Json): Result {
    const shown = Object.keys(order.set).filter(
      (name) => this.#service.fields.get(name)?.spec.writeOnly !== true,
    );
    const sent = Object.fromEntries(shown.map((name) => [name, order.set[name] ?? null]));
    const result = { key: order.key, outcome: 'applied', accountId, sent } as const;
    if (!isObject(body)) return result;
    const row = rowMaker(
      shown.map((name) => this.#service.fields.get(name)).filter((one) => one !== undefined),
    )(body);
    const received: Record<string, Value> = {};
    for (const [index, name] of shown.entries()) {
      const value = row.values[index];
      if (value !== undefined) received[name] = value;
    }
    return { ...result, received };
  }
}
