import type { HttpRequest, HttpResponse } from '../../http/client.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import type { ConnectorContext, Writer } from '../connector.ts';
import { failedWrite, halfDone, rejected, untilCalledOff, type Failure } from '../failed-write.ts';
import { textOf, type JsonObject } from '../json.ts';
import { filledPath, fitsPath } from './address.ts';
import { bodyOf, merged, without } from './body.ts';
import { RestClient } from './client.ts';
import { singleRecord } from './find.ts';
import { stepsOf, valueAt } from './path.ts';
import { failureIn } from './refusals.ts';
import { fieldsOf, type Field } from './rows.ts';
import type { RestConfig } from './schema.ts';
import type { Place } from './schema/parts.ts';
import type {
  CreateConfig,
  DeleteConfig,
  SwitchConfig,
  UpdateConfig,
  WriteConfig,
} from './schema/requests.ts';

type Declared = CreateConfig | UpdateConfig | SwitchConfig | DeleteConfig;
type Said = Omit<Result, 'key'>;

/** Writes to a declared system: one request for each order, two where one must go ahead of the other. */
export class RestWriter implements Writer {
  readonly #client: RestClient;
  readonly #context: ConnectorContext<RestConfig>;
  readonly #config: RestConfig;
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #write: WriteConfig;

  constructor(context: ConnectorContext<RestConfig>) {
    this.#client = new RestClient(context);
    this.#context = context;
    this.#config = context.config;
    this.#fields = fieldsOf(context.config);
    this.#write = context.config.write ?? { refusals: [] };
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      async (order) => ({ key: order.key, ...(await this.#carryOut(order, signal)) }),
    );
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Said> {
    const { create, update, disable, enable, delete: remove } = this.#write;
    if (signal.aborted) return failedWrite(signal.reason, 'read', signal);
    if (order.kind === 'create' && order.accountId === null) {
      return create === undefined ? notDeclared(order) : await this.#create(order, create, signal);
    }
    if (!fitsPath(order.accountId ?? '')) {
      return rejected('AccountGone', 'there is no account with such an id; the next pass looks for it');
    }
    if (order.kind === 'create' || order.kind === 'update') {
      return update === undefined ? notDeclared(order) : await this.#update(order, update, signal);
    }
    if (order.kind === 'delete') {
      return remove === undefined ? notDeclared(order) : await this.#delete(order, remove, signal);
    }
    const request = order.kind === 'enable' ? enable : disable;
    return request === undefined ? notDeclared(order) : await this.#switch(order, request, signal);
  }

  async #create(order: Order, request: CreateConfig, signal: AbortSignal): Promise<Said> {
    const constants = order.active === false ? merged(request.body, request.disabled ?? {}) : request.body;
    const body = bodyOf(order.set, this.#fields, constants, request.under);
    if ('fault' in body) return { outcome: 'not-sent', error: body.fault };
    const answer = await this.#send(order, request, body.json, signal);
    if ('outcome' in answer) return answer;
    const accountId = newId(answer, request.id);
    if (accountId !== undefined) return this.#applied(order, accountId);
    const message = `${this.#client.system} answered a create without the id of the account; it is looked up`;
    return { outcome: 'unknown', error: { reason: 'AnswerLost', message, fate: 'person' } };
  }

  async #update(order: Order, request: UpdateConfig, signal: AbortSignal): Promise<Said> {
    const accountId = order.accountId ?? '';
    const current = request.whole ? await this.#current(accountId, request, signal) : { record: {} };
    if ('failure' in current) return current.failure;
    const body = bodyOf(order.set, this.#fields, request.body, request.under, current.record);
    if ('fault' in body) return { outcome: 'not-sent', error: body.fault };
    const answer = await this.#send(order, request, body.json, signal);
    return 'outcome' in answer ? answer : this.#applied(order, accountId);
  }

  /** What an order changes besides goes ahead, where the request cannot carry it. */
  async #switch(order: Order, request: SwitchConfig, signal: AbortSignal): Promise<Said> {
    const accountId = order.accountId ?? '';
    const changes = Object.keys(order.set).length > 0;
    if (changes && !request.carries) {
      if (this.#write.update === undefined) return notDeclared({ ...order, kind: 'update' });
      const ahead = await this.#update(order, this.#write.update, signal);
      if (ahead.outcome !== 'applied') return ahead;
    }
    const set = request.carries ? order.set : {};
    const body = bodyOf(set, this.#fields, request.body, request.under);
    if ('fault' in body) return { outcome: 'not-sent', error: body.fault };
    const answer = await this.#send(order, request, body.json, signal);
    if (!('outcome' in answer)) return this.#applied(order, accountId);
    const isHalf = changes && !request.carries;
    return isHalf ? halfDone(accountId, answer, 'its attributes were written') : answer;
  }

  /** Whoever is gone already is what was asked for. */
  async #delete(order: Order, request: DeleteConfig, signal: AbortSignal): Promise<Said> {
    const answer = await this.#send(order, request, request.body, signal);
    const isGone = 'outcome' in answer && answer.error?.reason === 'AccountGone';
    return !('outcome' in answer) || isGone ? this.#applied(order, order.accountId ?? '') : answer;
  }

  /** The record as it is, for a request that replaces it. */
  async #current(
    id: string,
    { leaveOut }: UpdateConfig,
    signal: AbortSignal,
  ): Promise<{ readonly record: JsonObject } | { readonly failure: Failure }> {
    const how = this.#config.find['id'];
    if (how === undefined || !('path' in how)) throw new RangeError('find.id is checked with the config');
    try {
      const record = await singleRecord({ client: this.#client }, how, id, signal);
      if (record !== undefined) return { record: without(record, leaveOut) };
      const message = 'there is no account with this id any more; the next pass looks for it';
      return { failure: rejected('AccountGone', message) };
    } catch (error) {
      return { failure: failedWrite(error, 'read', signal) };
    }
  }

  async #send(
    order: Order,
    request: Declared,
    json: JsonObject,
    signal: AbortSignal,
  ): Promise<HttpResponse | Failure> {
    const { method, path, query, effect, answer: expect, statuses } = request;
    const hasBody = method !== 'DELETE' || Object.keys(json).length > 0;
    const sent: HttpRequest = {
      method,
      path: filledPath(path, order.accountId ?? ''),
      template: path,
      query,
      effect,
      expect,
      accept: this.#write.refusals,
      ...(hasBody ? { body: { json } } : {}),
    };
    try {
      // Before the request: when we die in the middle, nobody believes the old values.
      if (order.accountId !== null) await this.#context.details.forget([order.accountId]);
      const answer = await this.#client.write(sent, signal);
      return failureIn(this.#client, order, answer, statuses) ?? answer;
    } catch (error) {
      return failedWrite(error, effect, signal);
    }
  }

  #applied(order: Order, accountId: string): Said {
    const shown = Object.entries(order.set).filter(
      ([name]) => this.#fields.get(name)?.spec.writeOnly !== true,
    );
    return { outcome: 'applied', accountId, sent: Object.fromEntries<Value>(shown) };
  }
}

/** Of a header such as Location, the last part of its path. */
function newId({ body, headers }: HttpResponse, place: Place): string | undefined {
  if (typeof place === 'string') {
    const id = textOf(valueAt(body, stepsOf(place)));
    return id === null || id === '' ? undefined : id;
  }
  const [path = ''] = (headers[place.header.toLowerCase()] ?? '').split(/[?#]/);
  const part = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  try {
    return part === '' ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function notDeclared({ kind }: Pick<Order, 'kind'>): Failure {
  return rejected(
    'NotSupported',
    `the config has no request by which an account is ${kind}d; declare write.${kind}`,
  );
}
