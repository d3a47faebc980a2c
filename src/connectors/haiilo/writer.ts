import type { Writer } from '../connector.ts';
import { applySideBySide } from '../../http/side-by-side.ts';
import type { Order, Result } from '../../model/order.ts';
import { rejected, untilCalledOff, type Failure } from '../failed-write.ts';
import { ScimOrders } from '../scim/orders.ts';
import { ScimReader } from '../scim/reader.ts';
import { notSent } from '../scim/refusals.ts';
import { Deprovisioning } from './deprovisioning.ts';
import { endingOf } from './outcome.ts';
import type { Haiilo } from './service.ts';

/** Writes to one of Haiilo's products: attributes by SCIM; what ends an account by `Deprovisioning`. */
export class HaiiloWriter implements Writer {
  readonly #haiilo: Haiilo;
  readonly #orders: ScimOrders;
  readonly #deprovisioning: Deprovisioning;

  constructor(haiilo: Haiilo) {
    const { service, way } = haiilo;
    this.#haiilo = haiilo;
    this.#orders = new ScimOrders(service, new ScimReader(service));
    this.#deprovisioning = new Deprovisioning(service, this.#orders, way);
  }

  apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    return applySideBySide(
      untilCalledOff(orders, signal),
      () => this.#haiilo.service.client.room,
      (order) => this.#carryOut(order, signal),
    );
  }

  async close(): Promise<void> {
    await this.#haiilo.service.close();
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return notSent(order);
    const fault = countryFault(order, this.#haiilo.countries);
    if (fault !== undefined) return { key: order.key, ...fault };
    const ending = endingOf(order);
    if (ending === undefined) return await this.#orders.carryOut(order, signal);
    return await this.#deprovisioning.carryOut(order, ending, signal);
  }
}

/** A country that is written in another case is another country to Advocacy. */
function countryFault({ set }: Order, countries: readonly string[] | undefined): Failure | undefined {
  const { country } = set;
  if (countries === undefined || typeof country !== 'string' || countries.includes(country)) return undefined;
  const isAlike = countries.some((one) => one.toLowerCase() === country.toLowerCase());
  const how = isAlike ? 'differs from one of them in case alone' : 'is none of them';
  return rejected(
    'CountryUnknown',
    `country must be one of the groups in config.countries, exact in case, and ${how}; check the mapping of country`,
  );
}
