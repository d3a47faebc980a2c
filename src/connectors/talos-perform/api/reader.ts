import type { Intent, Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { resolveByLooking } from '../../resolve-by-looking.ts';
import { RestClient } from '../../rest/client.ts';
import { RestReader } from '../../rest/reader.ts';
import { trimmed } from '../../text-forms.ts';
import { attributesOf, specsOf } from '../attributes.ts';
import type { ApiConfig, TalosConfig } from '../schema.ts';
import { AdminGroups } from './admin-groups.ts';
import { restContext } from './context.ts';
import { adminGroup, declared } from './declared.ts';

/** Users of Talos Perform, deactivated ones too, by a list that is declared; admin groups by their names. */
export class TalosApiReader implements Reader {
  readonly shape: Shape;
  readonly #rest: RestReader;
  readonly #client: RestClient;
  readonly #groups: AdminGroups;

  constructor(context: ConnectorContext<TalosConfig>, api: ApiConfig) {
    const rest = restContext(context, declared(context.config, api, false));
    this.#rest = new RestReader(rest);
    this.#client = new RestClient(rest);
    this.#groups = new AdminGroups(this.#client, api);
    const { shape } = this.#rest;
    this.shape = {
      ...shape,
      system: 'Talos Perform',
      disablesLast: true,
      attributes: [
        ...shape.attributes.filter(({ name }) => name === 'id'),
        ...specsOf(attributesOf(context.config)),
      ],
      canonical: (name) => (name === adminGroup ? trimmed : shape.canonical(name)),
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const reading = this.#rest.read(want, signal);
    let step = await reading.next();
    for (; step.done !== true; step = await reading.next()) {
      yield await this.#groups.named(step.value, want.attributes, signal);
    }
    return step.value;
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const asked = await Promise.all(keys.map(async (key) => await this.#groups.keyed(key, signal)));
    const known = asked.filter((key) => key !== undefined);
    const rows = known.length === 0 ? [] : await this.#rest.find(want, known, signal);
    return await this.#groups.named(rows, want.attributes, signal);
  }

  looksUp(attribute: string): boolean {
    return this.#rest.looksUp(attribute);
  }

  resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    return resolveByLooking(this, intent, signal);
  }

  whyEmpty(attribute: string): string | undefined {
    return this.#rest.whyEmpty(attribute);
  }

  /** The address says nothing of whose account it is. */
  async probe(signal: AbortSignal): Promise<Probe> {
    const { account: _, ...probe } = await this.#rest.probe(signal);
    return { ...probe, fields: this.shape.attributes };
  }

  async close(): Promise<void> {
    await Promise.all([this.#rest.close(), this.#client.close()]);
  }
}
