import type { HttpRequest, HttpResponse } from '../../http/client.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Key } from '../../model/row.ts';
import type { Json, Value } from '../../model/value.ts';
import type { ConnectorContext, Writer } from '../connector.ts';
import { failedWrite, rejected, untilCalledOff } from '../failed-write.ts';
import { isObject } from '../json.ts';
import { TrainingReader } from './training-reader.ts';
import { BambooClient, idOf } from './client.ts';
import { refusals, refused } from './refusals.ts';
import { attributesOf, keyOf, type Config } from './schema.ts';

/** Writes training types (`course`) and training records (`enrollment`). */
export class TrainingWriter implements Writer {
  readonly #client: BambooClient;
  readonly #reader: TrainingReader;
  readonly #entity: 'course' | 'enrollment';
  readonly #keys: ReadonlyMap<string, string>;

  constructor(context: ConnectorContext<Config>, entity: 'course' | 'enrollment') {
    this.#client = new BambooClient(context);
    this.#reader = new TrainingReader(context, entity);
    this.#entity = entity;
    this.#keys = new Map(attributesOf(entity).map((spec) => [spec.name, keyOf(spec)]));
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      async (order) => ({ key: order.key, ...(await this.#carryOut(order, signal)) }),
    );
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Omit<Result, 'key'>> {
    let effect: HttpRequest['effect'] = 'read';
    try {
      signal.throwIfAborted();
      const request = await this.#requestFor(order, signal);
      if (!('method' in request)) return request;
      effect = request.effect;
      const answer = await this.#client.request(request, signal);
      const isGone = order.kind === 'delete' && answer.status === 404;
      if (answer.status >= 300 && !isGone) return refused(order, answer);
      const accountId = order.accountId ?? idIn(answer);
      if (accountId !== undefined) return { outcome: 'applied', accountId, sent: order.set };
      const message = 'BambooHR answered a create without the id of what it made; it is looked up';
      return { outcome: 'unknown', error: { reason: 'AnswerLost', message, fate: 'person' } };
    } catch (error) {
      return failedWrite(error, effect, signal);
    }
  }

  async #requestFor(order: Order, signal: AbortSignal): Promise<HttpRequest | ReturnType<typeof rejected>> {
    const { kind, set, accountId } = order;
    const room = this.#entity === 'course' ? 'type' : 'record';
    const base = { accept: refusals, effect: 'repeatable' } as const;
    if (kind === 'create') {
      const employee = wordOf(set['user']);
      if (room === 'record' && !/^\d{1,15}$/.test(employee))
        return rejected('NoEmployee', 'the record is of nobody: "user" is no id of an employee');
      const path = room === 'type' ? 'type' : `record/employee/${employee}`;
      const json = this.#bodyOf(set, ['user']);
      return { ...base, effect: 'once', method: 'POST', path: `api/v1/training/${path}`, body: { json } };
    }
    const path = `api/v1/training/${room}/${encodeURIComponent(accountId ?? '')}`;
    if (kind === 'delete') return { ...base, method: 'DELETE', path, expect: 'none' };
    if (kind !== 'update') return rejected('NotSupported', 'a training is neither active nor inactive');
    const whole = room === 'record' ? await this.#withDate(order, signal) : set;
    return { ...base, method: 'PUT', path, body: { json: this.#bodyOf(whole, ['user', 'course']) } };
  }

  /** BambooHR takes no change of a record without its date ("Update Employee Training Record"). */
  async #withDate({ set, accountId, identity }: Order, signal: AbortSignal): Promise<Order['set']> {
    if (set['completed_on'] !== undefined) return set;
    const key: Key = { attribute: 'user', value: identity['user'] ?? null };
    const byId: Key = { attribute: 'id', value: accountId };
    const wanted = { attributes: ['completed_on'] };
    const rows = await this.#reader.find(wanted, [identity['user'] === undefined ? byId : key], signal);
    const completed = rows.find(({ id }) => id === accountId)?.values[0];
    return completed === undefined ? set : { ...set, completed_on: completed };
  }

  #bodyOf(set: Order['set'], without: readonly string[]): Json {
    const entries = Object.entries(set).filter(([name]) => !without.includes(name));
    return Object.fromEntries(
      entries.map(([name, value]) => {
        const key = this.#keys.get(name) ?? name;
        return [key, sent(key, value)];
      }),
    );
  }
}

/** As the vendor's document has it: the number of a training type, a category by its name, empty text for nothing. */
function sent(key: string, value: Value): Json {
  if (key === 'type') return Number(value);
  return key === 'category' ? { name: value ?? '' } : (value ?? '');
}

function wordOf(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function idIn({ body }: HttpResponse): string | undefined {
  return isObject(body) ? idOf(body['id']) : undefined;
}
