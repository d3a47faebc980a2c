import type { ConnectorContext, Reader, Writer } from '../connector.ts';
import type { HttpClient, HttpResponse } from '../../http/client.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Json, Value } from '../../model/value.ts';
import { untilCalledOff } from '../failed-write.ts';
import { isObject } from '../json.ts';
import { openClient, scimMedia } from './client.ts';
import { fieldsOf, type Field } from './fields.ts';
import { createBody, needsCurrent, patchBody } from './patch.ts';
import { anotherAccount, failed, inUse, noId, notSent, refusal, stillActive } from './refusals.ts';
import { accountsByIdentity, userPath } from './resolve.ts';
import type { ScimConfig } from './schema.ts';
import { isActive, pick, rowMaker, writtenOf, type User } from './user.ts';

/** Statuses that speak of one order, not of the connection. */
const refusals = [400, 404, 405, 409, 412, 413, 422, 501];

/** Writes to a SCIM 2.0 service: POST once, PATCH and DELETE repeatable, one request for each order where it can be. */
export class ScimWriter implements Writer {
  readonly #client: HttpClient;
  readonly #reader: Reader;
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #reactivateVia: 'patch' | 'post';

  constructor(context: ConnectorContext<ScimConfig>, reader: Reader) {
    this.#reactivateVia = context.config.profile.reactivateVia;
    this.#client = openClient(context);
    this.#reader = reader;
    this.#fields = fieldsOf(context.config);
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      (order) => this.#carryOut(order, signal),
    );
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return notSent(order);
    try {
      if (order.kind === 'create') return await this.#create(order, signal);
      if (order.kind === 'delete') return await this.#delete(order, signal);
      if (order.kind === 'enable' && this.#reactivateVia === 'post')
        return await this.#reactivate(order, signal);
      return await this.#patch(order, signal);
    } catch (error) {
      return failed(order, error, signal);
    }
  }

  async #create(order: Order, signal: AbortSignal): Promise<Result> {
    const json = createBody(order.set, this.#fields, order.active !== false);
    const answer = await this.#send('POST', 'Users', json, signal);
    if (answer.status === 409) {
      const [ours] = await accountsByIdentity(this.#reader, order, signal);
      return inUse(order, ours !== undefined);
    }
    if (answer.status >= 300) return refusal(order, answer);
    const id = isObject(answer.body) ? pick(answer.body, 'id') : undefined;
    if (typeof id !== 'string' || id === '') return noId(order);
    const isOpen = order.active === false && isObject(answer.body) && isActive(pick(answer.body, 'active'));
    if (isOpen && !(await this.#deactivates(id, signal))) return stillActive(order, id);
    return this.#applied(order, id, answer.body);
  }

  /** Some services make everybody active, whatever the POST says. */
  async #deactivates(id: string, signal: AbortSignal): Promise<boolean> {
    const json = patchBody({}, this.#fields, {}, false);
    return (await this.#send('PATCH', userPath(id), json, signal)).status < 300;
  }

  async #patch(order: Order, signal: AbortSignal): Promise<Result> {
    const id = order.accountId ?? '';
    let current: User = {};
    const lists = needsCurrent(order.set, this.#fields);
    if (lists.length > 0) {
      const answer = await this.#look(id, signal);
      if (answer.status === 404 || !isObject(answer.body)) return refusal(order, answer);
      current = answer.body;
    }
    const active = order.kind === 'update' ? undefined : order.kind === 'enable';
    const json = patchBody(order.set, this.#fields, current, active);
    const answer = await this.#send('PATCH', userPath(id), json, signal);
    return answer.status >= 300 ? refusal(order, answer) : this.#applied(order, id, answer.body);
  }

  /**
   * Creates the user once more, as it is: the same account is active then. It may be sent twice, since no server has two
   * users of one userName; a refusal of one who is active already says that an earlier try has arrived.
   */
  async #reactivate(order: Order, signal: AbortSignal): Promise<Result> {
    const id = order.accountId ?? '';
    const before = await this.#look(id, signal);
    if (before.status === 404 || !isObject(before.body)) return refusal(order, before);
    const json = createBody({ ...writtenOf(before.body, this.#fields), ...order.set }, this.#fields, true);
    const answer = await this.#send('POST', 'Users', json, signal, 'repeatable');
    const after = answer.status === 409 ? await this.#look(id, signal) : answer;
    const user = isObject(after.body) ? after.body : {};
    if (after.status >= 300 || !isActive(pick(user, 'active'))) return refusal(order, answer);
    return rowMaker([])(user).id === id ? this.#applied(order, id, user) : anotherAccount(order);
  }

  #look(id: string, signal: AbortSignal): Promise<HttpResponse> {
    return this.#client.request({ method: 'GET', path: userPath(id), effect: 'read', accept: [404] }, signal);
  }

  /** A user who is gone is what was asked for (RFC 7644 §3.6: then 404). */
  async #delete(order: Order, signal: AbortSignal): Promise<Result> {
    const id = order.accountId ?? '';
    const answer = await this.#client.request(
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
    return this.#client.request(
      { method, path, headers: scimMedia, body: { json }, effect, accept: refusals },
      signal,
    );
  }

  #applied(order: Order, accountId: string, body: Json): Result {
    const shown = Object.keys(order.set).filter((name) => this.#fields.get(name)?.spec.writeOnly !== true);
    const sent = Object.fromEntries(shown.map((name) => [name, order.set[name] ?? null]));
    const result = { key: order.key, outcome: 'applied', accountId, sent } as const;
    if (!isObject(body)) return result;
    const row = rowMaker(shown.map((name) => this.#fields.get(name)).filter((one) => one !== undefined))(
      body,
    );
    const received: Record<string, Value> = {};
    for (const [index, name] of shown.entries()) {
      const value = row.values[index];
      if (value !== undefined) received[name] = value;
    }
    return { ...result, received };
  }
}
