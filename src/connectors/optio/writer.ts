import type { Order, Result } from '../../model/order.ts';
import type { ConnectorContext, Writer } from '../connector.ts';
import { locationOf } from '../csv/locations.ts';
import { CsvWriter } from '../csv/writer.ts';
import { rejected } from '../failed-write.ts';
import { asFile } from './columns.ts';
import { LastDelivery } from './last-delivery.ts';
import { OptioRules } from './rules.ts';
import type { OptioConfig } from './schema.ts';

/** Writes the file for the portal. That it lies there is all that is known: a person previews and synchronises it. */
export class OptioWriter implements Writer {
  readonly #file: CsvWriter;
  readonly #rules: OptioRules;
  readonly #last: LastDelivery;

  constructor(context: ConnectorContext<OptioConfig>) {
    const file = asFile(context);
    this.#rules = new OptioRules(context.config);
    this.#file = new CsvWriter(file, locationOf(file, true), this.#rules);
    this.#last = new LastDelivery(context);
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    const refused: Result[] = [];
    for await (const result of this.#file.apply(keeping(orders, refused), signal)) {
      if (result.outcome !== 'applied') {
        yield result;
        continue;
      }
      await this.#last.remember(this.#rules.rows);
      yield { ...result, outcome: 'delivered' };
    }
    yield* refused;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Those that may be carried out. Whoever is asked to vanish from the file all the same stays in it. */
async function* keeping(orders: AsyncIterable<Order>, refused: Result[]): AsyncGenerator<Order> {
  for await (const order of orders) {
    if (order.kind === 'create' || order.kind === 'update') {
      yield order;
      continue;
    }
    const message =
      'participants keep their equity and stay in the file; map status and termination_date for who leaves';
    refused.push({ key: order.key, ...rejected('NotSupported', message) });
  }
}
