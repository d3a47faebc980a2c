import type { Order, Result } from '../../../model/order.ts';
import type { Writer } from '../../connector.ts';
import type { TalentLmsClient } from '../client.ts';

/** Courses are matched and never written: a course is its content, and no API takes that over. */
export class NoCourseWriter implements Writer {
  readonly #client: TalentLmsClient;

  constructor(client: TalentLmsClient) {
    this.#client = client;
  }

  async *apply(orders: AsyncIterable<Order>): AsyncGenerator<Result> {
    for await (const { key } of orders) {
      const message = 'courses are made in TalentLMS, with their content; make it there, and it is matched';
      yield { key, outcome: 'not-sent', error: { reason: 'CannotWrite', message, fate: 'person' } };
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
