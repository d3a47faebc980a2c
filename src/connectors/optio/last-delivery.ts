import { Stalled } from '../../model/error.ts';
import type { ConnectorContext } from '../connector.ts';
import { isObject } from '../json.ts';
import { placeOf, where } from '../csv/place.ts';
import { isRecent } from '../singly.ts';
import type { OptioConfig } from './schema.ts';

const remembered = { id: 'last-delivery', version: 'rows' } as const;

/**
 * How many employees the last delivery had. No row is ever taken out of it, so that a file with fewer is a part of it, or
 * another one: what is planned against that would reach the portal as if the others were not there.
 */
export class LastDelivery {
  readonly #context: ConnectorContext<OptioConfig>;

  constructor(context: ConnectorContext<OptioConfig>) {
    this.#context = context;
  }

  /** Throws `Stalled` where the file has fewer rows than were delivered. */
  async check(rows: number): Promise<void> {
    const { connection, config } = this.#context;
    const least = config.minimumRows ?? (await this.#known())?.rows ?? 0;
    if (rows >= least) return;
    const place = placeOf(connection, config.file);
    const message = `${where(place)} has ${rows} employees, and the last delivery had ${least}; put the file of the last delivery back. If rows were taken out on purpose, write minimumRows: ${rows} into config`;
    throw new Stalled('DeliveryIncomplete', message, { connection });
  }

  /** Not told of a number that is known already, until the store would let it go. */
  async remember(rows: number): Promise<void> {
    const known = await this.#known();
    if (known?.rows === rows && isRecent(known.readAt, this.#context)) return;
    await this.#context.details.remember([
      { ...remembered, data: { rows }, readAt: this.#context.clock.now() },
    ]);
  }

  async #known(): Promise<{ readonly rows: number; readonly readAt: number } | undefined> {
    const known = (await this.#context.details.recall([remembered])).get(remembered.id);
    const rows = isObject(known?.data) ? known.data['rows'] : undefined;
    return known === undefined || typeof rows !== 'number' ? undefined : { rows, readAt: known.readAt };
  }
}
