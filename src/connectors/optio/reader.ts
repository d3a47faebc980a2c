import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { locationOf } from '../csv/locations.ts';
import { CsvReader } from '../csv/reader.ts';
import { findByReading } from '../find-by-reading.ts';
import { asFile, attributesOf } from './columns.ts';
import { LastDelivery } from './last-delivery.ts';
import type { OptioConfig } from './schema.ts';

/** Reads what was delivered last: that is what the portal has, or has waiting for the person who applies it. */
export class OptioReader implements Reader {
  readonly shape: Shape;
  readonly #file: CsvReader;
  readonly #last: LastDelivery;
  readonly #identifier: OptioConfig['identifier'];

  constructor(context: ConnectorContext<OptioConfig>) {
    const file = asFile(context);
    this.#file = new CsvReader(file, locationOf(file, true));
    this.#last = new LastDelivery(context);
    this.#identifier = context.config.identifier;
    this.shape = {
      ...this.#file.shape,
      system: 'Optio file',
      // Participants keep their equity: who leaves gets a date and a status, and never leaves the file.
      abilities: { create: true, update: true, enable: false, disable: false, delete: false },
      attributes: attributesOf(context.config),
      delivers: true,
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const walk = this.#file.read(want, signal);
    let step = await walk.next();
    for (; step.done !== true; step = await walk.next()) yield step.value.map(takingPart);
    const receipt = step.value;
    await this.#last.check(receipt.records);
    await this.#last.remember(receipt.records);
    return receipt;
  }

  /** By reading everybody: whoever is not in a part of the last delivery may well be in the portal. */
  find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    return findByReading(this, want, keys, signal);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return this.#file.resolve(intent, signal);
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    const { missing } = await this.#file.probe(signal);
    const notes = this.#identifier === 'company_email' ? [advice] : [];
    return { fields: this.shape.attributes, missing, notes };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Whoever is in the file takes part, leavers too. */
function takingPart(row: Row): Row {
  return { ...row, active: true };
}

/** The portal's own guide advises the same, at the step where an identifier is chosen. */
const advice =
  'employees are known by company_email, and an address changes with a name: whoever gets another one would be somebody new in the portal. Optio recommends the employee number (identifier: employee_number, the same in the portal)';
