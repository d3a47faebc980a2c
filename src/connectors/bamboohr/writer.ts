import type { HttpRequest } from '../../http/client.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import type { ConnectorContext, Writer } from '../connector.ts';
import { failedWrite, rejected, untilCalledOff } from '../failed-write.ts';
import { BambooClient } from './client.ts';
import { otherFields } from './fields.ts';
import { photoOf, sendPhoto } from './photo.ts';
import { refusals, refused } from './refusals.ts';
import { keyOf, type Config } from './schema.ts';
import { shapeOf } from './shape.ts';

/** Writes employees: `POST employees` once, `POST employees/{id}` with what changes, which may be repeated. */
export class EmployeeWriter implements Writer {
  readonly #context: ConnectorContext<Config>;
  readonly #client: BambooClient;
  readonly #known: Map<string, AttributeSpec>;

  constructor(context: ConnectorContext<Config>) {
    this.#context = context;
    this.#client = new BambooClient(context);
    this.#known = new Map(shapeOf('person', context.fields).attributes.map((spec) => [spec.name, spec]));
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#client.room,
      async (order) => ({ key: order.key, ...(await this.#carryOut(order, signal)) }),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Omit<Result, 'key'>> {
    let effect: HttpRequest['effect'] = 'read';
    try {
      signal.throwIfAborted();
      if (order.pictures !== undefined && order.accountId !== null) {
        const photo = await photoOf(order);
        effect = 'repeatable';
        const sent = await sendPhoto(this.#client, order, order.accountId, photo, signal);
        await this.#context.details.forget([order.accountId]);
        return sent;
      }
      const json = await this.#bodyOf(order, signal);
      if (order.kind === 'create') {
        effect = 'once';
        return await this.#create(order, json, signal);
      }
      if (order.kind !== 'update' || order.accountId === null)
        return rejected('NotSupported', 'BambooHR people are not ended from here');
      effect = 'repeatable';
      return await this.#update(order, order.accountId, json, signal);
    } catch (error) {
      return failedWrite(error, effect, signal);
    }
  }

  /** The id comes in the Location header alone ("Create Employee"). */
  async #create(order: Order, json: Json, signal: AbortSignal): Promise<Omit<Result, 'key'>> {
    const answer = await this.#client.request(
      {
        method: 'POST',
        path: 'api/v1/employees',
        body: { json },
        effect: 'once',
        accept: refusals,
        expect: 'none',
      },
      signal,
    );
    if (answer.status >= 300) return refused(order, answer);
    const id = /\/employees\/(\d+)\/?$/.exec(answer.headers['location'] ?? '')?.[1];
    if (id !== undefined) return { outcome: 'applied', accountId: id, sent: order.set };
    const message = 'BambooHR answered a create without saying whom it made; they are looked up';
    return { outcome: 'unknown', error: { reason: 'AnswerLost', message, fate: 'person' } };
  }

  async #update(
    order: Order,
    accountId: string,
    json: Json,
    signal: AbortSignal,
  ): Promise<Omit<Result, 'key'>> {
    const answer = await this.#client.request(
      {
        method: 'POST',
        path: `api/v1/employees/${encodeURIComponent(accountId)}`,
        body: { json },
        effect: 'repeatable',
        accept: refusals,
        expect: 'none',
      },
      signal,
    );
    if (answer.status >= 300) return refused(order, answer);
    // Two changes within one second may have one moment of last change.
    await this.#context.details.forget([accountId]);
    return { outcome: 'applied', accountId, sent: order.set };
  }

  async #bodyOf({ set }: Order, signal: AbortSignal): Promise<Json> {
    const names = Object.keys(set);
    if (names.some((name) => !this.#known.has(name))) {
      for (const spec of await otherFields(this.#client, signal)) this.#known.set(spec.name, spec);
    }
    // Empty text takes a value away.
    return Object.fromEntries(
      names.map((name) => [
        keyOf(this.#known.get(name) ?? { name, type: 'text', class: 'personal' }),
        set[name] ?? '',
      ]),
    );
  }
}
